"""A statement, such as a disclaimer, that what was found above or below it contradicts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from healthlint.checks._builder import Builder
from healthlint.checks._page import Match, Page
from healthlint.marked_yaml import Marked
from healthlint.rule import CATEGORIES, SEVERITIES

PHASE = 2
KEYS = ("statement", "against")
AGAINST_KEYS = ("categories", "severity", "rules")
_RELATED = 5


class Entry(NamedTuple):
    """The phrases of the statement, and which findings contradict it."""

    statement: tuple[int, ...]
    categories: tuple[str, ...]
    rules: tuple[str, ...]
    severity: str


def compile(marked: Marked, builder: Builder) -> Entry:
    """Return what a rule's `contradiction` gives."""
    faults = builder.faults
    keys = faults.mapping(marked, "contradiction", KEYS)
    for key in KEYS:
        if key not in keys:
            faults.add(marked.line, f"'contradiction' needs '{key}'")
    statement = builder.phrases(keys["statement"], "statement", scan=True) if "statement" in keys else ()
    against = faults.mapping(keys["against"], "against", AGAINST_KEYS) if "against" in keys else {}
    categories: tuple[str, ...] = ()
    if "categories" in against:
        listed = against["categories"].items or (against["categories"],)
        categories = tuple(faults.choice(item, "categories", CATEGORIES) for item in listed)
    severity = faults.choice(against["severity"], "severity", SEVERITIES) if "severity" in against else ""
    rules = faults.texts(against["rules"], "rules") if "rules" in against else ()
    return Entry(statement, categories, rules, severity)


def find(data: Entry, page: Page) -> Iterator[Match]:
    """Yield the first place of the statement, where findings contradict it; they are its related places."""
    statement, categories, rules, severity = data
    stands = sorted(match for number in statement for match in page.matches(number))
    if not stands:
        return
    against = sorted(
        match
        for rule, matches in page.found.items()
        if rule in rules or page.categories.get(rule) in categories
        for match in matches
        if not severity or page.severities.get((rule, match.start, match.end)) == severity
    )
    if against:
        related = tuple((match.start, match.end, "this says the opposite") for match in against[:_RELATED])
        yield stands[0]._replace(frame="disclaimer", frames=frozenset({"disclaimer"}), related=related)
