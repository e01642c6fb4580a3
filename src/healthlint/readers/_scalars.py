"""Values of front matter: where each is written, and what it says."""

from __future__ import annotations

import re

from healthlint.readers._drafts import RawPiece
from healthlint.readers._tags import ENTITY, Chunk, as_shown, written
from healthlint.records import NamedTuple
from healthlint.text import LINE_BREAK


class Scalar(NamedTuple):
    """A value, at `start` to `end` of the source, quotes included; `key` is dotted, with the counts of list items."""

    key: str
    start: int
    end: int
    quote: str = ""
    """How it is written: "" plain, YAML's " ' | or TOML's " ' \\"\\"\\" '''; a block's header is not part of it."""
    toml: bool = False


_LINE_END = re.compile(r"\r\n?|\n")
_TAG = r"</?[A-Za-z][^<>\r\n]{0,200}>"
_ESCAPE = r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[ \t]*(?:\r\n?|\n)\s*|.)"
# Compiled where they are first used: `re` remembers them, and most pages need one.
_PLAIN = rf"(?:\r\n?|\n)\s*|\*\*|{_TAG}|{ENTITY};"
_ESCAPED = rf"(?:\r\n?|\n)\s*|\*\*|{_TAG}|{ENTITY};|{_ESCAPE}"
_SINGLE = rf"(?:\r\n?|\n)\s*|\*\*|{_TAG}|{ENTITY};|''"
_PATTERNS = {'"': _ESCAPED, "'": _SINGLE}
_TOML_PATTERNS = {'"': _ESCAPED, '"""': _ESCAPED}
_LETTERS = {"0": "", "a": "", "b": "", "e": "", "N": " ", "_": " ", "L": " ", "P": " ", "t": " ", "n": " ", "v": " ",
            "f": " ", "r": " "}  # fmt: skip


def pieces_of(scalar: Scalar, text: str) -> list[RawPiece]:
    """Return the pieces that show a value to the readers of a page, which never see its tags and escapes."""
    start, end = inner(scalar)
    pattern = _PATTERNS.get(scalar.quote, _PLAIN) if not scalar.toml else _TOML_PATTERNS.get(scalar.quote, _PLAIN)
    return written(Chunk(text, (0,), (0,)), start, end, re.compile(pattern), _shown)


def text_of(scalar: Scalar, text: str) -> str:
    """Return what a value says, on one line."""
    start, end = inner(scalar)
    said = text[start:end]
    if scalar.quote.startswith('"'):
        said = re.sub(_ESCAPE, lambda found: _shown(found[0]), said)
    elif scalar.quote == "'" and not scalar.toml:
        said = said.replace("''", "'")
    return " ".join(said.split())


def inner(scalar: Scalar) -> tuple[int, int]:
    """Return where a value starts and ends without its quotes."""
    size = 0 if scalar.quote == "|" else len(scalar.quote)
    return scalar.start + size, max(scalar.end - size, scalar.start + size)


def character(code: str) -> str:
    """Return the character of a code, given in hexadecimal; a space for white space of any kind."""
    number = int(code, 16)
    # Half a surrogate pair is no character.
    shown = chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
    return shown if not shown.isspace() else " "


def _shown(found: str) -> str:
    """Return what is shown for an escape, a tag, an entity or a line end."""
    if found[0] == "\\":
        if found[1:].isspace():
            return "" if "\n" in found or "\r" in found else " "
        if len(found) > 2:
            return character(found[2:])
        return _LETTERS.get(found[1], found[1])
    if found[0] == "&":
        return as_shown(found)
    if found == "''":
        return "'"
    if found[0] in "<*":
        return ""
    return LINE_BREAK if len(_LINE_END.findall(found)) > 1 else " "
