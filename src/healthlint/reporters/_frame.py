"""The lines of a source with the words of a finding underlined, cut to the width around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from healthlint.reporters._safe import neutralise
from healthlint.text import Source, Span

_CUT = "…"
_MOST_LINES = 3
_LEAST_ROOM = 20
_WORD_SEARCH = 12
"""How far a cut may move so as not to break a word."""
_NO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\ufe0e\ufe0f\ufeff")

Paint = Callable[[str], str]


def frame(source: Source, span: Span, width: int, *, dim: Paint = str, mark: Paint = str) -> Iterator[str]:
    """Yield the lines that `span` covers, numbered, each with its words underlined; `width` in columns.

    Of a span of many lines, the first and the last are shown.
    """
    first = source.position(span.start).line
    last = source.position(max(span.start, span.end - 1)).line
    gutter = len(str(last))
    room = max(_LEAST_ROOM, width - gutter - 4)
    blank = dim(f" {'':>{gutter}} |")
    yield blank
    for number in range(first, last + 1):
        if last - first >= _MOST_LINES and first < number < last:
            if number == first + 1:
                yield dim(f" {'':>{gutter}} …")
            continue
        shown, indent, carets = _line(source, number, span, room)
        yield f"{dim(f' {number:>{gutter}} |')} {shown}".rstrip()
        yield f"{blank} {' ' * indent}{mark('^' * carets)}"


def columns(text: str) -> int:
    """Return how many columns of a terminal `text` takes."""
    return len(text) if text.isascii() else sum(map(_column_counter(), text))


def _line(source: Source, number: int, span: Span, room: int) -> tuple[str, int, int]:
    """Return what is shown of a line, how far in the words start, and how wide they are."""
    start, end = _bounds(source, number)
    low, high = max(start, span.start), min(end, span.end)
    while low < high and source.text[low].isspace():
        low += 1
    low = min(low, end)
    high = max(low, high)
    left, right = _window(source.text, start, end, low, high, room)
    right_of_words = min(high, right)
    shown = neutralise(source.text[left:right])
    before, words = shown[: low - left], shown[low - left : right_of_words - left]
    cut_before, cut_after = _CUT if left > start else "", _CUT if right < end else ""
    return f"{cut_before}{shown}{cut_after}", columns(cut_before + before), max(1, columns(words))


def _bounds(source: Source, number: int) -> tuple[int, int]:
    """Return where line `number` starts and ends, without its line end; the line itself may be huge."""
    starts = source.line_starts
    end = starts[number] if number < len(starts) else len(source.text)
    while end > starts[number - 1] and source.text[end - 1] in "\r\n":
        end -= 1
    return starts[number - 1], end


def _window(text: str, start: int, end: int, low: int, high: int, room: int) -> tuple[int, int]:
    """Return the part of `start` to `end` that fits into `room` columns, the words `low` to `high` in its middle."""
    count = _column_counter()
    if end - start <= room and columns(text[start:end]) <= room:
        return start, end
    room -= 2 * len(_CUT)
    left = right = low
    while right < high and room >= (wide := count(text[right])):
        right, room = right + 1, room - wide
    if right < high:
        return left, right
    grown = True
    while grown:
        grown = False
        if left > start and room >= (wide := count(text[left - 1])):
            left, room, grown = left - 1, room - wide, True
        if right < end and room >= (wide := count(text[right])):
            right, room, grown = right + 1, room - wide, True
    return _at_words(text, start, end, left, right, low, high)


def _at_words(text: str, start: int, end: int, left: int, right: int, low: int, high: int) -> tuple[int, int]:
    """Return `left` and `right` moved inwards to the nearest gap between words, if one is near."""
    if left > start:
        gap = next((at for at in range(left, min(low, left + _WORD_SEARCH)) if text[at].isspace()), left - 1)
        left = gap + 1
    if right < end:
        gap = next((at for at in range(right, max(high, right - _WORD_SEARCH), -1) if text[at - 1].isspace()), right)
        right = gap - 1 if gap < right or text[right - 1].isspace() else right
        right = max(right, high)
    return left, right


def _column_counter() -> Callable[[str], int]:
    """Return a function from a character to the columns it takes: 0, 1 or 2."""
    import unicodedata

    return partial(_columns_of, unicodedata.combining, unicodedata.east_asian_width)


def _columns_of(combining: Callable[[str], int], breadth: Callable[[str], str], character: str) -> int:
    if " " <= character < "\u0300":
        return 1
    if character in _NO_WIDTH or combining(character):
        return 0
    return 2 if breadth(character) in ("W", "F") else 1
