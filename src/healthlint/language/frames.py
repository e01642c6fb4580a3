"""The speech act of the words found: which of the twelve frames their clause is, from cues as in NegEx and ConText.

Chapman et al., J. Biomed. Inform. 34 (2001) 301-310 (NegEx); Harkema et al., J. Biomed. Inform. 42 (2009) 839-851 (ConText).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from collections.abc import Sequence as ListOf

from healthlint.language.cues import Cue, CueFinder, Found
from healthlint.language.reach import begun_anew, in_turn, left_behind, own_statement
from healthlint.language.reading import Reading, Words
from healthlint.language.tales import Tales, in_portions
from healthlint.language.voices import Mark, Voices
from healthlint.patterns.matcher import Matcher
from healthlint.regexes import pattern

_QUOTED = pattern(
    r"“[^“”]{2,1600}”|\"[^\"]{2,1600}\"|(?<!\w)‘[^‘’\n]{2,400}’(?!\w)|(?<!\w)'[^'\n]{2,300}'(?!\w)|«[^«»]{2,400}»"
)
_SIGNED = pattern(
    r"(?:^|[\s”\"’'.!])[—–~-]{1,2}\s?[A-Z][\w.]*(?:[\s,].{0,60})?$|★|⭐|[—–-]\s?[A-Z]\.\s?[A-Z]?\.?", re.MULTILINE
)
_QUESTION = pattern(r"\?[\"'”’)\]*_]*\s*$")
_ASKED_AFTER = pattern(r"[\s,;:–—-]*(?:(?:so|but|then|and)\s+)?(?:why|what|how|who|right)\b[^,;]{0,60}$", re.IGNORECASE)
"""A short question hung on a statement: "It can't hurt, so why wait?"."""
_ASKING = frozenset(
    "is are am was were do does did can could will would should shall has have had may might must why how what "
    "which who whose when where isn aren don doesn didn won".split()
)
"""Words that a clause which asks begins with."""
_SHOWS = {"sentence": "first"}
_TOLD = frozenset({"report"})
_OF_OTHERS = frozenset(("report", "regulate", "define", "instruct"))
"""What a cue no longer gives to what a seller begins to say of his own."""
_FAR = 300
"""How many words away a cue counts: what has no end marks at all, such as the record of a talk, is one sentence."""
_AT_ONCE = frozenset({"instruct", "define"})
"""Frames of a clause that a story does not change."""


class FrameFinder:
    """Answers which frame a stretch of a page is in."""

    def __init__(self, cues: ListOf[Cue], reach: int, matcher: Matcher) -> None:
        """Take the cues, by number; a negation reaches over `reach` words at most."""
        self._reach = reach
        finder = CueFinder(cues, matcher)
        self._cues, self._marking = finder.found, finder.voices
        self._reading: Reading | None = None
        self._voices: Voices | None = None
        self._quotations: dict[int, list[tuple[int, int]]] = {}
        self._signed: dict[int, bool] = {}
        self._stories: ListOf[tuple[int, int]] | None = None

    def frame(self, reading: Reading, start: int, end: int, *, informs: bool = True) -> str:
        """Return the frame of characters `start` to `end` of the page's prose; they stand in one block.

        Only on a page that `informs` are words in quotation marks another's whatever the sentence says, and does a heading
        that speaks of myths make what stands below it a report: a seller sells on.
        """
        if any(first <= start and end <= last for first, last in reading.document.struck):
            return "quote"
        voices = self._voices_of(reading)
        block = reading.block_at(start)
        number = reading.sentence_number(block, start)
        sentence = reading.sentence(block, number)
        first, last = sentence.index(start), sentence.index(end - 1) + 1
        cues = [
            cue
            for cue in _round(self._cues(sentence), first, last)
            if cue.frame == "testimonial" or (first <= cue.first and cue.last <= last) == (cue.where == "inside")
        ]
        clause = reading.clause_at(start)
        own = 0 if informs else own_statement(sentence, clause, first)
        cues = [cue for cue in cues if cue.last > own or cue.frame not in _OF_OTHERS] if own else cues
        shown = {(cue.frame, cue.where) for cue in cues}
        headed = self._headings(reading, block) - (frozenset() if informs else _TOLD)
        if ("disclaimer", "sentence") in shown:
            return "disclaimer"
        if quoted := self._quoted(reading, block, start, end, shown, headed):
            return quoted
        if informs and self._closes(reading, block, start, end) and not voices.is_story(block, number):
            return "quote"
        if ("regulate", "sentence") in shown:
            return "regulate"
        if ("report", "sentence") in shown or "report" in headed:
            return "report"
        if self._is_negated(cues, sentence, clause, first, last):
            return "negate"
        if asked := self._asked(reading, block, number, cues, first, clause, sentence, informs=informs):
            return asked
        near = {
            cue.frame
            for cue in cues
            if cue.where == "start" or (cue.where == "clause" and _same_clause(cue, sentence, clause))
        }
        if near & _AT_ONCE:
            return "instruct" if "instruct" in near else "define"
        if "testimonial" in headed or voices.is_story(block, number):
            return "testimonial"
        if ("attribute", "sentence") in shown:
            return "attribute"
        return "hedge" if "hedge" in near else "assert"

    def customers(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """Yield where a customer's words stand that are all there is in their block, a few sentences at a time."""
        for block, start, end in self._voices_of(reading).customers():
            yield from in_portions(reading, block, start, end)

    def stories(self, reading: Reading) -> ListOf[tuple[int, int]]:
        """Return where sentences stand that tell of a customer, of himself or of another."""
        voices = self._voices_of(reading)
        if self._stories is None:
            self._stories = tuple(Tales(reading, voices).sentences())
        return self._stories

    def _voices_of(self, reading: Reading) -> Voices:
        if reading is not self._reading or self._voices is None:
            self._reading = reading
            self._quotations, self._signed, self._stories = {}, {}, None
            self._voices = Voices(reading, self._marks)
        return self._voices

    def _marks(self, unit: Words) -> Iterator[Mark]:
        """Yield what shows whose voice a sentence is in."""
        for cue in self._marking(unit):
            if cue.frame == "testimonial" and cue.first >= unit.lead:
                yield Mark(_SHOWS.get(cue.where, cue.where), unit.ends[cue.last - 1])

    def _headings(self, reading: Reading, block: int) -> frozenset[str]:
        """Return the frames that the headings over a block, and the page's first heading, give it."""
        over, seen = reading.block(block).heading, set()
        frames: set[str] = set()
        while over >= 0 and over not in seen:
            seen.add(over)
            frames.update(cue.frame for cue in self._cues(reading.whole_block(over)) if cue.where == "heading")
            over = reading.block(over).heading
        return frozenset(frames)

    def _is_negated(self, cues: ListOf[Found], sentence: Words, clause: Words, first: int, last: int) -> bool:
        for cue in cues:
            if cue.frame != "negate" or not _same_clause(cue, sentence, clause):
                continue
            reaches = cue.where == "before" and cue.last <= first <= cue.last + self._reach
            if reaches and not any(over(cue, sentence, first) for over in (in_turn, left_behind, begun_anew)):
                return True
            if cue.where == "inside":
                return True
            if cue.where == "after" and last <= cue.first and cue.first - last <= self._reach:
                return True
        return False

    def _asked(
        self,
        reading: Reading,
        block: int,
        number: int,
        cues: ListOf[Found],
        first: int,
        clause: Words,
        sentence: Words,
        *,
        informs: bool,
    ) -> str:
        """Return "question" for words that are asked, "hedge" for ones that are as good as said, or "".

        These are answered with yes in the next sentence, or put so as to sell ("What if there was …?", "Want to …?").
        """
        if any(
            cue.frame == "question"
            and cue.where == "before"
            and cue.last <= first
            and _same_clause(cue, sentence, clause)
            for cue in cues
        ):
            return "question"
        start, end = reading.sentences(block)[number]
        if not is_question(reading.text, start, end):
            return ""
        if clause.words[clause.lead] not in _ASKING and _ASKED_AFTER.match(reading.text, clause.end, end):
            return ""
        if not informs and clause.words[clause.lead] == "if" and "," in reading.text[sentence.starts[first] : end]:
            return "hedge"
        if not informs and any(cue.where == "rhetorical" and cue.first == sentence.lead for cue in cues):
            return "hedge"
        after = _following(reading, block, number)
        if after is None:
            return "question"
        answered = any(cue.where == "answers" and cue.first == after.lead for cue in self._cues(after))
        return "hedge" if answered else "question"

    def _quoted(
        self, reading: Reading, block: int, start: int, end: int, shown: set[tuple[str, str]], headed: frozenset[str]
    ) -> str:
        """Return "quote" or "testimonial" where the words stand in somebody's quoted speech; the marks alone decide nothing."""
        here = reading.block(block)
        inside = (closes := self._closes(reading, block, start, end)) > 0
        signed = "quote" in here.inside or here.kind == "quote" or inside
        if inside and ({("report", "sentence"), ("quote", "sentence")} & shown or "report" in headed):
            return "quote"
        if inside and self._denied(reading, block, reading.sentence_number(block, closes - 1)):
            return "quote"
        return "testimonial" if signed and self._is_signed(reading, block) else ""

    def _closes(self, reading: Reading, block: int, start: int, end: int) -> int:
        """Return where the quotation round characters `start` to `end` of a block closes; 0 where there is none."""
        quotations = self._quotations.get(block)
        if quotations is None:
            here = reading.block(block)
            quotations = [quoted.span() for quoted in _QUOTED.finditer(reading.text, here.start, here.end)]
            self._quotations[block] = quotations
        before = bisect_left(quotations, (start, 0)) - 1
        return quotations[before][1] if before >= 0 and end < quotations[before][1] else 0

    def _is_signed(self, reading: Reading, block: int) -> bool:
        """Return whether a block ends in the name of who said it, or the next one is nothing but that."""
        if block not in self._signed:
            by_name = _SIGNED.search(reading.text, reading.block(block).start, reading.block(block).end)
            self._signed[block] = bool(by_name) or self._signed_below(reading, block)
        return self._signed[block]

    def _denied(self, reading: Reading, block: int, number: int) -> bool:
        """Return whether the sentence after a quotation denies it: "Not so.", "It did not.", "There is no evidence"."""
        after = _following(reading, block, number)
        return after is not None and any(
            cue.frame == "quote" and cue.where == "denied" and cue.first == after.lead for cue in self._cues(after)
        )

    def _signed_below(self, reading: Reading, block: int) -> bool:
        """Return whether the block after a quotation is nothing but the name of who said it."""
        if block + 1 >= len(reading.document.blocks):
            return False
        after = reading.block(block + 1)
        return after.end - after.start <= 80 and bool(re.match(r"\s*[—–~-]", reading.text[after.start : after.end]))


