"""JSX and lines: which tags part blocks, and how far the Markdown between two tags is indented for show."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.readers._jsx_tokens import Element
from healthlint.readers._view import Mask

_MARGIN = re.compile(r"[ \t]*(?:>[ \t]*)*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*\Z")
"""What may stand before a tag on a line that is its own: indents, and the marks of quotes and items."""
_INDENT = re.compile(r"[ \t]*")
_CONTENT = re.compile(r"(?:[ \t]*\n)*+([ \t]*)[^\s]")
_TAB = 4


def laid_out(lines: str, body: int, masks: list[Mask]) -> list[Mask]:
    """Return `masks` with it said which tags part blocks, and masks for the indents of what stands between tags."""
    layout = _Layout(lines, body, masks)
    pairs = list(layout.pairs())
    parting = {number for number in range(len(masks)) if layout.at_start[number] and layout.at_end[number]}
    for first, last in pairs:
        if layout.clear_before(first, parting) and layout.clear_after(last):
            parting |= {first, last}
    told = [_parting(mask) if number in parting else mask for number, mask in enumerate(masks)]
    flow = [
        (masks[first].start, masks[first].end, layout.end_of_content(last))
        for first, last in pairs
        if layout.at_start[first] and layout.at_end[first]
    ]
    return sorted([*told, *_indents(lines, flow, masks)], key=lambda mask: (mask.start, mask.end))


def _parting(mask: Mask) -> Mask:
    return mask._replace(token=mask.token._replace(parts=True)) if isinstance(mask.token, Element) else mask


class _Layout:
    """What stands between masks."""

    def __init__(self, lines: str, body: int, masks: list[Mask]) -> None:
        self._lines, self._masks = lines, masks
        ends = [body, *(mask.end for mask in masks)]
        starts = [*(mask.start for mask in masks), len(lines)]
        self._gaps = [lines[end:start] for end, start in zip(ends, starts, strict=True)]
        """The text before each mask, and after the last one."""
        self.at_start = [False] * len(masks)
        """Whether nothing but white space and masks stands before it on its line."""
        self.at_end = [False] * len(masks)
        for number in range(len(masks)):
            head, line_end, tail = self._gaps[number].rpartition("\n")
            is_first = bool(line_end) or number == 0 or (self.at_start[number - 1] and not head)
            self.at_start[number] = is_first and (_MARGIN.match(tail) is not None if line_end else not tail.strip())
        for number in reversed(range(len(masks))):
            head, line_end, _ = self._gaps[number + 1].partition("\n")
            is_last = bool(line_end) or number == len(masks) - 1 or self.at_end[number + 1]
            self.at_end[number] = is_last and not head.strip()

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yield the numbers of tags and of those that close them."""
        opened: dict[str, list[int]] = {}
        for number, mask in enumerate(self._masks):
            if isinstance(mask.token, Element) and not mask.token.tag.empty:
                waiting = opened.setdefault(mask.token.tag.name, [])
                if not mask.token.tag.closing:
                    waiting.append(number)
                elif waiting:
                    yield waiting.pop(), number

    def end_of_content(self, number: int) -> int:
        """Return where the last line ends that stands in an element, closed by tag `number`."""
        start = self._masks[number].start
        if self.at_start[number]:
            return self._lines.rfind("\n", 0, start) + 1
        return self._lines.find("\n", start) + 1 or len(self._lines)

    def clear_before(self, number: int, parting: set[int]) -> bool:
        """Return whether no text precedes a tag in its paragraph, or only elements that part blocks."""
        gap = self._gaps[number]
        if gap.strip():
            lines = gap.rsplit("\n", 2)
            return len(lines) == 3 and not lines[1].strip() and self.at_start[number]
        return number == 0 or number - 1 in parting or gap.count("\n") > 1

    def clear_after(self, number: int) -> bool:
        """Return whether no text follows a tag in its paragraph."""
        gap = self._gaps[number + 1]
        if not gap.strip():
            last = number == len(self._masks) - 1
            return last or "\n" not in gap or self.at_end[number + 1] or gap.count("\n") > 1
        lines = gap.split("\n", 2)
        return len(lines) == 3 and not lines[0].strip() and not lines[1].strip()


def _indents(lines: str, flow: list[tuple[int, int, int]], masks: list[Mask]) -> Iterator[Mask]:
    """Yield a mask for the indent that each line owes to the tags round it: in MDX it makes no block of code.

    `flow` holds where an opening tag starts and ends, and where what stands in it does.
    """
    changes: dict[int, int] = {}
    for start, end, last in flow:
        first = lines.find("\n", end, last) + 1
        content = _CONTENT.match(lines, first, last) if first else None
        if content is not None:
            owed = _width(content[1]) - _width(_indent(lines, lines.rfind("\n", 0, start) + 1))
            if owed > 0:
                changes[first] = changes.get(first, 0) + owed
                changes[last] = changes.get(last, 0) - owed
    owed, at, number = 0, min(changes, default=0), 0
    while changes and at < max(changes):
        owed += changes.get(at, 0)
        while number < len(masks) and masks[number].end <= at:
            number += 1
        if owed and (number == len(masks) or at <= masks[number].start):
            indent = _indent(lines, at)
            size = next((size for size in range(len(indent)) if _width(indent[:size]) >= owed), len(indent))
            if size:
                yield Mask(at, at + size, "")
        at = lines.find("\n", at) + 1 or len(lines)


def _indent(lines: str, at: int) -> str:
    found = _INDENT.match(lines, at)
    return found[0] if found else ""


def _width(indent: str) -> int:
    """Return how many columns an indent takes."""
    return len(indent.expandtabs(_TAB))
