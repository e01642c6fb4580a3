"""XML 1.0 in ASCII: the same file whatever the encoding of the stream it is printed to."""

from __future__ import annotations

import re

from healthlint.reporters._safe import neutralise

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'

_MARKS = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;", ord("'"): "&#39;"}
_NO_CHARACTERS = re.compile("[\ufffe\uffff]")


def escaped(text: str) -> str:
    """Return `text`, whatever it is, for an element or an attribute: harmless, and of characters that XML has."""
    shown = _NO_CHARACTERS.sub("\ufffd", neutralise(text)).translate(_MARKS)
    return shown.encode("ascii", "xmlcharrefreplace").decode("ascii")


def tag(name: str, /, *, empty: bool = False, **attributes: object) -> str:
    """Return a start tag, or that of an element without content."""
    told = "".join(f' {key.rstrip("_")}="{escaped(str(value))}"' for key, value in attributes.items())
    return f"<{name}{told}{'/' if empty else ''}>"
