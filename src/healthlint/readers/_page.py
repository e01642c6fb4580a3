"""A page while it is read: pieces in reading order, the blocks they make, and what stands round and beside them."""

from __future__ import annotations

from healthlint.document import Comment, MetaValue
from healthlint.readers._drafts import DEEPEST, FIRST, INSIDE, KIND, LEVEL, Beside, Draft, Frame, LinkDraft, RawPiece
from healthlint.readers._runs import runs_beyond_ascii
from healthlint.text import HIDDEN, NEXT_BLOCK, Source, Span

_CLOSERS = " \t\n\"'”’»)]}*_" + HIDDEN
_COLONS = (":", "：", "…", "...")
_SENTENCE_ENDS = (".", "!", "?", "。", "！", "？", ";", ",")
_LISTS = frozenset({"ul", "ol", "menu"})
_CELLS = frozenset({"td", "th"})
_LEAD_OUT = _LISTS | {"li", "dt"}


class Page:
    """What is collected while reading. Every piece belongs to a block, or parts two blocks."""

    def __init__(self, source: Source) -> None:
        """Begin an empty page."""
        self.source = source
        self.runs = runs_beyond_ascii(source.text)
        """Where the source has characters beyond ASCII."""
        self.pieces: list[RawPiece] = []
        self.drafts: list[Draft] = []
        self.links: list[LinkDraft] = []
        self.strong: list[tuple[int, int]] = []
        """First and last piece of stretches in strong emphasis."""
        self.struck: list[tuple[int, int]] = []
        """The same of stretches that are struck out."""
        self.comments: list[Comment] = []
        self.meta: dict[str, MetaValue] = {}
        self.notes: list[tuple[Span, str]] = []
        self.language: str | None = None
        self.is_loose = False
        """Whether blocks may begin or end in white space: those of Markdown alone do not."""
        self.is_open = False
        """Whether a block is open, to which pieces may be added."""
        self._first = 0
        """The first piece of the latest block."""
        self.frame = Frame(None)
        self.frames = [self.frame]
        self.frame.fixed = True
        self._beside: list[Beside] = []

    # Blocks

    def open(self, kind: str, at: int, level: int = 0, name: str = "", lead: int = -1) -> None:
        """Begin a block at `at` of the source; the one before it ends."""
        if self.is_open or self._beside:
            self.close()
        frame, pieces = self.frame, self.pieces
        heading = -1
        if frame.headings:
            heading = frame.headings[-1][1]
            if kind == "heading":
                heading = next((index for above, index in reversed(frame.headings) if above < level), -1)
        if pieces:
            pieces.append((at, at, NEXT_BLOCK))
        self._first = len(pieces)
        self.drafts.append((kind, self._first, level, frame.inside, heading, lead, name))
        self.is_open = True

    def paragraph(self, at: int, name: str = "") -> None:
        """Begin a paragraph; the first one of a list item, cell or caption is that."""
        if self.is_open or self._beside:
            if self.is_open and self._first == len(self.pieces) and self.drafts[-1][KIND] == "heading":
                # A heading that a tag has opened goes on in the Markdown between the tags.
                return
            self.close()
        frame, pieces = self.frame, self.pieces
        if pieces:
            pieces.append((at, at, NEXT_BLOCK))
        first = self._first = len(pieces)
        heading = frame.headings[-1][1] if frame.headings else -1
        if frame.kind:
            self.drafts.append((frame.kind, first, frame.level, frame.outer, heading, frame.lead, frame.name))
        else:
            self.drafts.append(("paragraph", first, 0, frame.inside, heading, -1, name))
        self.is_open = True

    def close(self) -> None:
        """End the block that is open; it is forgotten if nothing stands in it."""
        if not self.is_open:
            if self._beside:
                self._flush(self.frame.inside)
            return
        self.is_open = False
        draft = self.drafts[-1]
        if self._first == len(self.pieces):
            self.drafts.pop()
            if self.pieces:
                self.pieces.pop()
        else:
            frame = self.frame
            frame.before = len(self.drafts) - 1
            frame.kind = ""
            if frame.first < 0:
                frame.first = frame.before
            if draft[KIND] == "heading":
                above = tuple(one for one in frame.headings if one[0] < draft[LEVEL])
                frame.headings = (*above, (draft[LEVEL], frame.before))
        if self._beside:
            self._flush(draft[INSIDE] if draft[KIND] == "paragraph" else (*draft[INSIDE], draft[KIND]))

    def _flush(self, inside: tuple[str, ...]) -> None:
        """Write down what stands beside the block that has ended."""
        waiting, self._beside = self._beside, []
        headings = self.frame.headings
        heading = headings[-1][1] if headings else -1
        for kind, name, pieces, link in waiting:
            if self.pieces:
                self.pieces.append((pieces[0][0], pieces[0][0], NEXT_BLOCK))
            first = len(self.pieces)
            self.drafts.append((kind, first, 0, inside, heading, -1, name))
            self.pieces += pieces
            if link is not None:
                link.first, link.last = first, len(self.pieces)

    def beside(self, kind: str, name: str, pieces: list[RawPiece], link: LinkDraft | None = None) -> None:
        """Keep a block of `pieces`, to be read after the one that is open; `link` is the image it speaks for."""
        if any(shown != HIDDEN for _, _, shown in pieces):
            self.is_loose = True
            self._beside.append(Beside(kind, name, pieces, link))

    # Containers

    def enter(self, kind: str, tag: str = "", *, shows: bool = False) -> Frame:
        """Begin a container whose blocks are inside `kind`; its first block is one where it `shows`."""
        self.close()
        self.frame = frame = Frame(self.frame, tag, kind)
        if shows:
            frame.kind = kind
        self.frames.append(frame)
        return frame

    def leave(self, depth: int) -> None:
        """End containers until `depth` of them are left."""
        if self.is_open or self._beside:
            self.close()
        frames = self.frames
        while len(frames) > depth:
            left = frames.pop()
            outer = frames[-1]
            if outer.first == -1:
                # A row whose first cell is empty has nothing that leads into the others.
                outer.first = left.first if left.first >= 0 or left.tag not in _CELLS else -2
            # The last item of a list may lead into the list after it, and a term into what it means.
            if left.tag != "dd":
                outer.before = left.before if left.tag in _LEAD_OUT else -1
        self.frame = frames[-1]

    def leave_fixed(self) -> None:
        """End the innermost container of Markdown, and those of HTML that were left open in it."""
        depth = len(self.frames) - 1
        while not self.frames[depth].fixed:
            depth -= 1
        self.leave(depth)

    def enter_list(self, tag: str = "ul") -> Frame:
        """Begin a list; the block it hangs under leads into each of its items."""
        self.close()
        top = self.frame
        lead = self._lead(top)
        frame = self.enter("", tag)
        frame.depth += 1
        frame.lead = lead if frame.depth <= DEEPEST else -1
        return frame

    def enter_item(self) -> Frame:
        """Begin an item of the list that is open."""
        if self.is_open or self._beside:
            self.close()
        outer = self.frame
        frame = outer.spare
        if frame is None:
            frame = outer.spare = Frame(outer, "li", "list_item")
            frame.lead = outer.lead if outer.tag in _LISTS else -1
            frame.level = frame.depth = max(outer.depth, 1)
        else:
            frame.before = frame.first = -1
            frame.headings = outer.headings
        frame.kind = "list_item"
        self.frames.append(frame)
        self.frame = frame
        return frame

    def _lead(self, frame: Frame) -> int:
        """Return the index of the block that leads into a list which begins in `frame`, or -1."""
        latest = frame.before
        if latest >= 0 and self._leads_in(latest, frame.inside):
            return latest
        if frame.tag == "li":
            return frame.first if frame.first >= 0 else frame.lead
        return -1

    def _leads_in(self, index: int, inside: tuple[str, ...]) -> bool:
        """Return whether a block may lead into the list below it: a heading, or what does not end as a sentence."""
        draft = self.drafts[index]
        if draft[KIND] == "heading":
            return True
        tail = self._tail(index)
        if tail.endswith(_COLONS):
            return True
        is_near = draft[KIND] == "paragraph" and draft[INSIDE] == inside
        return is_near and bool(tail) and not tail.endswith(_SENTENCE_ENDS)

    def _tail(self, index: int) -> str:
        """Return the last few characters of a block, without closing quotes and brackets."""
        first = self.drafts[index][FIRST]
        last = self.drafts[index + 1][FIRST] - 1 if index + 1 < len(self.drafts) else len(self.pieces)
        for start, end, shown in reversed(self.pieces[max(first, last - 8) : last]):
            tail = (self.source.text[max(start, end - 40) : end] if shown is None else shown).rstrip(_CLOSERS)
            if tail:
                return tail
        return ""

    def rule(self) -> None:
        """Part what precedes from what follows: nothing leads over it."""
        self.close()
        self.frame.before = -1

    # Inside a block

    def show(self, start: int, end: int, shown: str | None = None) -> None:
        """Add a piece to the block that is open, or to a paragraph that begins with it."""
        if not self.is_open:
            self.paragraph(start)
        self.pieces.append((start, end, shown))

    def begin_link(self, url: str, start: int, *, rel: str | None = None, image: bool = False) -> LinkDraft:
        """Keep a link that begins here, at `start` of the source."""
        if self._beside and not self.is_open:
            self.close()
        link = LinkDraft(url, start, len(self.pieces), len(self.links), rel=rel, image=image)
        self.links.append(link)
        return link

    def comment(self, text: str, start: int, end: int) -> None:
        """Keep a comment that stands at `start` to `end` of the source."""
        self.comments.append(Comment(text.strip(), Span(start, end)))
