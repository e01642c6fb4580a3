"""A customer's words as a whole: a quotation, or a review by its stars, its heading or the line below it."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.checks._conditions import CONDITION_KEYS, Conditions
from healthlint.checks._match import Match
from healthlint.checks._page import Page
from healthlint.hints import TYPE_CHECKING
from healthlint.records import NamedTuple

if TYPE_CHECKING:
    from healthlint.checks._builder import Builder
    from healthlint.marked_yaml import Marked

PHASE = 0
KEYS = ("of", *CONDITION_KEYS)
SPEAKERS = ("customer",)


class Entry(NamedTuple):
    """Whose words, and when they count."""

    of: str
    conditions: Conditions


def compile(marked: Marked, builder: Builder) -> Entry:
    """Return what a rule's `voices` gives."""
    keys = builder.faults.mapping(marked, "voices", KEYS)
    if "of" not in keys:
        builder.faults.add(marked.line, "'voices' needs 'of'")
        return Entry("", Conditions())
    return Entry(builder.faults.choice(keys["of"], "of", SPEAKERS), builder.conditions(keys))


def find(data: Entry, page: Page) -> Iterator[Match]:
    """Yield the words of such a speaker where they are all there is in their block."""
    conditions = data[1]
    for start, end in page.frames.customers(page.reading):
        match = Match(start, end, frame="testimonial")
        if page.allows(conditions, match):
            yield match
