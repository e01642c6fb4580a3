"""Whether whatever one phrase finds another finds as well: each text that the one can be is one the other can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from healthlint.patterns.nodes import Sequence, branches, word_set
from healthlint.patterns.slots import Slot
from healthlint.records import NamedTuple

_MOST_STEPS = 5000
"""How many steps of two phrases side by side are looked at before it is left open."""
_MOST_TERMS = 200
"""How many terms of a slot are looked at one by one."""


class _Edge(NamedTuple):
    """A step of a phrase: over one of some words, a term of a slot, a quantity, any word, or nothing."""

    kind: str
    value: object
    target: int


class _Within(NamedTuple):
    """A place inside of a term of a slot: its words so far, and where its end leads."""

    slot: str
    words: tuple[str, ...]
    target: int


_Place = int | _Within
_Places = frozenset[_Place]
_NOWHERE: _Places = frozenset()
_END = 1


class _Net:
    """A phrase as places and steps between them; 0 is where it begins."""

    def __init__(self, sequence: Sequence) -> None:
        self.edges: list[list[_Edge]] = [[], []]
        self._lay(sequence, 0, _END)
        self._closed: dict[int, _Places] = {}

    def _lay(self, sequence: Sequence, start: int, end: int) -> None:
        for number, (kind, value) in enumerate(sequence, 1):
            target = end if number == len(sequence) else self._place()
            if kind == "gap":
                self._lay_gap(int(str(value)), start, target)
            elif kind in ("either", "maybe"):
                for way in branches(kind, value):
                    self._lay(way, start, target)
                if kind == "maybe":
                    self.edges[start].append(_Edge("", None, target))
            else:
                self.edges[start].append(_Edge(kind, value, target))
            start = target

    def _lay_gap(self, most: int, start: int, target: int) -> None:
        self.edges[start].append(_Edge("", None, target))
        for _ in range(most):
            behind = self._place()
            self.edges[start].append(_Edge("gap", None, behind))
            self.edges[behind].append(_Edge("", None, target))
            start = behind

    def _place(self) -> int:
        self.edges.append([])
        return len(self.edges) - 1

    def closed(self, places: Iterator[_Place]) -> _Places:
        """Return some places and those that nothing stands before, from there."""
        closed = [frozenset((place,)) if isinstance(place, _Within) else self.reached(place) for place in set(places)]
        return closed[0] if len(closed) == 1 else _NOWHERE.union(*closed)

    def reached(self, place: int) -> _Places:
        """Return a place and those that nothing stands before, from there."""
        known = self._closed.get(place)
        if known is None:
            found, waiting = {place}, [place]
            while waiting:
                free = {edge.target for edge in self.edges[waiting.pop()] if not edge.kind} - found
                found |= free
                waiting += free
            known = self._closed[place] = frozenset[_Place](found)
        return known


class Covering:
    """Compares phrases; knows the terms of their slots."""

    def __init__(self, slots: Mapping[str, Slot]) -> None:
        """Use `slots`."""
        self._slots = slots
        self._nets: dict[Sequence, _Net] = {}
        self._said: dict[Sequence, list[frozenset[str]]] = {}
        self._slot_words: dict[str, frozenset[str]] = {}
        self._subsets: dict[tuple[str, str], bool] = {}
        self._terms: dict[str, frozenset[tuple[tuple[str, ...], int]]] = {}

    def covers(self, wide: Sequence, narrow: Sequence) -> bool:
        """Return whether all that `narrow` can be `wide` can be too; False where that takes too long to say."""
        if any(kind == "words" and not self._may_say(narrow, word_set(value)) for kind, value in wide):
            return False
        of_wide, of_narrow = self._net(wide), self._net(narrow)
        waiting: list[tuple[int, _Places]] = [(0, of_wide.reached(0))]
        seen = set(waiting)
        while waiting:
            place, places = waiting.pop()
            if (place == _END and _END not in places) or len(seen) > _MOST_STEPS:
                return False
            for edge in of_narrow.edges[place]:
                for after in self._after(edge, of_wide, places) if edge.kind else (places,):
                    if not after:
                        return False
                    step = (edge.target, after)
                    if step not in seen:
                        seen.add(step)
                        waiting.append(step)
        return True

    def _may_say(self, sequence: Sequence, words: frozenset[str]) -> bool:
        """Return whether a phrase holds one of some words, if not in a gap."""
        return any(not said.isdisjoint(words) for said in self._said_in(sequence))

    def _said_in(self, sequence: Sequence) -> list[frozenset[str]]:
        """Return the words of a phrase, and those of each of its slots."""
        known = self._said.get(sequence)
        if known is None:
            literal = frozenset(word for kind, value in sequence if kind == "words" for word in word_set(value))
            known = [literal, *map(self._words_of, (str(value) for kind, value in sequence if kind == "slot"))]
            for kind, value in sequence:
                known += [said for branch in branches(kind, value) for said in self._said_in(branch)]
            self._said[sequence] = known
        return known

    def _words_of(self, name: str) -> frozenset[str]:
        known = self._slot_words.get(name)
        if known is None:
            slot = self._slots[name]
            terms = {word for entries in slot.terms.values() for words, _ in entries for word in words}
            known = self._slot_words[name] = frozenset(terms).union(
                *(s for p in slot.phrases for s in self._said_in(p))
            )
        return known

    def _net(self, sequence: Sequence) -> _Net:
        known = self._nets.get(sequence)
        if known is None:
            known = self._nets[sequence] = _Net(sequence)
        return known

    def _after(self, edge: _Edge, net: _Net, places: _Places) -> Iterator[_Places]:
        """Yield, for each thing that a step may be over, the places in `net` behind it, from some before it."""
        if edge.kind == "words":
            for word in word_set(edge.value):
                yield self._over_word(word, net, places)
        elif edge.kind == "slot":
            yield from self._over_slot(str(edge.value), net, places)
        else:
            yield net.closed(_alike(edge.kind, edge.value, net, places))

    def _over_word(self, word: str, net: _Net, places: _Places) -> _Places:
        return net.closed(self._behind(word, net, places))

    def _behind(self, word: str, net: _Net, places: _Places) -> Iterator[_Place]:
        for place in places:
            if isinstance(place, _Within):
                yield from self._into(place.slot, (*place.words, word), place.target)
                continue
            for kind, value, target in net.edges[place]:
                if kind == "gap" or (kind == "words" and word in word_set(value)):
                    yield target
                elif kind == "slot":
                    yield from self._into(str(value), (word,), target)

    def _into(self, slot: str, words: tuple[str, ...], target: int) -> Iterator[_Place]:
        """Yield where some words of a slot's plain terms lead: on in a longer term, and to its end."""
        size = len(words)
        for term, special in self._slots[slot].terms.get(words[0], ()):
            if special < 0 and tuple(term[:size]) == words:
                yield target if len(term) == size else _Within(slot, words, target)

    def _over_slot(self, name: str, net: _Net, places: _Places) -> Iterator[_Places]:
        wider = net.closed(
            target
            for place in places
            if isinstance(place, int)
            for kind, value, target in net.edges[place]
            if kind == "slot" and self._is_subset(name, str(value))
        )
        terms = self._all_terms(name)
        if wider or self._slots[name].phrases or len(terms) > _MOST_TERMS:
            yield wider
            return
        for words, _ in terms:
            after = places
            for word in words:
                after = self._over_word(word, net, after)
            yield after

    def _is_subset(self, name: str, other: str) -> bool:
        if name == other:
            return True
        known = self._subsets.get((name, other))
        if known is None:
            slot, wider = self._slots[name], self._slots[other]
            known = self._subsets[name, other] = self._all_terms(name) <= self._all_terms(other) and {
                *slot.phrases
            } <= {*wider.phrases}
        return known

    def _all_terms(self, name: str) -> frozenset[tuple[tuple[str, ...], int]]:
        known = self._terms.get(name)
        if known is None:
            entries = (entry for entries in self._slots[name].terms.values() for entry in entries)
            known = self._terms[name] = frozenset((tuple(words), special) for words, special in entries)
        return known


def _alike(kind: str, value: object, net: _Net, places: _Places) -> Iterator[_Place]:
    for place in places:
        if isinstance(place, int):
            yield from (edge.target for edge in net.edges[place] if edge.kind == kind and edge.value == value)
