"""Text that knows where it was written: Span, Position, Source, Piece and Prose."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate, islice

from healthlint.records import NamedTuple
from healthlint.regexes import pattern

_LINE_END = pattern(r"\r\n?|\n")
_PORTION = 1 << 16
NEXT_BLOCK = "\n\n"
"""What parts two blocks in `Prose.text`."""
LINE_BREAK = "\n"
"""A break inside a block that a reader sees (a hard break, a short line); a soft wrap is a space."""
HIDDEN = "\ufffc"
"""Stands in `Prose.text` for an inline thing that is no copy, such as a code span."""


class Span(NamedTuple):
    """A half-open range of characters (code points), counted from 0: `start` <= `end`."""

    start: int
    end: int


class Position(NamedTuple):
    """A place to show: line and column, both counted from 1, columns in code points."""

    line: int
    column: int


class _Written(NamedTuple):
    name: str
    text: str


class Source(_Written):
    """A document as it was written: its name, to be shown, and its text as decoded, a BOM and line ends included."""

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Return the offset of each line's first character; lines end at LF, CRLF or CR alone."""
        text, starts, at = self.text, [0], 0
        if "\r" not in text:
            while (at := text.find("\n", at) + 1) > 0:
                starts.append(at)
            return tuple(starts)
        starts += (found.end() for found in _LINE_END.finditer(text))
        return tuple(starts)

    def position(self, offset: int) -> Position:
        """Return the line and column of `offset`, which may be the end of the text."""
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """Return line `number`, counted from 1, without its end."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")


class Piece(NamedTuple):
    """A stretch of source, `start` to `end`, that a reader sees as written (`shown` is None) or as `shown`."""

    start: int
    end: int
    shown: str | None = None


class Prose:
    """What a reader of the page sees, made of pieces, so that every character leads back to where it was written.

    `text` is derived from the pieces and cannot differ from them.
    """

    __slots__ = ("_begins", "_ends", "_shown", "_source", "_starts", "text")

    def __init__(self, source: Source, pieces: Iterable[tuple[int, int, str | None]]) -> None:
        """Join `pieces`, in the order in which they are read (not always that of the source).

        Plain tuples do as well as `Piece`, and are cheaper to make.
        """
        written = source.text
        self._source = source
        self._begins, self._ends = array("Q"), array("Q")
        self._shown: list[str | None] = []
        self._starts = array("Q", (0,))
        parts: list[str] = []
        waiting = iter(pieces)
        # In portions: to hold the words of a long page one by one would take as much memory as all else.
        while portion := list(islice(waiting, _PORTION)):
            begins, ends, given = zip(*portion, strict=True)
            self._begins.extend(begins)
            self._ends.extend(ends)
            self._shown += given
            shown = [written[start:end] if as_ is None else as_ for start, end, as_ in portion]
            parts.append("".join(shown))
            self._starts.extend(accumulate(map(len, shown), initial=self._starts.pop()))
        self.text = "".join(parts)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return the pieces, in the order in which they are read."""
        return tuple(map(Piece, self._begins, self._ends, self._shown))

    @property
    def piece_starts(self) -> Sequence[int]:
        """Return where each piece begins in `text`, and where the last one ends."""
        return self._starts

    def replaced(self, edits: Iterable[tuple[int, int, str]]) -> Prose:
        """Return a prose in which other words are shown for stretches of `text`, at the place of what they replace.

        Edits are start, end and what is shown, in order and apart; what shows nothing leaves no piece.
        """
        prose = Prose(self._source, ())
        words: list[str] = []
        at = 0
        for start, end, shown in edits:
            words.append(self.text[at:start])
            self._append(prose, at, start)
            if shown:
                place = self.span(start, end)
                prose._add(place.start, place.end, shown, len(shown))
                words.append(shown)
            at = end
        words.append(self.text[at:])
        self._append(prose, at, len(self.text))
        prose.text = "".join(words)
        return prose

    def _append(self, prose: Prose, start: int, end: int) -> None:
        """Add to `prose` the pieces, the outer ones cut short, that show the characters `start` to `end` of `text`."""
        if start >= end:
            return
        starts, shift = self._starts, prose._starts[-1] - start
        first, last = bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1
        if first == last:
            prose._add(*self._cut(first, start - starts[first], end - starts[first]), end - start)
            return
        prose._add(
            *self._cut(first, start - starts[first], starts[first + 1] - starts[first]), starts[first + 1] - start
        )
        prose._begins += self._begins[first + 1 : last]
        prose._ends += self._ends[first + 1 : last]
        prose._shown += self._shown[first + 1 : last]
        prose._starts.extend(at + shift for at in starts[first + 2 : last + 1])
        prose._add(*self._cut(last, 0, end - starts[last]), end - starts[last])

    def _add(self, begin: int, end: int, shown: str | None, size: int) -> None:
        self._begins.append(begin)
        self._ends.append(end)
        self._shown.append(shown)
        self._starts.append(self._starts[-1] + size)

    def _cut(self, number: int, start: int, end: int) -> tuple[int, int, str | None]:
        """Return what shows the characters `start` to `end` of a piece."""
        begin, finish, shown = self._begins[number], self._ends[number], self._shown[number]
        if shown is None:
            return begin + start, min(begin + end, finish), None
        return begin, finish, shown[start:end]

    def span(self, start: int, end: int) -> Span:
        """Return where the characters `start` to `end` of `text` were written; `start` < `end`.

        A character of a replaced piece ("&" for "&amp;") stands for the whole piece.
        """
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, end - 1) - 1
        begin, finish = self._begins[first], self._ends[last]
        if self._shown[first] is None:
            begin += start - self._starts[first]
        if self._shown[last] is None:
            finish = self._begins[last] + end - self._starts[last]
        return Span(begin, max(begin, finish))
