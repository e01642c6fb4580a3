"""The suppressions of a document, one by one: what each names, whether it is in force, and what it silences."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator

from healthlint.days import is_day
from healthlint.document import Document
from healthlint.records import NamedTuple
from healthlint.report import Suppressed
from healthlint.text import Position, Span
from healthlint.verdicts.covers import covers
from healthlint.verdicts.directives import DIRECTIVES, ENABLE, FILE, Directive, directives
from healthlint.verdicts.suppression import RULES


class Named(NamedTuple):
    """A rule as a suppression names it."""

    rule: str
    state: str
    """used | unused | off (the rule is not on here) | unknown (it cannot be silenced so) | idle (nothing is)."""
    findings: int = 0
    """How many findings of the rule it silences; what two suppressions silence counts for both."""


class Use(NamedTuple):
    """A suppression, where it stands and what it comes to."""

    position: Position
    line: int
    """The line as git counts them, which takes a line feed alone to end one; from 1."""
    directive: str
    """"disable-line" and so on; as written where it is none."""
    state: str
    """in force | expired | without reason | mistaken."""
    rules: tuple[Named, ...]
    until: str
    """The last day on which it holds, as written; "" where none is given."""
    reason: str

    @property
    def is_unused(self) -> bool:
        """Tell whether it is in force and a name in it silences nothing."""
        return any(named.state == "unused" for named in self.rules)


def uses(
    document: Document, silenced: Iterable[Suppressed], rules: Container[str], on: Container[str], today: str
) -> tuple[Use, ...]:
    """Return what becomes of each suppression of `document`, in order of place.

    `silenced` is what was silenced in it, `rules` are the ids of all rules there are, and `on` of those that ran.
    """
    told = directives(document)
    if not told:
        return ()
    ends = _Ends(silenced)
    held = {(cover.directive.span, cover.name.text): cover.span for cover in covers(document.source, told)}

    def named(directive: Directive) -> Iterator[Named]:
        for name in directive.names:
            if name.text not in rules or (name.text in RULES and directive.verb.text != FILE):
                yield Named(name.text, "unknown")
            elif _state(directive, today) != "in force":
                yield Named(name.text, "idle")
            else:
                span = held.get((directive.span, name.text))
                count = ends.touching(name.text, span) if span is not None else 0
                idle = "unused" if name.text in on else "off"
                yield Named(name.text, "used" if count else idle, count)

    text = document.source.text
    return tuple(
        Use(
            document.source.position(directive.span.start),
            text.count("\n", 0, directive.span.start) + 1,
            directive.verb.text.removeprefix("healthlint-"),
            _state(directive, today),
            tuple(named(directive)),
            directive.day,
            directive.reason,
        )
        for directive in told
        if directive.verb.text != ENABLE
    )


class _Ends:
    """Where the findings of each rule that suppressions silenced begin and end."""

    def __init__(self, silenced: Iterable[Suppressed]) -> None:
        found: dict[str, list[Span]] = {}
        for each in silenced:
            if each.by == "suppression":
                found.setdefault(each.finding.rule.id, []).append(each.finding.span)
        self._starts = {rule: sorted(span.start for span in spans) for rule, spans in found.items()}
        # An empty finding counts as one character.
        self._ends = {rule: sorted(max(span.end, span.start + 1) for span in spans) for rule, spans in found.items()}

    def touching(self, rule: str, span: Span) -> int:
        """Return how many findings of a rule share a character with `span`."""
        return bisect_left(self._starts.get(rule, ()), span.end) - bisect_right(self._ends.get(rule, ()), span.start)


def _state(directive: Directive, today: str) -> str:
    if directive.verb.text not in DIRECTIVES or not directive.names or (directive.until and not is_day(directive.day)):
        return "mistaken"
    if not directive.reason:
        return "without reason"
    return "in force" if directive.is_in_force(today) else "expired"
