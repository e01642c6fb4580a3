"""Matching a phrase over the words of a clause or sentence, by position, word by word."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import partial

from healthlint.patterns.nodes import Begins, Code, Coded, as_gap, as_way, as_ways, word_set
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
from healthlint.records import NamedTuple


class Hit(NamedTuple):
    """A place where a phrase matched: words `first` to `last`, exclusive, with what its slots stood for."""

    first: int
    last: int
    captures: tuple[Capture, ...]


_SLOT_BITS = 12
"""A slot's number has as many bits at most."""
_VETO_REACH = 10
"""How many words before a term a veto that covers it may begin."""


class Matcher:
    """Turns phrases into steps, once each; needs the slots they name."""

    def __init__(self, vocabulary: Vocabulary, specials: Sequence[Special]) -> None:
        """Use the slots of `vocabulary`; a term's index leads to its Special."""
        self._vocabulary = vocabulary
        self._specials = specials
        self._known: dict[int, tuple[Special, tuple[Phrase, ...]]] = {}
        """Specials with their vetoes, ready to be searched for."""
        self._inner: dict[int, Step] = {}
        self._block = ""
        self._near: dict[int, bool] = {}
        """Of the block that was asked about last, which terms have a word near them."""
        self._unions: dict[Begins, set[str]] = {}
        self.cues = vocabulary.cues
        """A word to the numbers of the cues that are looked for where it stands, as far as introduced."""

    def phrase(self, code: Code, needs: int = 0, *, plain: bool = False) -> Phrase:
        """Return a phrase ready to be searched for; its `needs` are bits of anchor sets.

        A `plain` one is one slot, or words alone: its places can be counted without a look at each.
        """
        begins, nodes = code
        return Phrase(
            self._set(begins), lambda: self._steps(nodes, finish), needs, self._count(nodes) if plain else None
        )

    def _count(self, nodes: Coded) -> Count:
        kind, value = nodes[0]
        if kind == "slot":
            return slot_count(self._vocabulary.table(str(value)))
        return words_count([word_set(value) for _, value in nodes])

    def _set(self, begins: Begins) -> AbstractSet[str] | None:
        """Return what holds every word of `begins`, as far as introduced; None where it may be any."""
        if begins is None:
            return None
        words, slots = begins
        if not slots:
            return words
        tables = [self._vocabulary.table(slot) for slot in slots]
        if len(tables) == 1 and not words:
            return tables[0].first
        known = self._unions.get(begins)
        if known is None:
            known = self._unions[begins] = set(words).union(*(table.first for table in tables))
            for table in tables:
                table.followers.append(known)
        return known

    def _holds(self, begins: Begins, word: str) -> bool:
        """Return whether something can begin with `word`, which was introduced."""
        return (
            begins is None or word in begins[0] or any(word in self._vocabulary.table(slot).first for slot in begins[1])
        )

    def _steps(self, nodes: Coded, tail: Step) -> Step:
        """Return the first of the steps over `nodes`; those behind a gap are made when one is first taken."""
        for at, (kind, value) in enumerate(nodes):
            if kind == "gap":
                most, begins = as_gap(value)
                tail = gap_step(most, self._set(begins), partial(self._steps, nodes[at + 1 :], tail))
                nodes = nodes[:at]
                break
        for kind, value in reversed(nodes):
            tail = self._step(kind, value, tail)
        return tail

    def _step(self, kind: str, value: object, tail: Step) -> Step:
        if kind == "words":
            return words_step(word_set(value), tail)
        if kind == "slot":
            return self._slot_step(str(value), tail)
        if kind == "quantity":
            return quantity_step(str(value), tail)
        if kind == "maybe":
            begins, nodes = as_way(value)
            return maybe_step(self._set(begins), partial(self._steps, nodes, tail), tail)
        begins, ways = as_ways(value)
        holds = self._set(begins)
        if holds is None:
            return any_step([self._steps(nodes, tail) for _, nodes in ways])
        return either_step(holds, partial(self._chosen, ways, tail, {}))

    def _chosen(
        self, ways: tuple[tuple[Begins, Coded], ...], tail: Step, made: dict[int, Step], word: str
    ) -> list[Step]:
        """Return the first steps of the ways that can begin with a word; they are `made` once."""
        chosen = [number for number, (begins, _) in enumerate(ways) if self._holds(begins, word)]
        for number in chosen:
            if number not in made:
                made[number] = self._steps(ways[number][1], tail)
        return [made[number] for number in chosen]

    def _slot_step(self, name: str, tail: Step) -> Step:
        table = self._vocabulary.table(name)
        first, anywhere, number, ends_of = table.first, table.anywhere, table.number, self._ends

        def step(unit: Unit, at: int, captures: list[Capture]) -> int:
            words = unit.words
            if at >= len(words) or (words[at] not in first and not anywhere):
                return -1
            key = at << _SLOT_BITS | number
            ends = unit.slot_ends.get(key)
            if ends is None:
                ends = unit.slot_ends[key] = ends_of(table, unit, at)
            for last in ends:
                captures.append((name, at, last, None))
                if (end := tail(unit, last, captures)) >= 0:
                    return end
                captures.pop()
            return -1

        return step

    def _ends(self, table: Table, unit: Unit, at: int) -> list[int]:
        """Return where what stands for a slot from word `at` on may end, in the order in which it is tried."""
        words, ends = unit.words, []
        word = words[at]
        for term, special in table.terms[word] if word in table.first else ():
            last = at + len(term)
            if (last == at + 1 or words[at:last] == term) and (special < 0 or self.allows(special, unit, at, last)):
                ends.append(last)
        for phrase in table.phrases.get(word, table.anywhere):
            last = self._inner_step(phrase)(unit, at, [])
            if last >= 0:
                ends.append(last)
        return ends

    def _inner_step(self, number: int) -> Step:
        """Return the first step of a phrase that stands in slots."""
        known = self._inner.get(number)
        if known is None:
            known = self._inner[number] = self._steps(self._vocabulary.inner[number].nodes, finish)
        return known

    def allows(self, index: int, unit: Unit, first: int, last: int) -> bool:
        """Return whether the term's Special lets words `first` to `last` stand for it."""
        key = (index, first, last)
        known = unit.allowed.get(key)
        if known is None:
            known = unit.allowed[key] = self._allows(index, unit, first, last)
        return known

    def _is_near(self, index: int, near: Collection[str], block: str) -> bool:
        """Return whether one of the words `near` a term stands in its block, which may be long and hold many such terms."""
        if block is not self._block:
            self._block, self._near = block, {}
        known = self._near.get(index)
        if known is None:
            known = self._near[index] = any(f" {word} " in block for word in near)
        return known

    def _allows(self, index: int, unit: Unit, first: int, last: int) -> bool:
        known = self._known.get(index)
        if known is None:
            special = self._specials[index]
            known = self._known[index] = special, tuple(self.phrase(veto) for veto in special.vetoes)
        (exact, near, _, then, within), vetoes = known
        if then and then not in unit.words[last : last + within + 1]:
            return False
        if exact and unit.text[unit.starts[first] : unit.ends[last - 1]] != exact:
            return False
        if near and not self._is_near(index, near, unit.block_words()):
            return False
        begin = max(first - _VETO_REACH, 0)
        return not any(first < hit.last for veto in vetoes for hit in veto.search(unit, begin, last))


