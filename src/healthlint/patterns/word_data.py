"""From phrases, slots and cues to what a book knows of each word: made once, when the rules are compiled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Sequence as Listed
from math import prod
from typing import NamedTuple

from healthlint.packed import PackedList, pack
from healthlint.patterns.anchors import COMMON, AnchorFinder, Anchors, literal_cost, rarest_word
from healthlint.patterns.nodes import Sequence, as_sequence, branches, word_set
from healthlint.patterns.slots import Slot
from healthlint.patterns.vocabulary import WordData

_MOST_COMMON = 60_000
"""Per million words: an anchor set more common than this tells nothing besides a rarer one."""
_MOST_NEEDED = 4
"""How many anchor sets of a phrase are asked for before it is tried."""
_PLAIN, _MOST_SPELLINGS = 3, 64
"""How many words, in how many spellings, are counted without a look at each place."""
Needs = tuple[int, ...]


class Indexed(NamedTuple):
    """The words of a book, and what its phrases need."""

    data: WordData
    needs: tuple[Needs, ...]
    """For each phrase, the anchor sets of which each must be there; none where that cannot be said."""
    plain: tuple[bool, ...]
    """For each phrase, whether its places can be counted without a look at each."""
    common: tuple[int, ...]
    """Phrases that every page is searched for and that hold no rare word."""


class _Word:
    """A word while what is known of it is gathered."""

    def __init__(self) -> None:
        self.sets: set[int] = set()
        self.triggers: dict[tuple[Needs, tuple[str, ...]], list[int]] = {}
        self.terms: dict[tuple[tuple[str, ...], int], list[int]] = {}
        self.begun: list[tuple[int, tuple[int, ...]]] = []
        self.cues: list[int] = []


class _Indexer:
    def __init__(self, slots: Mapping[str, Slot]) -> None:
        self.slots = slots
        self.words: dict[str, _Word] = {}
        self.inner: dict[Sequence, int] = {}
        self.anywhere: list[tuple[int, ...]] = []
        self._first: dict[str, frozenset[str] | None] = {}

    def word(self, word: str) -> _Word:
        known = self.words.get(word)
        if known is None:
            known = self.words[word] = _Word()
        return known

    def add_slots(self) -> None:
        for number, slot in enumerate(self.slots.values()):
            for first, entries in slot.terms.items():
                for words, special in entries:
                    self.word(first).terms.setdefault((tuple(words), special), []).append(number)
            self._add_slot_phrases(number, slot.phrases)

    def _add_slot_phrases(self, slot: int, phrases: Iterable[Sequence]) -> None:
        by_word: dict[str, list[int]] = {}
        anywhere: list[int] = []
        for phrase in phrases:
            number = self.inner.setdefault(phrase, len(self.inner))
            first = self.first_words(phrase)
            if first is None:
                anywhere.append(number)
            for word in first or ():
                by_word.setdefault(word, []).append(number)
        for word, numbers in by_word.items():
            self.word(word).begun.append((slot, (*numbers, *anywhere)))
        self.anywhere.append(tuple(anywhere))

    def first_words(self, sequence: Sequence) -> frozenset[str] | None:
        """Return the words a phrase can begin with, or None where any may."""
        found: set[str] = set()
        for kind, value in sequence:
            if kind == "words":
                return frozenset(found | word_set(value))
            if kind == "slot":
                firsts = [self._first_of_slot(str(value))]
            elif inner := branches(kind, value):
                firsts = [self.first_words(branch) for branch in inner]
            else:
                return None
            for first in firsts:
                if first is None:
                    return None
                found |= first
            if kind != "maybe":
                return frozenset(found)
        return None

    def _first_of_slot(self, name: str) -> frozenset[str] | None:
        if name not in self._first:
            self._first[name] = frozenset()
            slot = self.slots[name]
            firsts = [frozenset(slot.terms), *map(self.first_words, slot.phrases)]
            known = [first for first in firsts if first is not None]
            self._first[name] = frozenset().union(*known) if len(known) == len(firsts) else None
        return self._first[name]

    def add_needs(self, sequences: Listed[Sequence]) -> tuple[list[Needs], list[frozenset[str]]]:
        """Return, for each phrase, the numbers of its anchor sets, rarest first; and these sets.

        Sets that many phrases need have low numbers, so that the bits asked for are few.
        """
        finder = AnchorFinder(self.slots)
        chosen = [_chosen(finder.needed(sequence)) for sequence in sequences]
        uses: dict[frozenset[str], int] = {}
        for anchors in chosen:
            for each in anchors:
                uses[each.literals] = uses.get(each.literals, 0) + 1
        numbers = {literals: number for number, literals in enumerate(sorted(uses, key=lambda each: -uses[each]))}
        for literals, number in numbers.items():
            for literal in literals:
                self.word(rarest_word(literal)).sets.add(number)
        return [tuple(dict.fromkeys(numbers[each.literals] for each in anchors)) for anchors in chosen], list(numbers)

    def add_triggers(self, phrase: int, needs: Needs, literals: Iterable[str]) -> None:
        """Let `phrase` be looked for wherever the words of its rarest anchors stand."""
        by_word: dict[str, list[str]] = {}
        for literal in literals:
            by_word.setdefault(rarest_word(literal), []).append(literal)
        others = tuple(sorted(needs[1:]))
        for word, found in by_word.items():
            longer = () if word in found else tuple(f" {literal} " for literal in sorted(found))
            self.word(word).triggers.setdefault((others, longer), []).append(phrase)

    def data(self) -> WordData:
        masks: dict[Needs, int] = {}
        groups: dict[tuple[int, ...], int] = {}
        packed = {}
        for word, known in sorted(self.words.items()):
            sets = tuple(sorted(known.sets))
            mask = masks.setdefault(sets, len(masks)) if sets else -1
            terms = [
                (list(words), special, groups.setdefault(tuple(slots), len(groups)))
                for (words, special), slots in sorted(
                    known.terms.items(), key=lambda term: (-len(term[0][0]), term[0][0], term[0][1])
                )
            ]
            triggers = tuple((*key, tuple(phrases)) for key, phrases in known.triggers.items())
            packed[word] = pack((mask, triggers, terms, tuple(known.begun), tuple(known.cues)))
        return WordData(
            packed,
            tuple(_bytes(sets) for sets in masks),
            tuple(groups),
            tuple(self.slots),
            PackedList.of(self.inner, as_sequence),
            tuple(self.anywhere),
        )


def index(
    sequences: Listed[Sequence], searched: Iterable[int], slots: Mapping[str, Slot], cues: Iterable[Sequence]
) -> Indexed:
    """Return what is known of each word; pages are `searched` for these phrases, the others are asked for by them."""
    indexer = _Indexer(slots)
    indexer.add_slots()
    for number, cue in enumerate(cues):
        for word in indexer.first_words(cue) or ():
            indexer.word(word).cues.append(number)
    needs, sets = indexer.add_needs(sequences)
    common = []
    for phrase in sorted(searched):
        if not needs[phrase] or _is_common(sets[needs[phrase][0]]):
            common.append(phrase)
        else:
            indexer.add_triggers(phrase, needs[phrase], sets[needs[phrase][0]])
    plain = tuple(_is_plain(sequence, slots) for sequence in sequences)
    return Indexed(indexer.data(), tuple(needs), plain, tuple(common))


def _chosen(needed: list[Anchors]) -> list[Anchors]:
    """Return the anchors worth asking for, the one to begin with first: the rarest that holds no common word."""
    ranked = sorted(needed, key=lambda anchors: _is_common(anchors.literals))
    return ranked[:1] + [anchors for anchors in ranked[1:_MOST_NEEDED] if anchors.cost <= _MOST_COMMON]


def _is_common(literals: Iterable[str]) -> bool:
    return max(map(literal_cost, literals)) > COMMON


def _is_plain(sequence: Sequence, slots: Mapping[str, Slot]) -> bool:
    """Return whether a phrase is one slot that has terms which ask for no more than their words, or a few words."""
    if len(sequence) == 1 and sequence[0][0] == "slot":
        terms = slots[str(sequence[0][1])].terms
        return any(special < 0 for entries in terms.values() for _, special in entries)
    return (
        len(sequence) <= _PLAIN
        and all(kind == "words" for kind, _ in sequence)
        and (len(sequence) == 1 or prod(len(word_set(value)) for _, value in sequence) <= _MOST_SPELLINGS)
    )


def _bytes(numbers: Needs) -> bytes:
    made = 0
    for number in numbers:
        made |= 1 << number
    return made.to_bytes((made.bit_length() + 7) // 8, "little")
