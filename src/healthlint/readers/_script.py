"""JavaScript in MDX: where an expression ends, and which of its strings are copy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.readers._drafts import RawPiece
from healthlint.readers._scalars import character
from healthlint.readers._tags import WRITTEN, Chunk, as_shown, written
from healthlint.text import HIDDEN

_STEP = re.compile(
    r"""[{}]|(?<![\w)\]])'[^'\\\n]*+(?:\\[\s\S][^'\\\n]*+)*+'|"[^"\\\n]*+(?:\\[\s\S][^"\\\n]*+)*+"|`|/\*|(?<!:)//"""
)
_IN_TEMPLATE = re.compile(r"\\.|\$\{|`", re.DOTALL)
_COMMENTS = {"/*": "*/", "//": "\n"}
_STRING = r"\"(?:[^\"\\\n]|\\[\s\S])*+\"|'(?:[^'\\\n]|\\[\s\S])*+'|`(?:[^`\\]|\\[\s\S])*+`"
_WHOLE = re.compile(rf"\s*({_STRING})\s*")
_NAMED = re.compile(rf"(?:([A-Za-z_$][\w$-]*)|[\"']([\w$-]+)[\"'])\s*[:=]\s*\{{?\s*({_STRING})")
_BETWEEN_TAGS = re.compile(r"(?<![=\-])>([^<>{}]*[^\W\d_]{2}[^<>{}]*)</?[A-Za-z>]")
_SHOWN = re.compile(
    r"(?:\r\n?|\n)\s*|\\(?:u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|(?:\r\n?|\n)\s*|.)|\$\{[^{}]*\}"
)
_LETTERS = {"n": " ", "t": " ", "r": " ", "v": " ", "f": " ", "b": "", "0": ""}


def expression_end(text: str, start: int) -> int:
    """Return the offset after the "}" that closes the "{" at `start`, or -1."""
    at = start
    in_template: list[bool] = []
    """Of each "{" that is open, whether it stands in a template string."""
    while step := _STEP.search(text, at):
        mark, at = step[0], step.end()
        if mark == "{":
            in_template.append(False)
        elif mark == "`" or (mark == "}" and in_template.pop()):
            at = _template(text, at, in_template)
        elif mark in _COMMENTS:
            end = text.find(_COMMENTS[mark], at)
            at = end + len(_COMMENTS[mark]) if end >= 0 else -1
        if at < 0 or not in_template:
            return at
    return -1


def _template(text: str, at: int, in_template: list[bool]) -> int:
    """Return where a template string that goes on at `at` ends, or opens an expression, which is noted; or -1."""
    while step := _IN_TEMPLATE.search(text, at):
        at = step.end()
        if step[0] == "`":
            return at
        if step[0] == "${":
            in_template.append(True)
            return at
    return -1


def literal(text: str, start: int, end: int) -> list[RawPiece] | None:
    """Return the pieces of the string that is all there is at `start` to `end` of a source; None where it is not."""
    found = _WHOLE.fullmatch(text, start, end)
    return string_pieces(text, *found.span(1)) if found else None


def string_pieces(text: str, start: int, end: int) -> list[RawPiece]:
    """Return the pieces of a string, quotes included in `start` to `end` but not shown."""
    return written(Chunk(text, (0,), (0,)), start + 1, end - 1, _SHOWN, _shown)


def strings_in(text: str, start: int, end: int, names: frozenset[str]) -> Iterator[tuple[str, list[RawPiece]]]:
    """Yield what is copy in an expression: the strings with one of `names`, and what stands between JSX tags."""
    for found in _NAMED.finditer(text, start, end):
        name = found[1] or found[2]
        if name in names:
            yield name, string_pieces(text, *found.span(3))
    if "</" in text[start:end] or "/>" in text[start:end]:
        for found in _BETWEEN_TAGS.finditer(text, start, end):
            yield "", written(Chunk(text, (0,), (0,)), *found.span(1), WRITTEN, as_shown)


def _shown(found: str) -> str:
    if found[0] == "$":
        return HIDDEN
    if found[0] != "\\":
        return " "
    if found[1:].isspace():
        return "" if "\n" in found or "\r" in found else " "
    if len(found) > 2:
        return character(found[2:].strip("{}"))
    return _LETTERS.get(found[1], found[1])
