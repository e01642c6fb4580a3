"""Links and images of Markdown: their words, their URLs, their titles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from healthlint.hints import Any
from healthlint.readers._blocks import Begin, End
from healthlint.readers._drafts import LinkDraft, RawPiece
from healthlint.readers._events import Events, name_of, shown
from healthlint.readers._page import Page
from healthlint.readers._titles import Titles
from healthlint.text import HIDDEN


class Links:
    """Reads what begins and ends inside of a block: links, images, strong emphasis, what is struck out."""

    def __init__(self, page: Page, events: Events) -> None:
        """Write to `page` what `events` tell."""
        self._page, self._events, self._view = page, events, events.view
        self._titles = Titles(page, events.view)
        self._open: list[LinkDraft] = []
        self._strong: list[int] = []
        self._struck: list[int] = []

    def begins(self) -> Mapping[str, Begin]:
        """Return what to do at beginnings inside of a block."""
        return {
            "Strong": self._begin_strong,
            "Strikethrough": self._begin_struck,
            "Link": self._begin_link,
            "Image": self._image,
        }

    def ends(self) -> Mapping[str, End]:
        """Return what to do at ends inside of a block."""
        return {"Strong": self._end_strong, "Strikethrough": self._end_struck, "Link": self._end_link}

    def _begin_strong(self, _value: Any, _start: int, _last: int) -> None:
        self._strong.append(len(self._page.pieces))

    def _end_strong(self, _last: int) -> None:
        first = self._strong.pop()
        if not self._strong:
            self._page.strong.append((first, len(self._page.pieces)))

    def _begin_struck(self, _value: Any, _start: int, _last: int) -> None:
        self._struck.append(len(self._page.pieces))

    def _end_struck(self, _last: int) -> None:
        self._page.struck.append((self._struck.pop(), len(self._page.pieces)))

    def _begin_link(self, value: Any, start: int, last: int) -> None:
        page, made = self._page, value["Link"]
        kind, end = made["link_type"], self._view.source_end(last)
        if not page.is_open:
            page.paragraph(start)
        link = page.begin_link(made["dest_url"], start)
        link.end = end
        if kind in ("Autolink", "Email"):
            if kind == "Email":
                link.url = f"mailto:{link.url}"
            self._events.pass_over("Link")
            page.show(start, end, HIDDEN)
            link.last = len(page.pieces)
            return
        if made["title"]:
            link.title = made["title"]
            self._titles.place(link, kind, made["id"])
        self._open.append(link)

    def _end_link(self, last: int) -> None:
        if self._open:
            link = self._open.pop()
            link.last = len(self._page.pieces)
            if self._view.masks:
                self._titles.repair_url(link)
                self._events.pass_masks(last)

    def _image(self, value: Any, start: int, last: int) -> None:
        page, made = self._page, value["Image"]
        # There may be a space on both sides of it, of which one is left.
        page.is_loose = True
        if not page.is_open:
            page.paragraph(start)
        link = page.begin_link(made["dest_url"], start, image=True)
        link.end, link.title = self._view.source_end(last), made["title"]
        page.beside("alt_text", "", list(self._alternative()), link)
        self._titles.place(link, made["link_type"], made["id"])
        self._titles.repair_url(link)
        self._events.pass_masks(last)
        if self._open and self._open[-1].picture is None:
            self._open[-1].picture = link

    def _alternative(self) -> Iterator[RawPiece]:
        """Yield the pieces of an image's text, up to its end."""
        depth = 1
        for event, place in self._events.left:
            start, end = self._view.source(place["start"]), self._view.source(place["end"])
            name = name_of(event)
            if name == "Text":
                yield from self._words(event[name], start, end)
            elif name in ("SoftBreak", "HardBreak"):
                yield start, end, " "
            elif name == "Code":
                yield start, end, HIDDEN
            elif name == "Start":
                depth += name_of(event[name]) == "Image"
            elif name == "End":
                depth -= event[name] == "Image"
                if not depth:
                    return

    def _words(self, value: str, start: int, end: int) -> Iterator[RawPiece]:
        """Yield the pieces of a text event; a mask hides what it stands for."""
        masks = self._view.masks_in(start, end)
        if not masks:
            yield start, end, None if end - start == len(value) else shown(value)
            return
        for mask in masks:
            if start < mask.start:
                yield start, mask.start, None
            yield mask.start, mask.end, HIDDEN
            start = mask.end
        if start < end:
            yield start, end, None
