"""A line a finding, for grep and for editors: `path:line:column: severity rule message`."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.report import Report
from healthlint.reporters import Options
from healthlint.reporters._safe import neutralise, on_one_line


def report(report: Report, options: Options) -> Iterator[str]:  # noqa: ARG001
    """Yield a line for each finding."""
    for file in report.files:
        for finding in file.findings:
            line, column = finding.source.position(finding.span.start)
            message = on_one_line(finding.message)
            yield neutralise(f"{file.path}:{line}:{column}: {finding.severity} {finding.rule.id} {message}")
