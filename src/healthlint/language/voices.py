"""Whose voice a sentence is in: a customer's story goes on over the sentences of it that do not say "I"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

from healthlint.language.reading import Reading, Words
from healthlint.regexes import pattern

_SPEAKS = pattern(r"(?<![\w.])(?:i|my|me|mine|myself)(?![\w.])")
_TOLD = pattern(r"(?<!\w)(?:he|she|his|her|him|hers)(?!\w)")
_SOLD_TO = pattern(r"(?<!\w)(?:you|your|yours|yourself|we|our|ours|us)(?!\w)")
"""Words in a folded sentence that show the teller, the one told of, and a seller who speaks to a reader."""
_AGED = pattern(
    r"\b([A-Z][a-z]+)(?:\s[A-Z][\w.]*)?,?\s(?:\(?(?:aged?\s)?[2-9]\d\)?[,.)]|an?\s\d{1,2}[\s-]years?[\s-]old\b)"
)
"""A name with an age: "Joan Hill, 61,", "Rex, a 9-year-old"."""
_PLACED = pattern(
    r"\b([A-Z][a-z]+)(?:\s[A-Z]\.?)?,?\s(?:from|of)\s[A-Z][\w ]{2,20}?,?\s"
    r"(?:felt|feels|lost|said|says|told|wrote|writes|emailed|tried|suffered|struggled|noticed|swears|couldn['’]t)\b"
)
"""A name with a place, who tells or is told of: "Mary from Ohio felt"."""
_NAMED = pattern(r"\s+([A-Z][a-z]+)\b")
_OPENS, _CLOSES = "“\"‘'«", "”\"’'»"
_STARS = pattern("[★⭐]")
_RATED = pattern(r"[\s*_]*[★⭐][★⭐☆✩\s]{2,}(?:[^\W\d_][\w'’-]*[\s,.!]*){3}")
"""A line that begins with three stars or more and goes on in words: a review without quotation marks."""
_NAME = pattern(
    r"[\s*_]*(?:[—–~(-][\s—–-]*)?"
    r"(?:[A-Z](?:[^.!?\n]|\.(?=[\sA-Z,)]|$)){0,58}|[a-z]\w{0,12} (?:of|in|from) [^.!?\n]{1,40})?"
    r"[\s*_.)]*"
)
_SIGNED = pattern(r"\n?[\s*_]*[—–~-]{1,2}\s?\*?[A-Z][^!?\n]{0,58}$")
_EXPERT = pattern(
    r"\b(?:Dr|Prof|Professor|MD|M\.D|PhD|Ph\.D|RD|CEO|[Ff]ounder|[Dd]irector|[Pp]resident|[Ee]ditor|[Aa]uthor)\b"
)
"""What stands after a quotation: a name, with or without a dash; an expert, who is no customer."""
_SHORTEST_QUOTE = 3
_LONGEST_MARK = 60
"""Words of a quotation that is somebody's speech; characters of a line that is no more than the mark of a review."""


class Mark(NamedTuple):
    """A cue of somebody's voice in a sentence: what it shows, and where it ends (offset, exclusive)."""

    shows: str
    """first | author | person | review | heading."""
    end: int


