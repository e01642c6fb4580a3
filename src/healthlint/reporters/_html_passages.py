"""The parts of a source that findings stand in, as lines of marked and unmarked stretches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from healthlint.records import NamedTuple
from healthlint.text import Source, Span

_AROUND = 3
"""Lines shown before and after a finding, as far as its paragraph goes."""
_MOST_LINES = 12
_LONGEST_LINE = 1500
_BESIDE = 400
"""Characters of a longer line that are shown on each side of an end of a mark."""

CUT = "\0"
"""A stretch that was left out."""


class Stretch(NamedTuple):
    """Text that the same findings mark, by their numbers; none for what is between."""

    text: str
    marks: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()
    """Those of the marks that start here."""


class Line(NamedTuple):
    """A line of the source, numbered from 1."""

    number: int
    stretches: tuple[Stretch, ...]


class Passage(NamedTuple):
    """Lines that follow one another, and the findings in them in order of place."""

    lines: tuple[Line, ...]
    findings: tuple[int, ...]


def passages(source: Source, spans: Sequence[tuple[int, Span]]) -> Iterator[Passage]:
    """Yield the passages that the numbered `spans`, in order of place, stand in."""
    group: list[tuple[int, Span]] = []
    first = last = 0
    for number, span in spans:
        low, high = _lines_around(source, span)
        if group and low > last + 1:
            yield _passage(source, group, first, last)
            group = []
        first, last = (min(first, low), max(last, high)) if group else (low, high)
        group.append((number, span))
    if group:
        yield _passage(source, group, first, last)


def _lines_around(source: Source, span: Span) -> tuple[int, int]:
    first = source.position(span.start).line
    last = min(source.position(max(span.start, span.end - 1)).line, first + _MOST_LINES - 1)
    low, high = first, last
    while low > 1 and first - low < _AROUND and source.line(low - 1).strip():
        low -= 1
    while high < len(source.line_starts) and high - last < _AROUND and source.line(high + 1).strip():
        high += 1
    return low, high


def _passage(source: Source, group: list[tuple[int, Span]], first: int, last: int) -> Passage:
    numbers = tuple(number for number, _ in group)
    waiting = iter(group)
    following = next(waiting, None)
    here: list[tuple[int, Span]] = []
    started: set[int] = set()
    lines = []
    for number in range(first, last + 1):
        start = source.line_starts[number - 1]
        end = start + len(source.line(number))
        here = [(mark, span) for mark, span in here if span.end > start]
        while following is not None and following[1].start <= end:
            here.append(following)
            following = next(waiting, None)
        lines.append(Line(number, tuple(_stretches(source.text, start, end, here, started))))
    # What marks no character, such as an empty file or a line end, starts where the passage does.
    lost = tuple(number for number in numbers if number not in started)
    if lost:
        head = lines[0].stretches
        lines[0] = Line(first, (Stretch("", (), lost), *head))
    return Passage(tuple(lines), numbers)


def _stretches(
    text: str, start: int, end: int, here: Iterable[tuple[int, Span]], started: set[int]
) -> Iterator[Stretch]:
    """Yield the line from `start` to `end` in stretches; the marks that start in it are added to `started`."""
    edges = {start, end}
    for _, span in here:
        edges |= {min(max(span.start, start), end), min(max(span.end, start), end)}
    for left, right in pairwise(sorted(edges)):
        marks = tuple(mark for mark, span in here if span.start < right and span.end > left)
        starts = tuple(mark for mark in marks if mark not in started)
        started.update(starts)
        yield from _shortened(text[left:right], marks, starts, whole=end - start <= _LONGEST_LINE)


def _shortened(text: str, marks: tuple[int, ...], starts: tuple[int, ...], *, whole: bool) -> list[Stretch]:
    """Return a stretch, its middle left out where it is long and so is its line."""
    if whole or len(text) <= 2 * _BESIDE:
        return [Stretch(text, marks, starts)]
    return [Stretch(text[:_BESIDE], marks, starts), Stretch(CUT), Stretch(text[-_BESIDE:], marks)]
