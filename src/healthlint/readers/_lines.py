"""Plain text as runs of lines: headings, list items, quotes, paragraphs; and where one line goes on in the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from healthlint.records import NamedTuple
from healthlint.text import LINE_BREAK, NEXT_BLOCK, Source

_HEADING = re.compile(r"(#{1,6})[ \t]+")
_HEADING_END = re.compile(r"[ \t]+#*[ \t]*$")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,})[ \t]*$")
_RULE = re.compile(r"([-*_=~•])(?:[ \t]*\1){2,}[ \t]*$")
_BULLET = re.compile(
    r"(?:(?P<sign>[-*+–·→]|\d{1,3}[.)]|\([a-z0-9]\)|[a-z]\))[ \t]+"
    r"|(?P<sure>[•‣◦▪▫●○■□✓✔✅☑➤►▶❖➔✗✘❌⭐⁃]\ufe0f?[ \t\xa0]*))(?=\S)"
)
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_ROW = re.compile(r"\|.*\|[ \t]*$")
_RULER = re.compile(r"\|[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|[ \t]*$")
"""The line under the head of a table."""
_FENCE = re.compile(r"(`{3,})[^`]*$")
_DIRECTIVE = re.compile(r"healthlint-(?:disable|enable)")

_MID_SENTENCE = re.compile(r"[.!?][\"'”’)\]]*[ ]+[\"'“‘(\[]*[A-Z0-9]")
_OPEN_END = frozenset({
    "a", "an", "and", "are", "as", "at", "but", "by", "for", "from", "in", "is", "of", "on", "or", "our",
    "than", "that", "the", "their", "to", "with", "your",
})  # fmt: skip
_NARROW = 40
_BROAD = 60
_WIDE = 120

Line = tuple[int, int]
"""Where a line's words start and end in the source."""


class Run(NamedTuple):
    """Lines that belong together: kind is heading, item, quote, paragraph, table, rule, comment or code."""

    kind: str
    lines: list[Line]
    blank_before: bool
    level: int = 0
    """Of a heading, 1 to 6; of an item, how far its sign is indented; of an item's further text, its own indent."""


def lines_of(source: Source) -> list[Line]:
    """Return where the words of each line start and end; they are equal where a line has none."""
    text, starts = source.text, source.line_starts
    lines = []
    for start, following in pairwise((*starts, len(text))):
        line = text[start:following]
        words = line.strip()
        begin = start + len(line) - len(line.lstrip()) if words else start
        lines.append((begin, begin + len(words)))
    if text.startswith("\ufeff"):
        # A byte order mark is no word.
        words = text[1 : lines[0][1]]
        lines[0] = (lines[0][1] - len(words.lstrip()), lines[0][1])
    return lines


def runs(text: str, lines: Sequence[Line]) -> Iterator[Run]:
    """Yield the runs of a text with these `lines`."""
    reader = _Runs(text, lines)
    while reader.number < len(lines):
        yield from reader.next()