class Voices:
    """Answers for one page which sentences belong to a customer's story."""

    def __init__(self, reading: Reading, marks: Callable[[Words], Iterator[Mark]]) -> None:
        """Read the voices of a page; `marks` finds the cues in a sentence."""
        self._reading = reading
        self._marks = marks
        self._known: dict[int, frozenset[str]] = {}

    def is_story(self, block: int, number: int) -> bool:
        """Return whether sentence `number` of a block is told by a customer, or tells of one."""
        sentence = self._reading.sentence(block, number)
        text = f" {sentence.joined()} "
        if self._is_quote(block) and self._speaks_near(block):
            return True
        if self._heads_quote(block) or self._is_rated(block):
            return True
        if self._told_names and self._is_told(block, number, text):
            return True
        if self._is_author:
            return False
        if any(mark.shows == "first" for mark in self._marks(sentence)):
            return True
        return not _SOLD_TO.search(text) and self._goes_on(block)

    def customers(self) -> Iterator[tuple[int, int]]:
        """Yield where a customer's words stand that are all there is in their block: a quotation, or a review."""
        blocks = self._reading.document.blocks
        for number in range(len(blocks)):
            if self._is_quote(number):
                end = self._end_of_speech(number)
                if end:
                    yield blocks[number].start, end
            elif self._is_rated(number) or (
                blocks[number].kind in ("paragraph", "list_item") and self._is_review(number)
            ):
                yield blocks[number].start, blocks[number].end

    def _end_of_speech(self, block: int) -> int:
        """Return where a customer's quotation ends that is all there is in its block but for a name, or 0."""
        here = self._reading.block(block)
        text = self._reading.text[here.start : here.end]
        marked = text.lstrip()[0] in _OPENS
        last = max(map(text.rfind, _CLOSES)) if marked else -1
        name = _SIGNED.search(text) if last < 0 else _NAME.fullmatch(text, last + 1)
        end = last + 1 if last > 0 else name.start() if name else len(text)
        if (name is None and marked) or len(text[:end].split()) < _SHORTEST_QUOTE:
            return 0
        signature = text[end:] + self._line_below(block)
        shown = {mark.shows for mark in self._marks_in(block)}
        if _EXPERT.search(signature) or "author" in shown:
            return 0
        told = self._speaks_near(block) or any(map(str.isalpha, text[end:]))
        return here.start + len(text[:end].rstrip()) if told else 0

    def _line_below(self, block: int) -> str:
        """Return the text of the block below where it is no longer than a name."""
        if block + 1 >= len(self._reading.document.blocks):
            return ""
        below = self._reading.block(block + 1)
        return self._reading.text[below.start : below.end] if below.end - below.start <= _LONGEST_MARK else ""

    def _is_review(self, block: int) -> bool:
        """Return whether a block says "I" as a customer does, and stands under a heading or beside a mark of reviews."""
        if self._is_author or "story" not in self._of(block):
            return False
        heading = self._reading.block(block).heading
        if heading >= 0 and any(mark.shows == "heading" for mark in self._marks_in(heading)):
            return True
        last = len(self._reading.document.blocks) - 1
        around = (number for number in range(max(block - 2, 0), min(block + 2, last) + 1))
        return any("review" in self._of(near) for near in around if near == block or self._is_line(near))

    def _is_rated(self, block: int) -> bool:
        """Return whether a block is a review by the stars that it begins with."""
        here = self._reading.block(block)
        return _RATED.match(self._reading.text, here.start, here.end) is not None

    def _is_line(self, block: int) -> bool:
        here = self._reading.block(block)
        return here.end - here.start <= _LONGEST_MARK

    def _goes_on(self, block: int) -> bool:
        """Return whether the sentences of a block that do not say "I" belong to a story all the same."""
        if "story" in self._of(block):
            return True
        here = self._reading.block(block)
        if here.kind == "heading":
            told = "story" if self._is_quote(block) else "review"
            return any(told in self._of(below) for below in self._under(block))
        if here.heading >= 0 and "first" in self._of(here.heading):
            return True
        around = [number for number in self._under(here.heading) if self._reading.block(number).kind != "heading"]
        return len(around) > 1 and 2 * sum("story" in self._of(number) for number in around) > len(around)

    def _of(self, block: int) -> frozenset[str]:
        """Return what a block shows: "first" where it says "I" as a customer does, "story" where it mostly does, "review"."""
        known = self._known.get(block)
        if known is None:
            known = self._known[block] = frozenset(self._shown(block))
        return known

    def _shown(self, block: int) -> Iterator[str]:
        here = self._reading.block(block)
        if _STARS.search(self._reading.text, here.start, here.end):
            yield "review"
        sentences = self._reading.sentences(block)
        said = 0
        for number in range(len(sentences)):
            shows = {mark.shows for mark in self._marks(self._reading.sentence(block, number))}
            said += "first" in shows
            if "review" in shows:
                yield "review"
        if said and not self._is_author:
            yield "first"
            if 3 * said >= len(sentences):
                yield "story"

    def _is_quote(self, block: int) -> bool:
        """Return whether a block is somebody's quoted speech from its first word on."""
        here = self._reading.block(block)
        if here.kind == "quote" or "quote" in here.inside:
            return True
        text = self._reading.text[here.start : here.end].strip()
        return bool(text) and text[0] in _OPENS and any(sign in text[1:] for sign in _CLOSES)

    def _speaks_near(self, block: int) -> bool:
        """Return whether a quotation, or the one right before or after it, says "I" as a customer does."""
        number_of_blocks = len(self._reading.document.blocks)
        for near in (block, block - 1, block + 1, block - 2, block + 2):
            if 0 <= near < number_of_blocks and self._is_quote(near) and self._says_first(near):
                return True
        return False

    def _heads_quote(self, block: int) -> bool:
        """Return whether an item belongs to a list that stands right over a customer's quotation, as its gist."""
        blocks = self._reading.document.blocks
        if blocks[block].kind != "list_item":
            return False
        below = next((number for number in range(block, len(blocks)) if blocks[number].kind != "list_item"), block)
        return below != block and self._is_quote(below) and self._says_first(below)

    def _says_first(self, block: int) -> bool:
        return any(mark.shows == "first" for mark in self._marks_in(block))

    def _under(self, heading: int) -> Iterator[int]:
        """Yield the blocks that stand right under a heading, or before the first one."""
        for number, block in enumerate(self._reading.document.blocks):
            if block.heading == heading:
                yield number

    @cached_property
    def _is_author(self) -> bool:
        """Whether the page's “I” is one who treats, teaches or sells."""
        view = self._reading.view
        if not _SPEAKS.search(view):
            return False
        return any(mark.shows == "author" for mark in self._all_marks())

    @cached_property
    def _told_names(self) -> frozenset[str]:
        """The names of those the page tells of, folded, and "" where one goes without a name."""
        text = self._reading.text
        names = {found[1].lower() for found in (*_AGED.finditer(text), *_PLACED.finditer(text))}
        for mark in self._all_marks() if _TOLD.search(self._reading.view) else ():
            if mark.shows == "person":
                named = _NAMED.match(self._reading.text, mark.end)
                names.add(named[1].lower() if named else "")
        return frozenset(names)

    def _is_told(self, block: int, number: int, text: str) -> bool:
        """Return whether a sentence tells of somebody whom it introduces or the page did: by name, or "she" near the name."""
        names = self._told_names - {""}
        if any(f" {name} " in text for name in names):
            return True
        if any(mark.shows == "person" for mark in self._marks(self._reading.sentence(block, number))):
            return True
        if not _TOLD.search(text):
            return False
        heading = self._reading.block(block).heading
        before = [number for number in self._under(heading) if number <= block] if heading >= 0 else [block - 1, block]
        if any(mark.shows == "person" for number in before if number >= 0 for mark in self._marks_in(number)):
            return True
        words = "".join(self._reading.block_words(number) for number in (*before, heading) if number >= 0)
        return any(f" {name} " in words for name in names)

    def _all_marks(self) -> Iterator[Mark]:
        for block in range(len(self._reading.document.blocks)):
            yield from self._marks_in(block)

    def _marks_in(self, block: int) -> Iterator[Mark]:
        for number in range(len(self._reading.sentences(block))):
            yield from self._marks(self._reading.sentence(block, number))
