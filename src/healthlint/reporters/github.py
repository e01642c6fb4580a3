"""Annotations by workflow commands of GitHub Actions, the worst first, no more of a kind than GitHub shows for a step.

The rest is listed in a group of the log, and all of it in the step summary (`markdown`), which the command line writes.
"""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.finding import Finding
from healthlint.report import FileReport, Report
from healthlint.reporters import Options
from healthlint.reporters._plain import advice, by_severity, failures, message
from healthlint.reporters._safe import neutralise
from healthlint.reporters._where import from_top
from healthlint.reporters.text import counted

MOST = 10
"""Of each kind and step; what comes after them GitHub drops without a word."""
_KINDS = {"error": "error", "warning": "warning", "info": "notice"}
_DATA = {ord("%"): "%25", ord("\r"): "%0D", ord("\n"): "%0A"}
_PROPERTY = {**_DATA, ord(":"): "%3A", ord(","): "%2C"}


def report(report: Report, options: Options) -> Iterator[str]:
    """Yield an annotation for each failure and finding, as far as there is room, and then the others."""
    failed = list(failures(report))
    for file, error in failed[:MOST]:
        yield _command("error", error, file=from_top(file.path, options), title="healthlint could not check this")
    rest = [f"error {error}" for _, error in failed[MOST:]]
    for severity, found in by_severity(report):
        room = max(0, MOST - len(failed)) if severity == "error" else MOST
        for file, finding in found[:room]:
            yield _annotation(file, finding, options)
        rest += [f"{severity} {_heading(file, finding)} ({finding.rule.id})" for file, finding in found[room:]]
    if rest:
        yield f"::group::{counted(len(rest), 'finding')} more than GitHub shows as annotations"
        yield from rest
        yield "::endgroup::"


def _annotation(file: FileReport, finding: Finding, options: Options) -> str:
    start = finding.source.position(finding.span.start)
    last = max(finding.span.start, finding.span.end - 1)
    end = finding.source.position(last)
    place: dict[str, object] = {"line": start.line, "endLine": end.line}
    # For columns GitHub wants one line.
    if start.line == end.line:
        place |= {"col": start.column, "endColumn": end.column + (finding.span.end > finding.span.start)}
    text = "\n".join([_heading(file, finding), *advice(finding, file)])
    path = from_top(file.path, options)
    return _command(_KINDS[finding.severity], text, file=path, **place, title=f"healthlint ({finding.rule.id})")


def _heading(file: FileReport, finding: Finding) -> str:
    line, column = finding.source.position(finding.span.start)
    return neutralise(f"{file.path}:{line}:{column}: {message(finding)}")


def _command(kind: str, text: str, **properties: object) -> str:
    told = ",".join(f"{key}={neutralise(str(value)).translate(_PROPERTY)}" for key, value in properties.items())
    return f"::{kind} {told}::{text.translate(_DATA)}"
