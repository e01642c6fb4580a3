"""Approved claims in the HTML report: what was found and may stand, with the evidence it stands on."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.approval import Approval
from healthlint.report import FileReport, Report, Suppressed
from healthlint.reporters._html_parts import link, one_line, table
from healthlint.reporters._xml import escaped

_RESOLVER = "https://doi.org/"


def section(report: Report) -> Iterator[str]:
    """Yield a section of the HTML report; nothing where nothing is approved."""
    rows = [_row(report, file, each) for file in report.files for each in file.approved]
    if rows:
        yield f"<section><h2>Approved claims ({len(rows)})</h2>"
        yield from table(("Where", "Finding", "Rule", "Entry", "Evidence", "Approved by", "Until"), rows)
        yield "</section>"


def _row(report: Report, file: FileReport, each: Suppressed) -> tuple[str, ...]:
    finding, approvals = each.finding, report.approvals(file, each)
    line, column = finding.source.position(finding.span.start)
    return (
        f"{escaped(file.path)}:{line}:{column}",
        one_line(finding.message),
        f"<code>{escaped(finding.rule.id)}</code>",
        "<br>".join(f"<code>{escaped(approval.id)}</code>" for approval in approvals),
        "<br>".join(_evidence(approval) for approval in approvals),
        "<br>".join(one_line(approval.approver) for approval in approvals),
        "<br>".join(f"<time>{escaped(approval.expires)}</time>" for approval in approvals),
    )


def _evidence(approval: Approval) -> str:
    shown = []
    for evidence in approval.evidence:
        address = {"doi": _RESOLVER + evidence.text, "url": evidence.text}.get(evidence.kind, "")
        says = f" ({one_line(evidence.says)})" if evidence.says else ""
        shown.append(link(evidence.shown, address) + says)
    return ", ".join(shown)
