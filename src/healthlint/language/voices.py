"""Whose voice a sentence is in: a customer's story goes on over the sentences of it that do not say "I"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from healthlint.language.reading import Reading, Words
from healthlint.language.signatures import EXPERT, LONGEST_LINE, NAME, SIGNED
from healthlint.records import NamedTuple
from healthlint.regexes import pattern

_SPEAKS = pattern(r"(?<![\w.])(?:i|my|me|mine|myself)(?![\w.])")
_TOLD = pattern(r"(?<!\w)(?:he|she|his|her|him|hers)(?!\w)")
_SOLD_TO = pattern(r"(?<!\w)(?:you|your|yours|yourself|we|our|ours|us)(?!\w)")
"""Words in a folded sentence that show the teller, the one told of, and a seller who speaks to a reader."""
_AGED = pattern(
    r"\b(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b|(?:Age|Aged|Day|Over|Page|Phase|Step|Under|Week)\b)"
    r"([A-Z][a-z]+)(?:\s[A-Z][\w.]*)?(?:,|\s(?:is|was))?\s"
    r"(?:\(?(?:aged?\s)?[2-9]\d\)?[,.)]|an?\s(?:\d{1,2}|[a-z]{3,9})[\s-]years?[\s-]old\b)"
)
"""A name with an age: "Joan Hill, 61,", "Rex, a 9-year-old"."""
_PLACED = pattern(
    r"\b([A-Z][a-z]+)(?:\s[A-Z]\.?)?,?\s(?:from|of)\s[A-Z][\w ]{2,20}?,?\s"
    r"(?:felt|feels|lost|said|says|told|wrote|writes|emailed|tried|suffered|struggled|noticed|swears|couldn['’]t)\b"
)
"""A name with a place, who tells or is told of: "Mary from Ohio felt"."""
_NAMED = pattern(r"\s+([A-Z][a-z]+)\b")
_OPENS, _CLOSES = "“\"‘'«", "”\"’'»"
_SPEECH = pattern(rf"\s*[{_OPENS}][^{_CLOSES}]*[{_CLOSES}]")
_STARS = "★⭐"
_RATED = pattern(r"[\s*_]*[★⭐][★⭐☆✩½\s]{2,}[\s*_“\"‘'«]*(?:[^\W\d_][\w'’-]*[\s,.!]*){3}")
"""A line that begins with three stars or more and goes on in words: a review without quotation marks."""
_NOTHING: frozenset[str] = frozenset()
_SHORTEST_QUOTE, _PER_AUTHOR = 3, 8
"""Words of a quotation that is speech; sentences with "I" for each of an author's."""


class Mark(NamedTuple):
    """A cue of somebody's voice in a sentence: what it shows, and where it ends (offset, exclusive)."""

    shows: str
    """first | author | person | named | review | heading."""
    end: int


