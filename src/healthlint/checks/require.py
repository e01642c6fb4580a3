"""Something that must be there: when this stands on a page, require that, there or nearby."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.checks import _asked
from healthlint.checks import links as link_check
from healthlint.checks._asked import Asked
from healthlint.checks._conditions import COUNTED
from healthlint.checks._match import Match
from healthlint.checks._nearness import WHERE, is_there
from healthlint.checks._page import Page
from healthlint.checks.phrases import Entry as PhraseEntry
from healthlint.checks.phrases import compile as compile_phrases
from healthlint.checks.phrases import find as find_phrases
from healthlint.hints import TYPE_CHECKING
from healthlint.records import NamedTuple
from healthlint.rule import COUNTRY_PACKS, FRAMES, SEVERITIES

if TYPE_CHECKING:
    from healthlint.checks._builder import Builder
    from healthlint.marked_yaml import Marked

PHASE = 1
KEYS = ("when", "if-page-has", "if-page-lacks", "at-home", "need", "need-frames", "where", "only-if", "at", "severity")
WHEN_KEYS = (*_asked.KEYS, "links", "front-matter", "always", "count")
NEED_KEYS = ("phrases", "links", "front-matter", "headings")
AT = ("first", "each", "document")
_DEFAULT_FRAMES = frozenset(FRAMES) - {"negate", "question"}
_POINTED_AT = 3
"""How many of the places that ask for it a finding on the document shows."""
_UNWRITTEN = frozenset({"", "-", "null", "~", "none", "n/a", "tbc", "tbd", "todo", "false", "no", "unknown", "admin"})
"""Front matter values, lower case, that say nothing."""


class When(NamedTuple):
    """What creates the need: any of these, `least` times in all."""

    asked: Asked
    links: tuple[link_check.Entry, ...]
    front_matter: tuple[str, ...]
    always: bool
    least: int


class Need(NamedTuple):
    """What satisfies it: any of these, the phrases in one of `frames`."""

    phrases: tuple[PhraseEntry, ...]
    links: tuple[link_check.Entry, ...]
    front_matter: tuple[str, ...]
    headings: tuple[PhraseEntry, ...]
    frames: frozenset[str]


class Entry(NamedTuple):
    """One requirement."""

    when: When
    need: Need
    where: tuple[tuple[str, int], ...]
    """Any of these will do: its name, and for "words" how many."""
    elsewhere: bool
    """Whether it fires only where what is needed stands somewhere, but not where it must."""
    at: str
    severity: str
    has: tuple[int, ...]
    """Phrases one of which the page must have for it to ask anything, unless it is at home."""
    lacks: tuple[int, ...]
    """Phrases none of which it may have."""
    home: tuple[str, ...]
    """Packs: at home where these are the only country packs in force."""


def compile(marked: Marked, builder: Builder) -> tuple[Entry, ...]:
    """Return the requirements that a rule's `require` gives: one, or a list of them."""
    items = marked.items if marked.items is not None else (marked,)
    return tuple(_entry(item, builder) for item in items)


def _entry(marked: Marked, builder: Builder) -> Entry:
    faults = builder.faults
    keys = faults.mapping(marked, "require", KEYS)
    for key in ("when", "need"):
        if key not in keys:
            faults.add(marked.line, f"'require' needs '{key}'")
    elsewhere = "only-if" in keys and faults.choice(keys["only-if"], "only-if", ("elsewhere",)) == "elsewhere"
    where = _where(keys["where"], builder) if "where" in keys else (("anywhere", 0),)
    if elsewhere and where == (("anywhere", 0),):
        faults.add(marked.line, "'only-if: elsewhere' needs a 'where' other than anywhere")
    at = faults.choice(keys["at"], "at", AT) if "at" in keys else AT[0]
    severity = faults.choice(keys["severity"], "severity", SEVERITIES) if "severity" in keys else ""
    has = _asked_of_page(keys, "if-page-has", builder)
    lacks = _asked_of_page(keys, "if-page-lacks", builder)
    named = keys["at-home"].items or (keys["at-home"],) if "at-home" in keys else ()
    home = tuple(faults.choice(pack, "at-home", COUNTRY_PACKS) for pack in named)
    return Entry(_when(keys, builder), _need(keys, builder), where, elsewhere, at, severity, has, lacks, home)


def _asked_of_page(keys: dict[str, Marked], key: str, builder: Builder) -> tuple[int, ...]:
    return builder.phrases(keys[key], key, scan=True, unit=COUNTED) if key in keys else ()


def _where(marked: Marked, builder: Builder) -> tuple[tuple[str, int], ...]:
    faults, found = builder.faults, []
    for item in marked.items if marked.items is not None else (marked,):
        if item.keys is None:
            found.append((faults.choice(item, "where", WHERE), 0))
            continue
        inner = faults.mapping(item, "where", ("words",))
        count = faults.text(inner["words"], "words") if "words" in inner else ""
        if not count.isdigit():
            faults.add(item.line, "'where' as a mapping is {words: 60}")
            count = "0"
        found.append(("words", int(count)))
    return tuple(found)


