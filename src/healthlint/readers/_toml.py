"""TOML front matter as values with their places: the library gives values alone, and refuses what is broken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.readers._scalars import Scalar
from healthlint.text import Span

_STRING = (
    r"(?P<string>\"\"\"(?:[^\\\"]|\\[\s\S]|\"{1,2}(?!\"))*+\"{3,5}|'''(?:[^']|'{1,2}(?!'))*+'{3,5}"
    r"|\"(?:[^\"\\\r\n]|\\.)*+\"|'[^'\r\n]*+')"
)
_TOKEN = re.compile(
    rf"(?P<space>[ \t]+|\#[^\r\n]*)|(?P<line>\r\n?|\n)|{_STRING}"
    r"|(?P<broken>[\"'][^\r\n]*)|(?P<mark>[\[\]{},=.])|(?P<bare>[^\s\[\]{},=.#\"'][^\s\[\]{},=#\"']*)|(?P<other>.)"
)
_QUOTES = re.compile(r"\"\"\"|'''|[\"']")
_AT_LINE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)")


def read_toml(text: str, start: int, end: int) -> tuple[list[Scalar], list[tuple[Span, str]]]:
    """Return the values of the TOML between `start` and `end` of a source, in order, and what is wrong with it."""
    return list(_Reader().read(text, start, end)), _faults(text, start, end)


def _faults(text: str, start: int, end: int) -> list[tuple[Span, str]]:
    import tomllib

    try:
        tomllib.loads(text[start:end].replace("\r\n", "\n").replace("\r", "\n"))
    except tomllib.TOMLDecodeError as error:
        place = _AT_LINE.search(str(error))
        problem = _AT_LINE.sub("", str(error))
        at = _offset(text, start, end, int(place[1]), int(place[2])) if place and place[1] else end
        return [(Span(at, at), f"the front matter is no TOML: {problem[:1].lower()}{problem[1:]}")]
    except RecursionError:
        return [(Span(start, start), "the front matter is no TOML: it is nested too deeply")]
    return []


def _offset(text: str, start: int, end: int, line: int, column: int) -> int:
    at = start
    for found in re.finditer(r"\r\n?|\n", text[start:end]):
        if line <= 1:
            break
        at, line = start + found.end(), line - 1
    return min(at + column - 1, end)


class _Reader:
    """Follows keys, tables and brackets; what is out of place is passed over, for the library tells of it."""

    def __init__(self) -> None:
        self._table: list[str] = []
        self._counts: dict[str, int] = {}
        self._open: list[list[str | int]] = []
        """Of each bracket that is open inside of a value, the keys that lead to it; the last of a list is a count."""
        self._key: list[str] = []
        self._in_key = True
        self._header: list[str] | None = None
        """The names of the table that is being opened."""
        self._is_many = False
        """Whether it is one of many: [[so]]."""

    def read(self, text: str, start: int, end: int) -> Iterator[Scalar]:
        """Yield the values."""
        for token in _TOKEN.finditer(text, start, end):
            kind, said = token.lastgroup, token[0]
            if kind in ("space", "line"):
                self._pass(kind)
            elif self._header is not None:
                self._take_header(said, self._header)
            elif self._in_key:
                self._take_key(said)
            elif kind == "mark":
                self._bracket(said)
            elif kind in ("string", "bare", "broken"):
                quote = _QUOTES.match(said) if kind == "string" else None
                begin = token.start() + (kind == "broken")
                yield Scalar(self._path(), begin, token.end(), quote[0] if quote else "", toml=True)

    def _pass(self, kind: str) -> None:
        """Pass over white space; a line end that stands in no bracket ends what was begun."""
        if kind == "line" and not self._open:
            self._header, self._in_key, self._key = None, True, []

    def _take_header(self, said: str, names: list[str]) -> None:
        if said == "[":
            self._is_many = True
        elif said == "]":
            self._header, self._table = None, names
            if self._is_many:
                name = ".".join(names)
                count = self._counts[name] = self._counts.get(name, -1) + 1
                self._table = [*names, str(count)]
        elif said != ".":
            names += _names(said)

    def _take_key(self, said: str) -> None:
        if said == "[" and not self._open and not self._key:
            self._header, self._is_many = [], False
        elif said == "=":
            self._in_key = False
        elif said == "}":
            self._close()
        elif said not in (".", ","):
            self._key += _names(said)

    def _bracket(self, mark: str) -> None:
        if mark == "[":
            self._open.append([*self._key, 0])
            self._key = []
        elif mark == "{":
            self._open.append([*self._key])
            self._key, self._in_key = [], True
        elif mark in "]}":
            self._close()
        elif mark == "," and self._open:
            keys = self._open[-1]
            if keys and isinstance(keys[-1], int):
                keys[-1] += 1
            else:
                self._key, self._in_key = [], True

    def _close(self) -> None:
        if self._open:
            self._open.pop()
        self._in_key, self._key = False, []

    def _path(self) -> str:
        inside = [str(key) for keys in self._open[-16:] for key in keys]
        return ".".join([*self._table, *inside, *self._key])


def _names(written: str) -> list[str]:
    """Return the names of a key or a part of one."""
    return [written[1:-1]] if written[:1] in "\"'" else [name for name in written.split(".") if name]
