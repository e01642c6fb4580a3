"""A table of a TOML file with the line of each value, in the form that `marked_yaml` gives YAML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from healthlint.marked_yaml import Faults, Marked

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_NAME = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
_LINE_OF_ERROR = re.compile(r"\(at line (\d+), column \d+\)")

_Path = tuple[str, ...]


def load_table(text: str, path: _Path, faults: Faults) -> Marked | None:
    """Return the table at `path` of the TOML document `text`; None where it is not there, or the text is no TOML."""
    import tomllib

    try:
        table: object = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _LINE_OF_ERROR.search(str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        faults.add(line, f"not TOML: {_LINE_OF_ERROR.sub('', str(error)).strip().lower()}")
        return None
    except RecursionError:
        faults.add(1, "not TOML: nested too deeply")
        return None
    for name in path:
        table = table.get(name) if isinstance(table, Mapping) else None
        if table is None:
            return None
    return _marked(table, path, _lines(text), 1)


def _marked(value: object, path: _Path, lines: Mapping[_Path, int], line: int) -> Marked:
    line = lines.get(path, line)
    if isinstance(value, str):
        return Marked(line, text=value)
    if isinstance(value, Mapping):
        keys = {str(key): _marked(item, (*path, str(key)), lines, line) for key, item in value.items()}
        return Marked(line, keys=keys, key_lines={key: marked.line for key, marked in keys.items()})
    if isinstance(value, Sequence):
        items = (_marked(item, (*path, str(count)), lines, line) for count, item in enumerate(value))
        return Marked(line, items=tuple(items))
    return Marked(line, text=str(value).lower() if isinstance(value, bool) else str(value))


def _lines(text: str) -> dict[_Path, int]:
    """Return the line in which each key stands; a table of an array has its count in its path, from "0"."""
    lines: dict[_Path, int] = {}
    tables: Counter[_Path] = Counter()
    table: _Path = ()
    for number, line in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(line):
            table = _names(header[2])
            if header[1] == "[[":
                tables[table] += 1
                table = (*table, str(tables[table] - 1))
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            path = (*table, *_names(key[1]))
            for length in range(len(table) + 1, len(path) + 1):
                lines.setdefault(path[:length], number)
    return lines


def _names(key: str) -> _Path:
    return tuple(name.strip("\"'") for name in _NAME.findall(key))