def _when(keys: dict[str, Marked], builder: Builder) -> When:
    faults = builder.faults
    when = faults.mapping(keys["when"], "when", WHEN_KEYS) if "when" in keys else {}
    least = faults.text(when["count"], "count") if "count" in when else "1"
    if not least.isdigit() or least == "0":
        faults.add(when["count"].line, f"'count' is '{least}': a number from 1 is wanted")
        least = "1"
    if "when" in keys and not when.keys() - {"count", "severity", "frames"}:
        faults.add(keys["when"].line, "'when' says nothing that creates the need")
    return When(
        _asked.compile_asked(when, builder),
        link_check.compile(when["links"], builder) if "links" in when else (),
        faults.texts(when["front-matter"], "front-matter") if "front-matter" in when else (),
        "always" in when and faults.choice(when["always"], "always", ("true",)) == "true",
        int(least),
    )


def _need(keys: dict[str, Marked], builder: Builder) -> Need:
    faults = builder.faults
    need = faults.mapping(keys["need"], "need", NEED_KEYS) if "need" in keys else {}
    frames = _DEFAULT_FRAMES
    if "need-frames" in keys:
        listed = keys["need-frames"].items or (keys["need-frames"],)
        frames = frozenset(faults.choice(frame, "need-frames", FRAMES) for frame in listed)
    return Need(
        compile_phrases(need["phrases"], builder) if "phrases" in need else (),
        link_check.compile(need["links"], builder) if "links" in need else (),
        faults.texts(need["front-matter"], "front-matter") if "front-matter" in need else (),
        compile_phrases(need["headings"], builder) if "headings" in need else (),
        frames,
    )


def asks(data: tuple[Entry, ...]) -> tuple[str, ...]:
    """Return the rules and categories whose findings are needed."""
    return tuple(name for entry in data for name in _asked.names_of(entry.when.asked))


def find(data: tuple[Entry, ...], page: Page) -> Iterator[Match]:
    """Yield the places that need what is not there; of several requirements the first that lacks something speaks."""
    for entry in data:
        lacking = tuple(_lacking(Entry(*entry), page))
        if lacking:
            yield from lacking
            return


def _concerns(entry: Entry, page: Page) -> bool:
    """Return whether a requirement asks anything of this page."""
    countries = {pack for pack in page.packs if pack in COUNTRY_PACKS}
    if entry.has and not (countries and countries <= set(entry.home)) and not any(map(page.count, entry.has)):
        return False
    return not any(map(page.count, entry.lacks))


def _lacking(entry: Entry, page: Page) -> Iterator[Match]:
    if not _concerns(entry, page):
        return
    when, need = When(*entry.when), Need(*entry.need)
    needing = needing_places(when, page)
    if len(needing) < when.least or _is_said_in_front_matter(need.front_matter, page):
        return
    standing = satisfying_places(need, page)
    lacking = [match for match in needing if not any(is_there(entry.where, match, place, page) for place in standing)]
    if not lacking or (entry.elsewhere and not standing):
        return
    related = tuple((place.start, place.end, "it stands here") for place in standing[:1])
    if entry.at == "document" or all(match.whole for match in lacking):
        asking = [match for match in lacking if not match.whole][:_POINTED_AT]
        pointing = tuple((match.start, match.end, "this asks for it") for match in asking)
        yield Match(0, 0, frame="assert", whole=True, severity=entry.severity, related=related or pointing)
        return
    # A title names the product; what is said of it asks for the statement, if anything is.
    said = [match for match in lacking if page.reading.block_at(match.start) != page.title]
    for match in lacking if entry.at == "each" else (said or lacking)[:1]:
        yield Match(
            match.start,
            match.end,
            match.captures,
            frame="assert",
            severity=entry.severity,
            related=related,
            whole=match.whole,
        )


def needing_places(when: When, page: Page) -> list[Match]:
    """Return the places that create the need, in order; the document as a whole where no single place does."""
    places = [*_asked.answers(Asked(*when.asked), page), *link_check.find(when.links, page)]
    if not places and (when.always or _is_said_in_front_matter(when.front_matter, page)):
        return [Match(0, 0, frame="assert", whole=True)]
    return sorted({(match.start, match.end): match for match in places}.values())


def satisfying_places(need: Need, page: Page) -> list[Match]:
    """Return the places that satisfy the need, in order."""
    places = [match for match in find_phrases(need.phrases, page) if page.frame(match.start, match.end) in need.frames]
    places += link_check.find(need.links, page)
    places += [match for match in find_phrases(need.headings, page) if _heads_something(match, page)]
    return sorted(places)


def _is_said_in_front_matter(keys: tuple[str, ...], page: Page) -> bool:
    """Return whether the front matter says something under one of the keys or their parts ("author.name")."""
    return any(
        value.text.strip(" \"'[]{}").lower() not in _UNWRITTEN
        for name, value in page.document.meta.items()
        if any(name == key or name.startswith(f"{key}.") for key in keys)
    )


def _heads_something(match: Match, page: Page) -> bool:
    """Return whether a match stands in a heading with a text under it."""
    number = page.reading.block_at(match.start)
    blocks = page.document.blocks
    if blocks[number].kind != "heading" or number + 1 >= len(blocks):
        return False
    return blocks[number + 1].kind != "heading"
