"""What the blocks of Markdown do to a page: headings, quotes, lists, footnotes, definitions, tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from healthlint.hints import Any
from healthlint.readers._page import Page

Begin = Callable[[Any, int, int], None]
"""What to do at a beginning: it is given what the parser says, the character of the source at which it stands, and the
byte of the view at which it ends."""
End = Callable[[int], None]
"""What to do at an end: it is given the byte of the view at which that is."""


class Blocks:
    """Opens and ends blocks and containers."""

    def __init__(self, page: Page) -> None:
        """Write to `page`."""
        self._page = page
        self._cell_name = ""
        self._lead = -1
        """The block that leads into the cells to come: the first one of their row, unless it is empty."""
        self._first = -1
        """The block that the first cell of the row is, if anything stands in it; -1 when that is settled."""

    # The tables of methods are made for one reading and not kept: they would hold the object that holds them, and such
    # knots stay in memory where the collector of garbage is off.

    def begins(self) -> Mapping[str, Begin]:
        """Return what to do at the beginnings of blocks."""
        return {
            "Heading": self._heading, "BlockQuote": self._quote, "List": self._list, "Item": self._item,
            "FootnoteDefinition": self._footnote, "DefinitionList": self._definitions,
            "DefinitionListTitle": self._term, "DefinitionListDefinition": self._definition, "Table": self._table,
            "TableHead": self._table_head, "TableRow": self._table_row, "TableCell": self._cell,
        }  # fmt: skip

    def ends(self) -> Mapping[str, End]:
        """Return what to do at the ends of blocks; a paragraph or a cell ends by itself, where the next thing begins."""
        return {
            "Heading": self._close, "Table": self._end_table, "BlockQuote": self._leave, "List": self._leave,
            "Item": self._leave, "FootnoteDefinition": self._leave, "DefinitionList": self._leave,
            "DefinitionListTitle": self._leave, "DefinitionListDefinition": self._leave,
        }  # fmt: skip

    def _heading(self, value: Any, start: int, _last: int) -> None:
        self._page.open("heading", start, int(value["Heading"]["level"][1]))

    def _close(self, _last: int) -> None:
        self._page.close()

    def _leave(self, _last: int) -> None:
        self._page.leave_fixed()

    def _quote(self, _value: Any, _start: int, _last: int) -> None:
        self._page.enter("quote", "blockquote").fixed = True

    def _list(self, _value: Any, _start: int, _last: int) -> None:
        self._page.enter_list().fixed = True

    def _item(self, _value: Any, _start: int, _last: int) -> None:
        self._page.enter_item().fixed = True

    def _footnote(self, _value: Any, _start: int, _last: int) -> None:
        self._page.enter("footnote").fixed = True

    def _definitions(self, _value: Any, _start: int, _last: int) -> None:
        self._page.enter("", "dl").fixed = True

    def _term(self, _value: Any, _start: int, _last: int) -> None:
        frame = self._page.enter("definition", "dt", shows=True)
        frame.name, frame.fixed = "dt", True

    def _definition(self, _value: Any, _start: int, _last: int) -> None:
        lead = self._page.frame.before
        frame = self._page.enter("definition", "dd", shows=True)
        frame.name, frame.lead, frame.fixed = "dd", lead, True

    def _table(self, _value: Any, _start: int, _last: int) -> None:
        self._page.rule()

    def _end_table(self, _last: int) -> None:
        self._page.rule()

    def _table_head(self, _value: Any, _start: int, _last: int) -> None:
        self._page.close()
        self._cell_name, self._lead, self._first = "th", -1, -1

    def _table_row(self, _value: Any, _start: int, _last: int) -> None:
        self._page.close()
        self._cell_name, self._lead, self._first = "", -1, len(self._page.drafts)

    def _cell(self, _value: Any, start: int, _last: int) -> None:
        page = self._page
        if self._first >= 0 and page.is_open:
            page.close()
            self._lead = self._first if len(page.drafts) > self._first else -1
            self._first = -1
        page.open("table_cell", start, 0, self._cell_name, self._lead)
