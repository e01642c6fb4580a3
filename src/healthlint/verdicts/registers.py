"""What a register of approved claims itself gives rise to: entries that have expired, soon will, or approve nothing."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from healthlint.approval import Approval, Register, expires_soon
from healthlint.finding import Finding
from healthlint.fingerprint import with_fingerprints
from healthlint.report import FileReport, Report
from healthlint.rule import Rule
from healthlint.selection import Choice
from healthlint.text import Span
from healthlint.verdicts.approvals import APPROVED, NOT_IN_FORCE

EXPIRED = "expired-approval"
EXPIRING = "expiring-approval"
UNUSED = "unused-approval"


def judge(
    register: Register,
    files: Sequence[FileReport],
    today: str,
    rules: Mapping[str, Rule],
    choices: Mapping[str, Choice],
    *,
    whole: bool,
) -> tuple[Finding, ...]:
    """Return the findings about the entries of `register`, in order of place.

    `files` were held against it. Where they are not the `whole` of what it is for, an entry is spoken of only if one of
    these files needs it, and none is called unused: nobody looked everywhere.
    """
    found = []
    used, needed = _used(files, register.path)
    for approval in register.approvals:
        for rule_id, span, message in _faults(approval, today, used if whole else None, whole or approval.id in needed):
            rule, choice = rules.get(rule_id), choices.get(rule_id)
            if rule is not None and choice is not None and choice.on:
                context = f"{approval.id} {approval.expires}"
                found.append(Finding(rule, register.source, span, message, choice.severity, context=context))
    return with_fingerprints(sorted(found, key=lambda finding: (finding.span, finding.rule.id)))


def still_needed(report: Report) -> Report:
    """Return `report` without findings about entries of registers that nothing in its files needs any more."""
    paths = {register.path for register in report.registers}
    return report._replace(
        files=tuple(_narrowed(file, report.files) if file.path in paths else file for file in report.files)
    )


def _faults(
    approval: Approval,
    today: str,
    used: Container[str] | None,
    is_told: bool,  # noqa: FBT001
) -> Iterator[tuple[str, Span, str]]:
    """Yield rule, place and message for what is wrong with an entry; `used` are those that are, None: nobody knows."""
    if not approval.is_in_force(today):
        if is_told and approval.approved > today:
            yield (
                EXPIRED,
                approval.span,
                f"“{approval.id}” holds from {approval.approved} on, so it approves nothing yet",
            )
        elif is_told:
            yield (
                EXPIRED,
                approval.expires_span,
                f"“{approval.id}” held until {approval.expires}, so it approves nothing",
            )
        return
    if is_told and expires_soon(approval, today):
        yield EXPIRING, approval.expires_span, f"“{approval.id}” holds until {approval.expires}, and no longer"
    if used is not None and approval.id not in used:
        yield UNUSED, approval.span, f"“{approval.id}” approves words that stand on no page"


def _used(files: Iterable[FileReport], register: str) -> tuple[set[str], set[str]]:
    """Return the ids of the approvals whose words stand in `files`, and of those that some finding there hangs on."""
    claims = [claim for file in files if file.register == register for claim in file.claims]
    needed = {claim.approval for claim in claims if claim.verdict in (APPROVED, NOT_IN_FORCE)}
    return {claim.approval for claim in claims}, needed


def _narrowed(register: FileReport, files: Iterable[FileReport]) -> FileReport:
    """Return the report on a register with what it says of approvals that stand or would stand in for what is left."""
    needed = set()
    for file in files:
        left = {(finding.rule.id, finding.fingerprint) for finding in file.findings}
        silenced = {(each.finding.rule.id, each.finding.fingerprint) for each in file.suppressed if each.by == "claim"}
        for claim in file.claims if file.register == register.path else ():
            if (claim.verdict == NOT_IN_FORCE and not left.isdisjoint(claim.findings)) or (
                claim.verdict == APPROVED and not silenced.isdisjoint(claim.findings)
            ):
                needed.add(claim.approval)
    findings = tuple(finding for finding in register.findings if finding.context.partition(" ")[0] in needed)
    return register.left_with(findings, register.suppressed)