class _Runs:
    """Goes through the lines of a text once."""

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self._text, self._lines = text, lines
        self.number = 0
        self._blank = True
        self._fences = {
            text[start:end].rstrip(): n for n, (start, end) in enumerate(lines) if text.startswith("`", start)
        }
        """The last line that each fence stands on by itself."""

    def next(self) -> Iterator[Run]:
        """Yield the run that begins with the next line, if it is not empty."""
        (start, end), first = self._lines[self.number], self.number
        self.number += 1
        if start == end:
            self._blank = True
            return
        blank, self._blank = self._blank, False
        kind, level, start = self._kind(start, end, follows=False)
        if kind == "heading":
            closing = _HEADING_END.search(self._text, start, end)
            yield Run(kind, [(start, closing.start() if closing else end)], blank, level)
        elif kind == "code":
            self._pass_code(self._text[start:end])
        elif kind == "paragraph" and self._is_table(first):
            yield Run("table", self._rows(first), blank)
        elif kind in ("rule", "comment"):
            yield Run(kind, [(start, end)], blank)
        else:
            yield self._longer(kind, (start, end), level, blank_before=blank)

    def _longer(self, kind: str, line: Line, level: int, *, blank_before: bool) -> Run:
        """Return the run of a first line and those that go on from it."""
        lines, width = [line], line[1] - line[0]
        while self.number < len(self._lines):
            start, end = self._lines[self.number]
            if start == end:
                break
            if kind == "paragraph" and len(lines) == 1 and _UNDERLINE.match(self._text, start, end):
                self.number += 1
                return Run("heading", lines, blank_before, 1 if self._text[start] == "=" else 2)
            following, _, begin = self._kind(start, end, follows=True)
            if following != ("quote" if kind == "quote" else "paragraph"):
                break
            if kind == "item" and not self._goes_on(level, width):
                break
            if kind == "paragraph" and self._is_table(self.number):
                break
            lines.append((begin, end))
            width = max(width, end - start)
            self.number += 1
        return Run(kind, lines, blank_before, level)

    def _goes_on(self, level: int, width: int) -> bool:
        """Return whether the next line belongs to an item, the widest line of which has this `width` so far."""
        text, (start, end) = self._text, self._lines[self.number]
        if self._width(start) > level or text[start].islower():
            return True
        before = self._lines[self.number - 1]
        return (
            width > _NARROW
            and before[1] - before[0] + 1 + _first_word(text, start, end) > width >= end - start > _NARROW
        )

    def _kind(self, start: int, end: int, *, follows: bool) -> tuple[str, int, int]:
        """Return the kind of a line, its level, and where its words start; it `follows` another one of its run or not."""
        text, after = self._text, self.number + follows
        first = text[start]
        if first.isalpha() and first != "h" and text[start + 1 : start + 2] != ")":
            return "paragraph", self._width(start), start
        if first == "#" and (found := _HEADING.match(text, start, end)) and found.end() < end:
            return "heading", len(found[1]), found.end()
        if first == "h" and _DIRECTIVE.match(text, start, end):
            return "comment", 0, start
        if first == "`" and (found := _FENCE.match(text, start, end)) and self._fences.get(found[1], -1) >= after:
            return "code", 0, start
        if first == ">" and (found := _QUOTE.match(text, start, end)) and found.end() < end:
            return "quote", 0, found.end()
        if first in "-*_=~•" and _RULE.match(text, start, end):
            return "rule", 0, start
        found = _BULLET.match(text, start, end)
        # A number at the start of a line is a list's only where a list may begin: "in the year\n2020. Then".
        if found and not (follows and found["sign"] and found["sign"][0].isdigit() and found["sign"][:-1] != "1"):
            return "item", self._width(start), found.end()
        return "paragraph", self._width(start), start

    def _is_table(self, number: int) -> bool:
        """Return whether a table begins with a line: it has bars at both ends, and a ruler below it."""
        if self._text[self._lines[number][0]] != "|" or number + 1 >= len(self._lines):
            return False
        if not _ROW.match(self._text, *self._lines[number]):
            return False
        return _RULER.match(self._text, *self._lines[number + 1]) is not None

    def _rows(self, first: int) -> list[Line]:
        """Return the rows of the table that begins with line `first`, its head before the others."""
        rows = [self._lines[first]]
        self.number = first + 2
        while self.number < len(self._lines) and _ROW.match(self._text, *self._lines[self.number]):
            rows.append(self._lines[self.number])
            self.number += 1
        return rows

    def _pass_code(self, fence: str) -> None:
        marks = _FENCE.match(fence)
        close = marks[1] if marks else fence
        while self.number < len(self._lines):
            start, end = self._lines[self.number]
            self.number += 1
            if self._text[start:end] == close:
                return

    def _width(self, start: int) -> int:
        """Return how many columns of white space precede `start` on its line."""
        line = start
        while line and self._text[line - 1] in " \t\xa0":
            line -= 1
        return len(self._text[line:start].expandtabs(4)) if line < start else 0


def breaks(text: str, lines: Sequence[Line]) -> list[str]:
    """Return what parts each line of a run from the next: a space, LINE_BREAK or NEXT_BLOCK.

    A run is hard-wrapped if a line in it begins in lower case, or ends in a word that cannot end anything; if it is
    prose with sentences that end inside of its lines; or if it has three broad lines or more and all are full. There a
    line goes on in the next one where the next word would not have fitted on it; where it would have, the writer meant
    to begin anew, and a block ends. In a run that is not hard-wrapped each line stands by itself: a short one is parted
    by a line break, one of more than 120 characters is a paragraph.
    """
    if len(lines) == 1:
        return []
    widths = [end - start for start, end in lines]
    width = max(widths)
    goes_on = [_goes_on(text, lines[number], lines[number + 1]) for number in range(len(lines) - 1)]
    prose = width >= _NARROW and any(_MID_SENTENCE.search(text, start, end) for start, end in lines)
    is_full = [
        widths[number] + 1 + _first_word(text, *line) > width for number, line in enumerate(lines[1:])
    ]  # Whether the next line's first word would not have fitted.
    wrapped = any(goes_on) or prose or (len(lines) > 2 and width > _BROAD and all(is_full))
    parts = []
    for number, sure in enumerate(goes_on):
        if sure:
            parts.append(" ")
        elif widths[number] > _WIDE or widths[number + 1] > _WIDE:
            parts.append(NEXT_BLOCK)
        elif wrapped and is_full[number]:
            parts.append(" ")
        else:
            parts.append(NEXT_BLOCK if wrapped else LINE_BREAK)
    return parts


def _goes_on(text: str, line: Line, following: Line) -> bool:
    """Return whether a line surely goes on in the one that follows."""
    if text[following[0]].islower():
        return True
    last = text[max(line[0], line[1] - 8) : line[1]].rpartition(" ")[2]
    return last in _OPEN_END


def _first_word(text: str, start: int, end: int) -> int:
    """Return the length of the first word of a line."""
    space = text.find(" ", start, end)
    return (space if space >= 0 else end) - start
