"""The parts of a page while it is read: pieces, blocks and links to be, and the containers that are open."""

from __future__ import annotations

from healthlint.hints import Final
from healthlint.records import NamedTuple

RawPiece = tuple[int, int, str | None]
"""A Piece, cheaper to make: start and end in the source, and what is shown there (None: as written)."""

DEEPEST = 32
"""Containers and lead-ins are told to this depth: nobody reads deeper, and time stays linear."""

Draft = tuple[str, int, int, tuple[str, ...], int, int, str]
"""A block to be: kind, first piece, level, inside, heading, lead and name, as in Block. It goes on to the next one."""
KIND: Final = 0
FIRST: Final = 1
LEVEL: Final = 2
INSIDE: Final = 3


class LinkDraft:
    """A link to be: its words are the pieces `first` to `last`, as far as they stand in one block."""

    __slots__ = ("end", "first", "image", "last", "number", "picture", "rel", "start", "title", "url")

    def __init__(self, url: str, start: int, first: int, number: int, *, rel: str | None, image: bool) -> None:
        """Begin link `number` of a page at `start` of the source, its words at piece `first`."""
        self.url, self.start, self.end = url, start, start
        self.first = self.last = first
        self.rel, self.image, self.title = rel, image, ""
        self.number = number
        self.picture: LinkDraft | None = None
        """The image in it, whose text speaks for a link without words."""


class Frame:
    """A container, or a list: what its blocks are inside of, and what precedes the next one."""

    # Most containers are list items, made by the thousand: what is the same for most of them stands here.
    kind = ""
    """The kind of its first block, until there is one."""
    outer: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    headings: tuple[tuple[int, int], ...] = ()
    """Level and index of the headings in force, outermost first."""
    depth = 0
    """How many lists it stands in."""
    before = -1
    """Index of the latest block in it."""
    first = -1
    """Index of the first block in it."""
    lead = -1
    """Index of the block that leads into it."""
    level = 0
    name = ""
    fixed = False
    """Whether no HTML tag can close it: it is one of Markdown."""
    spare: Frame | None = None
    """Of a list, an item that is over, to be used again."""

    def __init__(self, outer: Frame | None, tag: str = "", kind: str = "") -> None:
        """Open a container in `outer`; its blocks are inside of `kind`, unless that is ""."""
        self.tag = tag
        if outer is not None:
            self.outer = self.inside = outer.inside
            if kind and len(self.outer) < DEEPEST:
                self.inside = (*self.outer, kind)
            if outer.headings:
                self.headings = outer.headings
            if outer.depth:
                self.depth = outer.depth


class Beside(NamedTuple):
    """A block that is read after the one it stands in: alternative text, a title, a caption."""

    kind: str
    name: str
    pieces: list[RawPiece]
    link: LinkDraft | None
