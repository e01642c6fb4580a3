"""Matching a phrase over the words of a clause or sentence, by position, word by word."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from collections.abc import Sequence as Words
from typing import NamedTuple, Protocol, cast

from healthlint.patterns.phrase import Node, Sequence, branches, word_set
from healthlint.patterns.quantity import Amount, read_amount
from healthlint.patterns.slots import Slot, Special


class Unit(Protocol):
    """The words that a phrase is matched in: a clause or sentence, with the words that lead into it before them."""

    text: str
    """The whole text that `starts` and `ends` count in."""
    words: list[str]
    starts: list[int]
    ends: list[int]
    lead: int
    """How many of the first words belong to the lead-in."""

    def block_words(self) -> str:
        """Return the folded words of the block, single spaces between and around."""


class Capture(NamedTuple):
    """What a slot or quantity stood for: words `first` to `last`, exclusive; `amount` for a quantity."""

    slot: str
    first: int
    last: int
    amount: Amount | None = None


class Hit(NamedTuple):
    """A place where a phrase matched: words `first` to `last`, exclusive, with what its slots stood for."""

    first: int
    last: int
    captures: tuple[Capture, ...]


_VETO_REACH = 10
"""How many words before a term a veto that covers it may begin."""
Step = Callable[[Unit, int, list[Capture]], int]
"""Goes on from word i; returns the end of the match, exclusive, or -1."""


class Matcher:
    """Turns phrases into steps, once each; needs the slots they name."""

    def __init__(self, slots: Mapping[str, Slot], specials: Words[Special]) -> None:
        """Use `slots`; a term's index leads to its Special."""
        self._slots = slots
        self._specials = specials
        self._vetoes: dict[int, tuple[Phrase, ...]] = {}

    def phrase(self, sequence: Sequence) -> Phrase:
        """Return `sequence` ready to be searched for."""
        return Phrase(self._steps(sequence, _finish), self.first_words(sequence))

    def first_words(self, sequence: Sequence) -> Container[str] | None:
        """Return what holds every word the phrase can begin with, or None where any may."""
        collected: set[str] = set()
        for kind, value in sequence:
            if kind == "words":
                return collected | word_set(value) if collected else word_set(value)
            if kind == "slot":
                slot = self._slots[str(value)]
                if not collected and not slot.phrases:
                    return slot.terms
                collected.update(slot.terms)
                nested = [self.first_words(phrase) for phrase in slot.phrases]
            elif inner := branches(kind, value):
                nested = [self.first_words(branch) for branch in inner]
            else:
                return None
            for part in nested:
                if part is None:
                    return None
                collected.update(part)  # type: ignore[arg-type]
            if kind != "maybe":
                return collected
        return None

    def _steps(self, sequence: Sequence, tail: Step) -> Step:
        for at in range(len(sequence) - 1, -1, -1):
            kind, value = sequence[at]
            if kind == "gap":
                tail = _gap_step(int(str(value)), tail, self.first_words(sequence[at + 1 :]))
            else:
                tail = self._step(sequence[at], tail)
        return tail

    def _step(self, node: Node, tail: Step) -> Step:
        kind, value = node
        if kind == "words":
            return _words_step(word_set(value), tail)
        if kind == "quantity":
            return _quantity_step(str(value), tail)
        if kind == "slot":
            return self._slot_step(str(value), tail)
        steps = tuple(self._steps(branch, tail) for branch in branches(kind, value))
        return _either_step((*steps, tail) if kind == "maybe" else steps)

    def _slot_step(self, name: str, tail: Step) -> Step:
        slot = self._slots[name]
        terms = slot.terms
        by_word, anywhere = self._indexed(slot.phrases)
        allows = self.allows

        def step(unit: Unit, at: int, captures: list[Capture]) -> int:
            words = unit.words
            if at >= len(words):
                return -1
            for term, special in terms.get(words[at], ()):
                last = at + len(term)
                if (last == at + 1 or words[at:last] == term) and (special < 0 or allows(special, unit, at, last)):
                    captures.append(Capture(name, at, last))
                    if (end := tail(unit, last, captures)) >= 0:
                        return end
                    captures.pop()
            for phrase in by_word.get(words[at], anywhere):
                mark = len(captures)
                last = phrase(unit, at, captures)
                del captures[mark:]
                if last >= 0:
                    captures.append(Capture(name, at, last))
                    if (end := tail(unit, last, captures)) >= 0:
                        return end
                    captures.pop()
            return -1

        return step

    def _indexed(self, phrases: Words[Sequence]) -> tuple[dict[str, list[Step]], list[Step]]:
        """Return the steps of a slot's phrases by the words they can begin with, and those that may begin with any."""
        by_word: dict[str, list[Step]] = {}
        anywhere: list[Step] = []
        for phrase in phrases:
            first, step = self.first_words(phrase), self._steps(phrase, _finish)
            if first is None:
                anywhere.append(step)
                continue
            for word in cast("Iterable[str]", first):
                by_word.setdefault(word, []).append(step)
        for steps in by_word.values():
            steps += anywhere
        return by_word, anywhere

    def allows(self, index: int, unit: Unit, first: int, last: int) -> bool:
        """Return whether the term's Special lets words `first` to `last` stand for it."""
        special = self._specials[index]
        exact, near, vetoes, then, within = special
        if exact and unit.text[unit.starts[first] : unit.ends[last - 1]] != exact:
            return False
        if then and then not in unit.words[last : last + within + 1]:
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

    __slots__ = ("_first_words", "step")

    def __init__(self, step: Step, first_words: Container[str] | None) -> None:
        """Keep the first step and what the phrase can begin with."""
        self.step = step
        self._first_words = first_words

    def search(self, unit: Unit, start: int = 0, stop: int | None = None) -> Iterator[Hit]:
        """Yield the places it stands, left to right, none overlapping, that begin at words `start` to `stop`."""
        words, begins, step = unit.words, self._first_words, self.step
        at, size = start, len(words) if stop is None else stop
        while at < size:
            if begins is None or words[at] in begins:
                captures: list[Capture] = []
                end = step(unit, at, captures)
                if end > at:
                    yield Hit(at, end, tuple(captures))
                    at = end
                    continue
            at += 1


