"""A phrase as a tree of words, slots and gaps."""

from __future__ import annotations

from healthlint.hints import cast
from healthlint.records import NamedTuple


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


Begins = tuple[frozenset[str], tuple[str, ...]] | None
"""The words, and the slots, that something can begin with; None where any word may."""
Coded = tuple[tuple[str, object], ...]
"""The parts of a phrase as the matcher takes them, kind and value as in Node, with the words that ways can begin with.

gap: most words passed over, and what follows it begins with; either: what it begins with, and each way as Code;
maybe: the way as Code.
"""


class Code(NamedTuple):
    """A phrase, or a way through a part of one, as the matcher takes it."""

    begins: Begins
    nodes: Coded


def as_gap(value: object) -> tuple[int, Begins]:
    """Return the value of a "gap" node of a code."""
    return cast("tuple[int, Begins]", value)


def as_way(value: object) -> Code:
    """Return the value of a "maybe" node of a code."""
    return cast("Code", value)


def as_ways(value: object) -> tuple[Begins, tuple[tuple[Begins, Coded], ...]]:
    """Return the value of an "either" node of a code: what it begins with, and its ways."""
    return cast("tuple[Begins, tuple[tuple[Begins, Coded], ...]]", value)


def as_code(data: tuple[Begins, Coded]) -> Code:
    """Return what was packed as a code."""
    return Code(*data)
