"""What stands behind the masks of MDX, and what each does to a page when its turn comes."""

from __future__ import annotations

from healthlint.hints import TYPE_CHECKING
from healthlint.readers._drafts import RawPiece
from healthlint.readers._tags import Tag
from healthlint.records import NamedTuple
from healthlint.text import HIDDEN

if TYPE_CHECKING:
    from healthlint.readers._html import Html


class Script(NamedTuple):
    """Imports and exports, or an expression: what of it is copy is read beside."""

    shown: bool
    strings: tuple[tuple[str, list[RawPiece]], ...]

    def tell(self, html: Html, start: int, end: int) -> None:
        """Hide an expression, and read its strings."""
        if self.shown:
            html.page.show(start, end, HIDDEN)
        for name, pieces in self.strings:
            html.page.beside("prop", name, pieces)


class Words(NamedTuple):
    """An expression that is one string."""

    pieces: list[RawPiece]

    def tell(self, html: Html, _start: int, _end: int) -> None:
        """Show the string."""
        for piece in self.pieces:
            html.page.show(*piece)


class Remark(NamedTuple):
    """A comment."""

    text: str

    def tell(self, html: Html, start: int, end: int) -> None:
        """Keep it."""
        html.page.comment(self.text, start, end)


class Element(NamedTuple):
    """A tag: whether it parts blocks, and the copy in the expressions of its props."""

    tag: Tag
    parts: bool
    strings: tuple[tuple[str, list[RawPiece]], ...]

    def tell(self, html: Html, _start: int, _end: int) -> None:
        """Do what the tag does."""
        html.tag(self.tag, jsx=True, parting=self.parts)
        for name, pieces in self.strings:
            html.page.beside("prop", name, pieces)