def _finish(unit: Unit, at: int, captures: list[Capture]) -> int:
    return at


def _words_step(allowed: frozenset[str], tail: Step) -> Step:
    def step(unit: Unit, at: int, captures: list[Capture]) -> int:
        words = unit.words
        return tail(unit, at + 1, captures) if at < len(words) and words[at] in allowed else -1

    return step


def _gap_step(most: int, tail: Step, begins: Container[str] | None) -> Step:
    """Return the step over a gap; what follows it can `begin` only with some words, where that is known."""

    def known(unit: Unit, at: int, captures: list[Capture]) -> int:
        words = unit.words
        for start in range(at, min(at + most + 1, len(words))):
            if words[start] in begins and (end := tail(unit, start, captures)) >= 0:  # type: ignore[operator]
                return end
        return -1

    def step(unit: Unit, at: int, captures: list[Capture]) -> int:
        for start in range(at, min(at + most, len(unit.words)) + 1):
            if (end := tail(unit, start, captures)) >= 0:
                return end
        return -1

    return step if begins is None else known


def _either_step(steps: tuple[Step, ...]) -> Step:
    def step(unit: Unit, at: int, captures: list[Capture]) -> int:
        for branch in steps:
            mark = len(captures)
            if (end := branch(unit, at, captures)) >= 0:
                return end
            del captures[mark:]
        return -1

    return step


def _quantity_step(kind: str, tail: Step) -> Step:
    def step(unit: Unit, at: int, captures: list[Capture]) -> int:
        if at >= len(unit.words):
            return -1
        amount = read_amount(kind, unit.text, unit.starts[at])
        if amount is None:
            return -1
        last = at + 1
        while last < len(unit.words) and unit.starts[last] < amount.end:
            last += 1
        captures.append(Capture(kind, at, last, amount))
        if (end := tail(unit, last, captures)) >= 0:
            return end
        captures.pop()
        return -1

    return step
