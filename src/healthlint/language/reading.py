"""A page as blocks, sentences and clauses of folded words, worked out where somebody asks and remembered."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from healthlint.document import Block, Document
from healthlint.fold import fold
from healthlint.language.breaks import Breaks
from healthlint.language.sentences import split_sentences
from healthlint.patterns.vocabulary import Literal, Vocabulary

_MOST_KEPT = 20_000
"""How many sentences of a page are remembered, so that a long one takes no more memory than it must."""
_PORTION = 1 << 20


class Words:
    """The folded words of a stretch of a page; the words that lead into it stand before its own.

    `starts` and `ends`, the places of the words, count characters of `text`, the page's whole prose; words `[:lead]`
    belong to the lead-in. They are worked out when asked for, as are `start` and `end`, those of the stretch.
    """

    __slots__ = (
        "_end", "_ends", "_joined", "_leading", "_literals", "_mask", "_start", "_starts", "allowed", "block", "clauses", "cues",
        "first", "lead", "reading", "searched", "slot_ends", "text",
        "words",
    )  # fmt: skip

    def __init__(self, reading: Reading, block: int, start: int, end: int, lead: Words | None = None) -> None:
        """Split characters `start` to `end` of the page's prose, which stand in block number `block`."""
        own = reading.view[start:end].split()
        self.words: list[str] = own if lead is None else lead.words + own
        self.lead = 0 if lead is None else len(lead.words)
        self.reading, self.text, self.block = reading, reading.text, block
        self.first = 0
        """Of a clause, the number of its first word in its sentence."""
        self.clauses: tuple[Words, ...] = ()
        """The clauses of a sentence; empty before somebody asked."""
        self.allowed: dict[tuple[int, int, int], bool] = {}
        """What was found out about terms with a Special: its index, and words first to last."""
        self.slot_ends: dict[int, list[int]] = {}
        """What was found out about slots: for a word and a slot, where what stands for it from there on ends."""
        self.searched: dict[int, Sequence[object]] = {}
        """Where phrases stand, by number, as far as somebody looked."""
        self.cues: Sequence[object] | None = None
        """The cues found here; None before somebody looked."""
        self._leading = lead
        self._start, self._end = start, end
        self._starts: list[int] | None = None
        self._ends: list[int] = []
        self._mask = -1
        self._literals: Sequence[Literal] | None = None
        self._joined: str | None = None

    @property
    def start(self) -> int:
        """Return where the unit starts in the prose, its lead-in left out."""
        return self._start

    @property
    def end(self) -> int:
        """Return where the unit ends in the prose."""
        return self._end

    @property
    def starts(self) -> list[int]:
        """Return where each word starts."""
        return self._placed()[0] if self._starts is None else self._starts

    @property
    def ends(self) -> list[int]:
        """Return where each word ends, exclusive."""
        return self._placed()[1] if self._starts is None else self._ends

    def _placed(self) -> tuple[list[int], list[int]]:
        lead = self._leading
        starts = [] if lead is None else list(lead.starts)
        ends = [] if lead is None else list(lead.ends)
        find, at = self.reading.view.index, self._start
        for word in self.words[self.lead :] if self.lead else self.words:
            at = find(word, at)
            starts.append(at)
            at += len(word)
            ends.append(at)
        self._starts, self._ends = starts, ends
        return starts, ends

    @property
    def literals(self) -> Sequence[Literal]:
        """Return the words side by side that phrases hang on and that stand here."""
        known = self._literals
        if known is None:
            words, by_pair = self.words, self.reading.vocabulary.literals
            text, found = "", []
            for pair in by_pair.keys() & pairwise(words):
                for literal in by_pair[pair]:
                    if literal[0]:
                        text = text or f" {' '.join(words)} "
                        if literal[0] not in text:
                            continue
                    found.append(literal)
            known = self._literals = found
        return known

    @property
    def mask(self) -> int:
        """Return the bits of the anchor sets of which words stand here."""
        if self._mask < 0:
            vocabulary = self.reading.vocabulary
            masks, mask = vocabulary.masks, 0
            for word in masks.keys() & self.words:
                mask |= masks[word]
            for _, kind in self.literals:
                mask |= vocabulary.kind(kind)[0]
            self._mask = mask
        return self._mask

    def block_words(self) -> str:
        """Return the folded words of the block, single spaces between and around."""
        return self.reading.block_words(self.block)

    def index(self, offset: int) -> int:
        """Return the number of the first own word that ends after `offset`."""
        return bisect_right(self.ends, offset, lo=self.lead)

    def joined(self) -> str:
        """Return its own words, without the lead-in, single spaces between."""
        if self._joined is None:
            self._joined = " ".join(self.words[self.lead :])
        return self._joined


