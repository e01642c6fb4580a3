"""Markdown for the summary of a job or the comment to a pull request: the worst first, as much as there is room for."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.finding import Finding
from healthlint.report import FileReport, Report, Suppressed
from healthlint.reporters import Options
from healthlint.reporters import _markdown as markdown
from healthlint.reporters._plain import by_severity, failures
from healthlint.reporters.text import counted, leading_citation, summary

_ROOM = 60_000
"""Bytes; GitHub takes 65,536 characters for a comment."""
_FOR_THE_END = 300
_TITLES = {"error": "Errors", "warning": "Warnings", "info": "For information"}


def report(report: Report, options: Options) -> Iterator[str]:
    """Yield the counts, failures, and the findings by severity and file, and say how many there was no room for."""
    room = (options.room or _ROOM) - _FOR_THE_END
    left_out = 0
    for part, findings in _parts(report):
        room -= len(part.encode("utf-8", "replace")) + 1
        if room < 0 or left_out:
            left_out += findings
        else:
            yield part
    if left_out:
        yield f"\n**{counted(left_out, 'finding')} more: there was no room for them here.**"


def _parts(report: Report) -> Iterator[tuple[str, int]]:
    """Yield headings and items, each with how many findings it tells."""
    yield f"## healthlint: {summary(report)}", 0
    failed = [f"- {markdown.code(error)}" for _, error in failures(report)]
    failed += [
        f"- {markdown.code(file.path)} was not checked: {markdown.code('; '.join(file.reasons))}"
        for file in report.files
        if file.status == "not-checked"
    ]
    for count, line in enumerate(failed):
        yield line if count else f"\n### Not checked\n\n{line}", 0
    for severity, found in by_severity(report):
        lead, path = f"\n### {_TITLES[severity]}\n", None
        for file, finding in found:
            if file.path != path:
                lead += f"\n#### {markdown.code(file.path)}\n\n"
            yield lead + _item(file, finding), 1
            lead, path = "", file.path
    lead = "\n### Approved\n\n"
    for file in report.files:
        for each in file.approved:
            yield lead + _approved(file, each), 0
            lead = ""


def _approved(file: FileReport, each: Suppressed) -> str:
    """Return an approved claim as an item of a list, with what it stands on."""
    line, column = each.finding.source.position(each.finding.span.start)
    place = f"{markdown.code(file.path)}:{line}:{column}"
    told = f"- {place} {markdown.message(each.finding)} (`{each.finding.rule.id}`)"
    return f"{told}\\\n  {markdown.code(each.reason)}"


def _item(file: FileReport, finding: Finding) -> str:
    """Return a finding as an item of a list."""
    line, column = finding.source.position(finding.span.start)
    lines = [f"- {line}:{column} {markdown.message(finding)} (`{finding.rule.id}`)"]
    if finding.rule.instead.strip():
        lines.append(f"Instead: {markdown.escaped(finding.rule.instead)}")
    citation = leading_citation(finding.rule.law, file.packs)
    if citation is not None:
        lines.append(f"Law: {markdown.law(citation)}")
    return "\\\n  ".join(lines)
