"""One JSON object, as `schema/report-1.schema.json` describes it; the same report gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from healthlint.approval import Approval
from healthlint.finding import Finding, Related
from healthlint.report import FileReport, Report, Stale, Suppressed
from healthlint.reporters import Options
from healthlint.reporters._json import Fields, listed, written
from healthlint.rule import SEVERITIES, Citation
from healthlint.text import Source, Span

_PLACE = ("line", "column", "end_line", "end_column", "start", "end")


def report(report: Report, options: Options) -> Iterator[str]:  # noqa: ARG001
    """Yield the object, with a line for each finding, file and failure."""
    findings = (finding_fields(finding, file) for file in report.files for finding in file.findings)
    approved = (approved_fields(each, file, report) for file in report.files for each in file.approved)
    failures = ({"path": file.path, "error": file.error} for file in report.files if file.error)
    yield written(about(report))[:-1] + ","
    yield from listed(findings, '"findings": ', ",", " ")
    yield from listed(approved, '"approved": ', ",", " ")
    yield from listed(map(file_fields, report.files), '"files": ', ",", " ")
    yield from listed(failures, '"failures": ', ",", " ")
    yield from listed(map(stale_fields, report.stale), '"stale": ', ",", " ")
    yield f' "summary": {written(summary(report))}}}'


def about(report: Report) -> Fields:
    """Return what the report is of."""
    return {"version": 1, "healthlint": report.version, "rules": report.rules_digest, "today": report.today}


def finding_fields(finding: Finding, file: FileReport) -> Fields:
    """Return all that there is to a finding."""
    rule = finding.rule
    return {
        "path": file.path,
        "rule": rule.id,
        "category": rule.category,
        "severity": finding.severity,
        "confidence": rule.confidence,
        "message": finding.message,
        "instead": rule.instead,
        "why": rule.why,
        "law": [
            {"pack": citation.pack, "cite": citation.cite, "url": citation.url}
            for citation in citations_in_force(rule.law, file.packs)
        ],
        "match": finding.words,
        "frame": finding.frame,
        **_place(finding.source, finding.span),
        "related": [_related(finding.source, related) for related in finding.related],
        "fingerprint": finding.fingerprint,
    }


def approved_fields(each: Suppressed, file: FileReport, report: Report) -> Fields:
    """Return all that there is to an approved claim: the finding, and the approvals that answer for it."""
    approvals = [approval_fields(approval) for approval in report.approvals(file, each)]
    return {**finding_fields(each.finding, file), "approvals": approvals}


def approval_fields(approval: Approval) -> Fields:
    """Return an approval with the evidence it stands on."""
    return {
        "id": approval.id,
        "evidence": [{"kind": each.kind, "text": each.text, "says": each.says} for each in approval.evidence],
        "markets": list(approval.markets),
        "approver": approval.approver,
        "approved": approval.approved,
        "expires": approval.expires,
        "note": approval.note,
    }


def citations_in_force(law: Sequence[Citation], packs: tuple[str, ...]) -> tuple[Citation, ...]:
    """Return the citations for `packs`; all of them for a rule that is on though none of its packs is."""
    return tuple(citation for citation in law if citation.pack in packs) or tuple(law)


def _place(source: Source, span: Span) -> Fields:
    start, end = source.position(span.start), source.position(span.end)
    return dict(zip(_PLACE, (*start, *end, *span), strict=True))


def _related(source: Source, related: Related) -> Fields:
    return {**_place(source, related.span), "message": related.message}


def file_fields(file: FileReport) -> Fields:
    """Return what became of a file."""
    return {
        "path": file.path,
        "status": file.status,
        "product": file.product,
        "context": file.context,
        "reasons": list(file.reasons),
    }


def stale_fields(stale: Stale) -> Fields:
    """Return what a baseline has of findings that are there no more, as it has it."""
    return {"path": stale.path, "rule": stale.rule, "fingerprint": stale.fingerprint, "count": stale.times}


def summary(report: Report) -> Fields:
    """Return the counts."""
    return {
        **{severity: report.count(severity) for severity in reversed(SEVERITIES)},
        "approved": sum(len(file.approved) for file in report.files),
        "suppressed": sum(each.by != "claim" for file in report.files for each in file.suppressed),
        "files": report.checked,
    }
