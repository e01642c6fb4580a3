"""Approved claims, as data; `claims_file` makes them of a register such as claims.yaml."""

from __future__ import annotations

import os
from collections.abc import Iterable

from healthlint.days import day_after
from healthlint.evidence import Evidence
from healthlint.paths import with_slashes
from healthlint.records import NamedTuple
from healthlint.text import Source, Span


class Approval(NamedTuple):
    """One entry of a register: which words are approved, on what grounds, where and until when."""

    id: str
    wording: str
    """The words themselves; "" where a pattern is given."""
    pattern: str
    """A phrase of the rule language; "" where the words are given."""
    evidence: tuple[Evidence, ...]
    """Never empty."""
    markets: tuple[str, ...]
    """The packs whose law it holds under, in the order of `rule.PACKS`; never empty."""
    rules: tuple[str, ...]
    """The ids and categories of the rules it may answer; never empty."""
    products: tuple[str, ...]
    """Product classes it holds for; empty for all."""
    product_names: tuple[str, ...]
    """Names, one of which must stand on the page; empty for any."""
    qualifiers: tuple[tuple[str, tuple[str, ...]], ...]
    """For each scope the phrases of which one must stand there."""
    approver: str
    """A role."""
    approved: str
    """The first day on which it holds, ISO 8601."""
    expires: str
    """The last day on which it holds, ISO 8601."""
    note: str
    span: Span
    """Where its id stands in the register."""
    expires_span: Span
    """Where the last day stands in the register."""

    def is_in_force(self, today: str) -> bool:
        """Tell whether it holds on the day `today`, ISO 8601."""
        return self.approved <= today <= self.expires

    def justification(self) -> str:
        """Return on what grounds the words may stand, in one line: its id, evidence, approver and days."""
        grounds = ", ".join(evidence.shown for evidence in self.evidence)
        return f"{self.id}: {grounds}; approved by {self.approver} on {self.approved}, until {self.expires}"


class Register(NamedTuple):
    """A register of approved claims."""

    path: str
    """As it is shown, from the current folder."""
    digest: str
    """"sha256:…" over its bytes."""
    source: Source
    approvals: tuple[Approval, ...]
    """In the order of the file; no two have the same id."""

    def get(self, approval_id: str) -> Approval | None:
        """Return the approval of this id, if there is one."""
        return next((approval for approval in self.approvals if approval.id == approval_id), None)


def expires_soon(approval: Approval, today: str, days: int = 30) -> bool:
    """Tell whether an approval that is in force on `today` ends within so many days from then."""
    return approval.is_in_force(today) and approval.expires <= day_after(today, days)


def evidence_files(registers: Iterable[Register]) -> tuple[str, ...]:
    """Return the paths of the files that approvals stand on, as the registers' are shown, each once, sorted."""
    found = {
        with_slashes(os.path.normpath(os.path.join(os.path.dirname(register.path), evidence.text)))
        for register in registers
        for approval in register.approvals
        for evidence in approval.evidence
        if evidence.kind == "file"
    }
    return tuple(sorted(found))
