"""The sentences of customers' stories: what one says of himself, and what is told of somebody who was named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from healthlint.language.reading import Reading
from healthlint.language.signatures import EXPERT, is_name
from healthlint.language.voices import Voices
from healthlint.regexes import pattern

_OF_ANOTHER = frozenset({"he", "she", "his", "her", "him", "hers", "himself", "herself"})
_ALONE, _OURS = frozenset({"i", "my", "me"}), frozenset({"we", "our", "us"})
_OWN = _OF_ANOTHER | _ALONE | _OURS | {"mine", "myself"}
_READER = frozenset({"you", "your", "yours", "yourself"})
_SELLER = _READER | _OURS | {"ours"}
"""Folded words: of one told of, of one who tells alone or with others, of either, of the reader, of seller or reader."""
_ENDED = r"(?!(?:aged|feed|indeed|need|seed|speed|weed)(?!\w))\w{2,}ed"
"""A verb in the past, by its end."""
_PAST = pattern(r"(?<!\w)(?:was|were|had|went|came|got|felt|began|did|didn|could|couldn|" + _ENDED + r")(?!\w)")
_TURNED = pattern(
    r"(?<!\w)(?:was|were|had|has|have|ve|went|came|got|felt|began|did|didn|could|couldn|gave|took|made|saw|knew|thought|told|"
    r"said|found|left|kept|lost|woke|slept|ran|sat|stood|bought|brought|put|let|read|heard|wore|ate|drank|spent|became|"
    r"now|no|not|never|don|doesn|can|again|today|anymore|still|since|finally|love|loves|feel|feels|sleep|sleeps|"
    r"recommend|recommends|" + _ENDED + r")(?!\w)"
)
"""Words of what has happened, and of how it is now."""
_TREATED = pattern(
    r" the (?:patient|client) (?:first |initially |also |then )?(?:arrived|attended|came|complained|contacted|described|felt|had|"
    r"presented|reported|returned|said|suffered|visited|was|\w{3,}ed) "
)
_ASKS = pattern(
    r" (?:book|buy|call|check|claim|click|contact|discover|download|find|get|join|learn|order|pre|read|schedule|see|"
    r"ships|shop|sign|start|subscribe|tap|try|use|visit|watch) "
)
"""How a sentence begins that sends the reader somewhere."""
_SPOKEN = frozenset({"paragraph", "quote"})
_FEWEST_WORDS, _PORTION = 4, 3
"""Words of a sentence that tells something; sentences of a quotation that are told of at once."""


def in_portions(reading: Reading, block: int, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where characters `start` to `end` of a block stand, a few sentences at a time."""
    number = reading.sentence_number(block, start)
    inside = [first for first, _ in reading.sentences(block)[number + 1 : reading.sentence_number(block, end - 1) + 1]]
    for first, last in pairwise((start, *inside[_PORTION - 1 :: _PORTION], end)):
        said = reading.text[first:last]
        yield last - len(said.lstrip()), first + len(said.rstrip())


class Tales:
    """Finds the sentences of the customers' stories on a page."""

    def __init__(self, reading: Reading, voices: Voices) -> None:
        """Take a page and what is known of its voices."""
        self._reading, self._voices = reading, voices

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Yield where sentences stand that tell of a customer; those that speak to the reader are none."""
        reading = self._reading
        known, told = False, False
        for number, block in enumerate(reading.document.blocks):
            if is_name(reading.text[block.start : block.end]):
                continue
            expert = EXPERT.search(reading.text, block.start, block.end)
            from_there, ours = expert.start() if expert else block.end, False
            for index, (start, end) in enumerate(reading.sentences(number)):
                said = _Said(reading, number, index, by_customer=end <= from_there)
                if said.by_customer and self._introduces(number, index, said):
                    known = told = True
                elif known and said.by_customer and said.has(_OF_ANOTHER):
                    told = True
                elif self._keeps(number, index, said):
                    told = ours = True
                elif ours and told and said.has(_OURS) and said.tells(_PAST):
                    pass
                elif self._voices.is_story(number, index):
                    told = said.has(_OWN) and said.tells(_TURNED)
                else:
                    told = known and told and said.by_customer and block.kind in _SPOKEN and _follows(said)
                if told and _says_something(said) and not reading.text.startswith("?", end - 1):
                    yield end - len(reading.text[start:end].lstrip()), end

    def _keeps(self, block: int, number: int, said: _Said) -> bool:
        """Return whether a sentence tells of an animal or a child of those who speak: "our old dog"."""
        return said.has(_OURS) and not said.has(_ALONE) and "first" in self._voices.shown_in(block, number)

    def _introduces(self, block: int, number: int, said: _Said) -> bool:
        """Return whether a sentence names somebody, or tells of one by what he is."""
        shown = self._voices.shown_in(block, number)
        if "named" in shown or said.has(self._voices.told_names):
            return True
        return ("person" in shown and said.tells(_PAST)) or said.tells(_TREATED)


class _Said:
    """What a sentence says: its words, folded, and whether no expert was named in its block so far."""

    __slots__ = ("by_customer", "text", "words")

    def __init__(self, reading: Reading, block: int, number: int, *, by_customer: bool) -> None:
        sentence = reading.sentence(block, number)
        self.words = sentence.words[sentence.lead :] if sentence.lead else sentence.words
        self.text = f" {sentence.joined()} "
        self.by_customer = by_customer

    def has(self, words: frozenset[str]) -> bool:
        """Return whether it has one of some words."""
        return not words.isdisjoint(self.words)

    def tells(self, what: re.Pattern[str]) -> bool:
        """Return whether a pattern is found in it."""
        return what.search(self.text) is not None


def _follows(said: _Said) -> bool:
    """Return whether a sentence that names nobody may belong to a tale: it is of the past, and not of seller and reader."""
    return not said.has(_SELLER) and said.tells(_PAST)


def _says_something(said: _Said) -> bool:
    """Return whether a sentence is long enough to tell of an effect, and neither speaks to the reader nor sends him on."""
    return len(said.words) >= _FEWEST_WORDS and not said.has(_READER) and not _ASKS.match(said.text)
