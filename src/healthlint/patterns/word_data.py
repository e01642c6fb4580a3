"""From phrases, slots and cues to what a book knows of each word: made once, when the rules are compiled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Sequence as Listed
from math import prod

from healthlint.patterns.anchors import COMMON, AnchorFinder, Anchors, literal_cost, rarest_word, word_cost
from healthlint.patterns.coding import Coder
from healthlint.patterns.nodes import Sequence, word_set
from healthlint.patterns.slots import Slot
from healthlint.patterns.vocabulary import Kind, Literal, WordData, WordFacts, bits
from healthlint.records import NamedTuple

_MOST_COMMON = 60_000
"""Per million words: an anchor set more common than this tells nothing besides a rarer one."""
_MOST_NEEDED = 4
"""How many anchor sets of a phrase are asked for before it is tried."""
_OWN_BITS, _SHARED_BITS = 6000, 2000
"""How many anchor sets have a bit of their own; all others, which are rare, share some."""
_PLAIN, _MOST_SPELLINGS = 3, 64
"""How many words, in how many spellings, are counted without a look at each place."""
_NUMBER_SIZE = 5
"""Bytes that a number takes when it is packed."""
Needs = tuple[int, ...]


class Indexed(NamedTuple):
    """The words of a book, and what its phrases need."""

    data: WordData
    coder: Coder
    """Turns phrases into what the matcher takes."""
    needs: tuple[Needs, ...]
    """For each phrase, a bit for each anchor set that must be there; none where that cannot be said."""
    plain: tuple[bool, ...]
    """For each phrase, whether its places can be counted without a look at each."""
    common: tuple[int, ...]
    """Phrases that every page is searched for and that hold no rare word."""


class _Word:
    """A word, or a few side by side, while what is known of it is gathered."""

    def __init__(self) -> None:
        self.bits: set[int] = set()
        self.triggers: dict[Needs, list[int]] = {}
        self.terms: dict[tuple[tuple[str, ...], int], list[int]] = {}
        self.begun: list[tuple[int, tuple[int, ...]]] = []
        self.cues: list[int] = []


class _Indexer:
    def __init__(self, slots: Mapping[str, Slot]) -> None:
        self.slots = slots
        self.words: dict[str, _Word] = {}
        self.inner: dict[Sequence, int] = {}
        self.anywhere: list[tuple[int, ...]] = []
        self.coder = Coder(slots)
        self.bits: dict[frozenset[str], int] = {}

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
            first = self.coder.first_words(phrase)
            if first is None:
                anywhere.append(number)
            for word in first or ():
                by_word.setdefault(word, []).append(number)
        for word, numbers in by_word.items():
            self.word(word).begun.append((slot, (*numbers, *anywhere)))
        self.anywhere.append(tuple(anywhere))

    def add_needs(self, chosen: Listed[Listed[Anchors]]) -> None:
        """Give each set of anchors that phrases need a bit, the commonest one of their own: they would set the others'."""
        # In order of the phrases, so that the same rules give the same bits.
        asked = dict.fromkeys(
            literals
            for anchors in chosen
            for number, each in enumerate(anchors)
            for literals in (each.literals, *(() if number else (one for way in each.ways for one in way.also)))
        )
        word = self.word
        for rank, literals in enumerate(sorted(asked, key=lambda literals: -sum(map(word_cost, literals)))):
            bit = self.bits[literals] = rank if rank < _OWN_BITS else _OWN_BITS + rank % _SHARED_BITS
            for literal in literals:
                word(literal).bits.add(bit)

    def add_triggers(self, phrase: int, anchors: Listed[Anchors]) -> None:
        """Let `phrase` be looked for wherever its first anchors stand."""
        first, *rest = anchors
        others = frozenset(self.bits[each.literals] for each in rest)
        for literals, also in first.ways:
            needs = tuple(sorted(others.union(self.bits[each] for each in also)))
            for literal in literals:
                self.word(literal).triggers.setdefault(needs, []).append(phrase)

    def data(self) -> WordData:
        kinds: dict[Kind, int] = {}
        groups: dict[tuple[int, ...], int] = {}
        facts: dict[str, WordFacts] = {}
        longer: dict[str, dict[tuple[str, str], tuple[Literal, ...]]] = {}
        for literal in [word for word in self.words if " " in word]:
            self.word(rarest_word(literal))
        for word, known in sorted(self.words.items(), key=lambda item: (" " not in item[0], item[0])):
            triggers = tuple((needs, tuple(dict.fromkeys(phrases))) for needs, phrases in known.triggers.items())
            kind = kinds.setdefault((_mask(known.bits), triggers), len(kinds)) if known.bits else -1
            if " " in word:
                first, second, *others = word.split(" ")
                begun = longer.setdefault(rarest_word(word), {})
                begun[first, second] = (*begun.get((first, second), ()), (f" {word} " if others else "", kind))
                continue
            terms = tuple(
                (list(words), special, groups.setdefault(tuple(slots), len(groups)))
                for (words, special), slots in sorted(
                    known.terms.items(), key=lambda term: (-len(term[0][0]), term[0][0], term[0][1])
                )
            )
            slots = sorted({slot for slots in known.terms.values() for slot in slots})
            starts = groups.setdefault(tuple(slots), len(groups)) if slots else -1
            facts[word] = WordFacts(kind, longer.get(word, {}), terms, starts, tuple(known.begun), tuple(known.cues))
        return WordData(
            facts,
            tuple(kinds),
            tuple(groups),
            tuple(self.slots),
            tuple(map(self.coder.code, self.inner)),
            tuple(self.anywhere),
        )