def is_question(text: str, start: int, end: int) -> bool:
    """Return whether the sentence `text[start:end]` ends as a question does."""
    return _QUESTION.search(text, max(start, end - 12), end) is not None


def _same_clause(cue: Found, sentence: Words, clause: Words) -> bool:
    """Return whether a cue of the sentence ends in the clause or stands in the lead-in that the clause shares."""
    if cue.first < sentence.lead:
        return clause.lead > 0 or clause.start <= sentence.start
    start = sentence.starts[cue.last - 1]
    return clause.start <= start < clause.end


def _following(reading: Reading, block: int, number: int) -> Words | None:
    """Return the sentence after sentence `number` of a block, in it or at the start of the next, or None."""
    if number + 1 < len(reading.sentences(block)):
        return reading.sentence(block, number + 1)
    if block + 1 < len(reading.document.blocks):
        return reading.sentence(block + 1, 0)
    return None


def _round(cues: ListOf[Found], first: int, last: int) -> ListOf[Found]:
    """Return those of a sentence's cues, which are in order, that begin near words `first` to `last`."""
    if len(cues) < _FAR:
        return cues
    return cues[bisect_left(cues, first - _FAR, key=_begin) : bisect_left(cues, last + _FAR, key=_begin)]


def _begin(cue: Found) -> int:
    return cue.first
