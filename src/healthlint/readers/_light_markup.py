"""The light markup of drafts, where it is unmistakable: emphasis round words, links, a few tags, entities."""

from __future__ import annotations

import re
from collections.abc import Sequence

from healthlint.readers._drafts import LinkDraft
from healthlint.readers._html import Html
from healthlint.readers._tags import ENTITY, Chunk, as_shown, parts, written
from healthlint.text import LINE_BREAK

_HINT = re.compile(r"[*_\[<&\n\x0b]")
_TOKEN = re.compile(
    r"(?P<link>!?\[(?P<label>[^\[\]]{0,1000})\]\([ ]*<?(?P<url>[^()\s<>]*+(?:\([^()\s<>]*+\)[^()\s<>]*+)?)>?"
    r"(?:\s+[\"'](?P<title>[^\"\n]{0,500})[\"'])?[ ]*\))"
    r"|(?P<tag></?(?:a|abbr|b|big|blockquote|br|center|cite|div|em|font|h[1-6]|hr|i|img|li|mark|ol|p|s|small|span|strong"
    r"|strike|sub|sup|table|tbody|td|th|tr|u|ul)(?:\s[^<>]{0,2000})?/?>"
    r"|</[a-z][a-z0-9-]{0,30}>|<[a-z][a-z0-9-]{0,30}(?:\s+[a-z-]{1,30}=(?:\"[^\"<>]{0,500}\"|'[^'<>]{0,500}'))+\s*/?>)"
    r"|(?P<comment><!--(?:(?!-->)[^<]){0,2000}-->)"
    r"|(?P<mark>\*{1,3}|_{1,3})",
    re.IGNORECASE,
)
_JOINS = {" ": "\n", LINE_BREAK: "\x0b"}
_WRITTEN = re.compile(rf"[\n\x0b]|{ENTITY};")


def show(html: Html, lines: Sequence[tuple[int, int]], joins: Sequence[str]) -> None:
    """Show `lines` of the source, joined by `joins`, in the block that is open."""
    text = html.page.source.text
    if len(lines) == 1 and not _HINT.search(text, *lines[0]):
        html.page.show(*lines[0])
        return
    starts, size = [], 0
    shown: list[str] = []
    for (start, end), join in zip(lines, (*joins, ""), strict=True):
        starts.append(size)
        shown += (text[start:end], _JOINS.get(join, ""))
        size += end - start + 1
    chunk = Chunk("".join(shown), starts, [start for start, _ in lines])
    _Inline(html, chunk).show(0, len(chunk.text))


class _Inline:
    """Shows one stretch of lines, in which a line end stands for each join."""

    def __init__(self, html: Html, chunk: Chunk) -> None:
        self._html, self._page, self._chunk = html, html.page, chunk

    def show(self, start: int, end: int) -> None:
        """Show characters `start` to `end` of the chunk."""
        tokens = list(_TOKEN.finditer(self._chunk.text, start, end))
        emphasis = _emphasis(self._chunk.text, [token for token in tokens if token["mark"]], start, end)
        at, strong = start, -1
        for token in tokens:
            opens = emphasis.get(token.start())
            if token["mark"] and opens is None:
                continue
            self._words(at, token.start())
            at = token.end()
            if token["link"]:
                self._link(token)
            elif token["tag"]:
                self._tag(token)
            elif token["comment"]:
                self._page.comment(token["comment"][4:-3], self._chunk.at(token.start()), self._chunk.after(at))
            elif opens and len(token["mark"]) > 1:
                strong = len(self._page.pieces)
            elif strong >= 0 and len(token["mark"]) > 1:
                self._page.strong.append((strong, len(self._page.pieces)))
        self._words(at, end)

    def _words(self, start: int, end: int) -> None:
        for piece in written(self._chunk, start, end, _WRITTEN, _shown):
            self._page.show(*piece)

    def _link(self, token: re.Match[str]) -> None:
        page, chunk = self._page, self._chunk
        image = token["link"].startswith("!")
        link: LinkDraft = page.begin_link(token["url"], chunk.at(token.start()), image=image)
        link.end, link.title = chunk.after(token.end()), token["title"] or ""
        if image:
            page.beside("alt_text", "", written(chunk, *token.span("label"), _WRITTEN, _shown), link)
        else:
            self.show(*token.span("label"))
            link.last = len(page.pieces)
        if link.title:
            page.beside("link_title", "", written(chunk, *token.span("title"), _WRITTEN, _shown))

    def _tag(self, token: re.Match[str]) -> None:
        start, end = token.span()
        inner = Chunk(self._chunk.text[start:end], (0,), (self._chunk.at(start),))
        for part in parts(inner):
            if part.tag is not None:
                self._html.tag(part.tag)


def _emphasis(text: str, marks: Sequence[re.Match[str]], start: int, end: int) -> dict[int, bool]:
    """Return where emphasis begins (True) and ends (False): marks that stand in pairs close round words."""
    pairs: dict[int, bool] = {}
    waiting: list[re.Match[str]] = []
    counts: dict[str, int] = {}
    for mark in marks:
        before = text[mark.start() - 1] if mark.start() > start else " "
        after = text[mark.end()] if mark.end() < end else " "
        if not before.isspace() and not after.isalnum() and counts.get(mark[0]):
            while waiting[-1][0] != mark[0]:
                counts[waiting.pop()[0]] -= 1
            counts[mark[0]] -= 1
            pairs[waiting.pop().start()] = True
            pairs[mark.start()] = False
        elif not after.isspace() and not before.isalnum():
            waiting.append(mark)
            counts[mark[0]] = counts.get(mark[0], 0) + 1
    return pairs


def _shown(found: str) -> str:
    return LINE_BREAK if found == "\x0b" else as_shown(found)
