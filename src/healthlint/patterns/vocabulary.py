"""What a book knows of each word: the terms, phrases and cues it may begin, and what is worth looking for where it stands.

Nearly all of it is never needed, so each word is unpacked when a page first shows it. Whatever has not been shown stands
nowhere, so the tables here are complete for every page that was introduced.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from healthlint.patterns.nodes import Code
from healthlint.patterns.quantity import DIGITS, is_number, shapes
from healthlint.records import NamedTuple

_MOST_REMEMBERED = 500_000
"""How many words that mean nothing are known for that, so that memory is bounded."""
_SHORTEST = 4
"""A word of the vocabulary that is worth hiding from a reviewer has as many letters."""


Term = tuple[list[str], int, int]
"""All words of a term, the index of a Special or -1, and the group of the slots it belongs to."""


Literal = tuple[str, int]
"""Two words side by side, or more, that phrases hang on: all of them, single spaces between and around, or "" where the
first two are all; and the number of what they have in common with other words."""


class WordFacts(NamedTuple):
    """What a book knows of a word."""

    kind: int
    """The number of what it has in common with other words that phrases hang on, or -1."""
    longer: dict[tuple[str, str], tuple[Literal, ...]]
    """Words side by side, of which it is the rarest, that phrases hang on, by the first two of them."""
    terms: Sequence[Term]
    """The terms it begins, longest first."""
    starts: int
    """The group of all slots that have one of these terms, or -1."""
    begun: tuple[tuple[int, tuple[int, ...]], ...]
    """For each slot that has phrases which may begin with it, the slot and the phrases by number."""
    cues: tuple[int, ...]
    """The cues that are looked for where it stands."""


Kind = tuple[bytes | tuple[int, ...], tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]]
"""What words have in common: the bits of the anchor sets they are part of, as numbers or, where these are many, as the
bytes of a little-endian number; and triggers, as bits and phrases."""


class WordData(NamedTuple):
    """What a book keeps of its words; `patterns/word_data.py` makes it."""

    words: Mapping[str, WordFacts]
    kinds: Sequence[Kind]
    groups: tuple[tuple[int, ...], ...]
    """Sets of slots that terms belong to."""
    slots: tuple[str, ...]
    """The names of the slots, by number."""
    inner: Sequence[Code]
    """The phrases that stand in slots, by number."""
    anywhere: tuple[tuple[int, ...], ...]
    """For each slot, those of its phrases that may begin with any word."""


Trigger = tuple[int, tuple[int, ...]]
"""What to look for where some words stand: a bit for each anchor set of which a word must stand there too, and the phrases
that may stand there then."""


class Terms(dict[str, list[tuple[list[str], int]]]):
    """A first word to the terms of a slot, longest first: all their words, and the index of a Special or -1.

    Those of a word are picked out when they are first asked for: most words begin terms of slots that no phrase asks of.
    """

    def __init__(self, slot: int, begun: Mapping[str, Sequence[Term]], groups: Sequence[Sequence[int]]) -> None:
        """Pick out of what words have `begun` the terms that belong to a group with this `slot`."""
        super().__init__()
        self._slot = slot
        self._begun = begun
        self._groups = groups

    def __missing__(self, word: str) -> list[tuple[list[str], int]]:
        """Return the terms that a word begins."""
        groups, slot = self._groups, self._slot
        found = [(words, special) for words, special, group in self._begun.get(word, ()) if slot in groups[group]]
        self[word] = found
        return found


class Table:
    """What of a slot may begin with each word that was introduced."""

    __slots__ = ("anywhere", "first", "followers", "number", "phrases", "terms")

    def __init__(self, number: int, anywhere: Sequence[int], terms: Terms) -> None:
        """Begin slot `number` with `terms`, and nothing else but the phrases that may begin `anywhere`."""
        self.number = number
        self.anywhere = anywhere
        self.terms = terms
        self.phrases: dict[str, Sequence[int]] = {}
        """A first word to the slot's phrases that may begin with it, by number, in the slot's order."""
        self.first: set[str] = set()
        """The words something begins with."""
        self.followers: list[set[str]] = []
        """Sets that hold the first words of this and other slots: they grow with `first`."""

    def add(self, word: str) -> None:
        """Note that something begins with `word`."""
        self.first.add(word)
        for follower in self.followers:
            follower.add(word)


class Vocabulary:
    """Knows the words of a book; unpacks them as pages show them."""

    def __init__(self, data: WordData) -> None:
        """Take the words of `data`; none is introduced yet."""
        self._data = data
        self._seen: set[str] = set()
        self._kinds: dict[int, tuple[int, tuple[Trigger, ...]]] = {}
        self._groups: dict[int, list[Table]] = {}
        self._begun: dict[str, Sequence[Term]] = {}
        """A word to the terms it begins."""
        terms = (Terms(number, self._begun, data.groups) for number in range(len(data.anywhere) + 1))
        self._tables = [Table(number, anywhere, next(terms)) for number, anywhere in enumerate(data.anywhere)]
        self._digits = Table(len(self._tables), (), next(terms))
        self._numbers = {name: number for number, name in enumerate(data.slots)}
        self.masks: dict[str, int] = {}
        """A word to the bits of the anchor sets it is part of."""
        self.triggers: dict[str, tuple[Trigger, ...]] = {}
        self.hanging: set[str] = set()
        """The words that phrases hang on, by themselves or with others."""
        self.literals: dict[tuple[str, str], tuple[Literal, ...]] = {}
        """Two words side by side to what they begin."""
        self.cues: dict[str, tuple[int, ...]] = {}
        """A word to the numbers of the cues that are looked for where it stands."""

    def __contains__(self, word: object) -> bool:
        """Return whether `word` is by itself a term of some slot, and long enough to be told from others."""
        if not isinstance(word, str) or len(word) < _SHORTEST or word not in self._data.words:
            return False
        return any(len(words) == 1 for words, _, _ in self._data.words[word].terms)

    @property
    def inner(self) -> Sequence[Code]:
        """Return the phrases that stand in slots, by number."""
        return self._data.inner

    def table(self, slot: str) -> Table:
        """Return the table of a slot; of DIGITS, one of all words that begin as a number does."""
        return self._digits if slot == DIGITS else self._tables[self._numbers[slot]]

    def introduce(self, words: set[str]) -> None:
        """Take in the words of a page."""
        stored = self._data.words
        fresh = words - self._seen
        if len(self._seen) > _MOST_REMEMBERED:
            self._seen = {word for word in self._seen if word in stored or word in self.masks}
        self._seen |= fresh
        for word in fresh:
            if word in stored:
                self._learn(word, stored[word])
            if is_number(word):
                self._digits.add(word)
                if DIGITS in stored:
                    self._begin(word, stored[DIGITS])
                    self._cue(word, stored[DIGITS])
            if not word.isalpha():
                for shape in shapes(word):
                    if shape in stored:
                        self._learn(word, stored[shape], alike=True)

    def _learn(self, word: str, facts: WordFacts, *, alike: bool = False) -> None:
        """Take in what is known of a word; of one that is only `alike`, as a number with another, it holds in part."""
        kind, longer, terms, starts, _, _ = facts
        if kind >= 0 or longer:
            self.hanging.add(word)
        if kind >= 0:
            mask, triggers = self.kind(kind)
            self.masks[word] = self.masks.get(word, 0) | mask
            if triggers:
                self.triggers[word] = self.triggers.get(word, ()) + triggers
        self._cue(word, facts)
        if alike:
            return
        if self.literals.keys().isdisjoint(longer):
            self.literals.update(longer)
        else:
            for pair, literals in longer.items():
                self.literals[pair] = self.literals.get(pair, ()) + literals
        if starts >= 0:
            self._begun[word] = terms
            for table in self._group(starts):
                table.add(word)
        self._begin(word, facts)

    def _group(self, number: int) -> list[Table]:
        """Return the tables of a group of slots."""
        known = self._groups.get(number)
        if known is None:
            known = self._groups[number] = [self._tables[slot] for slot in self._data.groups[number]]
        return known

    def _begin(self, word: str, facts: WordFacts) -> None:
        """Take in which phrases of slots may begin with a word."""
        for slot, phrases in facts.begun:
            table = self._tables[slot]
            known = table.phrases.get(word)
            table.phrases[word] = phrases if known is None else tuple(dict.fromkeys((*known, *phrases)))
            table.add(word)

    def _cue(self, word: str, facts: WordFacts) -> None:
        """Take in which cues are looked for where a word stands."""
        if facts.cues:
            self.cues[word] = tuple(dict.fromkeys((*self.cues.get(word, ()), *facts.cues)))

    def kind(self, number: int) -> tuple[int, tuple[Trigger, ...]]:
        """Return the bits of the anchor sets, and the triggers, that words of a kind have in common."""
        known = self._kinds.get(number)
        if known is None:
            mask, triggers = self._data.kinds[number]
            made = tuple((bits(needs), phrases) for needs, phrases in triggers)
            known = int.from_bytes(mask, "little") if isinstance(mask, bytes) else bits(mask), made
            self._kinds[number] = known
        return known


def bits(numbers: Iterable[int]) -> int:
    """Return the number that has these bits."""
    made = 0
    for number in numbers:
        made |= 1 << number
    return made
