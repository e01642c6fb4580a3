"""Where suppressions hold: the stretches of source that directives cover, and what touches them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from healthlint.records import NamedTuple
from healthlint.text import Source, Span
from healthlint.verdicts.directives import DISABLE, ENABLE, FILE, LINE, NEXT_LINE, Directive, Word

# White space and the marks of a block quote: a line that holds no more shows nothing.
_BARE = " \t>"


class Cover(NamedTuple):
    """The stretch of source, half open, in which `directive` names a rule to be silenced; it may be empty."""

    span: Span
    name: Word
    directive: Directive


class Stretches:
    """Stretches of source, asked which of them a span touches: in time that grows as the logarithm of their number."""

    def __init__(self, spans: Sequence[Span]) -> None:
        """Take `spans` in order of their starts."""
        self._spans = spans
        self._starts = [span.start for span in spans]
        # For each number of spans from the front: which of them reaches furthest.
        self._furthest: list[int] = []
        for index, span in enumerate(spans):
            best = self._furthest[-1] if index else 0
            self._furthest.append(index if span.end >= spans[best].end else best)

    def touching(self, span: Span) -> int | None:
        """Return the index of a stretch that shares a character with `span`: the last to start, if that one does.

        An empty `span` counts as one character.
        """
        before = bisect_left(self._starts, max(span.end, span.start + 1)) - 1
        if before < 0:
            return None
        return next((at for at in (before, self._furthest[before]) if self._spans[at].end > span.start), None)


def covers(source: Source, directives: Sequence[Directive]) -> list[Cover]:
    """Return what `directives`, which are in order of place, would cover for each rule they name, in order of place."""
    found = list(_regions(source, directives))
    below = _lines_below(source, directives)
    for directive in directives:
        if directive.verb.text == FILE:
            span = Span(0, len(source.text) + 1)
        elif directive.verb.text == LINE:
            span = _lines(source, *_line_numbers(source, directive))
        elif directive.verb.text == NEXT_LINE:
            span = _lines(source, below[directive.span], below[directive.span])
        else:
            continue
        found += (Cover(span, name, directive) for name in directive.names)
    return sorted(found, key=lambda cover: cover.span)


def idle_ends(directives: Sequence[Directive]) -> Iterator[tuple[Directive, Word]]:
    """Yield each word of an "enable" that ends nothing: a rule's name, or the "enable" itself where it names none."""
    held: set[str] = set()
    for directive in directives:
        if directive.verb.text == DISABLE:
            held.update(name.text for name in directive.names)
        elif directive.verb.text == ENABLE:
            if not held and not directive.names:
                yield directive, directive.verb
            yield from ((directive, name) for name in directive.names if name.text not in held)
            held.difference_update(_ended(directive, held))


_Held = dict[str, list[tuple[Word, Directive]]]


def _regions(source: Source, directives: Sequence[Directive]) -> Iterator[Cover]:
    """Yield what "disable … enable" covers: from comment to comment, or to the end where none follows."""
    held: _Held = {}
    for directive in directives:
        if directive.verb.text == DISABLE:
            for name in directive.names:
                held.setdefault(name.text, []).append((name, directive))
        elif directive.verb.text == ENABLE:
            yield from _close(held, _ended(directive, held), directive.span.start)
    yield from _close(held, list(held), len(source.text) + 1)


def _ended(directive: Directive, held: Iterable[str]) -> list[str]:
    """Return the rules that an "enable" ends: those it names, or all."""
    return [name.text for name in directive.names] or list(held)


def _close(held: _Held, rules: list[str], end: int) -> Iterator[Cover]:
    for rule in rules:
        for name, by in held.pop(rule, ()):
            yield Cover(Span(by.span.start, end), name, by)


def _lines_below(source: Source, directives: Sequence[Directive]) -> dict[Span, int]:
    """Return the number of the line that each directive has below it: the next that shows something.

    Blank lines are passed over, and lines on which another directive stands alone, so that several can be stacked.
    """
    below: dict[Span, int] = {}
    after: dict[int, int] = {}
    alone: dict[int, int] = {}
    for directive in reversed(directives):
        first, last = _line_numbers(source, directive)
        number = after.get(last, last + 1)
        while number <= len(source.line_starts) and (number in alone or not source.line(number).strip(_BARE)):
            number = alone.get(number, number + 1)
        below[directive.span] = after[last] = number
        if _stands_alone(source, directive, first, last):
            alone[first] = number
    return below


def _stands_alone(source: Source, directive: Directive, first: int, last: int) -> bool:
    whole = _lines(source, first, last)
    before = source.text[whole.start : directive.span.start]
    behind = source.text[directive.span.end : whole.end]
    return not before.strip(_BARE) and not behind.strip()


def _line_numbers(source: Source, directive: Directive) -> tuple[int, int]:
    """Return the first and the last line that a directive stands on."""
    start, end = directive.span
    return source.position(start).line, source.position(max(start, end - 1)).line


def _lines(source: Source, first: int, last: int) -> Span:
    """Return the span of lines `first` to `last`, their ends included; empty where there are no such lines."""
    starts, end = source.line_starts, len(source.text) + 1
    if first > len(starts):
        return Span(end, end)
    return Span(starts[first - 1], starts[last] if last < len(starts) else end)
