"""When a match counts, and in what a phrase is looked for."""

from __future__ import annotations

from healthlint.records import NamedTuple

CONDITION_KEYS = ("except", "with", "unless", "in", "not-in", "name", "fragment")
"""The keys of conditions in rule files."""
CLAUSE, COUNTED, WIDER = "clause", "counted", "wider"
"""In what a phrase is looked for: in clauses; in clauses if its places cannot be counted without a look at each; in more."""


class Conditions(NamedTuple):
    """When a match counts; phrases by their numbers."""

    excepts: tuple[int, ...] = ()
    with_: tuple[tuple[str, tuple[int, ...]], ...] = ()
    unless: tuple[tuple[str, tuple[int, ...]], ...] = ()
    in_: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    fragment: int = -1
    """At most how many other words stand in its fragment; -1 where it need not be one."""
