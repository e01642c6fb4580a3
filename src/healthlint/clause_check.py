"""Phrases and terms that no clause can hold, though they are looked for in clauses alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from healthlint.checks._builder import Builder
from healthlint.checks._conditions import CLAUSE, COUNTED
from healthlint.frames_file import WrittenCue
from healthlint.lexicon_file import Lexicon
from healthlint.patterns.crossing import Crossing, as_sequence
from healthlint.patterns.nodes import Sequence
from healthlint.patterns.phrase import slots_of
from healthlint.patterns.slots import Slot
from healthlint.patterns.word_data import is_plain
from healthlint.regexes import pattern

_REASON = "and one clause must hold all of it"
_AFTER = "after"
"""Where cues count for the words before them in their clause; of others the last word alone must be in it, or none."""
_SIGN = pattern(r"[;!\[\]—–]")
"""What ends a clause and may be written in a phrase, where it is no word."""


class ClauseCheck:
    """Finds what can never be found: its words lie on both sides of where a clause ends."""

    def __init__(self, slots: Mapping[str, Slot], crossing: Crossing, after_comma: Iterable[str]) -> None:
        """Take the words that begin a clause `after_comma`; `crossing` knows the others."""
        self._slots = slots
        self._crossing = crossing
        self._comma = re.compile(rf",\s*(?:{'|'.join(map(re.escape, after_comma)) or '$.'})\b")
        self._known: dict[tuple[Sequence, str], list[str]] = {}

    def faults(self, builder: Builder, lexicon: Lexicon, cues: Iterable[WrittenCue]) -> Iterator[str]:
        """Yield a fault for each phrase, term, and way through a phrase that is looked for in clauses and stands in none."""
        wider: set[str] = set()
        in_clauses: set[str] = set()
        for cue in cues:
            if cue.where == _AFTER:
                yield from (f"{cue.place}: phrase {cue.text!r}: {told}" for told in self._told(cue.phrase, cue.text))
            else:
                wider |= slots_of(cue.phrase)
        for use in builder.uses:
            sequence = builder.sequences[use.phrase]
            if use.unit == CLAUSE or (use.unit == COUNTED and not is_plain(sequence, self._slots)):
                in_clauses |= builder.slots[use.phrase]
                for told in self._told(sequence, use.text):
                    yield f"{use.place}: {told}"
            else:
                wider |= builder.slots[use.phrase]
        yield from self._of_slots(lexicon, self._reached(in_clauses, lexicon) - self._reached(wider, lexicon))

    def _told(self, sequence: Sequence, text: str) -> list[str]:
        key = (sequence, text)
        if key not in self._known:
            self._known[key] = list(self._faults_of(sequence, text))
        return self._known[key]

    def _faults_of(self, sequence: Sequence, text: str) -> Iterator[str]:
        if sign := _SIGN.search(text):
            yield f"'{sign[0]}' is no word and ends a clause, {_REASON}: leave it out"
        if comma := self._comma.search(text.lower()):
            yield f"'{comma[0]}' begins another clause, {_REASON}; without a comma it would not"
        if not self._crossing.is_within(sequence):
            yield f"{_named(self._crossing.breaks_in(sequence))}, {_REASON}"
            return
        by_break: dict[str, list[str]] = {}
        for way, breaks in self._crossing.parted(sequence):
            by_break.setdefault(_named(breaks), []).append(f"'{way}'")
        for reason, ways in by_break.items():
            yield f"{', '.join(ways)} in it never {'stands' if len(ways) == 1 else 'stand'}: {reason}, {_REASON}"

    def _reached(self, names: Iterable[str], lexicon: Lexicon) -> set[str]:
        """Return the slots whose terms are looked for where some slots are: those, and what they are made of."""
        found: set[str] = set()
        waiting = [*names]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += [inner for phrase in self._slots[name].phrases for inner in slots_of(phrase)]
                waiting += lexicon.drafts[name].includes
        return found

    def _of_slots(self, lexicon: Lexicon, names: set[str]) -> Iterator[str]:
        """Yield the faults of slots that are looked for in clauses alone."""
        for name, draft in lexicon.drafts.items():
            if name not in names:
                continue
            for term in draft.terms:
                told = dict.fromkeys(told for words in term.forms for told in self._told(as_sequence(words), ""))
                yield from (f"{term.place}: term '{term.written}': {each}" for each in told)
            for phrase, (place, text) in draft.phrases.items():
                yield from (f"{place}: phrase {text!r}: {each}" for each in self._told(phrase, text))


def _named(breaks: list[str]) -> str:
    names = [f"'{each}'" for each in breaks]
    return f"{' and '.join(names)} {'begins' if len(names) == 1 else 'begin'} another clause"
