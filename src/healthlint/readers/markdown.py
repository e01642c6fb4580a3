"""Markdown: CommonMark with tables, footnotes, task lists, definitions, strikethrough, front matter and shortcodes.

pyromark tells the place of every event, so that each piece of prose is where it was written. Mathematics is not looked
for: between two dollar signs there is more often a price than a formula.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from healthlint.document import Document
from healthlint.readers import ReadOptions
from healthlint.readers._finish import finish
from healthlint.readers._html import Html
from healthlint.readers._page import LinkDraft, Page, RawPiece
from healthlint.readers._titles import Titles
from healthlint.readers._view import NOWHERE, Mask, View
from healthlint.text import HIDDEN, LINE_BREAK, Source

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")

_Event = tuple[Any, Mapping[str, int]]
_UNSEEN_WHEN_HIDDEN = frozenset({"Text", "SoftBreak", "HardBreak", "Code", "InlineHtml"})


def read(source: Source, options: ReadOptions) -> Document:
    """Return what readers see of a Markdown file."""
    from healthlint.readers._front_matter import read_front_matter
    from healthlint.readers._shortcodes import shortcodes

    page = Page(source)
    body = read_front_matter(page)
    read_body(page, options, shortcodes(source.text, body), body)
    return finish(page)


def read_body(page: Page, options: ReadOptions, masks: Sequence[Mask], body: int) -> None:
    """Read the Markdown of a source from `body` on, `masks` left out, into `page`."""
    _Body(page, options, masks, body).read()


@cache
def _options() -> int:
    from pyromark import Options

    return (
        Options.ENABLE_TABLES
        | Options.ENABLE_FOOTNOTES
        | Options.ENABLE_STRIKETHROUGH
        | Options.ENABLE_TASKLISTS
        | Options.ENABLE_HEADING_ATTRIBUTES
        | Options.ENABLE_DEFINITION_LIST
        | Options.ENABLE_GFM
    )


class _Body:
    """Goes through the events of a Markdown text, in order."""

    def __init__(self, page: Page, options: ReadOptions, masks: Sequence[Mask], body: int) -> None:
        from pyromark import events_with_range

        self.page = page
        self.view = View(page.source.text, masks, body)
        self.html = Html(page, options.props, self.view.masks)
        parser_options = _options()
        self.titles = Titles(page, self.view, parser_options)
        self.events: Iterator[_Event] = iter(events_with_range(self.view.text, options=parser_options))
        self.links: list[LinkDraft] = []
        self.strong: list[int] = []
        self.zone = 0, 0, 0, 0
        self.cell_name = ""
        self.row = 0
        """The block of the first cell of the table row, or -1; -2 before there is one."""

    def read(self) -> None:  # noqa: C901
        """Read all events. This loop is where a page's time goes: what is rare stands elsewhere, with fewer branches."""
        page, pieces, source = self.page, self.page.pieces, self.view.source
        begins, ends = self._begins(), self._ends()
        self._turn(0, 0)
        low, high, shift, stop = self.zone
        for event, place in self.events:
            start, end = place["start"], place["end"]
            if type(event) is dict:
                value = event.get("Text")
                if value is not None:
                    if low <= start and end < high:
                        start, end = start - shift, end - shift
                        if not page.is_open:
                            page.paragraph(start)
                        # An entity is shown shorter than it is written; everything else is shown as it is.
                        pieces.append((start, end, None if end - start == len(value) else _shown(value)))
                    else:
                        self._text(value, start, end)
                        low, high, shift, stop = self.zone
                    continue
                value = event.get("End")
                if value is not None:
                    end_it = ends.get(value if type(value) is str else next(iter(value)))
                    if end_it is not None:
                        end_it(end)
                    continue
            elif event == "SoftBreak" and low <= start and end < high:
                pieces.append((start - shift, end - shift, " "))
                continue
            if end >= stop and self._halt(event, start, end):
                continue
            value = event.get("Start") if type(event) is dict else None
            if value == "Paragraph":
                page.paragraph(source(start))
            elif value is not None:
                begin = begins.get(value if type(value) is str else next(iter(value)))
                if begin is not None:
                    begin(value, source(start), end)
            else:
                self._inline(event, source(start), end)
            low, high, shift, stop = self.zone
        self.html.tell(NOWHERE)

    # The tables of methods are made for one reading and not kept: they would hold the reader that holds them, and such
    # knots stay in memory where the collector of garbage is off.

    def _begins(self) -> dict[str, Callable[[Any, int, int], None]]:
        return {
            "Heading": self._heading, "BlockQuote": self._quote, "List": self._list, "Item": self._item,
            "CodeBlock": self._code_block, "HtmlBlock": self._html_block, "FootnoteDefinition": self._footnote,
            "DefinitionList": self._definitions, "DefinitionListTitle": self._term,
            "DefinitionListDefinition": self._definition, "Table": self._table, "TableHead": self._table_head,
            "TableRow": self._table_row, "TableCell": self._cell, "Strong": self._strong, "Link": self._link,
            "Image": self._image,
        }  # fmt: skip

    def _ends(self) -> dict[str, Callable[[int], None]]:
        """Return what to do at ends; what ends by itself, as the next thing begins, is not here: paragraphs, headings."""
        leave = self._leave
        return {
            "TableCell": self._end_cell, "BlockQuote": leave, "List": leave, "Item": leave,
            "FootnoteDefinition": leave, "DefinitionList": leave, "DefinitionListTitle": leave,
            "DefinitionListDefinition": leave, "Table": self._end_table, "Strong": self._end_strong,
            "Link": self._end_link,
        }  # fmt: skip

    def _turn(self, start: int, end: int) -> None:
        """Set the zone round bytes `start` to `end` of the view.

        From its first to its second byte, the same shift (third) leads to the source, and there is no mask and nothing
        hidden; up to the fourth there is none of these two.
        """
        marks, html, stops = self.view.marks, self.html, self.view.stops
        stop = 0 if html.hidden_until else stops[html.told] if html.told < len(stops) else NOWHERE
        low, high, shift = 0, NOWHERE, 0
        if marks:
            number = bisect_right(marks, end)
            low, high = marks[number - 1] if number else 0, marks[number] if number < len(marks) else NOWHERE
            shift = self.view.shifts[number]
        self.zone = low, min(high, stop), shift, stop

    def _text(self, value: str, first: int, last: int) -> None:
        """Read text at bytes `first` to `last` of the view, where characters, masks or hidden stretches are in the way."""
        html, page = self.html, self.page
        start, end = self.view.source(first), self.view.source(last)
        if last < self.zone[3] or not self._halt("Text", first, last):
            if html.told == len(html.masks) or html.masks[html.told].start >= end:
                page.show(start, end, None if end - start == len(value) else _shown(value))
                start = end
            while html.told < len(html.masks) and (mask := html.masks[html.told]).start < end:
                if start < mask.start:
                    page.show(start, mask.start)
                html.tell(mask.end)
                start = max(mask.end, html.hidden_until)
            if start < end:
                page.show(start, end)
        self._turn(first, last)

    def _halt(self, event: Any, start: int, end: int) -> bool:
        """Let masks before an event have their turn; return whether the event is hidden."""
        html, name = self.html, event if isinstance(event, str) else next(iter(event))
        start, end, hidden = self.view.source(start), self.view.source(end), False
        if html.hidden_until > start:
            html.tell(min(end, html.hidden_until), aloud=False)
            hidden = name in _UNSEEN_WHEN_HIDDEN or (name == "Start" and _tag_name(event[name]) in ("Link", "Image"))
        else:
            html.hidden_until = 0
            html.tell(start)
        self._turn(0, 0)
        return hidden

    # Blocks

    def _heading(self, value: Any, start: int, _end: int) -> None:
        self.page.open("heading", start, int(value["Heading"]["level"][1]))

    def _code_block(self, _value: Any, _start: int, _end: int) -> None:
        self.page.rule()
        self._pass_over("CodeBlock")

    def _html_block(self, _value: Any, _start: int, _end: int) -> None:
        stretches, last = [], 0
        for event, place in self.events:
            if "Html" not in event:
                break
            last = place["end"]
            stretches.append((self.view.source(place["start"]), self.view.source(last)))
        if stretches:
            self.html.block(stretches)
            self._pass_masks(last)
            self._turn(0, 0)

    def _pass_over(self, tag: str) -> None:
        """Pass over the events up to the end of `tag`; what is masked there is no copy."""
        for event, place in self.events:
            if type(event) is dict and event.get("End") == tag:
                self._pass_masks(place["end"])
                return

    # Containers

    def _leave(self, _end: int) -> None:
        self.page.leave_fixed()

    def _quote(self, _value: Any, _start: int, _end: int) -> None:
        self.page.enter("quote", "blockquote").fixed = True

    def _list(self, _value: Any, _start: int, _end: int) -> None:
        self.page.enter_list().fixed = True

    def _item(self, _value: Any, _start: int, _end: int) -> None:
        self.page.enter_item().fixed = True

    def _footnote(self, _value: Any, _start: int, _end: int) -> None:
        self.page.enter("footnote").fixed = True

    def _definitions(self, _value: Any, _start: int, _end: int) -> None:
        self.page.enter("", "dl").fixed = True

    def _term(self, _value: Any, _start: int, _end: int) -> None:
        frame = self.page.enter("definition", "dt", shows=True)
        frame.name, frame.fixed = "dt", True

    def _definition(self, _value: Any, _start: int, _end: int) -> None:
        lead = self.page.frame.before
        frame = self.page.enter("definition", "dd", shows=True)
        frame.name, frame.lead, frame.fixed = "dd", lead, True

    # Tables

    def _table(self, _value: Any, _start: int, _end: int) -> None:
        self.page.rule()

    def _end_table(self, _end: int) -> None:
        self.page.rule()

    def _table_head(self, _value: Any, _start: int, _end: int) -> None:
        self.cell_name, self.row = "th", -1

    def _table_row(self, _value: Any, _start: int, _end: int) -> None:
        self.cell_name, self.row = "", -2

    def _cell(self, _value: Any, start: int, _end: int) -> None:
        self.page.open("table_cell", start, 0, self.cell_name, max(self.row, -1))

    def _end_cell(self, _end: int) -> None:
        count = len(self.page.drafts)
        self.page.close()
        if self.row == -2:
            self.row = count - 1 if len(self.page.drafts) >= count else -1

    # Inside a block

    def _inline(self, event: Any, start: int, last: int) -> None:
        """Read what is neither text nor has a beginning and an end; footnote references and task markers are no copy."""
        end = self.view.source_end(last)
        if event == "Rule":
            self.page.rule()
        elif event == "SoftBreak":
            self.page.show(start, end, " ")
        elif event == "HardBreak":
            self.page.show(start, end, LINE_BREAK)
        elif "Code" in event:
            self.page.show(start, end, HIDDEN)
            self._pass_masks(last)
        elif "InlineHtml" in event:
            self.html.inline(start, end)
            self._pass_masks(last)
            if self.html.hidden_until:
                self._turn(0, 0)

    def _pass_masks(self, last: int) -> None:
        """Pass over the masks before byte `last` of the view that have not had their turn: they stand in what is no copy."""
        html, stops = self.html, self.view.stops
        while html.told < len(stops) and stops[html.told] < last:
            html.told += 1
            self._turn(0, 0)

    def _strong(self, _value: Any, _start: int, _end: int) -> None:
        self.strong.append(len(self.page.pieces))

    def _end_strong(self, _end: int) -> None:
        first = self.strong.pop()
        if not self.strong:
            self.page.strong.append((first, len(self.page.pieces)))

    def _link(self, value: Any, start: int, last: int) -> None:
        page, made = self.page, value["Link"]
        url, kind, end = made["dest_url"], made["link_type"], self.view.source_end(last)
        if not page.is_open:
            page.paragraph(start)
        link = page.begin_link(url, start)
        link.end = end
        if kind in ("Autolink", "Email"):
            link.url = url if kind == "Autolink" else f"mailto:{url}"
            self._pass_over("Link")
            page.show(start, end, HIDDEN)
            link.last = len(page.pieces)
            return
        if made["title"]:
            link.title = made["title"]
            self.titles.place(link, kind, made["id"])
        self.links.append(link)

    def _end_link(self, last: int) -> None:
        if self.links:
            link = self.links.pop()
            link.last = len(self.page.pieces)
            if self.view.masks:
                self.titles.repair_url(link)
                self._pass_masks(last)

    def _image(self, value: Any, start: int, last: int) -> None:
        page, made, end = self.page, value["Image"], self.view.source_end(last)
        if not page.is_open:
            page.paragraph(start)
        link = page.begin_link(made["dest_url"], start, image=True)
        link.end, link.title = end, made["title"]
        page.beside("alt_text", "", self._alternative(), link)
        self.titles.place(link, made["link_type"], made["id"])
        self.titles.repair_url(link)
        self._pass_masks(last)
        if self.links and self.links[-1].picture is None:
            self.links[-1].picture = link

    def _alternative(self) -> list[RawPiece]:
        """Return the pieces of an image's text, up to its end."""
        pieces: list[RawPiece] = []
        depth = 1
        for event, place in self.events:
            start, end = self.view.source(place["start"]), self.view.source(place["end"])
            name = event if isinstance(event, str) else next(iter(event))
            if name == "Text":
                pieces += self._text_pieces(event[name], start, end)
            elif name in ("SoftBreak", "HardBreak"):
                pieces.append((start, end, " "))
            elif name == "Code":
                pieces.append((start, end, HIDDEN))
            elif name == "Start":
                depth += _tag_name(event[name]) == "Image"
            elif name == "End":
                depth -= event[name] == "Image"
                if not depth:
                    break
        return pieces


    def _text_pieces(self, value: str, start: int, end: int) -> Iterator[RawPiece]:
        """Yield the pieces of a text event in an image's text; a mask hides what it stands for."""
        masks = self.view.masks_in(start, end)
        if not masks:
            yield start, end, None if end - start == len(value) else _shown(value)
            return
        for mask in masks:
            if start < mask.start:
                yield start, mask.start, None
            yield mask.start, mask.end, HIDDEN
            start = mask.end
        if start < end:
            yield start, end, None


def _tag_name(value: Any) -> str:
    return value if isinstance(value, str) else str(next(iter(value)))


def _shown(value: str) -> str:
    """Return what an entity shows; white space of any kind is a space."""
    return value if not value.isspace() else " "
