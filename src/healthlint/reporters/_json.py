"""JSON that can stand in the log of a build server and in a diff: ASCII, an item a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

Fields = dict[str, object]


def written(value: object) -> str:
    """Return `value` as JSON on one line."""
    # ASCII alone: nothing a terminal would obey, and no lone surrogate of an odd file name. "##[" and its like would be
    # obeyed by a build server; outside of strings JSON has no "#".
    return json.dumps(value).replace("##", "\\u0023\\u0023")


def listed(items: Iterable[object], lead: str = "", end: str = "", indent: str = "") -> Iterator[str]:
    """Yield a list, an item a line, `lead` before it and `end` after it; on a line of its own where it is empty."""
    lines = iter(items)
    line = next(lines, None)
    if line is None:
        yield f"{indent}{lead}[]{end}"
        return
    yield f"{indent}{lead}["
    for following in lines:
        yield f"{indent} {written(line)},"
        line = following
    yield f"{indent} {written(line)}"
    yield f"{indent}]{end}"
