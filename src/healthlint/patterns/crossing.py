"""Whether a phrase can stand in one clause: a word that begins another clause may be its first, and no later one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from healthlint.fold import fold_words
from healthlint.patterns.nodes import Node, Sequence, branches, word_set
from healthlint.patterns.slots import Slot

_Words = tuple[str, ...]
_State = tuple[_Words, frozenset[_Words]]
"""Some way into a phrase: the last words that may be part of a break, or of words that keep one off; and ways to go on, one
of which must be taken, since a break stands that only they keep off."""
_States = frozenset[_State]
_NOWHERE: _States = frozenset()
_CLEAR: _States = frozenset({((), frozenset())})
_FIRST = "^"
"""Stands before the first word of a phrase, which is free to begin a clause."""
_START: _States = frozenset({((_FIRST,), frozenset())})


class Crossing:
    """Answers whether words can stand in one clause, whatever stands for their slots and gaps."""

    def __init__(self, slots: Mapping[str, Slot], breaks: Iterable[str], never: Iterable[str] = ()) -> None:
        """Take the words that begin a clause wherever they stand, but inside of what `never` breaks."""
        self._slots = slots
        self._breaks = frozenset(map(fold_words, breaks))
        self._never = tuple(map(fold_words, never))
        self._words = frozenset(word for words in (*self._breaks, *self._never) for word in words)
        self._ends = frozenset(words[-1] for words in self._breaks)
        self._ending: dict[str, bool] = {}
        """Whether a word with which a break ends stands in a slot."""
        self._longest = max(map(len, (*self._breaks, *self._never)), default=0)
        self._known: dict[tuple[str, _State], _States] = {}
        self._telling: dict[str, tuple[tuple[Sequence, ...], bool]] = {}
        """For each slot, its phrases and those of its terms in which a break may end, and whether there are others."""

    def is_within(self, sequence: Sequence) -> bool:
        """Return whether there are words for a phrase none of which, but for the first, begins another clause."""
        return not self._tells(sequence) or any(not wanted for _, wanted in self._through(sequence, _START))

    def parted(self, sequence: Sequence) -> list[tuple[str, list[str]]]:
        """Return the ways through a part of a phrase that no clause can hold, as they may be written, with what breaks them.

        Of ways that are parts of one another, the longest alone.
        """
        ways = self._ways(sequence) if self._says(sequence) else ()
        return [(shown(way), self.breaks_in(whole)) for way, whole in ways if not self.is_within(whole)]

    def breaks_in(self, sequence: Sequence) -> list[str]:
        """Return the words that keep a phrase out of one clause: those that do so alone, or else all."""
        found = [" ".join(each) for each in sorted(self._breaks) if self._holds(sequence, each[-1])]
        alone = [
            each for each in found if not Crossing(self._slots, [each], map(" ".join, self._never)).is_within(sequence)
        ]
        return alone or found

    def _through(self, sequence: Sequence, states: _States) -> _States:
        """Return the states after a phrase, from some before it; none where no words get through."""
        for kind, value in sequence:
            if kind == "words":
                states = self._over(word_set(value), states)
            elif kind == "slot":
                states = _NOWHERE.union(*(self._over_slot(str(value), state) for state in states))
            elif kind == "gap":
                states |= _cleared(states)
            elif kind == "quantity":
                states = _cleared(states)
            else:
                ways = [self._through(branch, states) for branch in branches(kind, value)]
                states = _NOWHERE.union(*ways, states if kind == "maybe" else ())
            if not states:
                break
        return states

    def _over(self, words: frozenset[str], states: _States) -> _States:
        telling = words & self._words
        found: set[_State] = set(_cleared(states) if len(telling) < len(words) else ())
        for last, wanted in states if telling else ():
            for word in telling:
                found |= self._after(last, wanted, word)
        return frozenset(found)

    def _after(self, last: _Words, wanted: frozenset[_Words], word: str) -> _States:
        """Return the state after one more word, none where it begins another clause."""
        going_on = frozenset(way[1:] for way in wanted if way[0] == word)
        if wanted and not going_on:
            return _NOWHERE
        if () in going_on:
            going_on = frozenset()
        words = (*last, word)
        # The first word of a phrase begins no other clause, by itself or with those behind it.
        first = 2 if words[0] == _FIRST else 0
        if any(words[at:] in self._breaks for at in range(first, len(words))):
            kept = {rest for each in self._never for rest in _behind(each, words)}
            if not kept:
                return _NOWHERE
            going_on = frozenset() if () in kept else frozenset(kept)
        return frozenset({(words[-self._longest - 1 :], going_on)})

    def _over_slot(self, name: str, state: _State) -> _States:
        key = (name, state)
        known = self._known.get(key)
        if known is None:
            self._known[key] = _NOWHERE
            states = frozenset({state})
            slot = self._slots.get(name)
            known = _cleared(states) if slot is None else self._through_slot(name, slot, states)
            self._known[key] = known
        return known

    def _through_slot(self, name: str, slot: Slot, states: _States) -> _States:
        telling = self._telling.get(name)
        if telling is None:
            terms = [words for entries in slot.terms.values() for words, _ in entries]
            own = [as_sequence(words) for words in terms if not self._ends.isdisjoint(words)]
            telling = self._telling[name] = (*own, *slot.phrases), len(own) < len(terms)
        phrases, is_clear = telling
        found = _cleared(states) if is_clear else _NOWHERE
        return found.union(*(self._through(phrase, states) for phrase in phrases))

    def _ways(self, sequence: Sequence) -> Iterator[tuple[Sequence, Sequence]]:
        """Yield each way through a part of a phrase, and the phrase with that way alone."""
        for at, (kind, value) in enumerate(sequence):
            before, behind = sequence[:at], sequence[at + 1 :]
            if kind == "words" and len(word_set(value)) > 1:
                telling = word_set(value) & self._words
                others = word_set(value) - telling
                for some in (*(frozenset({word}) for word in sorted(telling)), others):
                    if some:
                        part = (Node("words", some),)
                        yield part, before + part + behind
            for way in branches(kind, value):
                whole = before + way + behind
                yield way, whole
                if self.is_within(whole):
                    yield from ((inner, before + part + behind) for inner, part in self._ways(way))

    def _tells(self, sequence: Sequence) -> bool:
        """Return whether a break may end in a phrase: nearly all have none."""
        for kind, value in sequence:
            if kind == "words":
                if not self._ends.isdisjoint(word_set(value)):
                    return True
            elif (kind == "slot" and self._slot_tells(str(value))) or any(map(self._tells, branches(kind, value))):
                return True
        return False

    def _says(self, sequence: Sequence) -> bool:
        """Return whether a break may end in the words of a phrase itself."""
        return any(
            not self._ends.isdisjoint(word_set(value))
            if kind == "words"
            else any(map(self._says, branches(kind, value)))
            for kind, value in sequence
        )

    def _slot_tells(self, name: str) -> bool:
        known = self._ending.get(name)
        if known is None:
            self._ending[name] = False
            slot = self._slots.get(name)
            known = self._ending[name] = slot is not None and (
                any(not self._ends.isdisjoint(words) for terms in slot.terms.values() for words, _ in terms)
                or any(map(self._tells, slot.phrases))
            )
        return known

    def _holds(self, sequence: Sequence, word: str) -> bool:
        """Return whether a word stands in a phrase, or in what stands for its slots."""
        for kind, value in sequence:
            if kind == "words" and word in word_set(value):
                return True
            slot = self._slots.get(str(value)) if kind == "slot" else None
            if any(self._holds(each, word) for each in (slot.phrases if slot else branches(kind, value))):
                return True
            if slot and any(word in words for terms in slot.terms.values() for words, _ in terms):
                return True
        return False


def _cleared(states: _States) -> _States:
    """Return the state after some words that are part of nothing; none where others are wanted."""
    return _CLEAR if any(not wanted for _, wanted in states) else _NOWHERE


def _behind(kept: _Words, words: _Words) -> Iterator[_Words]:
    """Yield what must stand behind some words for the last of them to be one of those `kept` together."""
    for number, word in enumerate(kept):
        if word == words[-1]:
            before = words[-number - 1 : -1] if number < len(words) else ("",)
            if before == kept[:number]:
                yield kept[number + 1 :]


def as_sequence(words: Iterable[str]) -> Sequence:
    """Return words, one after another, as a phrase."""
    return tuple(Node("words", frozenset({word})) for word in words)


def shown(sequence: Sequence) -> str:
    """Return a phrase as it might be written."""
    return " ".join(_shown(kind, value) for kind, value in sequence)


def _shown(kind: str, value: object) -> str:
    if kind == "words":
        words = sorted(word_set(value))
        return words[0] if len(words) == 1 else f"({'|'.join(words)})"
    if kind == "gap":
        return f"...{value}"
    if kind == "maybe":
        return f"({shown(branches(kind, value)[0])})?"
    return f"({'|'.join(map(shown, branches(kind, value)))})" if kind == "either" else f"{{{value}}}"
