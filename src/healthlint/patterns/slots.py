"""Slots: the lexicon's terms, ready to be looked up word by word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from healthlint.patterns.nodes import Code, Sequence
from healthlint.records import NamedTuple


class Sense(NamedTuple):
    """What a term asks for besides its words, as its lexicon has it: see Special."""

    exact: str = ""
    near: tuple[str, ...] = ()
    vetoes: tuple[Sequence, ...] = ()
    then: str = ""
    within: int = 0


class Special(NamedTuple):
    """What a term asks for besides its words."""

    exact: str = ""
    """The only way it may be written ("MS"), or ""."""
    near: tuple[str, ...] = ()
    """Folded phrases, one of which must stand in the same block; empty for no such need."""
    vetoes: tuple[Code, ...] = ()
    """Phrases of another sense: a place they cover is not the term."""
    then: str = ""
    """A particle that must follow within `within` words ("up" for "clear … up")."""
    within: int = 0


class Slot(NamedTuple):
    """A set of terms; `terms` leads from a term's first word to its (words, index of a Special or -1), longest first."""

    terms: Mapping[str, tuple[tuple[list[str], int], ...]]
    phrases: tuple[Sequence, ...]


def make_slot(spelled: Iterable[tuple[tuple[str, ...], int]], phrases: Iterable[Sequence]) -> Slot:
    """Return the slot of `spelled` terms, each its words and the index of its Special or -1."""
    by_first: dict[str, list[tuple[list[str], int]]] = {}
    for words, special in spelled:
        by_first.setdefault(words[0], []).append((list(words), special))
    for entries in by_first.values():
        entries.sort(key=lambda entry: (-len(entry[0]), entry[0], entry[1]))
    return Slot({first: tuple(entries) for first, entries in by_first.items()}, tuple(phrases))
