"""A mandated text that was changed: like it, but not it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from healthlint.checks._match import Match
from healthlint.checks._page import Page
from healthlint.fold import fold_words
from healthlint.hints import TYPE_CHECKING
from healthlint.language.reading import Words
from healthlint.records import NamedTuple
from healthlint.regexes import pattern

if TYPE_CHECKING:
    from healthlint.checks._builder import Builder
    from healthlint.marked_yaml import Marked

PHASE = 0
KEYS = ("text", "anchors", "similarity", "short-for", "changes-meaning")
_SENTENCE = pattern(r"(?<=[.!?])\s+")
_SPARE = 4
"""How many words more than a text a stretch that is meant as one may have."""


class Entry(NamedTuple):
    """The texts as folded words, and how a stretch is known that is meant as one of them."""

    texts: tuple[tuple[str, ...], ...]
    """Whole: a page that has one of them has it unchanged."""
    parts: tuple[tuple[str, ...], ...]
    """Each sentence of each text, where a text has several."""
    anchors: tuple[int, ...]
    similarity: float
    """How alike (0 to 1) the stretch must be to a text or part."""
    short_for: tuple[tuple[str, tuple[str, ...]], ...]
    """Words that stand for others: they don't make a stretch less alike."""
    changing: frozenset[str]
    """Words whose presence makes the change an error, as does a text that is not whole."""


def compile(marked: Marked, builder: Builder) -> Entry:
    """Return what a rule's `altered` gives."""
    faults = builder.faults
    keys = faults.mapping(marked, "altered", KEYS)
    for key in ("text", "anchors"):
        if key not in keys:
            faults.add(marked.line, f"'altered' needs '{key}'")
    written = faults.texts(keys["text"], "text") if "text" in keys else ()
    split = [[fold_words(sentence) for sentence in _SENTENCE.split(text)] for text in written]
    short = faults.mapping(keys["short-for"], "short-for") if "short-for" in keys else {}
    return Entry(
        tuple(fold_words(text) for text in written),
        tuple(dict.fromkeys(part for parts in split if len(parts) > 1 for part in parts)),
        builder.phrases(keys["anchors"], "anchors", scan=True) if "anchors" in keys else (),
        _similarity(keys, builder),
        tuple((" ".join(fold_words(word)), fold_words(faults.text(full, word))) for word, full in short.items()),
        frozenset(faults.texts(keys["changes-meaning"], "changes-meaning") if "changes-meaning" in keys else ()),
    )


def _similarity(keys: dict[str, Marked], builder: Builder) -> float:
    written = builder.faults.text(keys["similarity"], "similarity") if "similarity" in keys else "0.6"
    try:
        return float(written)
    except ValueError:
        builder.faults.add(keys["similarity"].line, f"'similarity' is '{written}': a number from 0 to 1 is wanted")
        return 0.6


def find(data: Entry, page: Page) -> Iterator[Match]:
    """Yield each run of sentences that is like one of the texts, or a part of one, but not the same."""
    entry = Entry(*data)
    starts = {unit.start: unit for number in entry.anchors for unit in page.sentences(number)}
    end = -1
    for start in sorted(starts):
        if start < end:
            continue
        whole = _rest(starts[start], page)
        if exact := _length_of_exact(entry.texts, whole.words):
            end = whole.ends[exact - 1]
        elif match := _changed(entry, whole, page):
            end = match.end
            yield match


def _rest(unit: Words, page: Page) -> Words:
    """Return the words from a sentence on to the end of its block and of the next one."""
    blocks = page.document.blocks
    last = min(unit.block + 1, len(blocks) - 1)
    return Words(page.reading, unit.block, unit.start, blocks[last].end)


def _length_of_exact(texts: Sequence[tuple[str, ...]], words: Sequence[str]) -> int:
    """Return how many words there are up to the end of a text that begins among the first few words, or 0."""
    for text in texts:
        for skipped in range(_SPARE + 1):
            if tuple(words[skipped : skipped + len(text)]) == text:
                return skipped + len(text)
    return 0


def _changed(entry: Entry, whole: Words, page: Page) -> Match | None:
    """Return the sentences from the first word on that are most like a text or part, if they are like enough."""
    best, size, truncated = 0.0, 0, False
    lengths = _lengths(whole, page)
    for text in (*entry.texts, *entry.parts):
        for length in sorted({min(length, len(text) + _SPARE) for length in lengths}):
            alike = _alike(_in_full(whole.words[:length], entry.short_for), text)
            if alike > best:
                best, size, truncated = alike, length, text in entry.parts
    if best < entry.similarity:
        return None
    changes = truncated or not entry.changing.isdisjoint(whole.words[:size])
    return Match(whole.starts[0], whole.ends[size - 1], frame="disclaimer", severity="error" if changes else "")


def _lengths(whole: Words, page: Page) -> list[int]:
    """Return how many words the first sentence holds, the first two, and so on."""
    reading, last = page.reading, page.reading.block_at(whole.end - 1)
    ends = [end for block in range(whole.block, last + 1) for _, end in reading.sentences(block) if end > whole.start]
    return [length for end in ends if (length := bisect_right(whole.ends, end))]


def _in_full(words: Sequence[str], short_for: Sequence[tuple[str, tuple[str, ...]]]) -> list[str]:
    full = dict(short_for)
    return [word for short in words for word in full.get(short, (short,))]


def _alike(words: Sequence[str], text: Sequence[str]) -> float:
    """Return how alike two word sequences are, 0 to 1 (Ratcliff and Obershelp, as in difflib)."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, words, text, autojunk=False).ratio()
