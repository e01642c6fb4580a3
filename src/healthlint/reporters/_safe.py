"""Whatever a document or a path holds, made harmless for terminals and the logs of build servers."""

from __future__ import annotations

import re

from healthlint.regexes import pattern

_BAD = (
    *((code, chr(0x2400 + code)) for code in range(0x20)),
    *((code, "\ufffd") for code in range(0x80, 0xA0)),
    (0x7F, "\u2421"),
    (0x61C, "\ufffd"),
    # What stands for a picture or code in what a reader sees.
    (0xFFFC, "…"),
    *((code, "\ufffd") for code in (0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))),
)
_TABLE = {**dict(_BAD), ord("\t"): " "}
# GitHub obeys "##[command]" anywhere in a line and "::command::" at its start, Azure "##vso[", TeamCity "##teamcity[".
_COMMAND = pattern(r"#(?=#(?:\[|vso\[|teamcity\[))|^(\s*):(?=:)", re.IGNORECASE)
_SURROGATE = pattern("[\ud800-\udfff]")


def neutralise(text: str) -> str:
    """Return `text` with nothing in it that a terminal or a build server would obey; as many characters as before.

    Control characters become pictures of themselves, line ends included; what turns the direction of writing becomes
    U+FFFD; the first sign of a workflow command becomes its full-width twin.
    """
    if not (text.isascii() and text.isprintable()):
        text = _SURROGATE.sub("\ufffd", text.translate(_TABLE))
    return _COMMAND.sub(_harmless, text) if "##" in text or "::" in text else text


def _harmless(match: re.Match[str]) -> str:
    return match[1] + "\uff1a" if match[0][-1] == ":" else "\uff03"


def on_one_line(text: str) -> str:
    """Return `text` with every run of white space, line breaks included, as one space."""
    return " ".join(text.split())
