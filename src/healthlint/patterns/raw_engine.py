"""Which raw patterns `re` may match: those that mean the same to it as to `regex`, and that end soon with no time limit.

To load `regex` takes as long as all else that Python loads for a check, and most pages need it for a simple pattern or two.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from importlib import import_module

from healthlint.hints import Any
from healthlint.patterns.raw import LONGEST_PLAIN
from healthlint.records import NamedTuple

_MOST_WAYS = 250_000
"""Ways from one place of such a text that are too many."""
_FEW = 10
"""Repetitions that are counted one by one; more count as one for each character."""
_BRACE = re.compile(r"\\.|\{\d+(?:,\d*)?\}|(\{)", re.DOTALL)
_SIMPLE = frozenset({"LITERAL", "NOT_LITERAL", "IN", "ANY", "AT", "CATEGORY", "RANGE", "NEGATE"})


class _Ways(NamedTuple):
    """How many ways there are to match a part at one place: so many `choices`, times the text's length for each loop."""

    choices: int = 1
    loops: int = 0

    def then(self, other: _Ways) -> _Ways:
        return _Ways(self.choices * other.choices, self.loops + other.loops)

    @property
    def at_most(self) -> int:
        return self.choices * int(LONGEST_PLAIN**self.loops)


class _UnknownError(Exception):
    """A part that only `regex` has, or whose ways cannot be counted."""


def is_plain(source: str) -> bool:
    """Return whether `re` may match a pattern, letters of either case, in a short ASCII text instead of `regex`."""
    if any(found[1] for found in _BRACE.finditer(source)):
        return False
    try:
        with warnings.catch_warnings():
            # Of what may mean something else in some later Python, and does so to `regex`.
            warnings.simplefilter("error")
            tree = import_module("re._parser").parse(source, re.IGNORECASE)
        return _sequence(tree).at_most <= _MOST_WAYS
    except (re.error, ImportError, AttributeError, RecursionError, OverflowError, Warning, _UnknownError):
        return False


def _sequence(tree: Iterable[tuple[Any, Any]]) -> _Ways:
    ways = _Ways()
    for kind, value in tree:
        ways = ways.then(_part(str(kind), value))
    return ways


def _part(kind: str, value: Any) -> _Ways:
    if kind in _SIMPLE:
        return _Ways()
    if kind == "SUBPATTERN":
        return _sequence(value[3])
    if kind in ("ASSERT", "ASSERT_NOT"):
        return _sequence(value[1])
    if kind == "BRANCH":
        return _branch(value[1])
    if kind in ("MAX_REPEAT", "MIN_REPEAT"):
        return _repeat(value[1], value[2])
    raise _UnknownError


def _branch(branches: Iterable[Iterable[tuple[Any, Any]]]) -> _Ways:
    """Return the ways through alternatives; of words only those that begin alike can all match at one place."""
    parts = [list(branch) for branch in branches]
    if all(str(kind) == "LITERAL" for part in parts for kind, _ in part):
        words = ["".join(chr(code) for _, code in part) for part in parts]
        return _Ways(max(sum(map(word.startswith, words)) for word in words))
    ways = [_sequence(part) for part in parts]
    return _Ways(sum(each.choices for each in ways), max(each.loops for each in ways))


def _repeat(most: Any, body: Any) -> _Ways:
    times, ways = int(most), _sequence(body)
    if times <= 1:
        return ways._replace(choices=1 + ways.choices)
    if len(body) == 1 and str(body[0][0]) in _SIMPLE:
        return _Ways(times) if times <= _FEW else _Ways(1, 1)
    if times > _FEW or ways.loops:
        raise _UnknownError
    return _Ways((1 + ways.choices) ** times)
