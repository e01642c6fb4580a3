"""What there is to say of a finding, as lines of plain text that nothing obeys."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.finding import Finding
from healthlint.report import FileReport, Report
from healthlint.reporters._safe import neutralise, on_one_line
from healthlint.reporters.text import first_sentence, leading_citation
from healthlint.rule import SEVERITIES, Citation, Rule


def plain(text: str) -> str:
    """Return `text` on one line, harmless."""
    return neutralise(on_one_line(text))


def message(finding: Finding) -> str:
    """Return the message on one line, harmless."""
    return plain(finding.message)


def advice(finding: Finding, file: FileReport) -> Iterator[str]:
    """Yield the reason, what to do instead and the law, a line each."""
    rule = finding.rule
    if rule.why.strip():
        yield f"Why: {plain(first_sentence(rule.why))}"
    if rule.instead.strip():
        yield f"Instead: {plain(rule.instead)}"
    citation = leading_citation(rule.law, file.packs)
    if citation is not None:
        yield f"Law: {cited(citation)}"


def cited(citation: Citation) -> str:
    """Return a citation on one line, its address at the end."""
    return plain(f"{citation.cite} ({citation.pack}) {citation.url}")


def address(rule: Rule) -> str:
    """Return the address of the first law of a rule that has one for the web, or ""."""
    return next((citation.url for citation in rule.law if is_web(citation.url)), "")


def is_web(url: str) -> bool:
    """Tell whether an address may be followed: no script, no white space, no file."""
    return url.startswith(("https://", "http://")) and url.isascii() and url.isprintable() and " " not in url


def failures(report: Report) -> Iterator[tuple[FileReport, str]]:
    """Yield each file that failed, with what went wrong."""
    for file in report.files:
        if file.error:
            yield file, plain(file.error)


def by_severity(report: Report) -> Iterator[tuple[str, list[tuple[FileReport, Finding]]]]:
    """Yield each severity, worst first, with its findings in order of files and places."""
    for severity in reversed(SEVERITIES):
        yield severity, [(file, each) for file in report.files for each in file.findings if each.severity == severity]
