"""Words in any order, in one clause, sentence or block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from healthlint.checks._conditions import CLAUSE, CONDITION_KEYS, WIDER, Conditions
from healthlint.checks._match import Match
from healthlint.checks._page import Page
from healthlint.hints import TYPE_CHECKING
from healthlint.language.reading import Words
from healthlint.records import NamedTuple
from healthlint.rule import FRAMES, SEVERITIES

if TYPE_CHECKING:
    from healthlint.checks._builder import Builder
    from healthlint.marked_yaml import Marked

PHASE = 0
KEYS = ("of", "in-one", "within", "frames", "severity", *CONDITION_KEYS)
UNITS = ("sentence", "clause", "block")


class Entry(NamedTuple):
    """Phrases that must stand together: in one `unit`, at most `within` words from first to last (0: no limit)."""

    of: tuple[int, ...]
    unit: str
    within: int
    frames: frozenset[str] | None
    severity: str
    conditions: Conditions


def compile(marked: Marked, builder: Builder) -> tuple[Entry, ...]:
    """Return the entries of a list of groups."""
    items = marked.items if marked.items is not None else (marked,)
    return tuple(entry for item in items if (entry := _entry(item, builder)))


def _entry(item: Marked, builder: Builder) -> Entry | None:
    faults = builder.faults
    keys = faults.mapping(item, "together", KEYS)
    if "of" not in keys or len(keys["of"].items or ()) < 2:
        faults.add(item.line, "'together' needs 'of': two phrases or more")
        return None
    unit = faults.choice(keys["in-one"], "in-one", UNITS) if "in-one" in keys else UNITS[0]
    of = builder.phrases(keys["of"], "of", scan=True, unit=CLAUSE if unit == "clause" else WIDER, any_of=False)
    within = builder.number(keys["within"], "within") if "within" in keys else 0
    frames = None
    if "frames" in keys:
        listed = keys["frames"].items or (keys["frames"],)
        frames = frozenset(faults.choice(frame, "frames", FRAMES) for frame in listed)
    severity = faults.choice(keys["severity"], "severity", SEVERITIES) if "severity" in keys else ""
    return Entry(of, unit, within, frames, severity, builder.conditions(keys))


def find(data: tuple[Entry, ...], page: Page) -> Iterator[Match]:
    """Yield, for each unit that holds all phrases of a group, the stretch from the first to the last of them."""
    for of, unit, within, frames, severity, conditions in data:
        if not all(map(page.may_stand, of)):
            continue
        for words in _units(page, of[page.rarest(of)], unit):
            match = _closest(_found(of, words, page), words, within)
            if match and page.allows(conditions, match):
                yield match._replace(frames=frames, severity=severity) if frames or severity else match


def _found(of: tuple[int, ...], words: Words, page: Page) -> list[Sequence[Match]]:
    """Return the places of each of the phrases in some words; nothing where one of them is missing."""
    found = []
    for number in of:
        matches = page.search(number, words)
        if not matches:
            return []
        found.append(matches)
    return found


def _units(page: Page, number: int, unit: str) -> Iterator[Words]:
    if unit == "clause":
        yield from page.clauses(number)
        return
    seen: set[int] = set()
    for words in page.standing[number]:
        if unit == "sentence":
            yield words
        elif words.block not in seen:
            seen.add(words.block)
            yield page.reading.whole_block(words.block)


def _closest(found: Sequence[Sequence[Match]], words: Words, within: int) -> Match | None:
    """Return the stretch over one match of each phrase, none overlapping another, or None; the first that fits counts."""
    if not found:
        return None
    chosen: list[Match] = []
    for matches in sorted(found, key=len):
        free = [m for m in matches if all(m.end <= c.start or c.end <= m.start for c in chosen)]
        if not free:
            return None
        anchor = chosen[0].start if chosen else free[0].start
        chosen.append(min(free, key=lambda m: abs(m.start - anchor)))
    start, end = min(m.start for m in chosen), max(m.end for m in chosen)
    if within and words.index(end - 1) - words.index(start) + 1 > within:
        return None
    captures = tuple(capture for match in chosen for capture in match.captures)
    return Match(start, end, captures, tuple(value for match in chosen for value in match.values))
