"""One pass over a page: where the phrases of the chosen rules may stand at all."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from healthlint.book import Book
from healthlint.checks._page import LONGEST_MATCH
from healthlint.language.reading import Reading


_RUN = re.compile(rb"  +")


class Scanner:
    """Looks for the anchors of some phrases of a book."""

    def __init__(self, book: Book, phrases: Iterable[int]) -> None:
        """Build the automaton of all anchors that the phrases need."""
        from ahocorasick_rs import BytesAhoCorasick, Implementation

        self.needs = {number: book.anchors[number] for number in sorted(set(phrases))}
        self.counted = {number: book.counted[number] for number in self.needs if number in book.counted}
        self.by_rarest: dict[int, list[int]] = {}
        for number, needed in self.needs.items():
            self.by_rarest.setdefault(needed[0], []).append(number)
        by_literal: dict[str, list[int]] = {}
        for number in sorted({*(one for needed in self.needs.values() for one in needed), *self.counted.values()}):
            for literal in book.anchor_sets[number]:
                by_literal.setdefault(literal, []).append(number)
        literals = sorted(by_literal)
        self._sets_of = tuple(tuple(by_literal[literal]) for literal in literals)
        # The text gets a space before it, so a literal that begins with one starts where its word does.
        self._indent = tuple(0 if literal[0] == " " else -1 for literal in literals)
        self._automaton = BytesAhoCorasick(
            [literal.encode("ascii") for literal in literals], implementation=Implementation.ContiguousNFA
        )

    def scan(self, reading: Reading) -> Hits:
        """Return where anchors stand on a page."""
        found: dict[int, list[int]] = {}
        sets_of, indent = self._sets_of, self._indent
        squeezed = squeeze(reading.folded)
        starts, dropped = squeezed.starts, squeezed.dropped
        for literal, start, _ in self._automaton.find_matches_as_indexes(squeezed.text, overlapping=True):
            offset = start + indent[literal]
            offset += dropped[bisect_right(starts, offset)]
            for number in sets_of[literal]:
                if number in found:
                    found[number].append(offset)
                else:
                    found[number] = [offset]
        for offsets in found.values():
            offsets.sort()
        return Hits(self, reading, found)


class Squeezed(NamedTuple):
    """Folded text with single spaces between its words, and one at each end, whatever parts them as written."""

    text: bytes
    starts: list[int]
    dropped: list[int]

    def offset(self, at: int) -> int:
        """Return where on the page the character after `at` of `text` stands."""
        return at + self.dropped[bisect_right(self.starts, at)]


def squeeze(folded: bytes) -> Squeezed:
    """Return `folded` with each run of spaces as one."""
    starts: list[int] = []
    dropped, total = [0], 0
    for run in _RUN.finditer(folded):
        starts.append(run.start() - total + 1)
        total += run.end() - run.start() - 1
        dropped.append(total)
    return Squeezed(b" " + _RUN.sub(b" ", folded) + b" ", starts, dropped)


class Hits:
    """Where anchors stand on one page, and so where each phrase may."""

    def __init__(self, scanner: Scanner, reading: Reading, found: Mapping[int, Sequence[int]]) -> None:
        """Take the offsets of each anchor set that stands on the page, in order."""
        self._needs, self._counted, self._by_rarest = scanner.needs, scanner.counted, scanner.by_rarest
        self._reading = reading
        self._found = found
        self._families: dict[int, list[int]] = {}
        self._offsets: dict[tuple[int, ...], Sequence[int]] = {}

    def live(self) -> Iterable[int]:
        """Yield the phrases all of whose anchor sets stand on the page."""
        found, needs = self._found, self._needs
        for rarest in found:
            for phrase in self._by_rarest.get(rarest, ()):
                if all(number in found for number in needs[phrase]):
                    yield phrase

    def offsets(self, phrase: int) -> Sequence[int]:
        """Return the offsets of one of a phrase's anchors round which the phrase may stand, in order."""
        needed = self._needs.get(phrase)
        if needed is None:
            return ()
        known = self._offsets.get(needed)
        if known is None:
            known = self._offsets[needed] = self._near(needed)
        return known

    def places(self, phrase: int) -> int | None:
        """Return in how many places a plain phrase stands; None where matching has to tell."""
        number = self._counted.get(phrase)
        return None if number is None else len(self._found.get(number, ()))

    def _near(self, needed: tuple[int, ...]) -> Sequence[int]:
        """Return the offsets of the anchor set with the fewest, where each other set stands near enough for one match."""
        found = self._found
        if any(number not in found for number in needed):
            return ()
        first, *others = sorted(needed, key=lambda number: len(found[number]))
        if not others:
            return found[first]
        common = set(self._family(first)).intersection(*map(self._family, others))
        if not common:
            return ()
        leads = self._reading.leads
        return [
            offset
            for offset, family in zip(found[first], self._family(first), strict=True)
            if family in common and (family in leads or all(_is_near(found[other], offset) for other in others))
        ]

    def _family(self, number: int) -> list[int]:
        """Return, for each offset of an anchor set, its block, or the block that in the end leads into it."""
        known = self._families.get(number)
        if known is None:
            family = self._reading.family
            known = self._families[number] = [family(offset) for offset in self._found[number]]
        return known


def _is_near(offsets: Sequence[int], offset: int) -> bool:
    """Return whether one of `offsets`, which are in order, is no further from `offset` than a match can be long."""
    at = bisect_left(offsets, offset - LONGEST_MATCH)
    return at < len(offsets) and offsets[at] <= offset + LONGEST_MATCH
