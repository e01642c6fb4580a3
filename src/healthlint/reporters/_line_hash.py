"""The hash by which GitHub knows a line again: `primaryLocationLineHash`, by the algorithm of its upload action.

The hash of a line is that of the 100 UTF-16 units from its start on, blanks and tabs left out and line ends read as LF;
after the text come one 0xFFFF and as many zeros as it takes. To it is added how many equal hashes came before.
"""

from __future__ import annotations

import re

from healthlint.text import Source

_UNITS = 100
_BASE = 37
_MASK = (1 << 64) - 1
_END = "\uffff"
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_BLANKS = {ord(" "): None, ord("\t"): None}


def line_hashes(source: Source) -> tuple[str, ...]:
    """Return the hash of each line of `source`, in order."""
    text = source.text.replace("\r\n", "\n").replace("\r", "\n").translate(_BLANKS)
    units = (text if text.isascii() else _ASTRAL.sub(_pair, text)) + _END
    seen: dict[int, int] = {}
    hashes = []
    start = 0
    while start >= 0:
        value = _hash(units[start : start + _UNITS])
        count = seen[value] = seen.get(value, 0) + 1
        hashes.append(f"{value:x}:{count}")
        start = units.find("\n", start) + 1 or -1
    return tuple(hashes)


def _pair(match: re.Match[str]) -> str:
    """Return the two units of UTF-16 of a character beyond the first 65,536."""
    code = ord(match[0]) - 0x10000
    return chr(0xD800 + (code >> 10)) + chr(0xDC00 + (code & 0x3FF))


def _hash(window: str) -> int:
    value = 0
    for unit in window:
        value = (value * _BASE + ord(unit)) & _MASK
    return value * pow(_BASE, _UNITS - len(window), 1 << 64) & _MASK
