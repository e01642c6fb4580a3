"""Fragments: what stands by itself, between the signs of a sentence that lead on."""

from __future__ import annotations

from collections.abc import Iterable

from healthlint.checks._match import Match
from healthlint.language.reading import Reading, Words

_SIGNS = frozenset(":|•·–—")


def fragment(reading: Reading, match: Match, most: int) -> tuple[int, int] | None:
    """Return the fragment that a match stands in, if it has at most so many other words.

    A fragment goes from the beginning of its sentence, or a sign that leads on (a colon, a dash, a bar), to the next or the end.
    """
    unit = reading.sentence_at(match.start)
    first, last = unit.index(match.start), unit.index(match.end - 1) + 1
    before = _until_sign(unit, range(first, unit.lead, -1), most)
    after = _until_sign(unit, range(last, len(unit.words)), most - before)
    if before + after > most:
        return None
    return unit.starts[first - before], unit.ends[last + after - 1]


def _until_sign(unit: Words, places: Iterable[int], most: int) -> int:
    """Return how many words are passed before a sign that stands before a word of `places`; no more than one too many."""
    passed = 0
    for at in places:
        between = unit.text[unit.ends[at - 1] : unit.starts[at]]
        if between != " " and (not _SIGNS.isdisjoint(between) or " - " in between):
            break
        passed += 1
        if passed > most:
            break
    return passed
