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
        self._kinds: dict[tuple[str, tuple[str, ...], bool], frozenset[str]] = {}
        """By the kind of a block, what it stands in, and whether it is a title."""
        self._answers: dict[tuple[Asked, frozenset[str], str], bool] = {}

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
        here, name = self._of(block), self._reading.block(block).name
        known = self._answers.get((asked, here, name))
        if known is None:
            kinds, others, names = asked
            known = self._answers[asked, here, name] = (
                (not names or name in names)
                and (not kinds or not here.isdisjoint(kinds) or not _IN_PART.isdisjoint(kinds))
                and here.isdisjoint(others)
            )
        return known

    def _of(self, number: int) -> frozenset[str]:
        """Return the kinds of a block."""
        block = self._reading.block(number)
        is_title = number == self._title or (block.kind == "front_matter" and block.name == "title")
        known = self._kinds.get((block.kind, block.inside, is_title))
        if known is None:
            known = frozenset({block.kind, *block.inside, *(("title",) if is_title else ())})
            self._kinds[block.kind, block.inside, is_title] = known
        return known
