"""Something that must be there: when this stands on a page, require that, there or nearby."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from healthlint.checks import links as link_check
from healthlint.checks._builder import Builder, Conditions
from healthlint.checks._page import Match, Page
from healthlint.checks.phrases import Entry as PhraseEntry
from healthlint.checks.phrases import compile as compile_phrases
from healthlint.checks.phrases import find as find_phrases
from healthlint.document import Block
from healthlint.marked_yaml import Marked
from healthlint.rule import FRAMES

PHASE = 1
KEYS = ("when", "need", "need-frames", "where", "only-if", "at")
WHEN_KEYS = ("rules", "phrases", "links", "front-matter", "always", "count", "frames", "any-frame")
NEED_KEYS = ("phrases", "links", "front-matter", "headings")
WHERE = ("anywhere", "before", "near", "block", "section", "words", "symbol")
AT = ("first", "each", "document")
_SYMBOL = re.compile(r"[*†‡^⁺¹]")
_DEFAULT_FRAMES = frozenset(FRAMES) - {"negate", "question"}


class When(NamedTuple):
    """What creates the need: any of these, `count` times in all."""

    rules: tuple[str, ...]
    phrases: tuple[PhraseEntry, ...]
    links: tuple[link_check.Entry, ...]
    always: bool
    times: int


class Need(NamedTuple):
    """What satisfies it: any of these."""

    phrases: tuple[PhraseEntry, ...]
    links: tuple[link_check.Entry, ...]
    front_matter: tuple[str, ...]
    headings: tuple[PhraseEntry, ...]
    frames: frozenset[str]


class Entry(NamedTuple):
    """One requirement."""

    when: When
    need: Need
    where: str
    words: int
    elsewhere: bool
    at: str


def compile(marked: Marked, builder: Builder) -> Entry:
    """Return the requirement that a rule's `require` gives."""
    faults = builder.faults
    keys = faults.mapping(marked, "require", KEYS)
    for key in ("when", "need"):
        if key not in keys:
            faults.add(marked.line, f"'require' needs '{key}'")
    where, words = _where(keys, builder)
    elsewhere = "only-if" in keys and faults.choice(keys["only-if"], "only-if", ("elsewhere",)) == "elsewhere"
    at = faults.choice(keys["at"], "at", AT) if "at" in keys else AT[0]
    frames = _DEFAULT_FRAMES
    if "need-frames" in keys:
        listed = keys["need-frames"].items or (keys["need-frames"],)
        frames = frozenset(faults.choice(frame, "need-frames", FRAMES) for frame in listed)
    return Entry(_when(keys, builder), _need(keys, frames, builder), where, words, elsewhere, at)


def _where(keys: dict[str, Marked], builder: Builder) -> tuple[str, int]:
    if "where" not in keys:
        return WHERE[0], 0
    marked = keys["where"]
    if marked.keys is None:
        return builder.faults.choice(marked, "where", WHERE), 0
    inner = builder.faults.mapping(marked, "where", ("words",))
    count = builder.faults.text(inner["words"], "words") if "words" in inner else ""
    if not count.isdigit():
        builder.faults.add(marked.line, "'where' as a mapping is {words: 60}")
        return WHERE[0], 0
    return "words", int(count)


def _when(keys: dict[str, Marked], builder: Builder) -> When:
    faults = builder.faults
    when = faults.mapping(keys["when"], "when", WHEN_KEYS) if "when" in keys else {}
    count = faults.text(when["count"], "count") if "count" in when else "1"
    if not count.isdigit() or count == "0":
        faults.add(when["count"].line, f"'count' is '{count}': a number from 1 is wanted")
        count = "1"
    return When(
        faults.texts(when["rules"], "rules") if "rules" in when else (),
        compile_phrases(when["phrases"], builder) if "phrases" in when else (),
        link_check.compile(when["links"], builder) if "links" in when else (),
        "always" in when,
        int(count),
    )


def _need(keys: dict[str, Marked], frames: frozenset[str], builder: Builder) -> Need:
    need = builder.faults.mapping(keys["need"], "need", NEED_KEYS) if "need" in keys else {}
    return Need(
        compile_phrases(need["phrases"], builder) if "phrases" in need else (),
        link_check.compile(need["links"], builder) if "links" in need else (),
        builder.faults.texts(need["front-matter"], "front-matter") if "front-matter" in need else (),
        compile_phrases(need["headings"], builder) if "headings" in need else (),
        frames,
    )


def find(data: Entry, page: Page) -> Iterator[Match]:
    """Yield the places that need what is not there."""
    when, need, where, words, elsewhere, at = When(*data[0]), Need(*data[1]), *data[2:]
    needing = needing_places(when, page)
    if len(needing) < when.times and not when.always:
        return
    standing = satisfying_places(need, page)
    if standing is None:
        return
    if not needing:
        needing = [document_match(page)]
    lacking = [match for match in needing if not any(_is_there(where, words, match, there, page) for there in standing)]
    if not lacking or bool(standing) != elsewhere:
        if not (lacking and standing and not elsewhere and where not in ("anywhere",)):
            return
    related = tuple((there.start, there.end, "it stands here") for there in standing[:1])
    if at == "document":
        pointing = tuple((match.start, match.end, "this asks for it") for match in needing[:3])
        yield document_match(page)._replace(related=related or pointing)
        return
    for match in lacking if at == "each" else lacking[:1]:
        yield Match(match.start, match.end, match.captures, related=related, frame="assert")


def needing_places(when: When, page: Page) -> list[Match]:
    """Return the places that create the need, in order of the prose."""
    places = [match for rule in when.rules for match in page.found.get(rule, ())]
    for match in find_phrases(when.phrases, page):
        frame = page.frame(match.start, match.end)
        if frame in (match.frames or ("assert", "hedge", "testimonial", "attribute")):
            places.append(match)
    places += link_check.find(when.links, page)
    return sorted({(match.start, match.end): match for match in places}.values())


def satisfying_places(need: Need, page: Page) -> list[Match] | None:
    """Return the places that satisfy the need; None where front matter does, which has no place in the text."""
    if any(key in page.document.meta for key in need.front_matter):
        return None
    places = [m for m in find_phrases(need.phrases, page) if page.frame(m.start, m.end) in need.frames]
    places += link_check.find(need.links, page)
    places += [m for m in find_phrases(need.headings, page) if "heading" in page.places(m)]
    return sorted(places)


def document_match(page: Page) -> Match:
    """Return a match for the document as a whole: its first block, which stands for line 1."""
    return Match(0, 0, frame="assert", whole=True)


def _is_there(where: str, words: int, match: Match, there: Match, page: Page) -> bool:
    if where == "anywhere":
        return True
    reading = page.reading
    mine, its = reading.block_at(match.start), reading.block_at(there.start)
    if where == "before":
        return there.start <= match.start
    if where == "block":
        return mine == its
    if where == "near":
        return mine == its or its == mine - 1
    if where == "section":
        first, last = page.section(mine)
        return first <= there.start < last
    if where == "words":
        low, high = sorted((match.end, there.start) if match.end <= there.start else (there.end, match.start))
        return len(reading.view[low:high].split()) <= words
    return _is_linked(reading.block(mine), reading.block(its), its - mine, match, there, page)


def _is_linked(mine: Block, its: Block, apart: int, match: Match, there: Match, page: Page) -> bool:
    """Return whether a statement is tied to a claim: by the same symbol at both, or by standing next to it."""
    if 0 <= apart <= 1:
        return True
    text = page.reading.text
    marked = _SYMBOL.search(text, match.end, mine.end)
    return bool(marked and marked[0] in text[its.start : there.start + 3])
