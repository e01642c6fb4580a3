"""The events of the Markdown parser, the view it is given, and how far in it nothing is in the way."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from healthlint.hints import TYPE_CHECKING, Any, cast
from healthlint.readers._html import Html
from healthlint.readers._page import Page
from healthlint.readers._view import NOWHERE, Mask, View

if TYPE_CHECKING:
    from pyromark import Options

Event = tuple[Any, Mapping[str, int]]
"""What the parser says, and the bytes of the view at which it starts and ends."""

_UNSEEN_WHEN_HIDDEN = frozenset({"SoftBreak", "HardBreak", "Code", "InlineHtml"})


@cache
def options() -> Options:
    """Return what the parser is to know beyond CommonMark."""
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


class Events:
    """Goes through the events of a Markdown text, once."""

    def __init__(self, page: Page, props: frozenset[str], masks: Sequence[Mask], body: int) -> None:
        """Parse the source of `page` from `body` on, `masks` left out; `props` are the attributes whose text is copy."""
        from pyromark import events_with_range

        self.view = View(page.source.text, masks, body, page.runs)
        self.html = Html(page, props, self.view.masks)
        self.left = cast(Iterator[Event], events_with_range(self.view.text, options=options()))
        """The events that are still to come."""
        self.zone = 0, 0, 0, 0
        """Bytes of the view: from the first to the second the same shift (third) leads to the source, and no mask and
        nothing hidden is in the way; up to the fourth there is none of these two."""
        self.turn(0)

    def turn(self, at: int) -> tuple[int, int, int, int]:
        """Set the zone round byte `at` of the view, and return it."""
        marks, html, stops = self.view.marks, self.html, self.view.stops
        stop = 0 if html.hidden_until else stops[html.told] if html.told < len(stops) else NOWHERE
        low, high, shift = 0, NOWHERE, 0
        if marks:
            number = bisect_right(marks, at)
            low, high = marks[number - 1] if number else 0, marks[number] if number < len(marks) else NOWHERE
            shift = self.view.shifts[number]
        self.zone = low, min(high, stop), shift, stop
        return self.zone

    def halt(self, event: Any, first: int, last: int) -> bool:
        """Let the masks before an event have their turn; return whether the event is hidden."""
        html, name = self.html, name_of(event)
        start, end, hidden = self.view.source(first), self.view.source(last), False
        if html.hidden_until > start:
            html.tell(min(end, html.hidden_until), aloud=False)
            # Text may go on behind what is hidden: between tags of JSX the parser sees no end of it.
            hidden = (name == "Text" and end <= html.hidden_until) or name in _UNSEEN_WHEN_HIDDEN
            hidden = hidden or (name == "Start" and name_of(event[name]) in ("Link", "Image"))
        else:
            html.hidden_until = 0
            html.tell(start)
        self.turn(0)
        return hidden

    def pass_over(self, tag: str) -> None:
        """Pass over the events up to the end of `tag`; what is masked there is no copy."""
        for event, place in self.left:
            if type(event) is dict and event.get("End") == tag:
                self.pass_masks(place["end"])
                return

    def pass_masks(self, last: int) -> None:
        """Pass over the masks before byte `last` of the view that had no turn: they stand in what is no copy."""
        html, stops = self.html, self.view.stops
        if html.told < len(stops) or html.hidden_until:
            while html.told < len(stops) and stops[html.told] < last:
                html.told += 1
            self.turn(last)


def name_of(event: Any) -> str:
    """Return the name of an event or of what begins or ends with it."""
    return event if isinstance(event, str) else str(next(iter(event)))


def shown(value: str) -> str:
    """Return what an entity shows; white space of any kind is a space."""
    return value if not value.isspace() else " "
