"""What kind of place a stretch of a page is in: a heading, a list item, bold words, the text of a link."""

from __future__ import annotations

from functools import cached_property

from healthlint.checks._match import Match
from healthlint.checks._stretches import Stretches
from healthlint.language.reading import Reading

Asked = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""The places that conditions ask for: kinds, one of which it must be; kinds, none of which it may be; names of its block.
Where one of the three is empty, it asks for nothing.
"""
ANYWHERE: Asked = ((), (), ())
_IN_PART = frozenset({"link_text", "strong"})
"""The kinds of place that may be less than a block."""


class Places:
    """The places of one page."""

    def __init__(self, reading: Reading, title: int) -> None:
        """Take a page, and the number of the block that is its title, or -1."""
        self._reading = reading
        self._title = title
        self._blocks: dict[int, frozenset[str]] = {}
        self._within: dict[Asked, dict[int, bool]] = {}

    @cached_property
    def _linked(self) -> Stretches:
        return Stretches((link.start, link.end) for link in self._reading.document.links if not link.image)

    @cached_property
    def _strong(self) -> Stretches:
        return Stretches(self._reading.document.strong)

    def meet(self, asked: Asked, match: Match) -> bool:
        """Return whether a match is in a place as `asked`."""
        if asked == ANYWHERE:
            return True
        kinds, others, names = asked
        block = self._reading.block_at(match.start)
        if names and self._reading.block(block).name not in names:
            return False
        here = set() if block < 0 else {*self._of(block)}
        if block >= 0 and self._linked.hold(match.start, match.end):
            here.add("link_text")
        if block >= 0 and self._strong.hold(match.start, match.end):
            here.add("strong")
        return (not kinds or not here.isdisjoint(kinds)) and here.isdisjoint(others)

    def may_meet(self, asked: Asked, block: int) -> bool:
        """Return whether anything in a block can be in a place as `asked`."""
        known = self._within.setdefault(asked, {})
        answer = known.get(block)
        if answer is None:
            kinds, others, names = asked
            here = self._of(block)
            answer = known[block] = (
                (not names or self._reading.block(block).name in names)
                and (not kinds or not here.isdisjoint(kinds) or not _IN_PART.isdisjoint(kinds))
                and here.isdisjoint(others)
            )
        return answer

    def _of(self, number: int) -> frozenset[str]:
        """Return the kinds of a block."""
        known = self._blocks.get(number)
        if known is None:
            block = self._reading.block(number)
            is_title = number == self._title or (block.kind == "front_matter" and block.name == "title")
            known = self._blocks[number] = frozenset({block.kind, *block.inside, *(("title",) if is_title else ())})
        return known
