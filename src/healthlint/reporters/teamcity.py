"""Inspections by service messages of TeamCity, in ASCII: a type for each rule, then a message for each finding."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.report import Report
from healthlint.reporters import Options
from healthlint.reporters._plain import advice, failures, message, plain
from healthlint.reporters._safe import neutralise
from healthlint.reporters._where import from_top
from healthlint.rule import Rule

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}
_LONGEST = 4000
"""Characters that TeamCity keeps of a description or a message."""
_ESCAPED = re.compile(r"[|'\[\]\r\n]|[^\x20-\x7e]")
_SHORT = {"\r": "|r", "\n": "|n"}


def report(report: Report, options: Options) -> Iterator[str]:
    """Yield the types of the rules that found something, failures, and the findings."""
    rules = {finding.rule.id: finding.rule for finding in report.findings}
    for _, rule in sorted(rules.items()):
        yield _type(rule)
    for file, error in failures(report):
        details = neutralise(f"{from_top(file.path, options)} was not checked")
        yield _service("message", text=error, errorDetails=details, status="ERROR")
    for file in report.files:
        for finding in file.findings:
            yield _service(
                "inspection",
                typeId=finding.rule.id,
                message="\n".join([message(finding), *advice(finding, file)]),
                file=neutralise(from_top(file.path, options)),
                line=finding.source.position(finding.span.start).line,
                SEVERITY=_SEVERITIES[finding.severity],
            )


def _type(rule: Rule) -> str:
    name, why = plain(rule.title), plain(rule.why) or plain(rule.title)
    return _service("inspectionType", id=rule.id, name=name, category=f"healthlint {rule.category}", description=why)


def _service(name: str, /, **attributes: object) -> str:
    told = "".join(f" {key}='{_escaped(str(value)[:_LONGEST])}'" for key, value in attributes.items())
    return f"##teamcity[{name}{told}]"


def _escaped(text: str) -> str:
    return _ESCAPED.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    """Return a sign with the bar before it, others by their units of UTF-16 in four digits."""
    character = match[0]
    if character in _SHORT:
        return _SHORT[character]
    if " " <= character <= "~":
        return f"|{character}"
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"|0x{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
