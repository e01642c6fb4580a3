"""YAML front matter as values with their places.

Nearly all of it is plain: keys, one-line values, short lists, blocks of text. That is read here, line by line, for to
load the YAML library takes longer than to check the page. What is not plain goes to the library; what the library
refuses is read line by line all the same, so that no copy is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.readers._scalars import Scalar
from healthlint.text import Span

_QUOTED = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'"
_PLAIN = r"(?:[^\s?:,\[\]{}#&*!|>'\"%@`~-]|[-?:](?=[^\s,\[\]{}]))(?:[^:#]|:(?!\s|$)|(?<!\s)#)*"
_SCALAR = rf"(?P<quoted>{_QUOTED})|(?P<plain>{_PLAIN})|(?P<list>\[[^\[\]{{}}]*\])|(?P<block>[|>][+-]?)"
_KEY = re.compile(rf"([ ]*)([A-Za-z0-9_$][\w$./-]*|{_QUOTED}):(?:[ ]+(?:{_SCALAR}))?[ ]*$")
_ITEM = re.compile(rf"([ ]*)-[ ]+(?:{_SCALAR})[ ]*$")
_LISTED = re.compile(rf"[ ]*({_QUOTED}|[^\s,\[\]{{}}#&*!|>'\"%@`~?:-][^,:#'\"]*?)[ ]*(?:,|$)")
_LINE_END = re.compile(r"\r\n?|\n")
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)+")
_BLOCK_HEADER = re.compile(r"[|>][^\r\n]*(?:\r\n?|\n)?")
_BROKEN = re.compile(rf"[ \t]*(?:-[ \t]+)*(?:([\w$.-]+|{_QUOTED}):(?:[ \t]+|$))?([^\r\n]*)")
_MOST_BRACKETS = 1000
"""The library takes quadratic time over brackets that are not closed."""

_DEEPEST = 16
"""How many keys of a path are told, the last ones."""

_Notes = list[tuple[Span, str]]


def read_yaml(text: str, start: int, end: int) -> tuple[list[Scalar], _Notes]:
    """Return the values of the YAML between `start` and `end` of a source, in order, and what is wrong with it."""
    lines = list(_lines(text, start, end))
    scalars = _Plain(text, lines).read()
    if scalars is not None:
        return scalars, []
    if text.count("[", start, end) + text.count("{", start, end) > _MOST_BRACKETS:
        place, problem = start, "too many brackets"
    else:
        import yaml

        try:
            return list(_from_library(text[start:end], start)), []
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = start + (mark.index if mark else 0)
            problem = error.problem or error.context or "it cannot be parsed"
        except yaml.YAMLError as error:
            place = start + int(getattr(error, "position", 0))
            problem = str(getattr(error, "reason", "it cannot be parsed"))
    place = min(place, end)
    return list(_line_by_line(text, lines)), [(Span(place, place), f"the front matter is no YAML: {problem}")]


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where each line starts and ends, without its line end."""
    at = start
    for found in _LINE_END.finditer(text, start, end):
        yield at, found.start()
        at = found.end()
    yield at, end


