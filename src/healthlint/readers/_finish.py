"""From a page that has been read to its Document: places in the prose, white space tidied, bare URLs hidden."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from healthlint.document import Block, Document, Link
from healthlint.readers._drafts import FIRST, Draft, LinkDraft
from healthlint.readers._page import Page
from healthlint.readers._tidy import Edit, Moved, apart, is_odd, urls, white_space
from healthlint.text import Prose, Span

_NOT_FOLLOWED = frozenset({"front_matter", "prop", "alt_text", "link_title", "shortcode"})
"""Kinds of block in which an address is no link."""


def finish(page: Page) -> Document:
    """Return the Document of a page to which nothing will be added."""
    page.leave(1)
    return _Layout(page).document()


class _Layout:
    """Where the blocks, links and strong stretches of a page stand in its prose."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.prose = Prose(page.source, page.pieces)
        at, drafts, count = self.prose.piece_starts, page.drafts, len(page.pieces)
        # The prose has them, in a fifth of the room.
        page.pieces.clear()
        self.starts = [at[draft[FIRST]] for draft in drafts]
        self.ends = [at[draft[FIRST] - 1] for draft in drafts[1:]]
        if drafts:
            self.ends.append(len(self.prose.text))
        # A link may have begun in a block that came to nothing.
        self.strong = [(at[min(first, count)], at[min(last, count)]) for first, last in page.strong]
        self.struck = [(at[min(first, count)], at[min(last, count)]) for first, last in page.struck]
        self.words = [(at[min(link.first, count)], at[min(link.last, count)]) for link in page.links]
        self.bare: list[tuple[str, Span, int]] = []

    def document(self) -> Document:
        may_be_odd = self._may_be_odd()
        is_loose = self.page.is_loose or may_be_odd
        edits = white_space(self.prose.text, self.starts, is_loose=is_loose, may_be_odd=may_be_odd)
        found = urls(self.prose.text)
        if found:
            self._follow(found)
            # What is to be tidied inside of an address goes with it.
            edits = apart((edit for edit, _ in found), edits)
        if edits:
            self._move(edits)
        kept = [number for number, start in enumerate(self.starts) if start < self.ends[number]]
        blocks = self._blocks(kept)
        page = self.page
        return Document(
            page.source,
            self.prose,
            blocks,
            links=self._links(),
            comments=tuple(page.comments),
            strong=tuple(sorted(found[:2] for found in map(self._within_block, self.strong) if found)),
            struck=tuple(sorted(found[:2] for found in map(self._within_block, self.struck) if found)),
            meta=page.meta,
            language=page.language,
            notes=tuple(page.notes),
        )

    def _may_be_odd(self) -> bool:
        """Return whether the prose may have odd characters: the source has some, or entities or escapes that show some."""
        text = self.page.source.text
        return "&" in text or "\\" in text or is_odd(text, self.page.runs)

    def _move(self, edits: Sequence[Edit]) -> None:
        """Make the edits, and lead every offset to where it is then."""
        moved = Moved(edits)
        self.prose = self.prose.replaced(edits)
        self.starts = moved.all(self.starts)
        self.ends = moved.all(self.ends)
        self.strong = [(moved(start), moved(end)) for start, end in self.strong]
        self.struck = [(moved(start), moved(end)) for start, end in self.struck]
        self.words = [(moved(start), moved(end)) for start, end in self.words]
        self.bare = [(url, span, moved(at)) for url, span, at in self.bare]

    def _follow(self, found: Iterable[tuple[Edit, str]]) -> None:
        """Note the addresses that are links by themselves: not in the words of a link, and in what is read as text."""
        linked = sorted(words for words, link in zip(self.words, self.page.links, strict=True) if not link.image)
        for edit, url in found:
            near = bisect_right(linked, (edit.start, len(self.prose.text) + 1)) - 1
            if near >= 0 and edit.start < linked[near][1]:
                continue
            if self.page.drafts[bisect_right(self.starts, edit.start) - 1][0] not in _NOT_FOLLOWED:
                self.bare.append((url, self.prose.span(edit.start, edit.end), edit.start))

    def _blocks(self, kept: list[int]) -> tuple[Block, ...]:
        drafts, starts, ends = self.page.drafts, self.starts, self.ends
        if len(kept) == len(drafts):
            return tuple(
                Block(kind, start, end, level, inside, heading, lead, name)
                for (kind, _, level, inside, heading, lead, name), start, end in zip(drafts, starts, ends, strict=True)
            )
        number = {old: new for new, old in enumerate(kept)}
        self.starts, self.ends = [starts[old] for old in kept], [ends[old] for old in kept]
        return tuple(_block(drafts[old], starts[old], ends[old], number) for old in kept)

    def _links(self) -> tuple[Link, ...]:
        links = []
        for link, words in zip(self.page.links, self.words, strict=True):
            shown = self._within_block(words) or (link.picture and self._picture(link.picture))
            start, end, block = shown or (min(words[0], len(self.prose.text)), min(words[0], len(self.prose.text)), -1)
            span = Span(link.start, link.end)
            links.append(Link(link.url, span, start, end, block, link.title, link.rel, link.image))
        for url, span, at in self.bare:
            links.append(Link(url, span, at, at + 1, bisect_right(self.starts, at) - 1))
        return tuple(sorted(links, key=lambda link: (link.span.start, -link.span.end)))

    def _picture(self, link: LinkDraft) -> tuple[int, int, int] | None:
        return self._within_block(self.words[link.number])

    def _within_block(self, words: tuple[int, int]) -> tuple[int, int, int] | None:
        """Return the part of `words` that stands in one block, without white space round it, and that block."""
        block = bisect_right(self.ends, words[0])
        if block == len(self.ends):
            return None
        trimmed = self._trimmed((max(words[0], self.starts[block]), min(words[1], self.ends[block])))
        return (*trimmed, block) if trimmed else None

    def _trimmed(self, stretch: tuple[int, int]) -> tuple[int, int] | None:
        """Return `stretch` without white space round it, or None where nothing is left."""
        start, end = stretch
        text = self.prose.text
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        return (start, end) if start < end else None


def _block(draft: Draft, start: int, end: int, number: dict[int, int]) -> Block:
    """Return a block whose heading and lead-in are counted anew."""
    kind, _, level, inside, heading, lead, name = draft
    return Block(kind, start, end, level, inside, number.get(heading, -1), number.get(lead, -1), name)
