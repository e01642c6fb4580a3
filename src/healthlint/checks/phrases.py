"""Words in order, in one clause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from time import monotonic

from healthlint.checks._conditions import CLAUSE, CONDITION_KEYS, WIDER, Conditions
from healthlint.checks._match import Match
from healthlint.checks._page import Page
from healthlint.checks._places import Asked
from healthlint.hints import TYPE_CHECKING
from healthlint.patterns.quantity import BASE_UNITS, QUANTITY_NAMES, UNITS
from healthlint.records import NamedTuple
from healthlint.regexes import pattern
from healthlint.rule import FRAMES, SEVERITIES

if TYPE_CHECKING:
    from typing import Protocol

    from healthlint.checks._builder import Builder
    from healthlint.marked_yaml import Marked

    class Found(Protocol):
        """A match of `re` or `regex`."""

        def span(self) -> tuple[int, int]:
            """Return where it starts and ends."""


PHASE = 0
KEYS = ("phrase", "requires", "where", "frames", "severity", "hedge", *CONDITION_KEYS)
TIMEOUT_S = 0.5
"""How long one raw pattern may work on a page, and for each of its characters a little more."""
_TIMEOUT_PER_CHARACTER_S = 1e-6
_LEAST_S = 1e-3
"""How long it may work on a sentence when its time is up."""
_COMPARISON = pattern(
    r"(\w+)(?:\s*/\s*(\w+))?\s*(>=|<=|>|<)\s*(\d+(?:\.\d+)?)\s*([a-z% ]+?)?(?:\s*/\s*([a-z]+))?\s*$", re.IGNORECASE
)


class Raw(NamedTuple):
    """A raw pattern, and what stands wherever it matches besides the words it requires."""

    source: str
    words: tuple[tuple[str, ...], ...]
    """Texts, of each of which one does, as `patterns.raw.spaced` has them."""
    shapes: tuple[str, ...]
    """Patterns for `re` that match there or just before it."""
    longest: int
    """How long a sentence may be, as `patterns.raw.spaced` has it, to be matched as a whole; 0 where it may be any."""
    is_plain: bool
    """True where `re` may match it in a short text."""


class Entry(NamedTuple):
    """One phrase of a rule: its number (or that of the words a raw pattern requires) and what it asks for."""

    phrase: int
    raw: Raw | None
    where: tuple[tuple[str, str, str, float], ...]
    frames: frozenset[str] | None
    severity: str
    hedge: str
    conditions: Conditions


PLAIN = Entry(-1, None, (), None, "", "", Conditions())
"""A phrase that is written without anything besides."""


class Entries(NamedTuple):
    """The phrases of a rule, and which of them each phrase's number stands for."""

    entries: tuple[Entry, ...]
    by_phrase: Mapping[int, list[int]]


def compile(marked: Marked, builder: Builder) -> tuple[Entry, ...]:
    """Return the entries of a list of phrases."""
    items = marked.items if marked.items is not None else (marked,)
    entries: list[Entry] = []
    alike: list[tuple[int, object]] = []
    for item in items:
        use = len(builder.uses)
        if entry := compile_entry(item, builder):
            entries.append(entry)
            asks = entry._replace(phrase=PLAIN.phrase)
            alike.append((use, None if asks == PLAIN else asks))
    builder.lists.append(alike)
    if not entries and not builder.faults.found:
        builder.faults.add(marked.line, "'phrases' holds no phrase")
    return tuple(entries)


def compile_entry(item: Marked, builder: Builder) -> Entry | None:
    """Return one phrase with its conditions, None where it is faulty."""
    faults = builder.faults
    if item.keys is None:
        return _entry(faults.text(item, "phrases"), item, {}, builder)
    faults.known(item, KEYS)
    if "phrase" not in item.keys:
        faults.add(item.line, "a phrase given as a mapping needs 'phrase'")
        return None
    return _entry(faults.text(item.keys["phrase"], "phrase"), item, item.keys, builder)


def _entry(text: str, item: Marked, keys: dict[str, Marked], builder: Builder) -> Entry | None:
    faults = builder.faults
    raw = text[3:].strip() if text.startswith("re:") else ""
    if raw:
        text = _required(raw, item, keys, builder)
    number = builder.phrase(text, item.line, scan=True, unit=WIDER if raw else CLAUSE)
    if number < 0:
        return None
    frames = None
    if "frames" in keys:
        listed = keys["frames"].items or (keys["frames"],)
        frames = frozenset(faults.choice(frame, "frames", FRAMES) for frame in listed)
    severity = faults.choice(keys["severity"], "severity", SEVERITIES) if "severity" in keys else ""
    where = tuple(
        found
        for comparison in ((keys["where"].items or (keys["where"],)) if "where" in keys else ())
        if (found := _comparison(comparison, builder))
    )
    hedge = faults.choice(keys["hedge"], "hedge", ("lower", "keep")) if "hedge" in keys else ""
    return Entry(number, _raw(raw) if raw else None, where, frames, severity, hedge, builder.conditions(keys))


def _raw(source: str) -> Raw:
    from healthlint.patterns.raw import needed
    from healthlint.patterns.raw_engine import is_plain

    words, shapes, longest = needed(source)
    return Raw(source, tuple(tuple(sorted(each)) for each in words), shapes, longest, is_plain(source))