class Voices:
    """Answers for one page which sentences belong to a customer's story."""

    def __init__(self, reading: Reading, marks: Callable[[Words], Iterator[Mark]]) -> None:
        """Read the voices of a page; `marks` finds the cues in a sentence."""
        self._reading = reading
        self._marks = marks
        self._known: dict[int, frozenset[str]] = {}
        self._stories: dict[tuple[int, int], bool] = {}
        self._in: dict[int, tuple[tuple[int, Mark], ...]] = {}
        self._silent = bytearray(len(reading.document.blocks))
        """1 for each block that is known to hold no mark: nearly all of a long page."""
        self._mostly: dict[int, bool] = {}
        self._named: dict[int, int] = {}
        self._below_list: dict[int, int] = {}

    def is_story(self, block: int, number: int) -> bool:
        """Return whether sentence `number` of a block is told by a customer, or tells of one."""
        key = (block, number)
        known = self._stories.get(key)
        if known is None:
            known = self._stories[key] = self._is_story(block, number)
        return known

    def _is_story(self, block: int, number: int) -> bool:
        sentence = self._reading.sentence(block, number)
        text = f" {sentence.joined()} "
        if self._is_quote(block) and self._speaks_near(block):
            return True
        if self._heads_quote(block) or self._is_rated(block):
            return True
        if self.told_names and self._is_told(block, number, text):
            return True
        if self._is_author:
            return False
        if any(mark.shows == "first" for mark in self._marks(sentence)):
            return True
        return not _SOLD_TO.search(text) and self._goes_on(block)

    def shown_in(self, block: int, number: int) -> frozenset[str]:
        """Return what the marks in a sentence show."""
        marks = self._numbered(block)
        first = bisect_left(marks, (number,))
        return frozenset(mark.shows for _, mark in marks[first : bisect_left(marks, (number + 1,), lo=first)])

    def customers(self) -> Iterator[tuple[int, int, int]]:
        """Yield block, start and end of a customer's words that are all there is in a block: a quotation, or a review."""
        blocks = self._reading.document.blocks
        for number in range(len(blocks)):
            if self._is_quote(number):
                end = self._end_of_speech(number)
                if end:
                    yield number, blocks[number].start, end
            elif self._is_rated(number) or (
                blocks[number].kind in ("paragraph", "list_item") and self._is_review(number)
            ):
                yield number, blocks[number].start, blocks[number].end

    def _end_of_speech(self, block: int) -> int:
        """Return where a customer's quotation ends that is all there is in its block but for a name, or 0."""
        here = self._reading.block(block)
        text = self._reading.text[here.start : here.end]
        marked = text.lstrip()[0] in _OPENS
        last = max(map(text.rfind, _CLOSES)) if marked else -1
        name = SIGNED.search(text) if last < 0 else NAME.fullmatch(text, last + 1)
        end = last + 1 if last > 0 else name.start() if name else len(text)
        if (name is None and marked) or len(text[:end].split()) < _SHORTEST_QUOTE:
            return 0
        signature = text[end:] + self._line_below(block)
        shown = {mark.shows for mark in self._marks_in(block)}
        if EXPERT.search(signature) or "author" in shown:
            return 0
        told = self._speaks_near(block) or any(map(str.isalpha, text[end:])) or self._is_marked(block)
        return here.start + len(text[:end].rstrip()) if told else 0

    def _line_below(self, block: int) -> str:
        """Return the text of the block below where it is no longer than a name."""
        if block + 1 >= len(self._reading.document.blocks):
            return ""
        below = self._reading.block(block + 1)
        return self._reading.text[below.start : below.end] if below.end - below.start <= LONGEST_LINE else ""

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

    def _is_marked(self, block: int) -> bool:
        """Return whether a line right over or under a block marks it as a review: stars, "verified buyer"."""
        around = (near for near in (block - 1, block + 1) if 0 <= near < len(self._reading.document.blocks))
        return any(self._is_line(near) and "review" in self._of(near) for near in around)

    def _is_rated(self, block: int) -> bool:
        """Return whether a block is a review by the stars that it begins with."""
        here = self._reading.block(block)
        return _RATED.match(self._reading.text, here.start, here.end) is not None

    def _is_line(self, block: int) -> bool:
        here = self._reading.block(block)
        return here.end - here.start <= LONGEST_LINE

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
        known = self._mostly.get(here.heading)
        if known is None:
            around = [number for number in self._under(here.heading) if self._reading.block(number).kind != "heading"]
            stories = sum("story" in self._of(number) for number in around)
            known = self._mostly[here.heading] = len(around) > 1 and 2 * stories > len(around)
        return known

    def _of(self, block: int) -> frozenset[str]:
        """Return what a block shows: "first" where it says "I" as a customer does, "story" where it mostly does, "review"."""
        known = self._known.get(block)
        if known is None:
            known = self._known[block] = frozenset(self._shown(block)) or _NOTHING
        return known

    def _shown(self, block: int) -> Iterator[str]:
        here = self._reading.block(block)
        marks = self._numbered(block)
        if any(self._reading.text.find(star, here.start, here.end) >= 0 for star in _STARS):
            yield "review"
        if any(mark.shows == "review" for _, mark in marks):
            yield "review"
        said = len({number for number, mark in marks if mark.shows == "first"})
        if said and not self._is_author:
            yield "first"
            if 3 * said >= len(self._reading.sentences(block)):
                yield "story"

    def _is_quote(self, block: int) -> bool:
        """Return whether a block is somebody's quoted speech from its first word on."""
        here = self._reading.block(block)
        if here.kind == "quote" or "quote" in here.inside:
            return True
        return _SPEECH.match(self._reading.text, here.start, here.end) is not None

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
        below = self._below_list.get(block)
        if below is None:
            below = block
            while below < len(blocks) and blocks[below].kind == "list_item":
                below += 1
            self._below_list.update(dict.fromkeys(range(block, below), below))
        return below < len(blocks) and self._is_quote(below) and self._says_first(below)

    def _says_first(self, block: int) -> bool:
        return any(mark.shows == "first" for mark in self._marks_in(block))

    def _under(self, heading: int) -> Sequence[int]:
        """Return the blocks that stand right under a heading, or before the first one."""
        return self._by_heading.get(heading, ())

    @cached_property
    def _by_heading(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for number, block in enumerate(self._reading.document.blocks):
            found.setdefault(block.heading, []).append(number)
        return found

    @cached_property
    def _is_author(self) -> bool:
        """Whether the page's “I” is one who treats, teaches or sells."""
        view = self._reading.view
        if not _SPEAKS.search(view):
            return False
        shown = [mark.shows for mark in self._all_marks()]
        return _PER_AUTHOR * shown.count("author") >= max(1, shown.count("first"))

    @cached_property
    def told_names(self) -> frozenset[str]:
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
        sentence = self._reading.sentence(block, number)
        if not self.told_names.isdisjoint(sentence.words[sentence.lead :]):
            return True
        if any(mark.shows == "person" for mark in self._marks(sentence)):
            return True
        if not _TOLD.search(text):
            return False
        heading = self._reading.block(block).heading
        if heading < 0:
            return any(self._introduces(near) for near in (block - 1, block) if near >= 0)
        first = self._named.get(heading)
        if first is None:
            found = (number for number in self._under(heading) if self._introduces(number))
            first = self._named[heading] = next(found, len(self._reading.document.blocks))
        return first <= block or self._names(heading)

    def _introduces(self, block: int) -> bool:
        """Return whether a block introduces somebody, or names one whom the page tells of."""
        return any(mark.shows == "person" for mark in self._marks_in(block)) or self._names(block)

    def _names(self, block: int) -> bool:
        return not self.told_names.isdisjoint(self._reading.block_words(block).split())

    def _all_marks(self) -> Iterator[Mark]:
        for block in range(len(self._reading.document.blocks)):
            yield from self._marks_in(block)

    def _marks_in(self, block: int) -> Iterator[Mark]:
        for _, mark in self._numbered(block):
            yield mark

    def _numbered(self, block: int) -> tuple[tuple[int, Mark], ...]:
        """Return the marks in a block, each with the number of its sentence."""
        known = () if self._silent[block] else self._in.get(block)
        if known is None:
            sentence = self._reading.sentence
            numbers = range(len(self._reading.sentences(block)))
            found = ((number, mark) for number in numbers for mark in self._marks(sentence(block, number)))
            known = tuple(found)
            if known:
                self._in[block] = known
            else:
                self._silent[block] = 1
        return known
