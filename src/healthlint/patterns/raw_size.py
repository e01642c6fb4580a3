"""How large a raw pattern is once it is compiled: repetitions of repetitions multiply, and no time limit holds for that."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from importlib import import_module

from healthlint.hints import Any

MOST_STEPS = 2000
"""A pattern of so many is compiled in a hundredth of a second; `(?:()x80){500}`, with its 80 groups, took 22 s."""
_COUNTS = re.compile(r"\{(\d*)(?:,(\d*))?\}")


def steps(source: str) -> int:
    """Return how many steps `source` comes to, each repetition written out; more than MOST_STEPS where nobody can tell."""
    try:
        with warnings.catch_warnings():
            # Of what may mean something else in some later Python.
            warnings.simplefilter("ignore")
            tree = import_module("re._parser").parse(source, re.IGNORECASE)
    except (re.error, ImportError, AttributeError):
        return _at_most(source)
    except (RecursionError, OverflowError):
        return MOST_STEPS + 1
    return _size(tree)


def _size(tree: Iterable[tuple[Any, Any]]) -> int:
    total = 0
    for kind, value in tree:
        total += _times(value) * (1 + _inside(value)) if str(kind).endswith("_REPEAT") else 1 + _inside(value)
        if total > MOST_STEPS:
            return total
    return total


def _times(repeat: Any) -> int:
    """Return how often a repetition is written out: one without an end as often as it must be there."""
    least, most, _ = repeat
    is_endless = str(most) == "MAXREPEAT"
    return max(1, int(least) if is_endless else int(most))


def _inside(value: Any) -> int:
    """Return the size of what a part of the tree holds: trees, and lists of them."""
    if isinstance(value, list | tuple):
        return sum(map(_inside, value))
    return _size(value) if type(value).__name__ == "SubPattern" else 0


def _at_most(source: str) -> int:
    """Return how many steps a pattern, in words that only `regex` knows, comes to at most: as if all were nested."""
    total = len(source)
    for least, most in _COUNTS.findall(source):
        total *= max(1, int(most or least or 1))
    return total
