"""Issues by logging commands of Azure Pipelines; what is for information only is a line of the log."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.finding import Finding
from healthlint.report import FileReport, Report
from healthlint.reporters import Options
from healthlint.reporters._plain import advice, by_severity, failures, message
from healthlint.reporters._safe import neutralise
from healthlint.reporters._where import from_top

_DATA = {ord("%"): "%AZP25", ord("\r"): "%0D", ord("\n"): "%0A"}
_PROPERTY = {**_DATA, ord(";"): "%3B", ord("]"): "%5D"}


def report(report: Report, options: Options) -> Iterator[str]:
    """Yield an issue for each failure and finding, the worst first."""
    for file, error in failures(report):
        yield _issue("error", error, sourcepath=from_top(file.path, options), code="not-checked")
    for severity, found in by_severity(report):
        for file, finding in found:
            yield _found(severity, file, finding, options)


def _found(severity: str, file: FileReport, finding: Finding, options: Options) -> str:
    line, column = finding.source.position(finding.span.start)
    if severity == "info":
        return neutralise(f"{file.path}:{line}:{column}: info {finding.rule.id} {message(finding)}")
    text = "\n".join([message(finding), *advice(finding, file)])
    path = from_top(file.path, options)
    return _issue(severity, text, sourcepath=path, linenumber=line, columnnumber=column, code=finding.rule.id)


def _issue(kind: str, text: str, **properties: object) -> str:
    told = "".join(f"{key}={neutralise(str(value)).translate(_PROPERTY)};" for key, value in properties.items())
    return f"##vso[task.logissue type={kind};{told}]{text.translate(_DATA)}"
