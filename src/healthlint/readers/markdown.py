"""Markdown: CommonMark with tables, footnotes, task lists, definitions, strikethrough, front matter and shortcodes.

pyromark tells the place of every event, so that each piece of prose is where it was written. Mathematics is not looked
for: between two dollar signs there is more often a price than a formula.
"""

from __future__ import annotations

from collections.abc import Sequence

from healthlint.document import Document
from healthlint.hints import Any
from healthlint.readers import ReadOptions
from healthlint.readers._blocks import Begin, Blocks, End
from healthlint.readers._events import Events, shown
from healthlint.readers._finish import finish
from healthlint.readers._links import Links
from healthlint.readers._page import Page
from healthlint.readers._view import NOWHERE, Mask
from healthlint.text import HIDDEN, LINE_BREAK, Source

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")


def read(source: Source, options: ReadOptions) -> Document:
    """Return what readers see of a Markdown file."""
    page = Page(source)
    body = read_opening(page)
    masks: Sequence[Mask] = ()
    # To look for one sign is much quicker than for two; and what a page does not have need not be loaded.
    if "{" in source.text and ("{{" in source.text or "{%" in source.text):
        from healthlint.readers._shortcodes import shortcodes

        masks = shortcodes(source.text, body)
    read_body(page, options, masks, body)
    return finish(page)


def read_opening(page: Page) -> int:
    """Read the front matter of a page, if it has any; return where its text begins, behind that and a byte order mark."""
    text = page.source.text
    start = 1 if text.startswith("\ufeff") else 0
    if not text.startswith(("---", "+++"), start):
        return start
    from healthlint.readers._front_matter import read_front_matter

    return read_front_matter(page, start)


def read_body(
    page: Page, options: ReadOptions, masks: Sequence[Mask], body: int, *, indents_are_code: bool = True
) -> None:
    """Read the Markdown of a source from `body` on, `masks` left out, into `page`."""
    _Body(page, Events(page, options.props, masks, body), indents_are_code=indents_are_code).read()


class _Body:
    """Reads the text of a Markdown file."""

    def __init__(self, page: Page, events: Events, *, indents_are_code: bool) -> None:
        self.page, self.events = page, events
        self.indents_are_code = indents_are_code
        self.view, self.html = events.view, events.html

    def read(self) -> None:  # noqa: C901
        """Read all events. This loop is where a page's time goes: what is rare stands elsewhere."""
        page, pieces, events, source = self.page, self.page.pieces, self.events, self.view.source
        begins, ends = self._tables()
        low, high, shift, stop = zone = events.zone
        for event, place in events.left:
            start, end = place["start"], place["end"]
            if type(event) is dict:
                value = event.get("Text")
                if value is not None:
                    if low <= start and end < high:
                        start, end = start - shift, end - shift
                    elif end < stop:
                        start = source(start)
                        low, high, shift, stop = zone = events.turn(end)
                        end -= shift
                    else:
                        self._text(value, start, end)
                        low, high, shift, stop = zone = events.zone
                        continue
                    if not page.is_open:
                        page.paragraph(start)
                    # An entity is shown shorter than it is written; everything else is shown as it is.
                    pieces.append((start, end, None if end - start == len(value) else shown(value)))
                    continue
                value = event.get("End")
                if value is not None:
                    end_it = ends.get(value if type(value) is str else next(iter(value)))
                    if end_it is not None:
                        end_it(end)
                        if zone is not events.zone:
                            low, high, shift, stop = zone = events.zone
                    continue
            elif event == "SoftBreak" and low <= start and end < high:
                pieces.append((start - shift, end - shift, " "))
                continue
            if end >= stop and events.halt(event, start, end):
                low, high, shift, stop = zone = events.zone
                continue
            value = event.get("Start") if type(event) is dict else None
            start = start - shift if low <= start < high else source(start)
            if value is None:
                self._inline(event, start, end)
            elif value == "Paragraph":
                page.paragraph(start)
            else:
                begin = begins.get(value if type(value) is str else next(iter(value)))
                if begin is not None:
                    begin(value, start, end)
            if zone is not events.zone:
                low, high, shift, stop = zone = events.zone
        self.html.tell(NOWHERE)

    def _tables(self) -> tuple[dict[str, Begin], dict[str, End]]:
        blocks, links = Blocks(self.page), Links(self.page, self.events)
        own: dict[str, Begin] = {"CodeBlock": self._code_block, "HtmlBlock": self._html_block}
        return {**blocks.begins(), **links.begins(), **own}, {**blocks.ends(), **links.ends()}

    def _text(self, value: str, first: int, last: int) -> None:
        """Read text that is not in the zone: characters beyond ASCII, masks or what is hidden are in the way."""
        html, page = self.html, self.page
        start, end = self.view.source(first), self.view.source(last)
        if last < self.events.zone[3] or not self.events.halt("Text", first, last):
            if start < html.hidden_until:
                start = html.hidden_until
            elif html.told == len(html.masks) or html.masks[html.told].start >= end:
                page.show(start, end, None if end - start == len(value) else shown(value))
                start = end
            while html.told < len(html.masks) and (mask := html.masks[html.told]).start < end:
                if start < mask.start:
                    page.show(start, mask.start)
                html.tell(mask.end)
                start = max(mask.end, html.hidden_until)
            if start < end:
                page.show(start, end)
        self.events.turn(last)

    def _inline(self, event: Any, start: int, last: int) -> None:
        """Read what is no text and has no beginning and end; footnote references and task markers are no copy."""
        end = self.view.source_end(last)
        if event == "Rule":
            self.page.rule()
        elif event == "SoftBreak":
            self.page.show(start, end, " ")
        elif event == "HardBreak":
            self.page.show(start, end, LINE_BREAK)
        elif "Code" in event:
            self.page.show(start, end, HIDDEN)
            self.events.pass_masks(last)
        elif "InlineHtml" in event:
            self.html.inline(start, end)
            self.events.pass_masks(last)
        else:
            self.page.is_loose = True

    def _code_block(self, value: Any, _start: int, _last: int) -> None:
        self.page.rule()
        if self.indents_are_code or value["CodeBlock"] != "Indented":
            self.events.pass_over("CodeBlock")
            return
        self.page.is_loose = True
        for event, place in self.events.left:
            if "Text" not in event:
                break
            first, last = place["start"], place["end"]
            words = event["Text"].rstrip("\r\n")
            # What is left of a tab has no place of its own.
            if words and first < last:
                self._text(words, first, first + len(words.encode()))
                self.page.show(self.view.source(last), self.view.source(last), " ")
        self.page.rule()

    def _html_block(self, _value: Any, _start: int, _last: int) -> None:
        stretches, end = [], 0
        for event, place in self.events.left:
            if "End" in event:
                break
            # There is text too: the spaces before the first tag, without a place of their own.
            if "Html" in event:
                end = place["end"]
                stretches.append((self.view.source(place["start"]), self.view.source(end)))
        if stretches:
            self.html.block(stretches)
            self.events.pass_masks(end)
