"""What a check asks of the other rules: their findings on this page, by rule or category, and phrases beside them."""

from __future__ import annotations

from collections.abc import Mapping

from healthlint.checks._match import Match
from healthlint.checks._page import Page
from healthlint.checks.phrases import Entry as PhraseEntry
from healthlint.checks.phrases import compile as compile_phrases
from healthlint.checks.phrases import find as find_phrases
from healthlint.hints import TYPE_CHECKING
from healthlint.records import NamedTuple
from healthlint.rule import CATEGORIES, FRAMES, SEVERITIES

if TYPE_CHECKING:
    from healthlint.checks._builder import Builder
    from healthlint.marked_yaml import Marked

KEYS = ("rules", "categories", "severity", "frames", "phrases")
CLAIMS = frozenset({"assert", "hedge", "testimonial", "attribute"})
"""The frames in which a phrase says something for the page."""


class Asked(NamedTuple):
    """Findings of these rules and categories, at least this severe ("" for any), in one of `frames` (none: in any).

    And phrases that stand for them.
    """

    rules: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    severity: str = ""
    frames: frozenset[str] = frozenset()
    phrases: tuple[PhraseEntry, ...] = ()


def compile_asked(keys: Mapping[str, Marked], builder: Builder) -> Asked:
    """Return what these keys ask for."""
    faults = builder.faults
    categories: tuple[str, ...] = ()
    if "categories" in keys:
        listed = keys["categories"].items or (keys["categories"],)
        categories = tuple(faults.choice(item, "categories", CATEGORIES) for item in listed)
    frames: frozenset[str] = frozenset()
    if "frames" in keys:
        listed = keys["frames"].items or (keys["frames"],)
        frames = frozenset(faults.choice(frame, "frames", FRAMES) for frame in listed)
    return Asked(
        faults.texts(keys["rules"], "rules") if "rules" in keys else (),
        categories,
        faults.choice(keys["severity"], "severity", SEVERITIES) if "severity" in keys else "",
        frames,
        compile_phrases(keys["phrases"], builder) if "phrases" in keys else (),
    )


def names_of(asked: Asked) -> tuple[str, ...]:
    """Return what is asked for as `RuleCode.asks` has it: rule ids, and "category:…"."""
    return (*asked.rules, *(f"category:{category}" for category in asked.categories))


def answers(asked: Asked, page: Page) -> list[Match]:
    """Return the places asked for, each once, in order of the prose."""
    least = SEVERITIES.index(asked.severity) if asked.severity else 0
    places = [
        match
        for rule, matches in page.found.items()
        if rule in asked.rules or page.categories.get(rule) in asked.categories
        for match in matches
        if not match.whole and SEVERITIES.index(page.severities[rule, match.start, match.end]) >= least
        if not asked.frames or page.frame(match.start, match.end) in asked.frames
    ]
    places += [
        match
        for match in find_phrases(asked.phrases, page)
        if page.frame(match.start, match.end) in (match.frames or CLAIMS)
    ]
    return sorted({(match.start, match.end): match for match in places}.values())
