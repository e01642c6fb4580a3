"""The steps of a match, each of which goes on with the next: over words, gaps, alternatives, quantities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet

from healthlint.hints import Protocol
from healthlint.patterns.quantity import Amount, may_begin, read_amount
from healthlint.patterns.vocabulary import Table


class Unit(Protocol):
    """The words that a phrase is matched in: a clause or sentence, with the words that lead into it before them."""

    text: str
    """The whole text that `starts` and `ends` count in."""
    words: list[str]
    lead: int
    """How many of the first words belong to the lead-in."""
    allowed: dict[tuple[int, int, int], bool]
    """What was found out about terms with a Special: its index, and words first to last."""
    slot_ends: dict[int, list[int]]
    """What was found out about slots: for a word and a slot, where what stands for it from there on ends."""

    @property
    def starts(self) -> Sequence[int]:
        """Return where each word starts."""

    @property
    def ends(self) -> Sequence[int]:
        """Return where each word ends."""

    def block_words(self) -> str:
        """Return the folded words of the block, single spaces between and around."""


Capture = tuple[str, int, int, Amount | None]
"""What a slot or quantity stood for: its name, words first to last, exclusive, and of a quantity the amount."""


Step = Callable[[Unit, int, list[Capture]], int]
"""Goes on from word i; returns the end of the match, exclusive, or -1."""
Make = Callable[[], Step]
Count = Callable[[list[str]], int]
"""Says in how many places among these words a phrase stands; terms in one another count as well."""


def slot_count(table: Table) -> Count:
    """Return what counts the terms of a slot that ask for no more than their words."""
    terms, first = table.terms, table.first

    def count(words: list[str]) -> int:
        if first.isdisjoint(words):
            return 0
        return sum(
            special < 0 and words[at : at + len(term)] == term
            for at, word in enumerate(words)
            if word in first
            for term, special in terms[word]
        )

    return count


def words_count(run: list[frozenset[str]]) -> Count:
    """Return what counts where one word of each set stands after another."""
    first, *others = run

    def count(words: list[str]) -> int:
        if first.isdisjoint(words):
            return 0
        rows = zip(words, *(words[at:] for at in range(1, len(run))), strict=False)
        return sum(row[0] in first and all(map(frozenset.__contains__, others, row[1:])) for row in rows)

    return count


def finish(unit: Unit, at: int, captures: list[Capture]) -> int:  # noqa: ARG001
    """Return the end of a match: the last step."""
    return at


def words_step(allowed: frozenset[str], tail: Step) -> Step:
    """Return the step over one of some words."""

    def last(unit: Unit, at: int, captures: list[Capture]) -> int:  # noqa: ARG001
        words = unit.words
        return at + 1 if at < len(words) and words[at] in allowed else -1

    def step(unit: Unit, at: int, captures: list[Capture]) -> int:
        words = unit.words
        return tail(unit, at + 1, captures) if at < len(words) and words[at] in allowed else -1

    return last if tail is finish else step


def gap_step(most: int, begins: AbstractSet[str] | None, make: Make) -> Step:
    """Return the step over a gap of at most so many words; what follows it is made when it is first tried.

    What follows can `begin` only with some words, where that is known.
    """
    if begins is None:
        return _blind_gap_step(most, make())
    tail: Step | None = None

    def step(unit: Unit, at: int, captures: list[Capture]) -> int:
        nonlocal tail
        start = at
        for word in unit.words[at : at + most + 1]:
            if word in begins:
                if tail is None:
                    tail = make()
                if (end := tail(unit, start, captures)) >= 0:
                    return end
            start += 1
        return -1

    return step


def _blind_gap_step(most: int, tail: Step) -> Step:
    def step(unit: Unit, at: int, captures: list[Capture]) -> int:
        for start in range(at, min(at + most, len(unit.words)) + 1):
            if (end := tail(unit, start, captures)) >= 0:
                return end
        return -1

    return step


def any_step(steps: list[Step]) -> Step:
    """Return the step over alternatives of which some may begin with any word."""

    def step(unit: Unit, at: int, captures: list[Capture]) -> int:
        for branch in steps:
            mark = len(captures)
            if (end := branch(unit, at, captures)) >= 0:
                return end
            del captures[mark:]
        return -1

    return step


def either_step(begins: AbstractSet[str], chosen: Callable[[str], list[Step]]) -> Step:
    """Return the step over alternatives; those `chosen` for a word are tried where it stands."""
    known: dict[str, Step] = {}

    def step(unit: Unit, at: int, captures: list[Capture]) -> int:
        words = unit.words
        if at >= len(words) or (word := words[at]) not in begins:
            return -1
        some = known.get(word)
        if some is None:
            some = known[word] = any_step(chosen(word))
        return some(unit, at, captures)

    return step


def maybe_step(begins: AbstractSet[str] | None, make: Make, tail: Step) -> Step:
    """Return the step over what may be there, and is made when it first may."""
    way: Step | None = None

    def step(unit: Unit, at: int, captures: list[Capture]) -> int:
        nonlocal way
        words = unit.words
        if at < len(words) and (begins is None or words[at] in begins):
            if way is None:
                way = make()
            mark = len(captures)
            if (end := way(unit, at, captures)) >= 0:
                return end
            del captures[mark:]
        return tail(unit, at, captures)

    return step


def quantity_step(kind: str, tail: Step) -> Step:
    """Return the step over a number with its unit."""

    def step(unit: Unit, at: int, captures: list[Capture]) -> int:
        words = unit.words
        if at >= len(words) or not may_begin(kind, words[at]):
            return -1
        amount = read_amount(kind, unit.text, unit.starts[at])
        if amount is None:
            return -1
        last = at + 1
        while last < len(words) and unit.starts[last] < amount.end:
            last += 1
        captures.append((kind, at, last, amount))
        if (end := tail(unit, last, captures)) >= 0:
            return end
        captures.pop()
        return -1

    return step
