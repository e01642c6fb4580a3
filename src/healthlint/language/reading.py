"""A page as blocks, sentences and clauses of folded words, worked out where somebody asks and remembered."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property

from healthlint.document import Block, Document
from healthlint.fold import fold, fold_words

_ABBREVIATIONS = frozenset(
    "dr mr mrs ms prof st vs eg ie e.g i.e cf etc no nos fig figs approx inc ltd co corp u.s u.k a.m p.m al vol pp ed "
    "eds dept est min max jr sr rev gen sec art reg".split()
)
_SENTENCE_END = re.compile(r"(?:[.!?…]+[)\]\"'”’»]*(?=\s|$))|\n")
_LAST_WORD = re.compile(r"([\w.]+)\.$")
_LOWER = re.compile(r"\s+[a-zà-ÿ]")
_TAIL = 60
"""How far back an abbreviation is looked for, in characters."""


class Words:
    """The folded words of a stretch of a page, each with its place; the words that lead into it stand before its own.

    `starts` and `ends` count characters of `text`, the page's whole prose; words `[:lead]` belong to the lead-in.
    """

    __slots__ = ("_reading", "block", "end", "ends", "lead", "start", "starts", "text", "words")

    words: list[str]
    starts: list[int]
    ends: list[int]

    def __init__(self, reading: Reading, block: int, start: int, end: int, lead: Words | None = None) -> None:
        """Split characters `start` to `end` of the page's prose, which stand in block number `block`."""
        view = reading.view
        words: list[str] = view[start:end].split()
        starts: list[int] = []
        ends: list[int] = []
        at = start
        for word in words:
            at = view.index(word, at)
            starts.append(at)
            at += len(word)
            ends.append(at)
        if lead is not None:
            words, starts, ends = lead.words + words, lead.starts + starts, lead.ends + ends
        self.lead = len(lead.words) if lead is not None else 0
        self.words, self.starts, self.ends = words, starts, ends
        self.text, self.start, self.end, self.block = reading.text, start, end, block
        self._reading = reading

    def part(self, first: int, last: int) -> Words:
        """Return words `first` to `last`, exclusive, as a unit of their own."""
        made = Words.__new__(Words)
        made.words, made.starts, made.ends = self.words[first:last], self.starts[first:last], self.ends[first:last]
        made.lead = max(self.lead - first, 0)
        made.text, made.block, made._reading = self.text, self.block, self._reading
        made.start = self.start if first <= self.lead else self.starts[first]
        made.end = self.end if last == len(self.words) else self.starts[last]
        return made

    def block_words(self) -> str:
        """Return the folded words of the block, single spaces between and around."""
        return self._reading.block_words(self.block)

    def index(self, offset: int) -> int:
        """Return the number of the first own word that ends after `offset`."""
        return bisect_right(self.ends, offset, lo=self.lead)

    def joined(self) -> str:
        """Return its own words, without the lead-in, single spaces between."""
        return " ".join(self.words[self.lead :])


class Breaks:
    """Where a clause ends inside a sentence: signs, and words that begin another."""

    def __init__(self, words: Iterable[str], after_comma: Iterable[str]) -> None:
        """Break before `words`, and before those `after_comma` where a comma precedes them."""
        self._always = _by_first_word(words)
        self._after_comma = _by_first_word(after_comma)

    def in_sentence(self, sentence: Words) -> list[int]:
        """Return the numbers of the words that begin another clause, in order; none is the first."""
        words, starts, ends, text = sentence.words, sentence.starts, sentence.ends, sentence.text
        always, after_comma = self._always, self._after_comma
        found = []
        for at in range(max(sentence.lead, 1), len(words)):
            word = words[at]
            between = text[ends[at - 1] : starts[at]] if at != sentence.lead else " "
            if between != " " and _SIGN.search(between):
                found.append(at)
            elif (word in always and _begins(always[word], words, at)) or (
                word in after_comma and "," in between and _begins(after_comma[word], words, at)
            ):
                found.append(at)
        return found


_SIGN = re.compile(r"[;()\[\]—\n]|\s[–-]\s|–\s")
"""What ends a clause where it stands between two words."""


def _by_first_word(phrases: Iterable[str]) -> dict[str, list[list[str]]]:
    by_word: dict[str, list[list[str]]] = {}
    for phrase in phrases:
        words = list(fold_words(phrase))
        by_word.setdefault(words[0], []).append(words)
    return by_word


def _begins(phrases: list[list[str]], words: list[str], at: int) -> bool:
    """Return whether one of the phrases stands at word `at`."""
    return any(len(phrase) == 1 or words[at : at + len(phrase)] == phrase for phrase in phrases)


