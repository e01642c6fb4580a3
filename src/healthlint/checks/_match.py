"""A place that a check found on a page, and how the hit of a phrase becomes one."""

from __future__ import annotations

from healthlint.language.reading import Words
from healthlint.patterns.matcher import Hit
from healthlint.records import NamedTuple

LONGEST_MATCH = 300
"""The most characters that a match of one phrase may span."""


class Match(NamedTuple):
    """A place on a page: characters `start` to `end` of its prose, and what was found there."""

    start: int
    end: int
    captures: tuple[tuple[str, str], ...] = ()
    """Slot name and the words it stood for."""
    values: tuple[tuple[str, float], ...] = ()
    """Quantity name and its value in base units."""
    frame: str = ""
    """Given where the check knows it; else it is worked out."""
    frames: frozenset[str] | None = None
    """The frames it may fire in, where they differ from the rule's."""
    severity: str = ""
    hedge: str = ""
    """What a hedge does to the severity, where it differs from the rule's."""
    related: tuple[tuple[int, int, str], ...] = ()
    """Other places: start, end, what they are."""
    whole: bool = False
    """True where it speaks of the whole document, not of its words."""
    lead: tuple[int, int] | None = None
    """Where the words stand that lead into it, if any of them belong to the match."""


def as_match(hit: Hit, unit: Words) -> Match:
    """Return where a hit of a unit stands on the page; words of a lead-in are no part of the place."""
    begin, last, captured = hit
    lead, text, starts, ends = unit.lead, unit.text, unit.starts, unit.ends
    end = ends[last - 1]
    captures: list[tuple[str, str]] = []
    values: list[tuple[str, float]] = []
    for slot, first, after, amount in captured:
        if after > first:
            captures.append((slot, text[starts[first] : ends[after - 1]]))
        if amount is not None:
            values.append((slot, amount.value))
            if after == last:
                end = max(end, amount.end)
    span = (starts[begin], ends[lead - 1]) if begin < lead else None
    return Match(starts[max(begin, lead)], end, tuple(captures), tuple(values), lead=span)
