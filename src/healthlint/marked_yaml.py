"""YAML as it was written: every value with its line, scalars as text, doubled keys refused.

YAML would turn `no` into False, `0.10` into 0.1 and 2026-11-20 into a date, and let the second of two equal keys win.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from healthlint.errors import nearest

_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Marked:
    """A YAML value and its place: `text` of a scalar, `items` of a list, `keys` of a mapping.

    Line and column count from 1; the column is 0 where it is not known. `start` and `end` are offsets in the text of the
    file, half open.
    """

    line: int
    text: str | None = None
    items: tuple[Marked, ...] | None = None
    keys: dict[str, Marked] | None = None
    key_lines: dict[str, int] = field(default_factory=dict)
    column: int = 0
    start: int = 0
    end: int = 0
    key_columns: dict[str, int] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """Return "text", "list" or "mapping"."""
        return "text" if self.text is not None else "list" if self.items is not None else "mapping"


class Faults:
    """Collects what is wrong with one file, each with its line, and its column if that is asked for."""

    def __init__(self, path: str, *, columns: bool = False) -> None:
        """Name the file as it is to be shown."""
        self.path = path
        self.found: list[str] = []
        self._columns = columns

    def add(self, line: int, text: str, column: int = 0) -> None:
        """Note one fault."""
        place = f"{line}:{column}" if column and self._columns else str(line)
        self.found.append(f"{self.path}:{place}: {text}")

    def at(self, marked: Marked, text: str) -> None:
        """Note one fault of a value."""
        self.add(marked.line, text, marked.column)

    def text(self, marked: Marked, key: str) -> str:
        """Return a scalar's text; a fault where it is none or empty."""
        if marked.text is None:
            self.at(marked, f"'{key}' must be text, not a {marked.kind}")
            return ""
        if not marked.text.strip():
            self.at(marked, f"'{key}' is empty")
        return marked.text

    def texts(self, marked: Marked, key: str) -> tuple[str, ...]:
        """Return a list of scalars (one scalar stands for a list of one); a fault where it is none."""
        if marked.text is not None:
            return (self.text(marked, key),)
        if marked.items is None:
            self.at(marked, f"'{key}' must be a list, not a mapping")
            return ()
        return tuple(self.text(item, key) for item in marked.items)

    def mapping(self, marked: Marked, key: str, allowed: Collection[str] | None = None) -> dict[str, Marked]:
        """Return a mapping; a fault where it is none, and for each key that is not `allowed`."""
        if marked.keys is None:
            self.at(marked, f"'{key}' must be a mapping, not a {marked.kind}")
            return {}
        if allowed is not None:
            self.known(marked, allowed)
        return marked.keys

    def known(self, marked: Marked, allowed: Collection[str]) -> None:
        """Note each key of a mapping that is not `allowed` (a collection of names)."""
        for name in marked.keys or ():
            if name not in allowed:
                listed = ", ".join(allowed)
                hint = nearest(name, allowed) or f"; allowed: {listed}"
                self.add(
                    marked.key_lines.get(name, marked.line),
                    f"unknown key '{name}'{hint}",
                    marked.key_columns.get(name, 0),
                )

    def choice(self, marked: Marked, key: str, allowed: tuple[str, ...]) -> str:
        """Return a scalar that must be one of `allowed`; a fault and the first of them where it is not."""
        text = self.text(marked, key)
        if text not in allowed:
            if text:
                listed = ", ".join(allowed[:-1]) + (" or " if len(allowed) > 1 else "") + allowed[-1]
                self.at(marked, f"'{key}' is '{text}': choose {listed}{nearest(text, allowed)}")
            return allowed[0]
        return text


def load(text: str, faults: Faults) -> Marked | None:
    """Return the YAML document in `text`, or None where it is none, with what is wrong added to `faults`."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        # Before it is composed: the parser in C would overflow the stack, and take the process with it.
        refused = _refused(yaml.parse(text, Loader=loader))
        if refused is not None:
            faults.add(*refused)
            return None
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        faults.add(line, f"not YAML: {error.problem or error.context or 'cannot be parsed'}", column)
        return None
    except yaml.YAMLError as error:
        faults.add(1, f"not YAML: {' '.join(str(error).split())}")
        return None
    if node is None:
        faults.add(1, "the file is empty")
        return None
    return _marked(node, faults, {})


def _refused(events: Iterable[object]) -> tuple[int, str] | None:
    """Return the line of what would never end, and what it is: nesting without a floor, a value that holds itself."""
    import yaml

    # The anchors of the values that are open, outermost first; None for one that has none.
    held: list[str | None] = []
    for event in events:
        assert isinstance(event, yaml.Event)
        line = event.start_mark.line + 1 if event.start_mark is not None else 1
        if isinstance(event, yaml.AliasEvent) and event.anchor in held:
            return line, f"'*{event.anchor}' stands inside of itself"
        if isinstance(event, yaml.CollectionStartEvent):
            held.append(event.anchor)
        elif isinstance(event, yaml.CollectionEndEvent):
            held.pop()
        if len(held) > _DEEPEST:
            return line, "nested too deeply"
    return None


def _marked(node: object, faults: Faults, made: dict[int, Marked]) -> Marked:
    """Return `node` with its lines; `made` holds what there is, so that what aliases share is made once."""
    if id(node) not in made:
        made[id(node)] = _make(node, faults, made)
    return made[id(node)]


def _make(node: object, faults: Faults, made: dict[int, Marked]) -> Marked:
    import yaml

    assert isinstance(node, yaml.Node)
    begin = node.start_mark
    line, column, start, end = begin.line + 1, begin.column + 1, begin.index, node.end_mark.index
    if isinstance(node, yaml.ScalarNode):
        return Marked(line, node.value, column=column, start=start, end=end)
    if isinstance(node, yaml.SequenceNode):
        items = tuple(_marked(item, faults, made) for item in node.value)
        return Marked(line, items=items, column=column, start=start, end=end)
    keys: dict[str, Marked] = {}
    lines: dict[str, int] = {}
    columns: dict[str, int] = {}
    for key_node, value_node in node.value:
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
        key_line, key_column = key_node.start_mark.line + 1, key_node.start_mark.column + 1
        if not key:
            faults.add(key_line, "a key must be a word", key_column)
        elif key in keys:
            faults.add(key_line, f"key '{key}' stands twice; the first is in line {lines[key]}", key_column)
        else:
            keys[key] = _marked(value_node, faults, made)
            lines[key], columns[key] = key_line, key_column
    return Marked(line, keys=keys, key_lines=lines, column=column, start=start, end=end, key_columns=columns)
