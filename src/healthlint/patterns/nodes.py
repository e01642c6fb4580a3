"""A phrase as a tree of words, slots and gaps."""

from __future__ import annotations

from typing import NamedTuple, cast


class Node(NamedTuple):
    """A part of a phrase. `kind` says what `value` is.

    words: a frozenset of single words, one of which stands here; slot, quantity: its name; gap: most words passed over;
    either: a tuple of sequences; maybe: one sequence that may be there.
    """

    kind: str
    value: object


Sequence = tuple[Node, ...]
"""A phrase, or a branch of one: its parts in order."""


def word_set(value: object) -> frozenset[str]:
    """Return the words of a "words" node."""
    return cast("frozenset[str]", value)


def branches(kind: str, value: object) -> tuple[Sequence, ...]:
    """Return the sequences of an "either" or "maybe" node; none for other kinds."""
    if kind == "maybe":
        return (cast("Sequence", value),)
    return cast("tuple[Sequence, ...]", value) if kind == "either" else ()


def as_sequence(data: object) -> Sequence:
    """Return what was packed as a phrase: plain tuples do for nodes."""
    return cast("Sequence", data)
