"""When a match counts."""

from __future__ import annotations

from healthlint.records import NamedTuple

CONDITION_KEYS = ("except", "with", "unless", "in", "not-in", "name")
"""The keys of conditions in rule files."""


class Conditions(NamedTuple):
    """When a match counts; phrases by their numbers."""

    excepts: tuple[int, ...] = ()
    with_: tuple[tuple[str, tuple[int, ...]], ...] = ()
    unless: tuple[tuple[str, tuple[int, ...]], ...] = ()
    in_: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
