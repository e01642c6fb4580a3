"""Approvals whose words meet: the same twice, or some within others, for a market and a product that both are for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from healthlint.approval import Approval
from healthlint.exact_words import exact_words
from healthlint.patterns.phrase import parse

_Key = tuple[str, ...]
_ANY = ""
"""Among classes of products and product names: of an approval that names none."""
_EVERY = "*"
"""Under this stands every approval, whatever it names."""
_END = ""
"""In a tree of words, where some approved words end."""
_Tree = dict[str, "_Tree"]


class _Sharing:
    """Approvals, to be asked which of them share a market and a product with another."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str], list[int]] = {}

    def add(self, number: int, approval: Approval) -> None:
        """Take in an approval by its number; they come in order."""
        products, names = (
            (*some, _EVERY) if some else (_ANY, _EVERY) for some in (approval.products, approval.product_names)
        )
        for key in product(approval.markets, products, names):
            self._found.setdefault(key, []).append(number)

    def first(self, approval: Approval) -> int:
        """Return the first that shares with an approval, -1 where none does."""
        return min((found[0] for found in self._of(approval)), default=-1)

    def all(self, approval: Approval) -> set[int]:
        """Return all that share with an approval."""
        return {number for found in self._of(approval) for number in found}

    def _of(self, approval: Approval) -> Iterator[list[int]]:
        products, names = ((*some, _ANY) if some else (_EVERY,) for some in (approval.products, approval.product_names))
        for key in product(approval.markets, products, names):
            if key in self._found:
                yield self._found[key]


def repeated(approvals: Iterable[Approval]) -> Iterator[tuple[Approval, Approval]]:
    """Yield each approval of words that an earlier one has approved, behind the first of these."""
    for same in _by_words(approvals).values():
        sharing = _Sharing()
        for number, approval in enumerate(same):
            first = sharing.first(approval)
            if first >= 0:
                yield same[first], approval
            sharing.add(number, approval)


def parts(approvals: Iterable[Approval]) -> Iterator[tuple[Approval, tuple[Approval, ...]]]:
    """Yield each approval of words that stand within longer ones, with those that approve the longer, in order of words.

    The work grows with the words and with what there is to tell: a tree of all words is gone through from each word.
    """
    groups = _by_words(approval for approval in approvals if approval.wording)
    tree: _Tree = {}
    for words in groups:
        _plant(tree, words)
    shorter: dict[_Key, _Sharing] = {}
    longer: dict[tuple[_Key, int], list[Approval]] = {}
    for words, same in groups.items():
        for part in _within(words, tree):
            if part not in shorter:
                shorter[part] = _Sharing()
                for number, approval in enumerate(groups[part]):
                    shorter[part].add(number, approval)
            for approval in same:
                for number in shorter[part].all(approval):
                    longer.setdefault((part, number), []).append(approval)
    for (part, number), found in longer.items():
        yield groups[part][number], tuple(found)


def _by_words(approvals: Iterable[Approval]) -> dict[_Key, list[Approval]]:
    found: dict[_Key, list[Approval]] = {}
    for approval in approvals:
        found.setdefault(_words(approval), []).append(approval)
    return found


def _words(approval: Approval) -> _Key:
    """Return the words of an approval; a pattern is one word, which no wording has."""
    return exact_words(approval.wording) if approval.wording else (f"\0{parse(approval.pattern)}",)


def _plant(tree: _Tree, words: _Key) -> None:
    for word in words:
        tree = tree.setdefault(word, {})
    tree[_END] = {}


def _within(words: _Key, tree: _Tree) -> set[_Key]:
    """Return the words of the tree that stand side by side in longer ones."""
    found: set[_Key] = set()
    for first in range(len(words)):
        here = tree
        for last in range(first, len(words)):
            if words[last] not in here:
                break
            here = here[words[last]]
            if _END in here and last + 1 - first < len(words):
                found.add(words[first : last + 1])
    return found