class Clause(Words):
    """A part of a sentence, with its lead-in if it is the first."""

    __slots__ = ("_whole",)

    def __init__(self, whole: Words, first: int, last: int) -> None:
        """Take words `first` to `last`, exclusive, of a sentence."""
        self._whole = whole
        self.words = whole.words[first:last]
        self.lead = max(whole.lead - first, 0)
        self.reading, self.text, self.block = whole.reading, whole.text, whole.block
        self.first, self.clauses, self.allowed, self.slot_ends, self.searched = first, (), {}, {}, {}
        self._starts = self._literals = self._joined = None
        self._mask = -1
        self.cues = None

    @property
    def start(self) -> int:
        """Return where the clause starts in the prose, its lead-in left out."""
        whole = self._whole
        return whole.start if self.first <= whole.lead else whole.starts[self.first]

    @property
    def end(self) -> int:
        """Return where the clause ends in the prose."""
        whole, last = self._whole, self.first + len(self.words)
        return whole.end if last == len(whole.words) else whole.starts[last]

    def _placed(self) -> tuple[list[int], list[int]]:
        first, last = self.first, self.first + len(self.words)
        self._starts, self._ends = self._whole.starts[first:last], self._whole.ends[first:last]
        return self._starts, self._ends


class Reading:
    """One document, read: its prose folded, and its sentences and clauses on demand."""

    def __init__(self, document: Document, breaks: Breaks, vocabulary: Vocabulary) -> None:
        """Fold the prose; nothing else is worked out yet. `vocabulary` tells what hangs on which words."""
        self.document = document
        self.text = document.prose.text
        self.vocabulary = vocabulary
        self._breaks = breaks
        self._block_starts = [block.start for block in document.blocks]
        self._sentences: dict[int, list[tuple[int, int]]] = {}
        self._units: dict[tuple[int, int], Words] = {}
        self._whole: dict[int, Words] = {}
        self._block_words: dict[int, str] = {}

    @cached_property
    def view(self) -> str:
        """Return the folded prose as text."""
        return fold(self.text).decode("ascii")

    def different_words(self) -> set[str]:
        """Return every word of the page, once."""
        view, words, start = self.view, set[str](), 0
        while start < len(view):
            # In portions: all words of a long page at once would take many times its size.
            end = view.find(" ", start + _PORTION)
            end = len(view) if end < 0 else end
            words.update(view[start:end].split())
            start = end
        return words

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
            if len(self._sentences) >= _MOST_KEPT:
                self._sentences.clear()
            block = self.document.blocks[number]
            known = self._sentences[number] = split_sentences(self.text, block.start, block.end)
        return known

    def sentence_number(self, block: int, offset: int) -> int:
        """Return the number, within its block, of the sentence that holds `offset`."""
        sentences = self.sentences(block)
        if len(sentences) == 1:
            return 0
        return max(bisect_right(sentences, (offset, len(self.text) + 1)) - 1, 0)

    def sentence(self, block: int, number: int) -> Words:
        """Return sentence `number` of a block; the first one has its lead-in before it."""
        key = (block, number)
        unit = self._units.get(key)
        if unit is None:
            if len(self._units) >= _MOST_KEPT:
                self.forget()
            start, end = self.sentences(block)[number]
            unit = self._units[key] = Words(self, block, start, end, None if number else self._lead_in(block))
        return unit

    def forget(self) -> None:
        """Forget the sentences; what they and the page know of each other would keep all alive."""
        for unit in self._units.values():
            unit.clauses = ()
        self._units.clear()
        for whole in self._whole.values():
            whole.clauses = ()
        self._whole.clear()

    def sentence_at(self, offset: int) -> Words:
        """Return the sentence that holds `offset`, which stands in a block."""
        block = self.block_at(offset)
        return self.sentence(block, self.sentence_number(block, offset))

    def clauses(self, sentence: Words) -> tuple[Words, ...]:
        """Return the clauses of a sentence, in order; the first of an item has its lead-in."""
        if not sentence.clauses:
            breaks = self._breaks.in_sentence(sentence)
            edges = [0, *breaks, len(sentence.words)]
            clauses = (Clause(sentence, first, last) for first, last in pairwise(edges))
            sentence.clauses = tuple(clauses) if breaks else (sentence,)
        return sentence.clauses

    def clause_at(self, offset: int) -> Words:
        """Return the clause that holds `offset`, which stands in a block."""
        sentence = self.sentence_at(offset)
        clauses = self.clauses(sentence)
        if len(clauses) == 1:
            return sentence
        return self.clause_of(sentence, sentence.index(offset))

    def clause_of(self, sentence: Words, word: int) -> Words:
        """Return the clause that holds word number `word` of a sentence, the last one where there is no such word."""
        clauses = self.clauses(sentence)
        for clause in clauses:
            if word < clause.first + len(clause.words):
                return clause
        return clauses[-1]

    def whole_block(self, number: int) -> Words:
        """Return all words of a block, without a lead-in."""
        unit = self._whole.get(number)
        if unit is None:
            block = self.document.blocks[number]
            unit = self._whole[number] = Words(self, number, block.start, block.end)
        return unit

    def _lead_in(self, number: int) -> Words | None:
        """Return the words that lead into a block: the last sentence of the block it hangs under, with its own lead-in."""
        lead = self.document.blocks[number].lead
        return self.sentence(lead, len(self.sentences(lead)) - 1) if 0 <= lead < number else None
