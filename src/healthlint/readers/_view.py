"""What the Markdown parser is given in place of a source, and the way back from its byte offsets to characters."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from healthlint.hints import TYPE_CHECKING, Protocol
from healthlint.records import NamedTuple

if TYPE_CHECKING:
    from healthlint.readers._html import Html

_LONE_RETURN = re.compile(r"\r(?!\n)")
NOWHERE = 1 << 62
"""An offset behind every text."""


class Token(Protocol):
    """What stands in the source where a mask is."""

    def tell(self, html: Html, start: int, end: int) -> None:
        """Do to the page what it does when it is met in reading, at `start` to `end` of the source."""


class Mask(NamedTuple):
    """A stretch of source that is not Markdown: the parser sees `filler` (ASCII) there."""

    start: int
    end: int
    filler: str
    token: Token | None = None
    """What stands there, to be told in its turn; None where it is only left out."""


class View:
    """A source's text with masks in place of what is not Markdown, and offsets in it led back to the source.

    The parser counts bytes of UTF-8. `source = byte - shifts[bisect_right(marks, byte)]`; both are empty for an ASCII
    text without masks, where bytes and characters are the same.
    """

    def __init__(self, text: str, masks: Sequence[Mask], body: int, runs: Sequence[tuple[int, int]]) -> None:
        """Look at `text` from `body` on, with `masks` in order, apart, and none of them before `body`.

        `runs` are where it has characters beyond ASCII, in order.
        """
        self.masks = [mask for mask in masks if mask.token is not None]
        """Those with something to tell, in order."""
        self.stops: list[int] = []
        """Where these stand, in bytes of the view."""
        self.marks: list[int] = []
        self.shifts: list[int] = []
        # Lines of the front matter stay as empty lines, so that offsets need no shift.
        shown = ["\n" * body]
        if masks or runs:
            self.shifts.append(0)
            self._map(text, masks, body, runs)
        at = body
        for mask in masks:
            shown += (text[at : mask.start], mask.filler)
            at = mask.end
        shown.append(text[at:])
        self.text = "".join(shown) if masks or body else text
        if "\r" in text:
            # The parser does not see that a carriage return alone ends the line of a heading.
            self.text = _LONE_RETURN.sub("\n", self.text)

    def _map(self, text: str, masks: Sequence[Mask], body: int, beyond: Sequence[tuple[int, int]]) -> None:
        """Note every place at which bytes of the view and characters of the source drift apart."""
        at, shift = body, 0
        runs = iter(beyond)
        run = next(runs, None)
        for mask in (*masks, Mask(len(text), len(text), "")):
            while run is not None and run[0] < mask.start:
                start, end = max(run[0], at), min(run[1], mask.start)
                if start < end:
                    shift += _surplus(text, start, end)
                    self.marks.append(end + shift)
                    self.shifts.append(shift)
                if run[1] > mask.start:
                    break
                run = next(runs, None)
            if mask.start < mask.end:
                stop = mask.start + shift
                if mask.token is not None:
                    self.stops.append(stop)
                shift = stop + len(mask.filler) - mask.end
                self.marks.append(mask.end + shift)
                self.shifts.append(shift)
            at = mask.end

    def source(self, offset: int) -> int:
        """Return the character of the source that byte `offset` of the view stands for."""
        return offset - self.shifts[bisect_right(self.marks, offset)] if self.marks else offset

    def source_end(self, offset: int) -> int:
        """Return where in the source the ASCII character before byte `offset` of the view ends."""
        return self.source(offset - 1) + 1

    def masks_in(self, start: int, end: int) -> Sequence[Mask]:
        """Return the masks that begin at `start` to `end` of the source."""
        if not self.masks:
            return ()
        first = bisect_left(self.masks, start, key=lambda mask: mask.start)
        return self.masks[first : bisect_left(self.masks, end, lo=first, key=lambda mask: mask.start)]


def _surplus(text: str, start: int, end: int) -> int:
    """Return how many more bytes of UTF-8 than characters a stretch has that is all beyond ASCII."""
    if end - start > 1:
        return len(text[start:end].encode()) - (end - start)
    return 1 if text[start] < "\u0800" else 2 if text[start] < "\U00010000" else 3
