"""What in MDX is not Markdown: imports and exports, expressions, JSX tags, each as a mask with its meaning."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from healthlint.readers._drafts import RawPiece
from healthlint.readers._jsx_lines import laid_out
from healthlint.readers._jsx_tokens import Element, Remark, Script, Words
from healthlint.readers._script import expression_end, literal, strings_in
from healthlint.readers._tags import WRITTEN, Attribute, Chunk, Tag, as_shown, written
from healthlint.readers._view import Mask

_SIGN = re.compile(r"[`~{<\\]")
_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}(?=[^`\n]*$)|~{3,})", re.MULTILINE)
_TICKS = re.compile("`+")
_SCRIPT = re.compile(
    r"import\s+(?:[\"'{*]|[\w$]+\s*(?:,|from\b))|export\s+(?:default|const|let|var|function|async|class|type|interface|\{|\*)"
)
_TAG = re.compile(r"<(/?)\s*([A-Za-z_$][\w$.:-]*)?")
_ATTRIBUTE = re.compile(
    r"\s*(?:(?P<name>[\w$:.@-]+)(?:\s*=\s*(?:(?P<string>\"[^\"]*\"|'[^']*')|(?=\{)))?|(?=\{)|(?P<end>/?>))"
)
_EMPTY_LINE = re.compile(r"\n[ \t]*(?=\n|\Z)")


Strings = tuple[str, list[RawPiece]]
"""The name of a string that is copy, and the pieces that show it."""


class Jsx:
    """Finds the masks of one source."""

    def __init__(self, text: str, body: int, props: frozenset[str]) -> None:
        """Look at `text` from `body` on; `props` are those whose strings are copy."""
        self._text, self._body, self._props = text, body, props
        # The same length, with one kind of line end.
        self._lines = text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text
        self._budget = 8 * len(text) + 1000
        """How many characters may be looked at in vain: what is never closed must not cost quadratic time."""
        self._masks: list[Mask] = []
        self._ticks: dict[int, int] = {}
        """Where code spans start and end."""
        self._last_comment = -1

    def masks(self) -> list[Mask]:
        """Return the masks, in order and apart."""
        lines, at = self._lines, self._body
        self._ticks, self._last_comment = _pairs(lines, at), lines.rfind("-->")
        scripts = iter(_line_starts(lines, at, ("import", "export")))
        script = next(scripts, len(lines))
        while True:
            sign = _SIGN.search(lines, at)
            start = sign.start() if sign else len(lines)
            if script < start:
                at = self._script(script, max(at, script + 1)) if script >= at else at
                script = next(scripts, len(lines))
            elif sign is None:
                return laid_out(lines, self._body, self._masks)
            else:
                at = self._step(sign[0], start)

    def _step(self, sign: str, start: int) -> int:
        """Take in what begins with `sign` at `start`; return where to go on."""
        lines = self._lines
        if sign == "{":
            return self._expression(start, start + 1)
        if sign == "\\":
            return start + 2
        if sign == "<":
            if lines.startswith("<!--", start):
                return lines.find("-->", start + 4) if start + 4 <= self._last_comment else start + 4
            return self._element(start, start + 1)
        fence = _FENCE.match(lines, lines.rfind("\n", 0, start) + 1)
        if fence and fence.start(1) == start:
            return self._fence_end(fence[1], fence.end())
        ticks = _TICKS.match(lines, start)
        return self._ticks.get(start, ticks.end()) if ticks else start + 1

    def _fence_end(self, fence: str, at: int) -> int:
        """Return where a block of code ends: at the text's end, where nothing closes it."""
        close = re.compile(rf"^[ \t>]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$", re.MULTILINE).search(
            self._lines, at
        )
        return close.end() if close else len(self._lines)

    def _script(self, start: int, at: int) -> int:
        """Mask imports and exports, up to the first empty line outside of brackets."""
        lines = self._lines
        after_script = bool(self._masks) and not lines[self._masks[-1].end : start].strip()
        after_gap = not lines[max(start - 2, self._body) : start].strip("\n")
        if not _SCRIPT.match(lines, start) or not (after_gap or after_script):
            return at
        end = start
        while True:
            gap = _EMPTY_LINE.search(lines, end)
            stop = gap.start() if gap else len(lines)
            brace = lines.find("{", end, stop)
            if brace < 0:
                break
            closed = self._end(brace)
            end = closed if closed >= 0 else stop
            if closed < 0:
                break
        strings = tuple(strings_in(self._text, start, stop, self._props))
        self._masks.append(Mask(start, stop, "", Script(shown=False, strings=strings)))
        return stop

    def _end(self, brace: int) -> int:
        if self._budget <= 0:
            return -1
        end = expression_end(self._lines, brace)
        if end < 0:
            self._budget -= len(self._lines) - brace
        return end

    def _expression(self, start: int, at: int) -> int:
        end = self._end(start)
        if end < 0:
            return at
        self._masks.append(Mask(start, end, "x", self._meaning(start, end)))
        return end

    def _meaning(self, start: int, end: int) -> Script | Words | Remark:
        inner = self._text[start + 1 : end - 1].strip()
        if inner.startswith("/*") and inner.find("*/") == len(inner) - 2:
            return Remark(inner[2:-2])
        pieces = literal(self._text, start + 1, end - 1)
        if pieces is not None:
            return Words(pieces)
        return Script(shown=True, strings=tuple(strings_in(self._text, start, end, self._props)))

    # Tags

    def _element(self, start: int, at: int) -> int:
        if self._budget <= 0:
            return at
        found = self._tag(start)
        if found is None:
            return at
        tag, strings = found
        # What stands in a line for something is seen by the parser as a letter.
        filler = "x" if tag.empty or (tag.name in ("code", "math") and not tag.closing) else ""
        self._masks.append(Mask(start, tag.end, filler, Element(tag, parts=False, strings=tuple(strings))))
        return tag.end

    def _tag(self, start: int) -> tuple[Tag, list[Strings]] | None:
        """Return the tag that begins at `start`, with the strings in its expressions; None where there is none."""
        attributes: list[Attribute] = []
        strings: list[Strings] = []
        opening = _TAG.match(self._lines, start)
        at = opening.end() if opening else start
        while opening and (part := _ATTRIBUTE.match(self._lines, at)):
            if part["end"]:
                if not opening[2] and (part["end"] == "/>" or attributes):
                    break
                name, closing = opening[2] or "", opening[1] == "/"
                return Tag(name, closing, part["end"] == "/>", tuple(attributes), start, part.end()), strings
            end = self._attribute(part, attributes, strings)
            if end <= at:
                break
            at = end
        self._budget -= at - start
        return None

    def _attribute(self, part: re.Match[str], attributes: list[Attribute], strings: list[Strings]) -> int:
        """Read a prop, or an expression in the place of one; return where it ends, or -1."""
        at, pieces = part.end(), []
        if part["string"]:
            start, end = part.span("string")
            pieces = written(Chunk(self._text, (0,), (0,)), start + 1, end - 1, WRITTEN, as_shown)
        elif self._lines.startswith("{", at):
            end = self._end(at)
            if end < 0:
                return -1
            pieces = literal(self._text, at + 1, end - 1) or []
            if not pieces:
                strings += strings_in(self._text, at, end, self._props)
            at = end
        if part["name"]:
            attributes.append(Attribute(part["name"], _value(self._text, pieces), pieces))
        return at


def _value(text: str, pieces: Sequence[RawPiece]) -> str:
    return "".join(text[start:end] if shown is None else shown for start, end, shown in pieces)


def _line_starts(text: str, start: int, words: Sequence[str]) -> list[int]:
    """Return where lines begin, from `start` on, whose first word is one of `words`, in order."""
    found = [start] if text.startswith(tuple(words), start) else []
    for word in words:
        at = text.find(f"\n{word}", max(start - 1, 0))
        while at >= 0:
            found.append(at + 1)
            at = text.find(f"\n{word}", at + 1)
    return sorted(set(found))


def _pairs(text: str, start: int) -> dict[int, int]:
    """Return where code spans start and end: at the next run of as many ticks, in the same paragraph."""
    runs = [(run.start(), run.end()) for run in re.finditer("`+", text[start:])]
    gaps = [gap.start() for gap in _EMPTY_LINE.finditer(text, start)]
    later: dict[int, int] = {}
    pairs = {}
    for first, last in reversed(runs):
        end = later.get(last - first)
        if end is not None and bisect_left(gaps, first + start) == bisect_left(gaps, end):
            pairs[first + start] = end
        later[last - first] = last + start
    return pairs
