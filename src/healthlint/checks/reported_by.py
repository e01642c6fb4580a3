"""Findings that a part of healthlint itself reports: suppressions, normalisation."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.checks._match import Match
from healthlint.checks._page import Page
from healthlint.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from healthlint.checks._builder import Builder
    from healthlint.marked_yaml import Marked

PHASE = 0
PARTS = ("suppression", "normalisation", "claims")


def compile(marked: Marked, builder: Builder) -> str:
    """Return the name of the part."""
    return builder.faults.choice(marked, "reported-by", PARTS)


def find(data: str, page: Page) -> Iterator[Match]:
    """Yield the words that evade review, for the normalisation; suppressions are judged later, by verdicts."""
    if data == "normalisation":
        yield from (Match(start, end) for start, end in page.evasions)
