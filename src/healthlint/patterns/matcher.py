"""Matching a phrase over the words of a clause or sentence, by position, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from healthlint.patterns.nodes import Node, branches, word_set
from healthlint.patterns.nodes import Sequence as Nodes
from healthlint.patterns.slots import Special
from healthlint.patterns.steps import (
    Capture,
    Count,
    Step,
    Unit,
    any_step,
    either_step,
    finish,
    gap_step,
    maybe_step,
    quantity_step,
    slot_count,
    words_count,
    words_step,
)
from healthlint.patterns.vocabulary import Table, Vocabulary


class Hit(NamedTuple):
    """A place where a phrase matched: words `first` to `last`, exclusive, with what its slots stood for."""

    first: int
    last: int
    captures: tuple[Capture, ...]


_VETO_REACH = 10
"""How many words before a term a veto that covers it may begin."""


class Matcher:
    """Turns phrases into steps, once each; needs the slots they name."""

    def __init__(self, vocabulary: Vocabulary, specials: Sequence[Special]) -> None:
        """Use the slots of `vocabulary`; a term's index leads to its Special."""
        self._vocabulary = vocabulary
        self._specials = specials
        self._vetoes: dict[int, tuple[Phrase, ...]] = {}
        self._inner: dict[int, Step] = {}
        self.cues = vocabulary.cues
        """A word to the numbers of the cues that may begin with it, as far as introduced."""

    def phrase(self, sequence: Nodes, needs: int = 0, *, plain: bool = False) -> Phrase:
        """Return `sequence` ready to be searched for; its `needs` are bits of anchor sets.

        A `plain` one is one slot, or words alone: its places can be counted without a look at each.
        """
        count = self._count(sequence) if plain else None
        return Phrase(self._steps(sequence, finish), self._begins(sequence), needs, count)

    def _count(self, sequence: Nodes) -> Count:
        kind, value = sequence[0]
        if kind == "slot":
            return slot_count(self._vocabulary.table(str(value)))
        return words_count([word_set(value) for _, value in sequence])

    def _begins(self, sequence: Nodes) -> AbstractSet[str] | None:
        """Return what holds every word the phrase can begin with, as far as introduced; None where any may."""
        parts = self._firsts(sequence)
        if parts is None:
            return None
        if len(parts) == 1:
            return parts[0].first if isinstance(parts[0], Table) else parts[0]
        begins: set[str] = set()
        for part in parts:
            if isinstance(part, Table):
                begins |= part.first
                part.followers.append(begins)
            else:
                begins |= part
        return begins

    def _firsts(self, sequence: Nodes) -> list[frozenset[str] | Table] | None:
        found: list[frozenset[str] | Table] = []
        for kind, value in sequence:
            if kind == "words":
                return [*found, word_set(value)]
            if kind == "slot":
                table = self._vocabulary.table(str(value))
                return None if table.anywhere else [*found, table]
            inner = branches(kind, value)
            for branch in inner:
                firsts = self._firsts(branch)
                if firsts is None:
                    return None
                found += firsts
            if kind != "maybe":
                return found if inner else None
        return None

    def _steps(self, sequence: Nodes, tail: Step) -> Step:
        for at in range(len(sequence) - 1, -1, -1):
            kind, value = sequence[at]
            if kind == "gap":
                tail = gap_step(int(str(value)), tail, self._begins(sequence[at + 1 :]))
            else:
                tail = self._step(sequence[at], tail)
        return tail

    def _step(self, node: Node, tail: Step) -> Step:
        kind, value = node
        if kind == "words":
            return words_step(word_set(value), tail)
        if kind == "quantity":
            return quantity_step(str(value), tail)
        if kind == "slot":
            return self._slot_step(str(value), tail)
        ways = [(self._begins(branch), self._steps(branch, tail)) for branch in branches(kind, value)]
        if kind == "maybe":
            return maybe_step(*ways[0], tail)
        begins = self._begins((node,))
        return any_step([step for _, step in ways]) if begins is None else either_step(ways, begins)

    def _slot_step(self, name: str, tail: Step) -> Step:
        table = self._vocabulary.table(name)
        terms, phrases, anywhere, first = table.terms, table.phrases, table.anywhere, table.first
        allows, inner = self.allows, self._inner_step

        def step(unit: Unit, at: int, captures: list[Capture]) -> int:
            words = unit.words
            if at >= len(words):
                return -1
            word = words[at]
            if word not in first and not anywhere:
                return -1
            for term, special in terms.get(word, ()):
                last = at + len(term)
                if (last == at + 1 or words[at:last] == term) and (special < 0 or allows(special, unit, at, last)):
                    captures.append((name, at, last, None))
                    if (end := tail(unit, last, captures)) >= 0:
                        return end
                    captures.pop()
            for phrase in phrases.get(word, anywhere):
                mark = len(captures)
                last = inner(phrase)(unit, at, captures)
                del captures[mark:]
                if last >= 0:
                    captures.append((name, at, last, None))
                    if (end := tail(unit, last, captures)) >= 0:
                        return end
                    captures.pop()
            return -1

        return step

    def _inner_step(self, number: int) -> Step:
        """Return the first step of a phrase that stands in slots."""
        known = self._inner.get(number)
        if known is None:
            known = self._inner[number] = self._steps(self._vocabulary.inner[number], finish)
        return known

    def allows(self, index: int, unit: Unit, first: int, last: int) -> bool:
        """Return whether the term's Special lets words `first` to `last` stand for it."""
        key = (index, first, last)
        known = unit.allowed.get(key)
        if known is None:
            known = unit.allowed[key] = self._allows(index, unit, first, last)
        return known

    def _allows(self, index: int, unit: Unit, first: int, last: int) -> bool:
        exact, near, vetoes, then, within = self._specials[index]
        if then and then not in unit.words[last : last + within + 1]:
            return False
        if exact and unit.text[unit.starts[first] : unit.ends[last - 1]] != exact:
            return False
        if near:
            block = unit.block_words()
            if not any(f" {word} " in block for word in near):
                return False
        if not vetoes:
            return True
        known = self._vetoes.get(index)
        if known is None:
            known = self._vetoes[index] = tuple(self.phrase(veto) for veto in vetoes)
        begin = max(first - _VETO_REACH, 0)
        return not any(first < hit.last for veto in known for hit in veto.search(unit, begin, last))


class Phrase:
    """A phrase, ready to be searched for in units."""

    __slots__ = ("begins", "needs", "plain", "step")

    def __init__(self, step: Step, begins: AbstractSet[str] | None, needs: int = 0, plain: Count | None = None) -> None:
        """Keep the first step, what the phrase can begin with, the anchor sets it needs, and what counts its places."""
        self.step = step
        self.begins = begins
        self.needs = needs
        self.plain = plain

    def search(self, unit: Unit, start: int = 0, stop: int | None = None) -> list[Hit]:
        """Return the places it stands, left to right, none overlapping, that begin at words `start` to `stop`."""
        words, begins, step = unit.words, self.begins, self.step
        size = len(words) if stop is None else stop
        found: list[Hit] = []
        if begins is None:
            places: Sequence[int] = range(start, size)
        else:
            places = [at for at in range(start, size) if words[at] in begins]
        done = 0
        for at in places:
            if at >= done:
                captures: list[Capture] = []
                end = step(unit, at, captures)
                if end > at:
                    found.append(Hit(at, end, tuple(captures)))
                    done = end
        return found
