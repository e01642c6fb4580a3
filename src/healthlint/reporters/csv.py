"""CSV for spreadsheets: a row a finding, the silenced ones and files that failed too; nothing in it is a formula.

It starts with a BOM, without which Excel takes UTF-8 for something else. Line ends are LF.
"""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.finding import Finding
from healthlint.report import FileReport, Report
from healthlint.reporters import Options
from healthlint.reporters._plain import message
from healthlint.reporters._safe import neutralise, on_one_line
from healthlint.reporters.text import leading_citation

COLUMNS = (
    "path", "line", "column", "end_line", "end_column", "status", "severity", "rule", "category", "confidence",
    "message", "words", "frame", "instead", "why", "law", "pack", "url", "reason", "fingerprint",
)  # fmt: skip
_BOM = "\ufeff"
_STARTS = frozenset("=+-@|%\uff1d\uff0b\uff0d\uff20")
"""What spreadsheets take for the start of a formula; the wide twins too, where the language has them."""


def report(report: Report, options: Options) -> Iterator[str]:  # noqa: ARG001
    """Yield the rows, the names of the columns first."""
    yield _BOM + _row(COLUMNS)
    for file in report.files:
        if file.status in ("failed", "not-checked"):
            yield _row(_about(file))
        for finding in file.findings:
            yield _row(_finding(file, finding, "found", ""))
        for each in file.suppressed:
            yield _row(_finding(file, each.finding, "approved" if each.by == "claim" else each.by, each.reason))


def _finding(file: FileReport, finding: Finding, status: str, reason: str) -> tuple[object, ...]:
    rule = finding.rule
    citation = leading_citation(rule.law, file.packs)
    law = (citation.cite, citation.pack, citation.url) if citation else ("", "", "")
    place = (*finding.source.position(finding.span.start), *finding.source.position(finding.span.end))
    about = (status, finding.severity, rule.id, rule.category, rule.confidence, message(finding))
    texts = (on_one_line(finding.words), finding.frame, on_one_line(rule.instead), on_one_line(rule.why))
    return (file.path, *place, *about, *texts, *law, on_one_line(reason), finding.fingerprint)


def _about(file: FileReport) -> tuple[object, ...]:
    row: dict[str, object] = dict.fromkeys(COLUMNS, "")
    row |= {"path": file.path, "status": file.status, "reason": file.error or "; ".join(file.reasons)}
    return tuple(row.values())


def _row(cells: tuple[object, ...]) -> str:
    return ",".join(str(cell) if isinstance(cell, int) else _quoted(str(cell)) for cell in cells)


def _quoted(text: str) -> str:
    """Return a text in quotes, an apostrophe before what might be a formula: it is then shown as it is."""
    shown = neutralise(text)
    lead = "'" if shown.lstrip()[:1] in _STARTS else ""
    return '"' + lead + shown.replace('"', '""') + '"'
