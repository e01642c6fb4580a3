"""A customer's words as a whole, a quotation or a review by its stars, heading or signature; the sentences of his story."""

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
SPEAKERS = ("customer", "story")


class Entry(NamedTuple):
    """Whose words, and when they count."""

    of: str
    conditions: Conditions


def compile(marked: Marked, builder: Builder) -> tuple[Entry, ...]:
    """Return what a rule's `voices` gives: one speaker, or a list of them."""
    items = marked.items if marked.items is not None else (marked,)
    if not items:
        builder.faults.add(marked.line, "'voices' holds no speaker")
    return tuple(_entry(item, builder) for item in items)


def _entry(marked: Marked, builder: Builder) -> Entry:
    keys = builder.faults.mapping(marked, "voices", KEYS)
    if "of" not in keys:
        builder.faults.add(marked.line, "'voices' needs 'of'")
        return Entry("", Conditions())
    return Entry(builder.faults.choice(keys["of"], "of", SPEAKERS), builder.conditions(keys))


def find(data: tuple[Entry, ...], page: Page) -> Iterator[Match]:
    """Yield the words of such a speaker: all there is in a block, or the sentences of a story."""
    for of, conditions in data:
        spoken = page.frames.customers if of == "customer" else page.frames.stories
        for start, end in spoken(page.reading):
            match = Match(start, end, frame="testimonial")
            if page.allows(conditions, match):
                yield match
