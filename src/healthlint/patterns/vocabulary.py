"""What a book knows of each word: the terms, phrases and cues it may begin, and what is worth looking for where it stands.

Nearly all of it is never needed, so each word is unpacked when a page first shows it. Whatever has not been shown stands
nowhere, so the tables here are complete for every page that was introduced.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from healthlint.packed import unpack
from healthlint.patterns.nodes import Sequence as Phrase
from healthlint.patterns.quantity import shapes

_MOST_REMEMBERED = 500_000
"""How many words that mean nothing are known for that, so that memory is bounded."""
_SHORTEST = 4
"""A word of the vocabulary that is worth hiding from a reviewer has as many letters."""


class WordData(NamedTuple):
    """What a book keeps of its words, packed; `patterns/word_data.py` makes it."""

    words: Mapping[str, bytes]
    """A word to: its mask's number, triggers, terms that begin with it, slot phrases that do, cues that do."""
    masks: Sequence[bytes]
    """Sets of anchor sets, as bits of a little-endian number: those that one of a group of words is part of."""
    groups: tuple[tuple[int, ...], ...]
    """Sets of slots that terms belong to."""
    slots: tuple[str, ...]
    """The names of the slots, by number."""
    inner: Sequence[Phrase]
    """The phrases that stand in slots, by number."""
    anywhere: tuple[tuple[int, ...], ...]
    """For each slot, those of its phrases that may begin with any word."""


class Trigger(NamedTuple):
    """What to look for where a word stands: `phrases`, if one of each of their anchor sets stands there too.

    `needs` has a bit for each of these sets. Of `literals` one must stand there; empty where the word is enough.
    """

    needs: int
    literals: tuple[str, ...]
    phrases: tuple[int, ...]


class Table:
    """What of a slot may begin with each word that was introduced."""

    __slots__ = ("anywhere", "first", "followers", "phrases", "terms")

    def __init__(self, anywhere: Sequence[int]) -> None:
        """Begin with nothing but the phrases that may begin `anywhere`."""
        self.anywhere = anywhere
        self.terms: dict[str, list[tuple[list[str], int]]] = {}
        """A first word to the terms, longest first: all their words, and the index of a Special or -1."""
        self.phrases: dict[str, Sequence[int]] = {}
        """A first word to the slot's phrases that may begin with it, by number, in the slot's order."""
        self.first: set[str] = set()
        """The words something begins with."""
        self.followers: list[set[str]] = []
        """Sets that hold the first words of this and other slots: they grow with `first`."""

    def add(self, word: str) -> None:
        """Note that something begins with `word`."""
        if word not in self.first:
            self.first.add(word)
            for follower in self.followers:
                follower.add(word)


class Vocabulary:
    """Knows the words of a book; unpacks them as pages show them."""

    def __init__(self, data: WordData) -> None:
        """Take the words of `data`; none is introduced yet."""
        self._data = data
        self._seen: set[str] = set()
        self._masks: dict[int, int] = {}
        self._tables = [Table(anywhere) for anywhere in data.anywhere]
        self._numbers = {name: number for number, name in enumerate(data.slots)}
        self.masks: dict[str, int] = {}
        """A word to the bits of the anchor sets it is part of."""
        self.triggers: dict[str, tuple[Trigger, ...]] = {}
        self.cues: dict[str, tuple[int, ...]] = {}
        """A word to the numbers of the cues that may begin with it."""

    def __contains__(self, word: object) -> bool:
        """Return whether `word` is by itself a term of some slot, and long enough to be told from others."""
        packed = self._data.words.get(word) if isinstance(word, str) and len(word) >= _SHORTEST else None
        return packed is not None and any(len(words) == 1 for words, _, _ in unpack(packed)[2])

    @property
    def inner(self) -> Sequence[Phrase]:
        """Return the phrases that stand in slots, by number."""
        return self._data.inner

    def table(self, slot: str) -> Table:
        """Return the table of a slot."""
        return self._tables[self._numbers[slot]]

    def introduce(self, words: set[str]) -> None:
        """Take in the words of a page."""
        stored = self._data.words
        fresh = words - self._seen
        if len(self._seen) > _MOST_REMEMBERED:
            self._seen = {word for word in self._seen if word in stored or word in self.masks}
        self._seen |= fresh
        for word in fresh:
            packed = stored.get(word)
            if packed is not None:
                self._learn(word, packed)
            if not word.isalpha():
                for shape in shapes(word):
                    if shape in stored:
                        self._learn(word, stored[shape], alike=True)

    def introduce_all(self) -> None:
        """Take in every word there is."""
        self.introduce(set(self._data.words))

    def _learn(self, word: str, packed: bytes, *, alike: bool = False) -> None:
        """Unpack what is known of a word; of one that is only `alike`, as a number with another, it holds in part."""
        mask, triggers, terms, begun, cues = unpack(packed)
        if mask >= 0:
            self.masks[word] = self.masks.get(word, 0) | self._mask(mask)
        if triggers:
            made = (Trigger(bits(needs), literals, phrases) for needs, literals, phrases in triggers)
            self.triggers[word] = (*self.triggers.get(word, ()), *made)
        if alike:
            return
        for words, special, group in terms:
            for slot in self._data.groups[group]:
                table = self._tables[slot]
                table.terms.setdefault(word, []).append((words, special))
                table.add(word)
        for slot, phrases in begun:
            self._tables[slot].phrases[word] = phrases
            self._tables[slot].add(word)
        if cues:
            self.cues[word] = cues

    def _mask(self, number: int) -> int:
        known = self._masks.get(number)
        if known is None:
            known = self._masks[number] = int.from_bytes(self._data.masks[number], "little")
        return known


def bits(numbers: Iterable[int]) -> int:
    """Return the number that has these bits."""
    made = 0
    for number in numbers:
        made |= 1 << number
    return made
