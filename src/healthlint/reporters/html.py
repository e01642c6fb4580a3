"""One HTML file for whoever must answer for the claims: findings in their text, filters, law; it loads nothing.

The policy in its head allows its one style sheet and its one script, by their hashes, and nothing else. Without the
script all is there but the filters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from healthlint.report import Report
from healthlint.reporters import Options
from healthlint.reporters import _html_parts as parts
from healthlint.reporters._html_approved import section as approved_section
from healthlint.reporters._html_page import asset, facts, head
from healthlint.reporters._html_parts import Numbered, one_line
from healthlint.reporters._html_passages import passages
from healthlint.reporters._xml import escaped
from healthlint.reporters.json import citations_in_force
from healthlint.reporters.text import counted, summary
from healthlint.rule import PACKS, SEVERITIES


def report(report: Report, options: Options) -> Iterator[str]:  # noqa: ARG001
    """Yield the page."""
    found = [
        (place, file, finding)
        for place, file in enumerate(report.files)
        for finding in sorted(file.findings, key=lambda finding: (finding.span, finding.rule.id))
    ]
    numbered = {number: Numbered(number, *each) for number, each in enumerate(found, 1)}
    style, script = asset("_html.css"), asset("_html.js")
    yield from head(f"healthlint: {summary(report)}", style, script)
    yield from _top(report)
    yield from _filters(numbered.values())
    yield '<main id="findings" tabindex="-1">'
    for _, group in groupby(numbered.values(), key=lambda each: each.place):
        yield from _file(list(group), numbered)
    if not numbered:
        yield '<p class="none">No findings.</p>'
    yield "</main>"
    yield from _appendix(report, numbered.values())
    yield "<script>" + script + "</script>"
    yield "</body>"
    yield "</html>"


def _top(report: Report) -> Iterator[str]:
    yield "<body>"
    yield '<a class="skip" href="#findings">Skip to the findings</a>'
    yield "<header>"
    yield "<h1>Health claims</h1>"
    yield f'<p class="verdict">{one_line(summary(report))}</p>'
    yield from parts.tiles(report)
    yield facts((("Day", report.today), ("healthlint", report.version), ("Rules", report.rules_digest)))
    yield from parts.missed(report)
    yield "</header>"


def _filters(found: Iterable[Numbered]) -> Iterator[str]:
    """Yield the form, which the script brings to light."""
    found = list(found)
    rules = {each.finding.rule.id for each in found}
    paths = {str(each.place): each.file.path for each in found}
    law = {citation.pack for each in found for citation in citations_in_force(each.finding.rule.law, each.file.packs)}
    yield '<form id="filters" aria-label="Filters" hidden>'
    yield "<fieldset><legend>Severity</legend>"
    for severity in reversed(SEVERITIES):
        yield f'<label><input type="checkbox" name="severity" value="{severity}" checked> {severity}</label>'
    yield "</fieldset>"
    yield from _choice("file", "File", paths.items())
    yield from _choice("rule", "Rule", ((rule, rule) for rule in sorted(rules)))
    yield from _choice(
        "category", "Kind", ((one, one) for one in sorted({each.finding.rule.category for each in found}))
    )
    yield from _choice("packs", "Law of", ((pack, pack) for pack in PACKS if pack in law))
    yield '<label>Words <input type="search" name="words" autocomplete="off"></label>'
    yield '<button type="reset">Show all</button>'
    yield f'<output aria-live="polite">{counted(len(found), "finding")}</output>'
    yield "</form>"


def _choice(name: str, label: str, options: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f'<label>{label} <select name="{name}"><option value="">all</option>'
    for value, text in options:
        yield f'<option value="{escaped(value)}">{one_line(text)}</option>'
    yield "</select></label>"


def _file(group: list[Numbered], numbered: dict[int, Numbered]) -> Iterator[str]:
    file = group[0].file
    yield '<section class="file">'
    yield f"<h2>{escaped(file.path)}</h2>"
    taken = "; ".join(file.reasons) or ", ".join(word for word in (file.product, file.context) if word)
    if taken:
        yield f'<p class="meta">Read as {one_line(taken)}</p>'
    # One source as a rule; a report made by hand may hold more.
    for source, some in groupby(group, key=lambda each: each.finding.source):
        for shown in passages(source, [(each.number, each.finding.span) for each in some]):
            yield from parts.passage(shown, numbered)
    yield "</section>"


def _appendix(report: Report, found: Iterable[Numbered]) -> Iterator[str]:
    yield '<footer id="appendix">'
    yield from approved_section(report)
    silenced = [(file, each) for file in report.files for each in file.suppressed if each.by != "claim"]
    if silenced:
        yield f"<section><h2>Silenced ({len(silenced)})</h2>"
        yield from parts.silenced(silenced)
        yield "</section>"
    yield f"<section><h2>Files ({len(report.files)})</h2>"
    yield from parts.files(report.files)
    yield "</section>"
    found = list(found)
    counts = Counter(each.finding.rule.id for each in found)
    rules = {each.finding.rule.id: each.finding.rule for each in found}
    if rules:
        yield "<section><h2>Rules and law</h2>"
        for rule_id, rule in sorted(rules.items()):
            yield from parts.rule_section(rule, counts[rule_id])
        yield "</section>"
    yield '<p class="meta">Columns are counted in characters, from 1. This report is no legal advice.</p>'
    yield "</footer>"
