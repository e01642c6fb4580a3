"""Anchors: the literal words one of which stands wherever a phrase does; what one pass over a page looks for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import product

from healthlint.patterns.frequency import UNLISTED, rates
from healthlint.patterns.nodes import Node, Sequence, branches, word_set
from healthlint.patterns.quantity import anchors as quantity_anchors
from healthlint.patterns.slots import Slot
from healthlint.records import NamedTuple

COMMON = 12000
"""Per million words: a phrase that hangs on a word more common than this is refused."""
_LONGEST_RUN = 3
"""How many words side by side make one literal."""
_RUN_IS_RARER = 8
"""How much rarer a few words side by side are than the rarest of them, roughly."""
_MOST_ALSO = 2
"""How many other sets are asked for where one way of many is taken."""
_ALSO_IS_RARER = 4
"""How much rarer words are that stand together, roughly."""


class Way(NamedTuple):
    """Literals one of which stands where one way through a part of a phrase is taken, and others that do as well."""

    literals: frozenset[str]
    also: tuple[frozenset[str], ...] = ()
    """Sets of literals: of each one stands there too."""


class Anchors(NamedTuple):
    """The anchors of a part of a phrase: literals are folded words with single spaces."""

    cost: float
    """How often one of them is expected per million words."""
    ways: tuple[Way, ...]

    @property
    def literals(self) -> frozenset[str]:
        """Return the literals, one of which stands wherever the part does."""
        return frozenset().union(*(way.literals for way in self.ways))


@cache
def rarest_word(literal: str) -> str:
    """Return the word by which a literal is looked for."""
    if " " not in literal:
        return literal
    listed = rates()
    return min(literal.split(" "), key=lambda word: listed.get(word, UNLISTED))


@cache
def word_cost(literal: str) -> float:
    """Return how often per million words the word by which a literal is looked for is expected."""
    return rates().get(rarest_word(literal), UNLISTED)


@cache
def literal_cost(literal: str) -> float:
    """Return how often per million words the folded `literal` is expected."""
    rate = word_cost(literal)
    return rate / _RUN_IS_RARER if " " in literal else rate


class AnchorFinder:
    """Works out anchors; remembers those of slots."""

    def __init__(self, slots: Mapping[str, Slot]) -> None:
        """Use the terms of `slots`."""
        self._slots = slots
        self._known: dict[str, Anchors | None] = {}
        self._runs: dict[tuple[frozenset[str], ...], Anchors | None] = {}

    def of(self, sequence: Sequence) -> Anchors | None:
        """Return the rarest anchors that the parts of `sequence` give, with what they say of each other; or None."""
        needed = self.needed(sequence)
        if not needed:
            return None
        first, *others = needed
        also = tuple(each.literals for each in others[:_MOST_ALSO] if each.cost <= COMMON)
        ways = tuple(Way(way.literals, way.also + also) for way in first.ways) if also else first.ways
        return Anchors(first.cost / _ALSO_IS_RARER if also else first.cost, ways)

    def needed(self, sequence: Sequence) -> list[Anchors]:
        """Return the anchors of every part that must be there, rarest first: wherever it stands, one of each set does."""
        found: list[Anchors] = []
        run: list[frozenset[str]] = []
        for node in (*sequence, Node("end", None)):
            if node[0] == "words":
                run.append(word_set(node[1]))
                continue
            if run and (of_run := self._of_run(run)):
                found.append(of_run)
            if of_node := self._of_node(node):
                found.append(of_node)
            run = []
        return sorted(found, key=lambda anchors: anchors.cost)

    def _of_run(self, run: list[frozenset[str]]) -> Anchors | None:
        key = tuple(run)
        if key not in self._runs:
            self._runs[key] = _of_run(run)
        return self._runs[key]

    def _of_node(self, node: Node) -> Anchors | None:
        kind, value = node
        if kind == "slot":
            return self.of_slot(str(value))
        if kind == "quantity":
            literals = quantity_anchors(str(value))
            return _anchors(literals) if literals else None
        if kind == "either":
            return _union([self.of(branch) for branch in branches(kind, value)])
        return None

    def of_slot(self, name: str) -> Anchors | None:
        """Return the anchors of a slot: all its terms and the anchors of its phrases."""
        if name not in self._known:
            self._known[name] = None  # a circle gives no anchor; the loader reports it
            slot = self._slots[name]
            words = _shortest(frozenset(" ".join(term) for entries in slot.terms.values() for term, _ in entries))
            terms = [_anchors(words)] if words else []
            self._known[name] = _union([*terms, *(self.of(phrase) for phrase in slot.phrases)])
        return self._known[name]


def _shortest(literals: frozenset[str]) -> frozenset[str]:
    """Return the literals without those that hold another: where "breast cancer" stands, "cancer" does."""
    kept: set[str] = set()
    for literal in literals:
        words = literal.split(" ")
        spans = ((i, j) for i in range(len(words)) for j in range(i + 1, len(words) + 1) if j - i < len(words))
        if not any(" ".join(words[i:j]) in literals for i, j in spans):
            kept.add(literal)
    return frozenset(kept)


def _of_run(run: list[frozenset[str]]) -> Anchors | None:
    """Return the rarest anchors of words that stand side by side: one word, or a short stretch of them."""
    best: Anchors | None = None
    for length in range(1, _LONGEST_RUN + 1):
        for start in range(len(run) - length + 1):
            window = run[start : start + length]
            size = 1
            for words in window:
                size *= len(words)
            if size > 64 and length > 1:
                continue
            literals = frozenset(" ".join(words) for words in product(*map(sorted, window)))
            candidate = _anchors(literals)
            if best is None or candidate.cost < best.cost:
                best = candidate
    return best


def _anchors(literals: frozenset[str]) -> Anchors:
    return Anchors(sum(map(literal_cost, literals)), (Way(literals),))


def _union(parts: list[Anchors | None]) -> Anchors | None:
    """Return the anchors of alternatives, or None where one of them has none."""
    if not parts or any(part is None for part in parts):
        return None
    by_also: dict[tuple[frozenset[str], ...], set[str]] = {}
    for part in parts:
        for literals, also in part.ways if part else ():
            by_also.setdefault(also, set()).update(literals)
    return Anchors(
        sum(part.cost for part in parts if part),
        tuple(Way(frozenset(literals), also) for also, literals in by_also.items()),
    )