class Reading:
    """One document, read: its prose folded, and its sentences and clauses on demand."""

    def __init__(self, document: Document, breaks: Breaks) -> None:
        """Fold the prose; nothing else is worked out yet."""
        self.document = document
        self.text = document.prose.text
        self.folded = fold(self.text)
        self._breaks = breaks
        self._block_starts = [block.start for block in document.blocks]
        self._sentences: dict[int, list[tuple[int, int]]] = {}
        self._clauses: dict[tuple[int, int], list[int]] = {}
        self._parts: dict[tuple[int, int, int], Words] = {}
        self._units: dict[tuple[int, int, int], Words] = {}
        self._block_words: dict[int, str] = {}

    @cached_property
    def view(self) -> str:
        """Return the folded prose as text."""
        return self.folded.decode("ascii")

    def block_at(self, offset: int) -> int:
        """Return the number of the block that holds `offset`, or -1."""
        number = bisect_right(self._block_starts, offset) - 1
        return number if number >= 0 and offset < self.document.blocks[number].end else -1

    def block(self, number: int) -> Block:
        """Return block `number`."""
        return self.document.blocks[number]

    def block_words(self, number: int) -> str:
        """Return the folded words of a block, single spaces between and around."""
        known = self._block_words.get(number)
        if known is None:
            block = self.document.blocks[number]
            known = self._block_words[number] = f" {' '.join(self.view[block.start : block.end].split())} "
        return known

    def sentences(self, number: int) -> list[tuple[int, int]]:
        """Return where the sentences of a block start and end, in order; together they hold all its words."""
        known = self._sentences.get(number)
        if known is None:
            block = self.document.blocks[number]
            known = self._sentences[number] = split_sentences(self.text, block.start, block.end)
        return known

    def sentence_number(self, block: int, offset: int) -> int:
        """Return the number, within its block, of the sentence that holds `offset`."""
        return max(bisect_right(self.sentences(block), (offset, len(self.text) + 1)) - 1, 0)

    def sentence(self, block: int, number: int) -> Words:
        """Return sentence `number` of a block; the first one has its lead-in before it."""
        start, end = self.sentences(block)[number]
        return self._unit(block, start, end, leads=number == 0)

    def sentence_at(self, offset: int) -> Words:
        """Return the sentence that holds `offset`, which stands in a block."""
        block = self.block_at(offset)
        return self.sentence(block, self.sentence_number(block, offset))

    def clause_at(self, offset: int) -> Words:
        """Return the clause that holds `offset`, which stands in a block; the first of an item has its lead-in."""
        sentence = self.sentence_at(offset)
        breaks = self._clause_breaks(sentence)
        if not breaks:
            return sentence
        word = sentence.index(offset)
        number = bisect_right(breaks, word)
        first = breaks[number - 1] if number else 0
        last = breaks[number] if number < len(breaks) else len(sentence.words)
        key = (sentence.start, sentence.end, first)
        clause = self._parts.get(key)
        if clause is None:
            clause = self._parts[key] = sentence.part(first, last)
        return clause

    def _clause_breaks(self, sentence: Words) -> list[int]:
        """Return the numbers of the words at which another clause of a sentence begins."""
        key = (sentence.start, sentence.end)
        known = self._clauses.get(key)
        if known is None:
            known = self._clauses[key] = self._breaks.in_sentence(sentence)
        return known

    def family(self, offset: int) -> int:
        """Return the block that holds `offset`, or where others lead into it the first of those; -1 outside blocks."""
        number = bisect_right(self._block_starts, offset) - 1
        roots = self._roots
        return roots[number] if roots else number

    @cached_property
    def leads(self) -> frozenset[int]:
        """Return the blocks that lead into others and are led into by none."""
        return frozenset(root for number, root in enumerate(self._roots) if root != number)

    @cached_property
    def _roots(self) -> list[int]:
        """Return for each block the first of those that lead into it, itself where there is none; empty where all are."""
        roots: list[int] = []
        led = False
        for number, block in enumerate(self.document.blocks):
            led = led or 0 <= block.lead < number
            roots.append(roots[block.lead] if 0 <= block.lead < number else number)
        return roots if led else []

    def whole_block(self, number: int) -> Words:
        """Return all words of a block, without a lead-in."""
        block = self.document.blocks[number]
        return self._unit(block=number, start=block.start, end=block.end, leads=False)

    def _unit(self, block: int, start: int, end: int, *, leads: bool) -> Words:
        key = (start, end, leads)
        unit = self._units.get(key)
        if unit is None:
            lead = self._lead_in(block) if leads else None
            unit = self._units[key] = Words(self, block, start, end, lead)
        return unit

    def _lead_in(self, number: int) -> Words | None:
        """Return the words that lead into a block: the last sentence of the block it hangs under, with its own lead-in."""
        lead = self.document.blocks[number].lead
        if not 0 <= lead < number:
            return None
        start, end = self.sentences(lead)[-1]
        return self._unit(lead, start, end, leads=len(self.sentences(lead)) == 1)


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the sentences of `text[start:end]` start and end.

    A sentence ends at . ! ? … (with closing quotes and brackets) before white space, but not after an abbreviation, an
    initial, or where a lower-case word follows a full stop or a closing quote; and at a line break.
    """
    found, begin = [], start
    for mark in _SENTENCE_END.finditer(text, start, end):
        stop = mark.end()
        if stop < end and _goes_on(text, begin, mark.start(), stop):
            continue
        if text[begin:stop].strip():
            found.append((begin, stop))
        begin = stop
    if begin < end and (text[begin:end].strip() or not found):
        found.append((begin, end))
    return found


def _goes_on(text: str, begin: int, mark: int, after: int) -> bool:
    """Return whether the end mark at `mark`, with what closes after it up to `after`, does not end its sentence."""
    if text[mark] == "\n":
        return False
    if (text[mark] == "." or after > mark + 1) and text[mark] != "…" and _LOWER.match(text, after):
        return True
    if text[mark] != "." or after > mark + 1:
        return False
    word = _LAST_WORD.search(text, max(begin, mark + 1 - _TAIL), mark + 1)
    if word is None:
        return False
    last = word[1]
    return last.lower() in _ABBREVIATIONS or (len(last) == 1 and last.isupper() and last != "I")