class Phrase:
    """A phrase, ready to be searched for in units."""

    __slots__ = ("_make", "_step", "begins", "needs", "plain")

    def __init__(
        self, begins: AbstractSet[str] | None, make: Callable[[], Step], needs: int = 0, plain: Count | None = None
    ) -> None:
        """Keep what the phrase can begin with, what makes its first step, what it needs, and what counts its places."""
        self.begins = begins
        self.needs = needs
        self.plain = plain
        self._make = make
        self._step: Step | None = None

    @property
    def step(self) -> Step:
        """Return the first step, made when it is first taken."""
        if self._step is None:
            self._step = self._make()
        return self._step

    def places(self, unit: Unit) -> Iterator[tuple[int, int]]:
        """Yield where it begins and ends, for each word that it begins with."""
        begins = self.begins
        for at, word in enumerate(unit.words):
            if (begins is None or word in begins) and (last := self.step(unit, at, [])) >= 0:
                yield at, last

    def search(self, unit: Unit, start: int = 0, stop: int | None = None) -> list[Hit]:
        """Return the places it stands, left to right, none overlapping, that begin at words `start` to `stop`."""
        words, begins = unit.words, self.begins
        size = len(words) if stop is None else stop
        found: list[Hit] = []
        if begins is None:
            places: Sequence[int] = range(start, size)
        elif stop is None and not start:
            places = [at for at, word in enumerate(words) if word in begins]
        else:
            places = [at for at in range(start, size) if words[at] in begins]
        if not places:
            return found
        step, done = self._step or self.step, 0
        for at in places:
            if at >= done:
                captures: list[Capture] = []
                end = step(unit, at, captures)
                if end > at:
                    found.append(Hit(at, end, tuple(captures)))
                    done = end
        return found
