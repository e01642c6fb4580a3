"""Stretches of a page, asked for what stands somewhere in time that grows as the logarithm of their number."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import attrgetter

from healthlint.checks._match import Match

_START = attrgetter("start")


class Stretches:
    """Stretches of prose, half open, that may overlap."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        """Take them in any order."""
        ordered = sorted(stretches)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))
        """How far those up to each of them reach."""

    def hold(self, start: int, end: int) -> bool:
        """Return whether one of them holds the characters `start` to `end`."""
        at = bisect_right(self._starts, start)
        return at > 0 and self._ends[at - 1] >= end


def between(matches: Sequence[Match], first: int, last: int) -> Sequence[Match]:
    """Return those of `matches`, which are in order, that start from `first` on and before `last`."""
    return matches[bisect_left(matches, first, key=_START) : bisect_left(matches, last, key=_START)]
