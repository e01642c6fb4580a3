"""Diagnostics for reviewdog, one a line; columns in bytes of UTF-8, ends exclusive.

reviewdog shows a message as Markdown in a pull request and as it is in a terminal: the words of the document stand as
code in it, which reads well as either.
"""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.finding import Finding
from healthlint.report import FileReport, Report
from healthlint.reporters import Options
from healthlint.reporters import _markdown as markdown
from healthlint.reporters._json import Fields, written
from healthlint.reporters._plain import address, failures
from healthlint.reporters._where import in_bytes, in_unicode
from healthlint.reporters.text import leading_citation

SOURCE: Fields = {"name": "healthlint"}


def report(report: Report, options: Options) -> Iterator[str]:  # noqa: ARG001
    """Yield a diagnostic for each failure and finding, each with its source."""
    for diagnostic in diagnostics(report):
        yield written({**diagnostic, "source": SOURCE})


def diagnostics(report: Report) -> Iterator[Fields]:
    """Yield the diagnostics, failures first; they have no source."""
    for file, error in failures(report):
        place: Fields = {"path": in_unicode(file.path), "range": {"start": {"line": 1}}}
        yield {
            "message": markdown.code(error),
            "location": place,
            "severity": "ERROR",
            "code": {"value": "not-checked"},
        }
    for file in report.files:
        for finding in file.findings:
            yield _diagnostic(file, finding)


def _diagnostic(file: FileReport, finding: Finding) -> Fields:
    rule, source, span = finding.rule, finding.source, finding.span
    start, end = in_bytes(source, span.start), in_bytes(source, span.end)
    url = address(rule)
    return {
        "message": "\n\n".join(_paragraphs(file, finding)),
        "location": {"path": in_unicode(file.path), "range": {"start": start._asdict(), "end": end._asdict()}},
        "severity": finding.severity.upper(),
        "code": {"value": rule.id, **({"url": url} if url else {})},
    }


def _paragraphs(file: FileReport, finding: Finding) -> Iterator[str]:
    yield markdown.message(finding)
    if finding.rule.instead.strip():
        yield f"Instead: {markdown.escaped(finding.rule.instead)}"
    citation = leading_citation(finding.rule.law, file.packs)
    if citation is not None:
        yield f"Law: {markdown.law(citation)}"
