"""The sentences of customers' stories: what one says of himself, and what is told of somebody who was named."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from healthlint.language.reading import Reading
from healthlint.language.signatures import EXPERT, is_name
from healthlint.language.voices import Voices
from healthlint.regexes import pattern

_OWN = pattern(r"(?<![\w.])(?:i|my|me|mine|myself|we|our|us|he|she|his|her|him|hers|himself|herself)(?![\w.])")
_OURS, _ALONE = pattern(r"(?<!\w)(?:we|our|us)(?!\w)"), pattern(r"(?<![\w.])(?:i|my|me)(?![\w.])")
_OF_ANOTHER = pattern(r"(?<!\w)(?:he|she|his|her|him|hers|himself|herself)(?!\w)")
_READER = pattern(r"(?<!\w)(?:you|your|yours|yourself)(?!\w)")
_SELLER = pattern(r"(?<!\w)(?:you|your|yours|yourself|we|our|ours|us)(?!\w)")
"""Words in a folded sentence: of one who tells or is told of, of one told of alone, of the reader, of seller or reader."""
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
            expert = ours = False
            for index, (start, end) in enumerate(reading.sentences(number)):
                text = f" {reading.sentence(number, index).joined()} "
                expert = expert or EXPERT.search(reading.text, start, end) is not None
                if not expert and self._introduces(number, index, text):
                    known = told = True
                elif known and not expert and _OF_ANOTHER.search(text):
                    told = True
                elif self._keeps(number, index, text):
                    told = ours = True
                elif ours and told and _OURS.search(text) and _PAST.search(text):
                    pass
                elif self._voices.is_story(number, index):
                    told = _OWN.search(text) is not None and _TURNED.search(text) is not None
                else:
                    told = known and told and not expert and block.kind in _SPOKEN and self._follows(text)
                if told and self._says_something(text) and not reading.text.startswith("?", end - 1):
                    yield end - len(reading.text[start:end].lstrip()), end

    @staticmethod
    def _follows(text: str) -> bool:
        """Return whether a sentence that names nobody may belong to a tale: it is of the past, and not of seller and reader."""
        return _PAST.search(text) is not None and _SELLER.search(text) is None

    @staticmethod
    def _says_something(text: str) -> bool:
        """Return whether a sentence is long enough to tell of an effect, and neither speaks to the reader nor sends him on."""
        return text.count(" ") > _FEWEST_WORDS and not _READER.search(text) and not _ASKS.match(text)

    def _keeps(self, block: int, number: int, text: str) -> bool:
        """Return whether a sentence tells of an animal or a child of those who speak: "our old dog"."""
        if "first" not in self._voices.shown_in(block, number) or _ALONE.search(text):
            return False
        return _OURS.search(text) is not None

    def _introduces(self, block: int, number: int, text: str) -> bool:
        """Return whether a sentence names somebody, or tells of one by what he is."""
        shown = self._voices.shown_in(block, number)
        if "named" in shown or not self._voices.told_names.isdisjoint(text.split()):
            return True
        return ("person" in shown and _PAST.search(text) is not None) or _TREATED.search(text) is not None
