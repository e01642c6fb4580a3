"""The phrases of a book, each made ready when it is first asked for, and groups of which any one will do."""

from __future__ import annotations

from collections.abc import Sequence

from healthlint.patterns.matcher import Matcher, Phrase
from healthlint.patterns.nodes import Code
from healthlint.patterns.vocabulary import bits
from healthlint.records import NamedTuple


class Group(NamedTuple):
    """Phrases of which any one will do."""

    first: int
    """Bits one of which stands wherever one of the phrases does; 0 where that cannot be said."""
    members: tuple[tuple[int, int], ...]
    """For each phrase the bits it needs, and its number."""

    def within(self, mask: int) -> Sequence[int]:
        """Return the phrases that may stand in words of this mask."""
        if self.first and not self.first & mask:
            return ()
        return [phrase for needs, phrase in self.members if needs & mask == needs]


class Phrases(dict[int, Phrase]):
    """The phrases of a book, by number, each made ready to be searched for when it is first asked for."""

    def __init__(self, codes: Sequence[tuple[Code, bool]], needs: Sequence[tuple[int, ...]], matcher: Matcher) -> None:
        """Take the phrases, each as code and whether it is plain, and the bits that each needs."""
        self._codes = codes
        self._needs = needs
        self._matcher = matcher
        self._groups: dict[tuple[int, ...], Group] = {}

    def __missing__(self, number: int) -> Phrase:
        """Return a phrase that is asked for the first time."""
        code, plain = self._codes[number]
        phrase = self[number] = self._matcher.phrase(code, bits(self._needs[number]), plain=plain)
        return phrase

    def group(self, numbers: tuple[int, ...]) -> Group:
        """Return some phrases as a group."""
        known = self._groups.get(numbers)
        if known is None:
            needs = [self._needs[number] for number in numbers]
            first = bits(each[0] for each in needs) if all(needs) else 0
            known = self._groups[numbers] = Group(first, tuple(zip(map(bits, needs), numbers, strict=True)))
        return known