def index(
    sequences: Listed[Sequence], searched: Iterable[int], slots: Mapping[str, Slot], cues: Iterable[Sequence]
) -> Indexed:
    """Return what is known of each word; pages are `searched` for these phrases, the others are asked for by them."""
    indexer = _Indexer(slots)
    indexer.add_slots()
    finder = AnchorFinder(slots)
    for number, cue in enumerate(cues):
        # What may begin with any word is no cue.
        if first := indexer.coder.first_words(cue):
            for word in _looked_for(finder.needed(cue)) or first:
                indexer.word(word).cues.append(number)
    chosen = [_chosen(finder.needed(sequence)) for sequence in sequences]
    indexer.add_needs(chosen)
    common = []
    for phrase in sorted(searched):
        if not chosen[phrase] or _is_common(chosen[phrase][0].literals):
            common.append(phrase)
        else:
            indexer.add_triggers(phrase, chosen[phrase])
    needs = tuple(tuple(dict.fromkeys(indexer.bits[each.literals] for each in anchors)) for anchors in chosen)
    plain = tuple(is_plain(sequence, slots) for sequence in sequences)
    return Indexed(indexer.data(), indexer.coder, needs, plain, tuple(common))


def _mask(numbers: set[int]) -> bytes | tuple[int, ...]:
    """Return bits by number, or as bytes where that takes less room."""
    size = max(numbers) // 8 + 1
    return bits(numbers).to_bytes(size, "little") if size < _NUMBER_SIZE * len(numbers) else tuple(sorted(numbers))


def _looked_for(needed: list[Anchors]) -> set[str]:
    """Return the words one of which stands wherever the rarest anchors do."""
    return {rarest_word(literal) for anchors in needed[:1] for literal in anchors.literals}


def _chosen(needed: list[Anchors]) -> list[Anchors]:
    """Return the anchors worth asking for, the one to begin with first: the rarest that holds no common word."""
    ranked = sorted(needed, key=lambda anchors: _is_common(anchors.literals))
    return ranked[:1] + [anchors for anchors in ranked[1:_MOST_NEEDED] if anchors.cost <= _MOST_COMMON]


def _is_common(literals: Iterable[str]) -> bool:
    return max(map(literal_cost, literals)) > COMMON


def is_plain(sequence: Sequence, slots: Mapping[str, Slot]) -> bool:
    """Return whether a phrase is one slot that has terms which ask for no more than their words, or a few words."""
    if len(sequence) == 1 and sequence[0][0] == "slot":
        terms = slots[str(sequence[0][1])].terms
        return any(special < 0 for entries in terms.values() for _, special in entries)
    return (
        len(sequence) <= _PLAIN
        and all(kind == "words" for kind, _ in sequence)
        and (len(sequence) == 1 or prod(len(word_set(value)) for _, value in sequence) <= _MOST_SPELLINGS)
    )
