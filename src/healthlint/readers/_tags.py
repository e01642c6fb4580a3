"""HTML as a string of tags, comments and text, each with its place; entities and line ends as a page shows them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from healthlint.readers._drafts import RawPiece
from healthlint.readers._view import Mask
from healthlint.records import NamedTuple
from healthlint.text import HIDDEN

_OPENING = re.compile(r"<(?:(/?)([A-Za-z][^\s/>]*)|!--|!\[CDATA\[|!|\?)")
_REST = re.compile(r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')|=)*+>""")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'=<>`]+))?""")
ENTITY = r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31})"
WRITTEN = re.compile(rf"(?:\r\n?|\n)\s*|{ENTITY};?|{HIDDEN}")
"""What HTML does not show as written: line ends, entities; and what hides a mask."""
WRITTEN_IN_MARKDOWN = re.compile(rf"(?:\r\n?|\n)[ \t>]*|{ENTITY};|\\[!-/:-@\[-`{{-~]|{HIDDEN}")
"""What Markdown does not show as written, in a title: line ends with the marks of quotes, entities, escapes."""
_MOST_FAILURES = 50
"""After so many tags that do not end, no further one is looked for: time stays linear."""


class Chunk:
    """Text that stands in the source in one or more stretches."""

    def __init__(self, text: str, starts: Sequence[int], places: Sequence[int]) -> None:
        """Take `text`; its stretches begin at `starts` in it, and at `places` in the source."""
        self.text = text
        self._starts, self._places = starts, places

    def at(self, offset: int) -> int:
        """Return where the character at `offset` stands in the source."""
        if len(self._starts) == 1:
            return self._places[0] + offset - self._starts[0]
        number = bisect_right(self._starts, offset) - 1
        return self._places[number] + offset - self._starts[number]

    def after(self, offset: int) -> int:
        """Return where the character before `offset` ends in the source."""
        return self.at(offset - 1) + 1 if offset else self.at(0)


def whole(text: str, start: int, end: int) -> Chunk:
    """Return characters `start` to `end` of a source's `text` as a chunk."""
    return Chunk(text[start:end], (0,), (start,))


def joined(text: str, stretches: Sequence[tuple[int, int]], masks: Sequence[Mask], number: int) -> Chunk:
    """Return stretches of a source's `text`, one at least, as a chunk.

    A mask in them is one hidden character; of `masks` those before `number` stand before the stretches.
    """
    starts, places, size = [0], [stretches[0][0]], 0
    shown: list[str] = []
    last = stretches[0][0]
    for start, end in stretches:
        at = start
        while number < len(masks) and masks[number].start < end:
            mask = masks[number]
            number += 1
            if mask.start >= at:
                shown += (text[at : mask.start], HIDDEN)
                size += mask.start - at + 1
                starts += (size - 1, size)
                places += (mask.start, mask.end)
                at = mask.end
        if start != last:
            starts.append(size)
            places.append(at)
        shown.append(text[at:end])
        size += max(end - at, 0)
        last = end
    return Chunk("".join(shown), starts, places)


class Attribute(NamedTuple):
    """An attribute or JSX prop: its value as shown, and the pieces that show it."""

    name: str
    value: str
    pieces: list[RawPiece]


class Tag(NamedTuple):
    """A tag, at `start` to `end` of the source; `name` as written."""

    name: str
    closing: bool
    empty: bool
    """Whether it is <so/>."""
    attributes: tuple[Attribute, ...]
    start: int
    end: int

    def get(self, name: str) -> str | None:
        """Return the value of an attribute, or None where it is not given."""
        return next((each.value for each in self.attributes if each.name.lower() == name), None)


class Part(NamedTuple):
    """A part of a chunk, at `start` to `end` of it: kind is text, tag, comment, unclosed (a comment) or other."""

    kind: str
    start: int
    end: int
    tag: Tag | None = None


def parts(chunk: Chunk) -> Iterator[Part]:
    """Yield the parts of a chunk, in order; what looks like a tag and is none is text."""
    text = chunk.text
    done = at = failures = 0
    while failures < _MOST_FAILURES and (opening := _OPENING.search(text, at)):
        part = _part(chunk, opening)
        if part is None:
            failures += 1
            at = opening.end()
            continue
        if done < part.start:
            yield Part("text", done, part.start)
        yield part
        failures += part.kind == "unclosed"
        done = at = part.end
    if done < len(text):
        yield Part("text", done, len(text))


def _part(chunk: Chunk, opening: re.Match[str]) -> Part | None:
    text, start = chunk.text, opening.start()
    if opening[2] is not None:
        rest = _REST.match(text, opening.end())
        if rest is None:
            return None
        return Part("tag", start, rest.end(), _tag(chunk, opening, rest))
    if opening[0] == "<!--":
        # <!--> and <!---> are whole comments.
        end = text.find("-->", start + 2)
        return Part("comment", start, end + 3) if end >= 0 else Part("unclosed", start, opening.end())
    for mark, close in (("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")):
        if opening[0] == mark:
            end = text.find(close, opening.end())
            return Part("other", start, end + len(close)) if end >= 0 else None
    return None


def _tag(chunk: Chunk, opening: re.Match[str], rest: re.Match[str]) -> Tag:
    text, attributes = chunk.text, []
    if rest.end() - rest.start() > 2:
        for found in _ATTRIBUTE.finditer(text, rest.start(), rest.end() - 1):
            start, end = found.span(2)
            if start >= 0 and text[start] in "\"'":
                start, end = start + 1, end - 1
            pieces = written(chunk, start, end) if start >= 0 else []
            value = WRITTEN.sub(lambda part: as_shown(part[0]), text[start:end]) if pieces else ""
            attributes.append(Attribute(found[1], value, pieces))
    empty = text.endswith("/", rest.start(), rest.end() - 1)
    return Tag(
        opening[2], opening[1] == "/", empty, tuple(attributes), chunk.at(opening.start()), chunk.after(rest.end())
    )


def as_shown(found: str) -> str:
    """Return what a page shows for something that `written` has found in HTML or Markdown."""
    if found[0] == "&":
        from html import unescape

        shown = unescape(found)
        return shown if not shown.isspace() else " "
    if found[0] == "\\":
        return found[1:]
    return found if found == HIDDEN else " "


def written(
    chunk: Chunk,
    start: int,
    end: int,
    pattern: re.Pattern[str] = WRITTEN,
    show: Callable[[str], str] = as_shown,
) -> list[RawPiece]:
    """Return the pieces that show characters `start` to `end` of a chunk: `show` says how, for what `pattern` finds."""
    pieces: list[RawPiece] = []
    text, at = chunk.text, start
    for found in pattern.finditer(text, start, end) if start < end else ():
        shown = show(found[0])
        if shown != found[0] or shown == HIDDEN:
            if at < found.start():
                pieces.append((chunk.at(at), chunk.after(found.start()), None))
            if shown:
                pieces.append((chunk.at(found.start()), chunk.after(found.end()), shown))
            at = found.end()
    if at < end:
        pieces.append((chunk.at(at), chunk.after(end), None))
    return pieces