def _required(raw: str, item: Marked, keys: dict[str, Marked], builder: Builder) -> str:
    """Return the phrase of the words that a raw pattern requires, after a look at the pattern itself."""
    import regex

    from healthlint.patterns.raw_size import MOST_STEPS, steps

    size = steps(raw)
    if size > MOST_STEPS:
        builder.faults.add(
            item.line,
            f"pattern {raw[:60]!r} comes to {size} steps or more, of {MOST_STEPS} that are allowed: "
            "repeat less, and nothing that repeats inside of it",
        )
        return ""
    try:
        regex.compile(raw, regex.IGNORECASE)
    except regex.error as error:
        builder.faults.add(item.line, f"pattern {raw!r} is no regular expression: {error}")
    if "requires" not in keys:
        builder.faults.add(item.line, "a raw pattern needs 'requires': words, one of which must be there")
        return ""
    return f"({'|'.join(builder.faults.texts(keys['requires'], 'requires'))})"


def _comparison(marked: Marked, builder: Builder) -> tuple[str, str, str, float] | None:
    """Return (quantity, per what or "", sign, value in base units) of a line such as "weight / duration > 1 kg / week"."""
    text = builder.faults.text(marked, "where")
    found = _COMPARISON.match(text.strip())
    names = [name for name in found.group(1, 2) if name] if found else []
    if found is None or any(name not in QUANTITY_NAMES for name in names):
        builder.faults.add(
            marked.line, f'\'where\' is {text!r}: write it like "weight >= 2 kg" or "weight / duration > 1 kg / week"'
        )
        return None
    value = float(found[4])
    for name, unit, up in ((found[1], found[5], True), (found[2], found[6], False)):
        if not name or name not in UNITS:
            continue
        unit = (unit or BASE_UNITS.get(name, next(iter(UNITS[name])))).strip().lower()
        if unit not in UNITS[name]:
            builder.faults.add(marked.line, f"'{unit}' is no unit of {name}: {', '.join(UNITS[name])}")
            return None
        value = value * UNITS[name][unit] if up else value / UNITS[name][unit]
    return found[1], found[2] or "", found[3], value


def ready(data: tuple[Entry, ...]) -> Entries:
    """Return the entries with an index, for `find`."""
    by_phrase: dict[int, list[int]] = {}
    for number, entry in enumerate(data):
        by_phrase.setdefault(entry[0], []).append(number)
    return Entries(data, by_phrase)


def find(data: Entries | tuple[Entry, ...], page: Page) -> Iterator[Match]:
    """Yield each place one of the phrases stands and its conditions hold."""
    for phrase, raw, where, frames, severity, hedge, conditions in _standing(data, page):
        asks = frames or severity or hedge
        asked = conditions[3:6]
        for match in _raw_matches(raw, phrase, page, asked) if raw else page.matches(phrase, asked, again=False):
            if where and not holds(where, dict(match.values)):
                continue
            if page.allows(conditions, match):
                match = page.widened(conditions, match)
                yield match._replace(frames=frames, severity=severity, hedge=hedge) if asks else match


def _standing(data: Entries | tuple[Entry, ...], page: Page) -> Iterable[Entry]:
    """Return the entries whose phrase may stand on the page, in the order given."""
    standing = page.standing
    if not isinstance(data, Entries):
        return [entry for entry in data if entry[0] in standing]
    by_phrase = data.by_phrase
    numbers = sorted(number for phrase in by_phrase.keys() & standing.keys() for number in by_phrase[phrase])
    return [data.entries[number] for number in numbers]


def _raw_matches(raw: Raw, required: int, page: Page, asked: Asked) -> Iterator[Match]:
    """Yield where a raw pattern matches; what is not in a place as `asked` may be left out."""
    from healthlint.patterns.raw import BEHIND, is_plain_text, spaced

    source, words, needed, longest, is_plain = raw
    shapes = [re.compile(shape) for shape in needed]
    left_s = TIMEOUT_S + len(page.reading.view) * _TIMEOUT_PER_CHARACTER_S
    compiled = None
    for unit in page.standing.get(required, ()):
        if not page.may_meet(asked, unit):
            continue
        if not all(shape.search(unit.text, max(unit.start - BEHIND, 0), unit.end) for shape in shapes):
            continue
        if words or longest:
            said = spaced(page.reading.view[unit.start : unit.end])
            if not _hold(said, words) or (longest and len(said) > longest):
                continue
        if not page.stands(required, unit):
            continue
        if is_plain and is_plain_text(unit.text[unit.start : unit.end]):
            yield from _places(re.compile(source, re.IGNORECASE).finditer(unit.text, unit.start, unit.end))
            continue
        if compiled is None:
            import regex

            compiled = regex.compile(source, regex.IGNORECASE)
        started = monotonic()
        found = list(_places(compiled.finditer(unit.text, unit.start, unit.end, timeout=left_s)))
        left_s = max(left_s - monotonic() + started, _LEAST_S)
        yield from found


def _places(found: Iterable[Found]) -> Iterator[Match]:
    return (Match(start, end) for start, end in (each.span() for each in found) if end > start)


def _hold(text: str, words: tuple[tuple[str, ...], ...]) -> bool:
    """Return whether a text holds one of each of some words."""
    return all(any(word in text for word in each) for each in words)


def holds(where: tuple[tuple[str, str, str, float], ...], values: dict[str, float]) -> bool:
    """Return whether every comparison holds; a quantity that was not read makes it false."""
    for name, per, sign, limit in where:
        if name not in values or (per and not values.get(per)):
            return False
        value = values[name] / values[per] if per else values[name]
        if not {">": value > limit, "<": value < limit, ">=": value >= limit, "<=": value <= limit}[sign]:
            return False
    return True
