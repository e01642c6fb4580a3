"""Plain text, with the light markup of drafts: headings, bullets, quotes, links and emphasis.

What parts one block from the next, and which lines are joined, `_lines` says. A short line that stands alone before a
longer paragraph, or a list, is a heading if it looks like a title: no more than twelve words, a capital first, and no
sign at its end but a question mark. The first line of a text may have a byline or a second title below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from healthlint.document import Document
from healthlint.readers import ReadOptions
from healthlint.readers._finish import finish
from healthlint.readers._html import Html
from healthlint.readers._light_markup import show
from healthlint.readers._lines import Run, breaks, lines_of, runs
from healthlint.readers._page import Page
from healthlint.text import NEXT_BLOCK, Source

SUFFIXES = (".txt", ".text")

_NO_TITLE = re.compile(
    r"(?:by|posted|published|updated|written|reviewed|share|source|sources|photo|image|advertisement|read more|page"
    r"|dear|hi|hello|sincerely|regards|tel|phone|email)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 12
_MOST_CHARACTERS = 100
_SHORTEST_TEXT = 60
_CLOSERS = "\"'”’)*_ "


def read(source: Source, options: ReadOptions) -> Document:
    """Return what readers see of a plain text file."""
    page = Page(source)
    page.is_loose = True
    _Text(page, Html(page, options.props)).read()
    return finish(page)


class _Text:
    """Writes the runs of a text to a page."""

    def __init__(self, page: Page, html: Html) -> None:
        self._page, self._html = page, html
        self._items: list[tuple[int, int]] = []
        """Of each list that is open, the indent of its signs and how many containers it stands in."""

    def read(self) -> None:
        """Read the whole text."""
        text = self._page.source.text
        every = list(runs(text, lines_of(self._page.source)))
        shows = {
            "heading": self._heading, "item": self._item, "quote": self._quote, "table": self._table,
            "comment": self._comment, "paragraph": self._paragraphs,
        }  # fmt: skip
        for number, run in enumerate(every):
            following = every[number + 1 : number + 4]
            while number == 0 and following and _is_title_like(text, following[0], bylines=True):
                following = following[1:]
            if run.kind != "item":
                self._leave_lists(run)
            if run.kind == "paragraph" and _is_title(text, run, following[:1]):
                self._heading(run._replace(level=2))
            else:
                shows.get(run.kind, self._rule)(run)

    def _heading(self, run: Run) -> None:
        self._page.open("heading", run.lines[0][0], run.level)
        show(self._html, run.lines, [" "] * (len(run.lines) - 1))
        self._page.close()

    def _quote(self, run: Run) -> None:
        depth = len(self._page.frames)
        self._page.enter("quote", "blockquote").fixed = True
        self._paragraphs(run)
        self._page.leave(depth)

    def _comment(self, run: Run) -> None:
        start, end = run.lines[0]
        self._page.comment(self._page.source.text[start:end], start, end)

    def _rule(self, _run: Run) -> None:
        self._page.rule()

    def _paragraphs(self, run: Run) -> None:
        """Show lines as one paragraph, or several, as their breaks say."""
        lines = run.lines
        joins = breaks(self._page.source.text, lines)
        first = 0
        for number, join in enumerate([*joins, NEXT_BLOCK]):
            if join == NEXT_BLOCK:
                self._page.paragraph(lines[first][0])
                show(self._html, lines[first : number + 1], joins[first:number])
                self._page.close()
                first = number + 1

    def _table(self, run: Run) -> None:
        """Show the cells of a table; the first one of a row leads into the others."""
        page = self._page
        page.rule()
        for row, (start, end) in enumerate(run.lines):
            lead = -1
            at = start + 1
            for number, words in enumerate(page.source.text[at:end].rstrip().removesuffix("|").split("|")):
                count = len(page.drafts)
                if words.strip():
                    begin = at + len(words) - len(words.lstrip())
                    page.open("table_cell", begin, 0, "" if row else "th", lead)
                    show(self._html, [(begin, begin + len(words.strip()))], [])
                    page.close()
                if row and number == 0 and len(page.drafts) > count:
                    lead = count
                at += len(words) + 1
        page.rule()

    def _item(self, run: Run) -> None:
        page = self._page
        while self._items and self._items[-1][0] > run.level:
            page.leave(self._items.pop()[1])
        if not self._items or self._items[-1][0] < run.level:
            self._items.append((run.level, len(page.frames)))
            page.enter_list().fixed = True
        else:
            page.leave(self._items[-1][1] + 1)
        page.enter_item().fixed = True
        self._paragraphs(run)

    def _leave_lists(self, run: Run) -> None:
        """End the lists that a run does not belong to: an indented paragraph goes on with an item."""
        indent = run.level if run.kind == "paragraph" else 0
        while self._items and self._items[-1][0] >= indent:
            self._page.leave(self._items.pop()[1])


def _is_title(text: str, run: Run, following: Sequence[Run]) -> bool:
    """Return whether a paragraph is a title: alone between empty lines, and followed by what it is the title of."""
    if not _is_title_like(text, run) or not following or not following[0].blank_before:
        return False
    kind = following[0].kind
    return kind == "item" or (kind == "paragraph" and _size(following[0]) > max(_size(run), _SHORTEST_TEXT))


def _is_title_like(text: str, run: Run, *, bylines: bool = False) -> bool:
    """Return whether a paragraph looks like a title; one like "By Ann Other" does with `bylines`."""
    if run.kind != "paragraph" or len(run.lines) > 1 or not run.blank_before:
        return False
    (start, end) = run.lines[0]
    line = text[start:end]
    if len(line) > _MOST_CHARACTERS or len(line.split()) > _MOST_WORDS or (_NO_TITLE.match(line) and not bylines):
        return False
    first = next((character for character in line if character.isalnum()), "")
    return bool(first) and not first.islower() and line.rstrip(_CLOSERS)[-1:] not in ".,;:!…"


def _size(run: Run) -> int:
    return sum(end - start for start, end in run.lines)
