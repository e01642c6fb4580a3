"""A statement, such as a disclaimer, that what was found above or below it contradicts."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.checks import _asked
from healthlint.checks._asked import Asked
from healthlint.checks._match import Match
from healthlint.checks._page import Page
from healthlint.checks.phrases import Entry as PhraseEntry
from healthlint.checks.phrases import compile as compile_phrases
from healthlint.checks.phrases import find as find_phrases
from healthlint.hints import TYPE_CHECKING
from healthlint.records import NamedTuple

if TYPE_CHECKING:
    from healthlint.checks._builder import Builder
    from healthlint.marked_yaml import Marked

PHASE = 2
KEYS = ("statement", "against")
_RELATED = 5
"""How many of the contradicting places a finding shows."""


class Entry(NamedTuple):
    """The phrases of the statement, and what contradicts it."""

    statement: tuple[PhraseEntry, ...]
    against: Asked


def compile(marked: Marked, builder: Builder) -> Entry:
    """Return what a rule's `contradiction` gives."""
    faults = builder.faults
    keys = faults.mapping(marked, "contradiction", KEYS)
    for key in KEYS:
        if key not in keys:
            faults.add(marked.line, f"'contradiction' needs '{key}'")
    against = faults.mapping(keys["against"], "against", _asked.KEYS) if "against" in keys else {}
    return Entry(
        compile_phrases(keys["statement"], builder) if "statement" in keys else (),
        _asked.compile_asked(against, builder),
    )


def asks(data: Entry) -> tuple[str, ...]:
    """Return the rules and categories whose findings are needed."""
    return _asked.names_of(data.against)


def find(data: Entry, page: Page) -> Iterator[Match]:
    """Yield the first place of the statement, in any frame, where others contradict it: they are its related places."""
    statement, against = data[0], Asked(*data[1])
    stands = sorted(find_phrases(statement, page))
    if not stands:
        return
    contrary = [match for match in _asked.answers(against, page) if not any(_overlap(match, place) for place in stands)]
    if contrary:
        related = tuple((match.start, match.end, "this says the opposite") for match in contrary[:_RELATED])
        yield stands[0]._replace(frame="disclaimer", related=related)


def _overlap(one: Match, other: Match) -> bool:
    return one.start < other.end and other.start < one.end
