"""What a reader makes of a source: its prose, the blocks it stands in, links, comments and front matter."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from healthlint.records import NamedTuple
from healthlint.text import Prose, Source, Span

BLOCK_KINDS = frozenset({
    "paragraph", "heading", "list_item", "table_cell", "quote", "caption", "alt_text", "link_title",
    "front_matter", "prop", "definition", "footnote", "shortcode",
})  # fmt: skip
"""The kinds of block, and of what a block may stand inside of."""
INLINE_KINDS = frozenset({"link_text", "strong"})
"""The kinds of stretch inside a block."""


# Blocks and links are tuples: a long page has them by the thousand, and a frozen dataclass takes four times as long to
# make.
class Block(NamedTuple):
    """A stretch of `Document.prose.text` that is read as one: `start` to `end`, half open, never empty."""

    kind: str
    """One of BLOCK_KINDS; a block quote's paragraph is a "paragraph" inside a "quote"."""
    start: int
    end: int
    level: int = 0
    """A heading's 1 to 6; a list item's depth from 1; else 0."""
    inside: tuple[str, ...] = ()
    """Kinds of the containers, outermost first: ("quote", "list_item")."""
    heading: int = -1
    """Index of the heading this block stands under (for a heading, the next higher one), or -1."""
    lead: int = -1
    """Index of the block that leads into this one, or -1: the paragraph, heading or item a list hangs under; the first
    cell of a table row for its other cells; the term of a definition."""
    name: str = ""
    """The front matter key ("seo.title") or JSX prop; the HTML tag where there is one of note; else ""."""


class Link(NamedTuple):
    """A link or image, where it is used; a reference counts where it is used, with its definition's url."""

    url: str
    span: Span
    """The whole link in the source."""
    start: int
    end: int
    """Its words in `Document.prose.text`, half open; `start` == `end` where it shows none."""
    block: int = -1
    """Index of the block its words stand in, or -1."""
    title: str = ""
    rel: str | None = None
    """The `rel` attribute of an HTML link; None where the markup has no such thing or it is not given."""
    image: bool = False


class Comment(NamedTuple):
    """A comment of the source, for readers of the source alone; `text` is without its marks, stripped."""

    text: str
    span: Span


class MetaValue(NamedTuple):
    """A front matter value, as written, and where."""

    text: str
    span: Span


class Document(NamedTuple):
    """A source as its readers see it. Blocks are in the order of `prose.text` and do not overlap."""

    source: Source
    prose: Prose
    blocks: tuple[Block, ...]
    links: tuple[Link, ...] = ()
    comments: tuple[Comment, ...] = ()
    strong: tuple[tuple[int, int], ...] = ()
    """Stretches of `prose.text` in strong emphasis, half open, in order."""
    struck: tuple[tuple[int, int], ...] = ()
    """Stretches of `prose.text` that are struck out, half open, in order: shown, and not said."""
    meta: Mapping[str, MetaValue] = MappingProxyType({})
    """Front matter: dotted keys to scalar values ("healthlint.product"); a list's items have keys "tags.0", "tags.1"."""
    language: str | None = None
    """The language the page says it is in (`lang`), lower case, or None."""
    notes: tuple[tuple[Span, str], ...] = ()
    """Places that could not be read as meant (unclosed front matter): span and what is wrong."""
