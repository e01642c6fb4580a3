"""The titles of links and images, which the parser gives without their places, and URLs that hold a mask."""

from __future__ import annotations

from healthlint.readers._drafts import LinkDraft, RawPiece
from healthlint.readers._events import options
from healthlint.readers._page import Page
from healthlint.readers._view import View
from healthlint.text import HIDDEN

_BEFORE_END = " \t\r\n>"
"""What may stand between a title and the end of its link: white space, and the marks of a quote."""
_OPENERS = {'"': '"', "'": "'", ")": "("}


class Titles:
    """Finds where titles are written; a reference's title is read once, however often it is used."""

    def __init__(self, page: Page, view: View) -> None:
        """Look in the source of `page`, which the parser saw as `view`."""
        self._page, self._view = page, view
        self._definitions: dict[str, tuple[int, int]] | None = None

    def place(self, link: LinkDraft, kind: str, label: str) -> None:
        """Read the title of a link or image, if it has one, as a block beside the one it stands in."""
        if not link.title:
            return
        start, end = link.start, link.end - 1
        if kind != "Inline":
            label = _normal(label)
            if self._definitions is None:
                self._definitions = self._defined()
            if label not in self._definitions:
                return
            # Taken out, so that it is read once.
            start, end = self._definitions.pop(label)
        self._page.beside("link_title", "", self._pieces(start, end, link.title))

    def repair_url(self, link: LinkDraft) -> None:
        """Give a link whose URL holds a mask the URL as it is written."""
        text, masks = self._page.source.text, self._view.masks_in(link.start, link.end)
        start = next((at + 2 for mask in masks if (at := text.rfind("](", link.start, mask.start)) >= 0), -1)
        if start < 0:
            return
        ends = {mask.start: mask.end for mask in masks}
        end = start
        while end < link.end and text[end] not in " \t\r\n)":
            end = ends.get(end, end + 1)
        link.url = text[start:end].strip("<>")

    def _defined(self) -> dict[str, tuple[int, int]]:
        from pyromark import reference_definitions

        view, found = self._view, reference_definitions(self._view.text, options=options())
        return {
            _normal(label): (view.source(one["span"]["start"]), view.source(one["span"]["end"]))
            for label, one in reversed(found.items())
        }

    def _pieces(self, start: int, end: int, title: str) -> list[RawPiece]:
        """Return the pieces of the title at the end of characters `start` to `end` of the source."""
        from healthlint.readers._tags import WRITTEN_IN_MARKDOWN, Chunk, written

        text = self._page.source.text
        while end > start and text[end - 1] in _BEFORE_END:
            end -= 1
        opener = _OPENERS.get(text[end - 1])
        at = text.rfind(opener, start, end - 1) if opener else -1
        while at > start and _is_escaped(text, at):
            at = text.rfind(opener or "", start, at)
        if at < 0:
            return [(start, end, " ".join(title.split()))]
        if any(True for _ in self._view.masks_in(at, end)):
            return [(at, end, HIDDEN)]
        return written(Chunk(text, (0,), (0,)), at + 1, end - 1, WRITTEN_IN_MARKDOWN)


def _is_escaped(text: str, at: int) -> bool:
    before = at
    while before and text[before - 1] == "\\":
        before -= 1
    return (at - before) % 2 == 1


def _normal(label: str) -> str:
    return " ".join(label.split()).casefold()
