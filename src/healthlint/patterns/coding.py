"""Phrases as the matcher takes them: each part that may be passed by knows the words with which what follows can begin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from healthlint.patterns.nodes import Begins, Code, Coded, Node, Sequence, branches, word_set
from healthlint.patterns.quantity import DIGITS, NUMBER_WORDS
from healthlint.patterns.slots import Slot

_First = tuple[frozenset[str], tuple[str, ...]]


class Coder:
    """Turns phrases into code; knows what the slots can begin with."""

    def __init__(self, slots: Mapping[str, Slot]) -> None:
        """Use `slots`."""
        self._slots = slots
        self._first: dict[str, frozenset[str] | None] = {}

    def code(self, sequence: Sequence) -> Code:
        """Return a phrase as code."""
        return Code(self.begins(sequence), self._coded(sequence))

    def _coded(self, sequence: Sequence) -> Coded:
        return tuple(self._node(node, sequence[number + 1 :]) for number, node in enumerate(sequence))

    def _node(self, node: Node, rest: Sequence) -> tuple[str, object]:
        kind, value = node
        if kind == "gap":
            return kind, (value, self.begins(rest))
        if kind == "maybe":
            return kind, self.code(branches(kind, value)[0])
        if kind == "either":
            return kind, (self.begins((node,)), tuple(map(self.code, branches(kind, value))))
        return kind, value

    def begins(self, sequence: Sequence) -> Begins:
        """Return the words and slots that a phrase can begin with, or None where it may begin with any word."""
        first = self._firsts(sequence)
        return first and (first[0], tuple(dict.fromkeys(first[1])))

    def _firsts(self, sequence: Sequence) -> _First | None:
        words: frozenset[str] = frozenset()
        slots: tuple[str, ...] = ()
        for kind, value in sequence:
            if kind == "words":
                return words | word_set(value), slots
            if kind == "quantity":
                return words | NUMBER_WORDS, (*slots, DIGITS)
            if kind == "slot":
                return None if self._first_of_slot(str(value)) is None else (words, (*slots, str(value)))
            inner = [self._firsts(branch) for branch in branches(kind, value)]
            for first in inner:
                if first is None:
                    return None
                words, slots = words | first[0], slots + first[1]
            if kind != "maybe":
                return (words, slots) if inner else None
        return None

    def first_words(self, sequence: Sequence) -> frozenset[str] | None:
        """Return every word that a phrase can begin with, or None where any may."""
        begins = self.begins(sequence)
        return begins and begins[0].union(*_known(map(self._first_of_slot, begins[1])))

    def _first_of_slot(self, name: str) -> frozenset[str] | None:
        if name == DIGITS:
            return frozenset({DIGITS})
        if name not in self._first:
            self._first[name] = frozenset()  # a circle adds nothing; the loader reports it
            slot = self._slots[name]
            firsts = [frozenset(slot.terms), *map(self.first_words, slot.phrases)]
            known = list(_known(firsts))
            self._first[name] = frozenset().union(*known) if len(known) == len(firsts) else None
        return self._first[name]


def _known(firsts: Iterable[frozenset[str] | None]) -> Iterable[frozenset[str]]:
    return (first for first in firsts if first is not None)
