"""What stands round a place of a page: its clause, sentences, block, section, headings, heads of columns, lead-in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from healthlint.language.reading import Reading, Words

_SENTENCES = {"sentence": (0, 0), "after": (1, 1), "nearby": (-1, 2)}
"""From which to which sentence a scope reaches, counted from that of the place."""


class Scopes:
    """What stands round the places of one page."""

    def __init__(self, reading: Reading) -> None:
        """Take a page."""
        self._reading = reading
        self._blocks = reading.document.blocks
        self._sections: dict[int, int] = {}

    @cached_property
    def title(self) -> int:
        """Return the first heading, or -1."""
        return next((number for number, block in enumerate(self._blocks) if block.kind == "heading"), -1)

    def section(self, block: int) -> tuple[int, int]:
        """Return where the section of a block begins and ends in the prose: from its heading to the next."""
        blocks = self._blocks
        first = block if blocks[block].kind == "heading" else max(blocks[block].heading, 0)
        last = self._sections.get(first)
        if last is None:
            last = next((n for n in range(first + 1, len(blocks)) if blocks[n].kind == "heading"), len(blocks))
            self._sections[first] = last
        return blocks[first].start, blocks[last - 1].end

    def units(self, scope: str, block: int, offset: int) -> Iterator[Words]:
        """Yield the stretches of a scope round `offset`, which stands in `block`."""
        reading = self._reading
        if scope == "clause":
            yield reading.clause_at(offset)
        elif scope == "block":
            yield reading.whole_block(block)
        elif scope == "heading":
            yield from self._headings(block)
        elif scope == "columns":
            yield from map(reading.whole_block, self._heads_of_columns.get(block, ()))
        elif scope == "lead":
            yield from self._leads(block)
        else:
            number = reading.sentence_number(block, offset)
            first, last = _SENTENCES[scope]
            for distance in range(first, last + 1):
                unit = self._sentence_from(block, number, distance)
                if unit is not None:
                    yield unit

    @cached_property
    def _heads_of_columns(self) -> dict[int, list[int]]:
        """Return, for each cell of a table, the cells at its head."""
        heads_of: dict[int, list[int]] = {}
        heads: list[int] = []
        was_head = False
        for number, cell in enumerate(self._blocks):
            is_head = cell.kind == "table_cell" and cell.name == "th"
            if cell.kind != "table_cell" or (is_head and not was_head and heads):
                heads = []
            if is_head:
                heads.append(number)
            elif heads:
                heads_of[number] = heads
            was_head = is_head
        return heads_of

    def _sentence_from(self, block: int, number: int, distance: int) -> Words | None:
        """Return the sentence `distance` sentences on, over block borders, or None."""
        reading = self._reading
        number += distance
        while number < 0:
            block -= 1
            if block < 0:
                return None
            number += len(reading.sentences(block))
        while number >= len(reading.sentences(block)):
            number -= len(reading.sentences(block))
            block += 1
            if block >= len(self._blocks):
                return None
        return reading.sentence(block, number)

    def _leads(self, block: int) -> Iterator[Words]:
        """Yield the last sentence of the block that leads into this one, and what leads into that."""
        over, below = self._blocks[block].lead, block
        while 0 <= over < below:
            yield self._reading.sentence(over, len(self._reading.sentences(over)) - 1)
            over, below = self._blocks[over].lead, over

    def _headings(self, block: int) -> Iterator[Words]:
        over, seen = self._blocks[block].heading, {block}
        while over >= 0 and over not in seen:
            seen.add(over)
            yield self._reading.whole_block(over)
            over = self._blocks[over].heading
        if self.title >= 0 and self.title not in seen:
            yield self._reading.whole_block(self.title)
