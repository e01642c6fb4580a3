"""Anchors: the literal words one of which stands wherever a phrase does; what one pass over a page looks for."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import NamedTuple

from healthlint.patterns.phrase import Node, Sequence, branches, word_set
from healthlint.patterns.quantity import anchors as quantity_anchors
from healthlint.patterns.slots import Slot

COMMON = 12000
"""Per million words: a phrase whose rarest anchor is expected more often than this is refused."""
_RARE = 2.0
_LONGEST_RUN = 3
"""How many words side by side make one literal."""
_PER_MILLION = {
    60000: "the", 30000: "of and to a in", 15000: "is it you that for i", 9000: "on with be are was as this have or your",
    5000: "at by from not we they he she but can my all if will so what there an more one when has do no me our about out "
    "which their who up just been t s get were had",
    2500: "how like some time would than then into only also its them us most other new now any very may these over after "
    "because re ve ll m d don people first him her his make need use good know could want day way even well even help "
    "much see too am did does back don",
    1200: "work best take go two years year life many where down should through before those here body really think own "
    "being every while each same still few find both last per long great without off right days never always something "
    "made feel look high using come free us low part less used might keep thing things health natural better"
    " treatment doctor pain skin weight product products medical patients care food blood water sleep support results "
    "help helps reduce while such since between during around another home give want try next against until place",
    400: "symptoms disease condition study research clinical treat improve energy effects side safe effective cause risk "
    "heart brain immune cells muscle muscles loss fat diet vitamin supplement supplements clinic therapy treatments order "
    "buy today start week weeks month months times percent call offer review reviews science studies experience program "
    "increase lower prevent relief natural naturally system healing problem problems chronic stress cancer diabetes "
    "anxiety depression joint joints joint back women men children family age old feeling normal completely",
}  # fmt: skip
_FREQUENCY = {word: rate for rate, words in _PER_MILLION.items() for word in words.split()}
"""Words of common English and of health copy per million words, roughly; all others count as rare."""


class Anchors(NamedTuple):
    """Literals of the folded text, with their border spaces, and how often one of them is expected per million words."""

    cost: float
    literals: frozenset[str]


def literal_cost(literal: str) -> float:
    """Return how often per million words the folded `literal` is expected."""
    rates = [_FREQUENCY.get(word, _RARE) for word in literal.split()]
    return min(rates) / (1 if len(rates) == 1 else 8)


class AnchorFinder:
    """Works out anchors; remembers those of slots."""

    def __init__(self, slots: Mapping[str, Slot]) -> None:
        """Use the terms of `slots`."""
        self._slots = slots
        self._known: dict[str, Anchors | None] = {}

    def of(self, sequence: Sequence) -> Anchors | None:
        """Return the rarest set of anchors that the parts of `sequence` give, or None where no part gives any."""
        needed = self.needed(sequence)
        return needed[0] if needed else None

    def needed(self, sequence: Sequence) -> list[Anchors]:
        """Return the anchors of every part that must be there, rarest first: wherever it stands, one of each set does."""
        found: list[Anchors] = []
        run: list[frozenset[str]] = []
        for node in (*sequence, Node("end", None)):
            if node[0] == "words":
                run.append(word_set(node[1]))
                continue
            found += [candidate for candidate in (_of_run(run), self._of_node(node)) if candidate]
            run = []
        return sorted(found, key=lambda anchors: anchors.cost)

    def plain(self, sequence: Sequence) -> frozenset[str]:
        """Return literals that stand exactly where the phrase does, or none: it is a few words, or one slot.

        Of a slot, terms that ask for more than their words are left out.
        """
        if len(sequence) == 1 and sequence[0][0] == "slot":
            terms = self._slots[str(sequence[0][1])].terms
            return frozenset(
                f" {' '.join(words)} " for entries in terms.values() for words, special in entries if special < 0
            )
        if len(sequence) <= _LONGEST_RUN and all(node[0] == "words" for node in sequence):
            found = _of_run([word_set(node[1]) for node in sequence], whole=True)
            return found.literals if found else frozenset()
        return frozenset()

    def _of_node(self, node: Node) -> Anchors | None:
        kind, value = node
        if kind == "slot":
            return self.of_slot(str(value))
        if kind == "quantity":
            literals = quantity_anchors(str(value))
            cost = sum(min(literal_cost(literal), 60) for literal in literals)
            return Anchors(min(cost, 3000.0), literals) if literals else None
        if kind == "either":
            return _union([self.of(branch) for branch in branches(kind, value)])
        return None

    def of_slot(self, name: str) -> Anchors | None:
        """Return the anchors of a slot: all its terms and the anchors of its phrases."""
        if name not in self._known:
            self._known[name] = None  # a circle gives no anchor; the loader reports it
            slot = self._slots[name]
            words = frozenset(f" {' '.join(term)} " for entries in slot.terms.values() for term, _ in entries)
            words = _shortest(words)
            terms = Anchors(sum(map(literal_cost, words)), words)
            self._known[name] = _union([terms, *(self.of(phrase) for phrase in slot.phrases)])
        return self._known[name]


def _shortest(literals: frozenset[str]) -> frozenset[str]:
    """Return the literals without those that hold another: where " breast cancer " stands, " cancer " does."""
    kept: set[str] = set()
    for literal in literals:
        words = literal.split()
        spans = ((i, j) for i in range(len(words)) for j in range(i + 1, len(words) + 1) if j - i < len(words))
        if not any(f" {' '.join(words[i:j])} " in literals for i, j in spans):
            kept.add(literal)
    return frozenset(kept)


def _of_run(run: list[frozenset[str]], *, whole: bool = False) -> Anchors | None:
    """Return the rarest anchors of words that stand side by side: one word, or a short stretch (`whole`: all) of them."""
    best: Anchors | None = None
    for length in (len(run),) if whole else range(1, _LONGEST_RUN + 1):
        for start in range(len(run) - length + 1):
            window = run[start : start + length]
            size = 1
            for words in window:
                size *= len(words)
            if size > 64 and length > 1:
                continue
            literals = frozenset(f" {' '.join(words)} " for words in product(*map(sorted, window)))
            cost = sum(map(literal_cost, literals))
            if best is None or cost < best.cost:
                best = Anchors(cost, literals)
    return best


def _union(parts: list[Anchors | None]) -> Anchors | None:
    """Return the anchors of alternatives, or None where one of them has none."""
    if not parts or any(part is None for part in parts):
        return None
    return Anchors(
        sum(part.cost for part in parts if part),
        frozenset().union(*(part.literals for part in parts if part)),
    )
