"""What a rule looks for, as data."""

from __future__ import annotations

from healthlint.checks._conditions import Conditions
from healthlint.records import NamedTuple

_ELSEWHERE = frozenset({"links", "reported_by", "voices"})
"""Checks that look at more than phrases: no page can be passed over."""
_OF_DOCUMENTS = frozenset({"require", "contradiction"})
"""Checks that speak of the document, whatever sentence they stand on."""


class Duty(NamedTuple):
    """When a rule has to run, and what with."""

    phase: int
    """The latest of what its checks need (see `healthlint.checks`)."""
    phrases: tuple[int, ...]
    """All phrases that its checks look for on every page."""
    asks: tuple[str, ...]
    """Ids of the rules whose findings it needs; "category:…" for a whole category."""
    is_for_any_page: bool
    """Whether it may find something where none of its phrases stands."""


class RuleCode(NamedTuple):
    """What a rule looks for: for each check its name and data, and the conditions for all of them."""

    checks: tuple[tuple[str, object], ...]
    conditions: Conditions

    @property
    def is_of_document(self) -> bool:
        """Return whether it speaks of the document, not of a sentence."""
        return any(kind in _OF_DOCUMENTS for kind, _ in self.checks)

    @property
    def is_for_any_page(self) -> bool:
        """Return whether it may find something where none of its phrases stands."""
        return any(kind in _ELSEWHERE for kind, _ in self.checks)


def as_rule_code(data: tuple[tuple[tuple[str, object], ...], tuple[object, ...]]) -> RuleCode:
    """Return what was packed as a RuleCode."""
    checks, conditions = data
    return RuleCode(checks, Conditions(*conditions))  # type: ignore[arg-type]
