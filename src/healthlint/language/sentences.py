"""Where the sentences of a text end."""

from __future__ import annotations

import re

_ABBREVIATIONS = frozenset(
    "dr mr mrs ms prof st vs eg ie e.g i.e cf etc no nos fig figs approx inc ltd co corp u.s u.k a.m p.m al vol pp ed "
    "eds dept est min max jr sr rev gen sec art reg".split()
)
_END = re.compile(r"(?:[.!?…]+[)\]\"'”’»*†‡⁰¹²³⁴-⁹]*(?=\s|$))|\n")
_LAST_WORD = re.compile(r"[\w.]+$")
_LOWER = re.compile(r"\s+[a-zà-ÿ]")
_TAIL = 60
"""How far back an abbreviation is looked for, in characters."""


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the sentences of `text[start:end]` start and end.

    A sentence ends at . ! ? … (with closing quotes, brackets and marks of footnotes) before white space, but not after an
    abbreviation, an initial, or where a lower-case word follows a full stop or a closing quote; and at a line break.
    """
    found, begin = [], start
    for mark in _END.finditer(text, start, end):
        stop = mark.end()
        if stop < end and _goes_on(text, begin, mark.start(), stop):
            continue
        if text[begin:stop].strip():
            found.append((begin, stop))
        begin = stop
    if begin < end and (not found or text[begin:end].strip()):
        found.append((begin, end))
    return found


def _goes_on(text: str, begin: int, mark: int, after: int) -> bool:
    """Return whether the end mark at `mark`, with what closes after it up to `after`, does not end its sentence."""
    if text[mark] == "\n":
        return False
    if (text[mark] == "." or after > mark + 1) and text[mark] != "…" and _LOWER.match(text, after):
        return True
    if text[mark] != "." or after > mark + 1:
        return False
    before = text[max(begin, mark + 1 - _TAIL) : mark]
    word = None if before[-1:].isspace() else _LAST_WORD.search(before.rsplit(None, 1)[-1] if before else "")
    if word is None:
        return False
    last = word[0]
    return last.lower() in _ABBREVIATIONS or (len(last) == 1 and last.isupper() and last != "I")
