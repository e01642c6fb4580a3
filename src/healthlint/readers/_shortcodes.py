"""Hugo and Liquid shortcodes in Markdown: what a site builder replaces before a page is shown, and the copy in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.hints import TYPE_CHECKING
from healthlint.readers._drafts import RawPiece
from healthlint.readers._tags import Chunk, written
from healthlint.readers._view import Mask
from healthlint.records import NamedTuple
from healthlint.text import HIDDEN

if TYPE_CHECKING:
    from healthlint.readers._html import Html

_OPENING = re.compile(r"\{\{[<%]?|\{%")
_CLOSINGS = {"{{<": ">}}", "{{%": "%}}", "{{": "}}", "{%": "%}"}
_NAME = re.compile(r"[-\s]*(/?)\s*([\w./-]*)")
_BLOCKS = re.compile(r"\{(?:\{[<%]|%-?)\s*(?:/\s*|end)([\w./-]+)")
_STRING = re.compile(r"(?:([\w-]+)\s*[=:]\s*)?(?:\"((?:[^\"\\]|\\.)*+)\"|'((?:[^'\\]|\\.)*+)'|`([^`]*)`)")
_ESCAPE = re.compile(r"(?:\r\n?|\n)\s*|\\.|</?[A-Za-z][^<>\r\n]{0,200}>")
_UNSHOWN = frozenset({"comment", "highlight"})
"""Blocks whose content is no copy."""
_LOGIC = frozenset({
    "block", "break", "case", "continue", "cycle", "decrement", "define", "else", "elsif", "for", "if",
    "include_cached", "increment", "layout", "liquid", "paginate", "partial", "range", "render", "section",
    "tablerow", "template", "unless", "when", "with",
})  # fmt: skip
"""Liquid tags whose strings are names and conditions."""
_SEEN = frozenset({
    "alt", "answer", "attr", "author", "body", "button", "caption", "content", "cta", "description", "footer",
    "header", "heading", "label", "message", "name", "note", "placeholder", "question", "quote", "subtitle",
    "summary", "text", "title", "tooltip",
})  # fmt: skip
"""Arguments that readers see, whatever they look like."""
_UNSEEN = frozenset({
    "align", "class", "color", "data", "date", "end", "file", "format", "height", "href", "icon", "id", "image",
    "img", "key", "lang", "language", "layout", "link", "loading", "mode", "page", "path", "ref", "rel", "size",
    "src", "start", "style", "target", "theme", "type", "url", "version", "width",
})  # fmt: skip
_COPY = re.compile(r"[A-Z][a-z]+[.!?]?|(?=[^\s]*\s)(?!\S*(?:://|^/)\S*$)(?=.*[A-Za-z]{2})[\s\S]+")
"""Two words or more, or one that is written like the first of a sentence."""


class Shortcode(NamedTuple):
    """One shortcode: whether something is shown in its place, whether it stands alone, and the strings in it."""

    shown: bool
    alone: bool
    strings: tuple[tuple[str, list[RawPiece]], ...]

    def tell(self, html: Html, start: int, end: int) -> None:
        """Part blocks or hide what is shown, and read the strings beside."""
        page = html.page
        if self.alone:
            page.close()
        elif self.shown:
            page.show(start, end, HIDDEN)
        for name, pieces in self.strings:
            page.beside("shortcode", name, pieces)
        if self.alone:
            page.close()


def shortcodes(text: str, body: int) -> list[Mask]:
    """Return the shortcodes of a source from `body` on, in order.

    One that is not closed before the next empty line is none: what stands behind it must not go unread.
    """
    blocks = frozenset(_BLOCKS.findall(text, body))
    masks: list[Mask] = []
    for start, end, opening in _found(text, body):
        inner = text[start + len(opening) : end - len(_CLOSINGS[opening])]
        alone = _is_alone(text, start, end)
        token = Shortcode(_is_shown(opening, inner, blocks), alone, tuple(_strings(text, start, end, opening)))
        masks.append(Mask(start, end, "x", token))
    return masks


def _found(text: str, body: int) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and opening of each shortcode; a block that is no copy counts as one."""
    closings = {mark: _Next(text, re.compile(re.escape(mark))) for mark in _CLOSINGS.values()}
    ends = {
        name: _Next(text, re.compile(rf"\{{(?:\{{[<%]|%-?)\s*(?:/\s*|end){name}\b[^{{}}]*\}}+")) for name in _UNSHOWN
    }
    empty_lines = _Next(text, re.compile(r"(?:\r\n|\n|\r)[ \t]*(?:\r|\n)"))
    at = body
    while opening := _OPENING.search(text, at):
        at = opening.end()
        closing = closings[_CLOSINGS[opening[0]]].after(at)
        if closing is None or ((gap := empty_lines.after(at)) and gap.start() < closing.start()):
            continue
        end = closing.end()
        name = _NAME.match(text, at, closing.start())
        if name and name[2] in _UNSHOWN and not name[1]:
            last = ends[name[2]].after(end)
            end = last.end() if last else end
        yield opening.start(), end, opening[0]
        at = end


class _Next:
    """Finds the next occurrence of a pattern, and remembers it until it is passed: many questions cost one search."""

    def __init__(self, text: str, pattern: re.Pattern[str]) -> None:
        self._text, self._pattern = text, pattern
        self._found: re.Match[str] | None = None
        self._searched = -1

    def after(self, offset: int) -> re.Match[str] | None:
        """Return the first occurrence that starts at `offset` or later; offsets only grow."""
        if self._searched < 0 or (self._found is not None and self._found.start() < offset):
            self._found = self._pattern.search(self._text, offset)
            self._searched = offset
        return self._found


def _is_alone(text: str, start: int, end: int) -> bool:
    """Return whether nothing but white space stands beside it on its lines."""
    before, after = start, end
    while before and text[before - 1] in " \t":
        before -= 1
    while after < len(text) and text[after] in " \t":
        after += 1
    return (not before or text[before - 1] in "\r\n") and (after == len(text) or text[after] in "\r\n")


def _is_shown(opening: str, inner: str, blocks: frozenset[str]) -> bool:
    """Return whether a page shows something in its place: not for logic, and not for what wraps words of the page."""
    name = _NAME.match(inner)
    if name is None or not name[2]:
        return opening != "{%"
    if name[1] or name[2] in blocks or name[2] in _LOGIC or name[2].startswith("end"):
        return False
    return opening != "{%" or name[2].startswith("include")


def _strings(text: str, start: int, end: int, opening: str) -> Iterator[tuple[str, list[RawPiece]]]:
    """Yield name and pieces of the strings of a shortcode that are copy."""
    name = _NAME.match(text, start + len(opening), end)
    if name and (name[2] in _LOGIC | _UNSHOWN or text.startswith("/*", name.end())):
        return
    whole = Chunk(text, (0,), (0,))
    for found in _STRING.finditer(text, start + len(opening), end):
        group = next(number for number in (2, 3, 4) if found[number] is not None)
        key = (found[1] or "").lower()
        if key in _UNSEEN or not any(character.isalpha() for character in found[group]):
            continue
        if key in _SEEN or _COPY.fullmatch(found[group]):
            yield key, written(whole, found.start(group), found.end(group), _ESCAPE, _shown)


def _shown(found: str) -> str:
    if found[0] == "\\":
        return "" if found[1] in "nrt" and len(found) == 1 else found[1:]
    return "" if found[0] == "<" else " "