class _Plain:
    """Reads plain YAML."""

    def __init__(self, text: str, lines: list[tuple[int, int]]) -> None:
        self._text, self._lines = text, lines
        self._number = 0
        self._found: list[Scalar] = []
        self._levels: list[tuple[int, str]] = [(0, "")]
        """Of each mapping that is open, the indent of its keys and what stands before them."""
        self._waiting: str | None = None
        """The key that has no value yet."""
        self._list = (-1, "", 0)
        """Of the list that is open, its indent, its key and how many items it has."""

    def read(self) -> list[Scalar] | None:
        """Return the values, or None where not all of it is plain."""
        while self._number < len(self._lines):
            start, end = self._lines[self._number]
            self._number += 1
            line = self._text[start:end]
            content = line.lstrip(" ")
            if not content or content[0] == "#":
                continue
            match = _ITEM.match(line) if content.startswith("- ") else _KEY.match(line)
            if match is None or not (self._item(match, start) if content.startswith("- ") else self._key(match, start)):
                return None
        return self._found

    def _item(self, match: re.Match[str], start: int) -> bool:
        indent = len(match[1])
        if self._waiting is not None and indent >= self._levels[-1][0]:
            self._list = (indent, self._waiting, 0)
            self._waiting = None
        elif indent != self._list[0]:
            return False
        _, key, count = self._list
        self._list = (indent, key, count + 1)
        return self._value(match, start, f"{key}.{count}", indent)

    def _key(self, match: re.Match[str], start: int) -> bool:
        indent = len(match[1])
        self._list = (-1, "", 0)
        if self._waiting is not None and indent > self._levels[-1][0]:
            self._levels.append((indent, f"{self._waiting}."))
        while self._levels[-1][0] > indent:
            self._levels.pop()
        if self._levels[-1][0] != indent:
            return False
        self._waiting = None
        key = self._levels[-1][1] + match[2].strip("\"'")
        if match.lastindex == 2:
            self._waiting = key
            return True
        return self._value(match, start, key, indent)

    def _value(self, match: re.Match[str], start: int, key: str, indent: int) -> bool:
        if match["block"]:
            first = self._number
            last = self._skip_block(indent)
            if last > first:
                self._found.append(Scalar(key, self._lines[first][0], self._lines[last - 1][1], "|"))
            return True
        if match["list"]:
            return self._flow(start + match.start("list") + 1, match["list"][1:-1], key)
        for name in ("quoted", "plain"):
            if match[name]:
                value = match[name].rstrip(" ")
                begin = start + match.start(name)
                self._found.append(Scalar(key, begin, begin + len(value), value[0] if name == "quoted" else ""))
        return True

    def _skip_block(self, indent: int) -> int:
        """Pass over the lines of a block of text, which are indented deeper; return the number after the last one."""
        last = self._number
        while self._number < len(self._lines):
            start, end = self._lines[self._number]
            line = self._text[start:end]
            if line.strip():
                if len(line) - len(line.lstrip(" ")) <= indent:
                    break
                last = self._number + 1
            self._number += 1
        return last

    def _flow(self, start: int, inside: str, key: str) -> bool:
        at = count = 0
        while inside[at:].strip(" "):
            found = _LISTED.match(inside, at)
            if found is None:
                return False
            quote = found[1][0] if found[1][0] in "\"'" else ""
            self._found.append(Scalar(f"{key}.{count}", start + found.start(1), start + found.end(1), quote))
            at, count = found.end(), count + 1
        return True


def _from_library(text: str, base: int) -> Iterator[Scalar]:
    """Yield the values that the YAML library finds; raise yaml.YAMLError where it finds a fault.

    Its events are taken, not its nodes: those follow aliases, and a few lines of them can make more than memory holds.
    """
    import yaml

    levels: list[_Level] = []
    for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        if isinstance(event, yaml.CollectionEndEvent):
            closed = levels.pop()
            if closed.is_value and levels:
                levels[-1].has_value()
        if not isinstance(event, yaml.NodeEvent):
            continue
        outer = levels[-1] if levels else _Level(0)
        is_key = outer.takes(event.value if isinstance(event, yaml.ScalarEvent) else "?")
        if isinstance(event, yaml.CollectionStartEvent):
            levels.append(_Level(-1 if isinstance(event, yaml.SequenceStartEvent) else None, is_value=not is_key))
        elif not is_key:
            if isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark:
                place = base + event.start_mark.index, base + event.end_mark.index
                yield _scalar(text, base, *place, event.style, ".".join(str(level.key) for level in levels[-_DEEPEST:]))
            outer.has_value()


class _Level:
    """A collection that is open: the key of the value to come (None: a key is to come), or the count of an item."""

    def __init__(self, key: str | int | None, *, is_value: bool = True) -> None:
        self.key, self.is_value = key, is_value

    def takes(self, key: str) -> bool:
        """Take what comes next in, as a key if one is to come; return whether it is one."""
        if self.key is None:
            self.key = key
            return True
        if isinstance(self.key, int):
            self.key += 1
        return False

    def has_value(self) -> None:
        """Expect the next key."""
        if isinstance(self.key, str):
            self.key = None


def _scalar(text: str, base: int, start: int, end: int, style: str | None, key: str) -> Scalar:
    properties = _PROPERTIES.match(text, start - base, end - base)
    if properties:
        start = base + properties.end()
    if style in ("|", ">"):
        header = _BLOCK_HEADER.match(text, start - base, end - base)
        return Scalar(key, base + header.end() if header else start, end, "|")
    return Scalar(key, start, end, style or "")


def _line_by_line(text: str, lines: list[tuple[int, int]]) -> Iterator[Scalar]:
    """Yield what stands behind the key of each line, or the whole line."""
    for start, end in lines:
        found = _BROKEN.match(text, start, end)
        if found and found[2].strip() and not found[2].lstrip().startswith("#"):
            value = found[2].strip()
            begin = text.index(value, found.start(2))
            quoted = len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]
            key = (found[1] or "").strip("\"'")
            yield Scalar(key, begin, begin + len(value), value[0] if quoted else "")
