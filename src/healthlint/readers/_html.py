"""What HTML tags do to a page: part blocks, open containers, make links, show attributes, hide what is no copy."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from healthlint.hints import TYPE_CHECKING
from healthlint.readers._drafts import Frame, LinkDraft
from healthlint.readers._page import Page
from healthlint.readers._view import Mask
from healthlint.text import HIDDEN, LINE_BREAK, Span

if TYPE_CHECKING:
    from healthlint.readers._tags import Chunk, Tag

PARTING = frozenset(
    (
        "address article aside audio blockquote body button caption center col colgroup dd details dialog dir div dl "
        "dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe "
        "legend li link main menu menuitem nav noframes noscript ol optgroup option p param search section select "
        "source summary table tbody td tfoot th thead title tr track ul video "
    ).split()
)
"""Tags that begin and end a block."""
_HIDING = frozenset({"script", "style", "svg", "template", "pre", "code", "math"})
"""Tags whose content is no copy."""
_EMPHASIS = {"b": "strong", "strong": "strong", "s": "struck", "del": "struck", "strike": "struck"}
_NESTING = frozenset({"svg", "template"})
_EMPTY_LINE = re.compile(r"(?:\r\n|\n|\r)[ \t]*[\r\n]")
_KINDS = {
    "blockquote": "quote", "td": "table_cell", "th": "table_cell", "figcaption": "caption", "caption": "caption",
    "dt": "definition", "dd": "definition",
}  # fmt: skip
_LISTS = frozenset({"ul", "ol", "menu"})
_GROUPS = frozenset({"table", "tr", "dl"})
_FRAMES = {*_KINDS, *_LISTS, *_GROUPS, "li"}
_ENDS = {
    "li": ({"li"}, _LISTS), "td": ({"td", "th"}, {"tr", "table"}), "th": ({"td", "th"}, {"tr", "table"}),
    "tr": ({"tr"}, {"table"}), "dt": ({"dt", "dd"}, {"dl"}), "dd": ({"dt", "dd"}, {"dl"}),
}  # fmt: skip
"""Which open containers a tag ends, unless one of the others stands between."""
_NAMED = frozenset({"th", "dt", "dd"})
_DESCRIPTIONS = frozenset({"description", "og:title", "og:description", "twitter:title", "twitter:description"})
_ATTRIBUTE_KINDS = {"title": "link_title", "alt": "alt_text"}
_FARTHEST = 64
"""How many open containers are searched for the one a tag closes."""


class Html:
    """Reads HTML into a page; it remembers what is open from one stretch to the next."""

    def __init__(self, page: Page, props: frozenset[str], masks: Sequence[Mask] = ()) -> None:
        """Write to `page`; `props` are the attributes whose text is copy, `masks` what is no HTML in the source."""
        self.page = page
        self.masks = masks
        self.told = 0
        """How many of the masks have had their turn."""
        self.hidden_until = 0
        """Up to where in the source nothing is copy."""
        self._props = props
        self._anchor: LinkDraft | None = None
        self._anchor_name = ""
        self._begun: dict[str, int] = {}
        """The piece at which emphasis began, by its kind."""
        self._never_closed: set[str] = set()

    def inline(self, start: int, end: int) -> None:
        """Read one tag or comment at `start` to `end` of the source."""
        from healthlint.readers._tags import whole

        self.read(whole(self.page.source.text, start, end))

    def block(self, stretches: Sequence[tuple[int, int]]) -> None:
        """Read a block of HTML that stands in `stretches` of the source; no text after it belongs to it."""
        from healthlint.readers._tags import joined

        self.page.close()
        self.read(joined(self.page.source.text, stretches, self.masks, self.told))
        self.page.rule()

    def tell(self, until: int, *, aloud: bool = True) -> None:
        """Let the masks that begin before `until` have their turn, or pass over them where that is no copy."""
        masks = self.masks
        while self.told < len(masks) and masks[self.told].start < until:
            start, end, _, token = masks[self.told]
            self.told += 1
            if start < self.hidden_until:
                # What begins in a hidden stretch is hidden to its end.
                self.hidden_until = max(self.hidden_until, end)
            elif aloud and token is not None:
                self.page.is_loose = True
                token.tell(self, start, end)

    def read(self, chunk: Chunk) -> None:
        """Read a chunk of HTML, part by part."""
        from healthlint.readers._tags import parts

        self.page.is_loose = True
        text = self.page.source.text
        for part in parts(chunk):
            start = chunk.at(part.start)
            if start < self.hidden_until:
                continue
            if part.kind == "text":
                self._text(chunk, part.start, part.end)
            elif part.tag is not None:
                self.tag(part.tag)
            elif part.kind == "comment":
                end = chunk.after(part.end)
                inner = chunk.text[part.start + 4 : max(part.end - 3, part.start + 4)]
                # What is masked in a comment is part of what it says.
                self.page.comment(text[start + 4 : end - 3] if HIDDEN in inner else inner, start, end)
            elif part.kind == "unclosed":
                self.page.notes.append((Span(start, start + 4), "a comment that is not closed is read as text"))

    def _text(self, chunk: Chunk, start: int, end: int) -> None:
        page, text = self.page, chunk.text
        if text[start:end].isspace():
            if page.is_open:
                page.show(chunk.at(start), chunk.after(end), " ")
            return
        at = start
        while self.told < len(self.masks) and (mask := text.find(HIDDEN, at, end)) >= 0:
            place = chunk.at(mask)
            self.tell(place, aloud=False)
            self._show(chunk, at, mask)
            self.tell(place + 1)
            at = mask + 1
        self._show(chunk, at, end)

    def _show(self, chunk: Chunk, start: int, end: int) -> None:
        from healthlint.readers._tags import written

        for piece in written(chunk, start, end):
            self.page.show(*piece)

    # Tags

    def tag(self, tag: Tag, *, jsx: bool = False, parting: bool = False) -> None:
        """Do what a tag does; in JSX capitals count, and a component of the page's own parts blocks if it is `parting`."""
        name = tag.name if jsx else tag.name.lower()
        if parting or name in PARTING:
            self.page.close()
        if tag.closing:
            self._close(name, tag)
        elif name in _HIDING and not tag.empty:
            self._hide(name, tag)
        else:
            self._open(name, tag)
            if tag.attributes:
                self._attributes(name, tag)

    def _open(self, name: str, tag: Tag) -> None:
        if name in _FRAMES:
            self._enter(name)
        elif name in PARTING:
            self._part(name, tag)
        elif name == "br":
            if self.page.is_open:
                self.page.show(tag.start, tag.end, LINE_BREAK)
        elif name in _EMPHASIS:
            self._begun.setdefault(_EMPHASIS[name], len(self.page.pieces))

    def _close(self, name: str, tag: Tag) -> None:
        page = self.page
        if self._anchor is not None and name == self._anchor_name:
            self._anchor.end = tag.end
            self._end_anchor()
        kind = _EMPHASIS.get(name)
        if kind in self._begun:
            (page.strong if kind == "strong" else page.struck).append((self._begun.pop(kind), len(page.pieces)))
        elif name in _FRAMES:
            self._end_first({name}, ())

    def _enter(self, name: str) -> None:
        """Begin a container; what a browser would end before it ends."""
        page = self.page
        if name in _ENDS:
            self._end_first(*_ENDS[name])
        if name in _LISTS:
            page.enter_list(name)
        elif name == "li":
            page.enter_item()
        elif name in _KINDS:
            outer = page.frame
            frame = page.enter(_KINDS[name], name, shows=name != "blockquote")
            frame.lead = _cell_lead(outer, name)
            frame.name = name if name in _NAMED else ""
        else:
            page.enter("", name)

    def _part(self, name: str, tag: Tag) -> None:
        page = self.page
        if name in ("html", "body"):
            page.language = (tag.get("lang") or page.language or "").lower() or None
        elif name == "hr":
            page.rule()
        elif len(name) == 2 and name[0] == "h" and name[1].isdigit():
            page.open("heading", tag.start, int(name[1]))
        elif name == "summary":
            page.paragraph(tag.start, name)

    def _end_first(self, ends: Container[str], within: Container[str]) -> None:
        """End the innermost container of `ends`, unless one of `within`, or one of Markdown, stands between."""
        frames = self.page.frames
        for depth in range(len(frames) - 1, max(len(frames) - _FARTHEST, 1) - 1, -1):
            frame = frames[depth]
            if frame.fixed or frame.tag in within:
                return
            if frame.tag in ends:
                self.page.leave(depth)
                return

    def _hide(self, name: str, tag: Tag) -> None:
        """Pass over what stands between a tag and the one that closes it; where none does, nothing is hidden."""
        end = self._closing(name, tag)
        if end < 0:
            return
        self.hidden_until = end
        if name in ("code", "math"):
            self.page.show(tag.start, end, HIDDEN)
        elif name == "pre":
            self.page.rule()

    def _closing(self, name: str, tag: Tag) -> int:
        """Return where the tag ends that closes `tag`, or -1."""
        if name in self._never_closed:
            return -1
        text, depth = self.page.source.text, 1
        for found in re.compile(rf"<(/?){name}(?=[\s/>])[^<>]*>", re.IGNORECASE).finditer(text, tag.end):
            if name == "code" and (not found[1] or _EMPTY_LINE.search(text, tag.end, found.start())):
                return -1
            if found[1]:
                depth -= 1
            elif name in _NESTING and not found[0].endswith("/>"):
                depth += 1
            if not depth:
                return found.end()
        self._never_closed.add(name)
        self.page.notes.append((Span(tag.start, tag.end), f"<{name}> is not closed: what follows is read"))
        return -1

    # Attributes

    def _attributes(self, name: str, tag: Tag) -> None:
        is_component = not name.islower() or "-" in name
        url = tag.get("href") or (tag.get("to") if is_component else None)
        if name in ("img", "image"):
            self._image(tag)
        elif url is not None:
            self._begin_anchor(name, tag, url)
        if name == "meta" and (tag.get("name") or tag.get("property") or "").lower() in _DESCRIPTIONS:
            self._beside(tag, "content", "front_matter", "description")
        elif name == "input" and (tag.get("type") or "").lower() in ("submit", "button"):
            self._beside(tag, "value", "prop", "value")
        for attribute in tag.attributes:
            key = attribute.name if is_component else attribute.name.lower()
            if key in self._props and (key, name) != ("alt", "img"):
                kind = "prop" if is_component else _ATTRIBUTE_KINDS.get(key, "prop")
                self.page.beside(kind, "" if kind != "prop" else key, attribute.pieces)

    def _beside(self, tag: Tag, attribute: str, kind: str, name: str) -> None:
        for each in tag.attributes:
            if each.name.lower() == attribute:
                self.page.beside(kind, name, each.pieces)

    def _image(self, tag: Tag) -> None:
        page = self.page
        link = page.begin_link(tag.get("src") or "", tag.start, image=True)
        link.end = tag.end
        link.title = tag.get("title") or ""
        for attribute in tag.attributes:
            if attribute.name.lower() == "alt":
                page.beside("alt_text", "", attribute.pieces, link)
        if self._anchor is not None and self._anchor.picture is None:
            self._anchor.picture = link

    def _begin_anchor(self, name: str, tag: Tag, url: str) -> None:
        page = self.page
        if self._anchor is not None:
            self._end_anchor()
        link = page.begin_link(url.strip(), tag.start, rel=tag.get("rel"))
        link.end, link.title = tag.end, tag.get("title") or ""
        if not tag.empty:
            self._anchor, self._anchor_name = link, name

    def _end_anchor(self) -> None:
        if self._anchor is not None:
            self._anchor.last = len(self.page.pieces)
            self._anchor = None


def _cell_lead(outer: Frame, name: str) -> int:
    """Return what leads into a cell, the first one of its row, or into what a term means, the term."""
    if name == "dd":
        return outer.before
    return max(outer.first, -1) if name == "td" and outer.tag == "tr" else -1
