"""A mandated text that was changed: like it, but not it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from healthlint.checks._builder import Builder
from healthlint.checks._page import Match, Page
from healthlint.fold import fold_words
from healthlint.language.reading import Words
from healthlint.marked_yaml import Marked

PHASE = 0
KEYS = ("text", "anchors", "similarity")


class Entry(NamedTuple):
    """The texts as folded words, where to look for them, and how alike (0 to 1) a stretch must be to be meant as one."""

    texts: tuple[tuple[str, ...], ...]
    anchors: tuple[int, ...]
    similarity: float


def compile(marked: Marked, builder: Builder) -> Entry:
    """Return what a rule's `altered` gives."""
    faults = builder.faults
    keys = faults.mapping(marked, "altered", KEYS)
    for key in ("text", "anchors"):
        if key not in keys:
            faults.add(marked.line, f"'altered' needs '{key}'")
    texts = tuple(fold_words(text) for text in faults.texts(keys["text"], "text")) if "text" in keys else ()
    anchors = builder.phrases(keys["anchors"], "anchors", scan=True) if "anchors" in keys else ()
    written = faults.text(keys["similarity"], "similarity") if "similarity" in keys else "0.6"
    try:
        similarity = float(written)
    except ValueError:
        faults.add(keys["similarity"].line, f"'similarity' is '{written}': a number from 0 to 1 is wanted")
        similarity = 0.6
    return Entry(texts, anchors, similarity)


def find(data: Entry, page: Page) -> Iterator[Match]:
    """Yield each sentence, with the next one of its block, that is like one of the texts but not the same."""
    texts, anchors, similarity = data
    seen: set[int] = set()
    for number in anchors:
        for unit in page.sentences(number):
            if unit.start in seen:
                continue
            seen.add(unit.start)
            if match := _changed(texts, similarity, unit, page):
                yield match


def _changed(texts: tuple[tuple[str, ...], ...], similarity: float, unit: Words, page: Page) -> Match | None:
    block = page.reading.block(unit.block)
    whole = Words(page.reading, unit.block, unit.start, block.end)
    best, end = 0.0, 0
    for text in texts:
        for size in (len(text), len(unit.words) - unit.lead, min(len(whole.words), len(text) + 4)):
            words = tuple(whole.words[:size])
            if words == text or _holds(tuple(whole.words), text):
                return None
            alike = _alike(words, text)
            if alike > best:
                best, end = alike, size
    if best < similarity or not end:
        return None
    return Match(
        whole.starts[0], whole.ends[min(end, len(whole.ends)) - 1], frame="disclaimer", frames=frozenset({"disclaimer"})
    )


def _holds(words: tuple[str, ...], text: tuple[str, ...]) -> bool:
    return f" {' '.join(text)} " in f" {' '.join(words)} "


def _alike(words: tuple[str, ...], text: tuple[str, ...]) -> float:
    """Return how alike two word sequences are, 0 to 1 (Ratcliff and Obershelp, as in difflib)."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, words, text, autojunk=False).ratio()
