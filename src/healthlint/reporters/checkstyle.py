"""Checkstyle XML, for Jenkins, SonarQube and reviewdog: an error for each finding, columns in code points."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.report import Report
from healthlint.reporters import Options
from healthlint.reporters._plain import message, plain
from healthlint.reporters._xml import DECLARATION, tag


def report(report: Report, options: Options) -> Iterator[str]:  # noqa: ARG001
    """Yield an element for each file that was checked, those without findings too."""
    yield DECLARATION
    yield tag("checkstyle", version=report.version)
    for file in report.files:
        if file.status not in ("checked", "failed"):
            continue
        yield " " + tag("file", name=file.path)
        if file.error:
            yield "  " + tag(
                "error",
                line=1,
                severity="error",
                message=plain(file.error),
                source="healthlint.not-checked",
                empty=True,
            )
        for finding in file.findings:
            line, column = finding.source.position(finding.span.start)
            yield "  " + tag(
                "error",
                line=line,
                column=column,
                severity=finding.severity,
                message=message(finding),
                source=f"healthlint.{finding.rule.category}.{finding.rule.id}",
                empty=True,
            )
        yield " </file>"
    yield "</checkstyle>"
