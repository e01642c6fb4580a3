"""A page under check: its reading, where the phrases stand, who speaks, and what other rules found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from healthlint.checks._conditions import Conditions
from healthlint.checks._match import LONGEST_MATCH, Match, as_match
from healthlint.document import Document, Link
from healthlint.language.frames import FrameFinder
from healthlint.language.reading import Reading, Words
from healthlint.patterns.matcher import Phrase


class Standing(Protocol):
    """Where phrases may stand on a page."""

    def sentences(self, phrase: int) -> Sequence[Words]:
        """Return the sentences in which a scanned phrase may stand, in order."""


class Page:
    """What the checks see. Everything is worked out when first asked for."""

    def __init__(
        self,
        reading: Reading,
        frames: FrameFinder,
        phrase: Callable[[int], Phrase],
        hits: Standing,
        affiliate: Callable[[Link], str],
        trusted: Callable[[Link], bool],
        packs: Sequence[str] = (),
        evasions: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Take the `reading`, and where the phrases may stand (`hits`)."""
        self.evasions = evasions
        self.informs = True
        """False once the page is known to sell."""
        self.reading = reading
        self.document: Document = reading.document
        self.frames = frames
        self._phrase = phrase
        self._hits = hits
        self.affiliate, self.trusted, self.packs = affiliate, trusted, packs
        self._matches: dict[int, tuple[Match, ...]] = {}
        self._frame_memo: dict[tuple[int, int], str] = {}
        self._column_heads: dict[int, list[int]] | None = None
        self.found: dict[str, list[Match]] = {}
        """What other rules found, by rule id; filled as phases end."""
        self.severities: dict[tuple[str, int, int], str] = {}
        """The severity each of these findings came to."""
        self.categories: dict[str, str] = {}
        """Category by rule id."""

    def frame(self, start: int, end: int) -> str:
        """Return the frame of a stretch of the prose."""
        key = (start, end)
        known = self._frame_memo.get(key)
        if known is None:
            known = self._frame_memo[key] = self.frames.frame(self.reading, start, end, informs=self.informs)
        return known

    def matches(self, number: int) -> tuple[Match, ...]:
        """Return every place a scanned phrase stands, in order of the prose."""
        known = self._matches.get(number)
        if known is None:
            found: dict[tuple[int, int], Match] = {}
            for unit in self.clauses(number):
                for match in self.search(number, unit):
                    found.setdefault((match.start, match.end), match)
            known = self._matches[number] = tuple(sorted(found.values()))
        return known

    def count(self, number: int, most: int = 1_000_000) -> int:
        """Return in how many places a scanned phrase stands, or `most`; a plain one is not looked at closely."""
        plain = self._phrase(number).plain
        if plain is None:
            return len(self.matches(number))
        count = 0
        for sentence in self._hits.sentences(number):
            count += plain(sentence.words[sentence.lead :] if sentence.lead else sentence.words)
            if count >= most:
                break
        return count

    def may_stand(self, number: int) -> bool:
        """Return whether a scanned phrase may stand anywhere on the page."""
        return bool(self._hits.sentences(number))

    def clauses(self, number: int) -> Iterator[Words]:
        """Yield the clauses in which a scanned phrase may stand, each once."""
        begins = self._phrase(number).begins
        for sentence in self._hits.sentences(number):
            clauses = self.reading.clauses(sentence)
            if len(clauses) == 1 or begins is None:
                yield from clauses
            else:
                for clause in clauses:
                    if not begins.isdisjoint(clause.words):
                        yield clause

    def sentences(self, number: int) -> Iterator[Words]:
        """Yield the sentences in which a scanned phrase stands, each once."""
        for sentence in self._hits.sentences(number):
            if self.stands(number, sentence):
                yield sentence

    def rarest(self, numbers: Sequence[int]) -> int:
        """Return the index, in `numbers`, of the phrase with the fewest places it may stand in."""
        return min(range(len(numbers)), key=lambda index: len(self._hits.sentences(numbers[index])))

    def search(self, number: int, unit: Words) -> Iterator[Match]:
        """Yield the places a phrase stands in a unit, at least one word of each in the unit's own words."""
        phrase = self._phrase(number)
        if phrase.needs & unit.mask != phrase.needs:
            return
        lead = unit.lead
        for hit in phrase.search(unit):
            if hit.last > lead and (
                hit.first < lead or unit.ends[hit.last - 1] - unit.starts[hit.first] <= LONGEST_MATCH
            ):
                yield as_match(hit, unit)

    def stands(self, number: int, unit: Words) -> bool:
        """Return whether a phrase stands in a unit, its lead-in included."""
        return bool(self._phrase(number).search(unit))

    def allows(self, conditions: Conditions, match: Match) -> bool:
        """Return whether a match meets its conditions."""
        if conditions == NONE:
            return True
        return (
            self._in_place(conditions, match)
            and not self._excepted(conditions, match)
            and all(self._scope_holds(scope, phrases, match, negated=False) for scope, phrases in conditions.with_)
            and not any(self._scope_holds(scope, phrases, match, negated=True) for scope, phrases in conditions.unless)
        )

    def places(self, match: Match) -> set[str]:
        """Return the kinds of block and stretch that a match stands in."""
        number = self.reading.block_at(match.start)
        if number < 0:
            return set()
        block = self.reading.block(number)
        kinds = {block.kind, *block.inside}
        if any(link.start <= match.start and match.end <= link.end for link in self.document.links if not link.image):
            kinds.add("link_text")
        if any(start <= match.start and match.end <= end for start, end in self.document.strong):
            kinds.add("strong")
        if number == self._title() or (block.kind == "front_matter" and block.name == "title"):
            kinds.add("title")
        return kinds

    def _title(self) -> int:
        return next((number for number, block in enumerate(self.document.blocks) if block.kind == "heading"), -1)

    def _in_place(self, conditions: Conditions, match: Match) -> bool:
        if not (conditions.in_ or conditions.not_in or conditions.names):
            return True
        kinds = self.places(match)
        if conditions.names and self.reading.block(self.reading.block_at(match.start)).name not in conditions.names:
            return False
        return (not conditions.in_ or not kinds.isdisjoint(conditions.in_)) and kinds.isdisjoint(conditions.not_in)

    def _excepted(self, conditions: Conditions, match: Match) -> bool:
        if not conditions.excepts:
            return False
        unit = self.reading.sentence_at(match.start)
        return any(
            other.start < match.end and match.start < other.end
            for number in conditions.excepts
            for other in self.search(number, unit)
        )

    def _scope_holds(self, scope: str, phrases: Iterable[int], match: Match, *, negated: bool) -> bool:
        """Return whether one of the phrases stands in the scope; where it need not be `negated`, in another frame."""
        for number in phrases:
            for other in self.in_scope(scope, number, match):
                if other.start < match.end and match.start < other.end and scope in ("clause", "sentence"):
                    if negated or (other.start >= match.start and other.end <= match.end):
                        return True
                    continue
                if negated or self.frame(other.start, other.end) != "negate":
                    return True
        return False

    def in_scope(self, scope: str, number: int, match: Match) -> Iterator[Match]:
        """Yield the places a phrase stands in a scope of a match."""
        if scope == "document":
            yield from self.matches(number)
            return
        block = self.reading.block_at(match.start)
        if scope == "section":
            first, last = self.section(block)
            yield from (found for found in self.matches(number) if first <= found.start < last)
            return
        for unit in self._scope_units(scope, block, match):
            yield from self.search(number, unit)

    def section(self, block: int) -> tuple[int, int]:
        """Return where the section of a block begins and ends in the prose: from its heading to the next."""
        blocks = self.document.blocks
        first = block if blocks[block].kind == "heading" else max(blocks[block].heading, 0)
        last = next((n for n in range(first + 1, len(blocks)) if blocks[n].kind == "heading"), len(blocks))
        return blocks[first].start, blocks[last - 1].end

    def _scope_units(self, scope: str, block: int, match: Match) -> Iterator[Words]:
        reading = self.reading
        if scope == "clause":
            yield reading.clause_at(match.start)
        elif scope == "block":
            yield reading.whole_block(block)
        elif scope == "heading":
            yield from self._headings(block)
        elif scope == "columns":
            yield from map(reading.whole_block, self._heads_of_columns(block))
        else:
            around = {"sentence": (0, 0), "after": (1, 1), "nearby": (-1, 2)}[scope]
            for distance in range(around[0], around[1] + 1):
                unit = self._sentence_from(block, reading.sentence_number(block, match.start), distance)
                if unit is not None:
                    yield unit

    def _heads_of_columns(self, block: int) -> Iterable[int]:
        """Return the cells at the head of the table that a cell stands in."""
        if self._column_heads is None:
            self._column_heads, was_head = {}, False
            heads: list[int] = []
            for number, cell in enumerate(self.document.blocks):
                is_head = cell.kind == "table_cell" and cell.name == "th"
                if cell.kind != "table_cell" or (is_head and not was_head and heads):
                    heads = []
                if is_head:
                    heads.append(number)
                elif heads:
                    self._column_heads[number] = heads
                was_head = is_head
        return self._column_heads.get(block, ())

    def _sentence_from(self, block: int, number: int, distance: int) -> Words | None:
        """Return the sentence `distance` sentences on, over block borders, or None."""
        reading = self.reading
        number += distance
        while number < 0:
            block -= 1
            if block < 0:
                return None
            number += len(reading.sentences(block))
        while number >= len(reading.sentences(block)):
            number -= len(reading.sentences(block))
            block += 1
            if block >= len(self.document.blocks):
                return None
        return reading.sentence(block, number)

    def _headings(self, block: int) -> Iterator[Words]:
        over, seen = self.reading.block(block).heading, {block}
        title = self._title()
        while over >= 0 and over not in seen:
            seen.add(over)
            yield self.reading.whole_block(over)
            over = self.reading.block(over).heading
        if title >= 0 and title not in seen:
            yield self.reading.whole_block(title)


NONE = Conditions()
