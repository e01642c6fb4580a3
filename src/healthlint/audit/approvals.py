"""The approvals that a check was held against: each with its grounds, its days, and where its words stand."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.approval import Approval
from healthlint.records import NamedTuple
from healthlint.report import ClaimUse, Report


class ApprovalFacts(NamedTuple):
    """An approval and what came of it."""

    register: str
    """The path of its register."""
    line: int
    approval: Approval
    state: str
    """in force | expired | not yet."""
    places: tuple[tuple[str, ClaimUse], ...]
    """The paths and places where its words stand, in order, whether or not it answers for them there."""


def approvals_of(report: Report) -> Iterator[ApprovalFacts]:
    """Yield the approvals of all registers of a report, in their order."""
    for register in report.registers:
        places: dict[str, list[tuple[str, ClaimUse]]] = {}
        for file in report.files:
            for use in file.claims if file.register == register.path else ():
                places.setdefault(use.approval, []).append((file.path, use))
        for approval in register.approvals:
            state = "expired" if approval.expires < report.today else "not yet"
            yield ApprovalFacts(
                register.path,
                register.source.position(approval.span.start).line,
                approval,
                "in force" if approval.is_in_force(report.today) else state,
                tuple(places.get(approval.id, ())),
            )
