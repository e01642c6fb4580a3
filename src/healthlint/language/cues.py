"""Cues: the words that show a speech act, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence as ListOf

from healthlint.language.reading import Words
from healthlint.patterns.matcher import Matcher, Phrase
from healthlint.patterns.nodes import Code
from healthlint.records import NamedTuple


class Cue(NamedTuple):
    """A cue as frames.yaml gives it: for which frame, where it counts, its phrase; `pseudo` only looks like one."""

    frame: str
    where: str
    """before | after | clause | sentence | start | heading | answers | rhetorical | denied | inside | not.

    Of testimonial also author | person | named | review.
    """
    phrase: Code


class Found(NamedTuple):
    """A cue in some words: its frame, where it counts, and words `first` to `last`, exclusive."""

    frame: str
    where: str
    first: int
    last: int


class CueFinder:
    """Finds the cues of a book."""

    def __init__(self, cues: ListOf[Cue], matcher: Matcher) -> None:
        """Take the cues, by number; none is compiled before it may stand somewhere."""
        self._list = cues
        self._matcher = matcher
        self._ready: dict[int, tuple[str, str, Phrase]] = {}
        self._of_voices: dict[str, tuple[int, ...]] = {}
        """A word to those of the cues that are looked for there which show a voice."""

    def found(self, unit: Words) -> ListOf[Found]:
        """Return the cues in a unit, left to right, without those that a pseudo-cue covers."""
        known: ListOf[Found] | None = unit.cues  # type: ignore[assignment]
        if known is None:
            known = unit.cues = self._found(unit)
        return known

    def voices(self, unit: Words) -> ListOf[Found]:
        """Return the cues in a unit, at least those that show a voice."""
        if unit.cues is not None:
            return unit.cues  # type: ignore[return-value]
        here = self._matcher.cues.keys() & unit.words
        return self._standing(unit, {number for word in here for number in self._voices_at(word)})

    def _voices_at(self, word: str) -> tuple[int, ...]:
        known = self._of_voices.get(word)
        if known is None:
            numbers = self._matcher.cues[word]
            known = self._of_voices[word] = tuple(n for n in numbers if self._list[n].frame == "testimonial")
        return known

    def _found(self, unit: Words) -> ListOf[Found]:
        by_word = self._matcher.cues
        here = by_word.keys() & unit.words
        return self._standing(unit, {number for word in here for number in by_word[word]})

    def _standing(self, unit: Words, numbers: Iterable[int]) -> ListOf[Found]:
        """Return those of some cues that stand in a unit, and that no pseudo-cue covers."""
        standing: list[tuple[int, int, Found]] = []
        for number in numbers:
            frame, where, phrase = self._cue(number)
            for first, last in phrase.places(unit):
                if where != "start" or first in (0, unit.lead):
                    standing.append((first, number, Found(frame, where, first, last)))
        if not standing:
            return ()
        standing.sort()
        found = [cue for _, _, cue in standing]
        pseudo = [cue for cue in found if cue.where == "not"]
        if not pseudo:
            return found
        return [
            cue
            for cue in found
            if cue.where == "author"
            or (
                cue.where != "not"
                and not any(p.frame == cue.frame and p.first < cue.last and cue.first < p.last for p in pseudo)
            )
        ]

    def _cue(self, number: int) -> tuple[str, str, Phrase]:
        """Return a cue's frame, where it counts, and its phrase."""
        known = self._ready.get(number)
        if known is None:
            frame, where, phrase = self._list[number]
            known = self._ready[number] = frame, where, self._matcher.phrase(phrase)
        return known
