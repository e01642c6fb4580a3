"""An audit for people: one HTML file that loads and runs nothing, to be read, printed and kept."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator

from healthlint.audit import page_tables as tables
from healthlint.audit.approvals import approvals_of
from healthlint.audit.fields import left_out
from healthlint.audit.record import OUTCOMES, Audit
from healthlint.reporters import _html_parts as parts
from healthlint.reporters._html_page import asset, facts, head
from healthlint.reporters._html_parts import one_line
from healthlint.reporters.text import counted, summary

GENERATOR = "healthlint audit"
"""By this an older audit is known."""

Section = tuple[str, str, list[str]]
"""What it is called in an address, its title, and its lines."""


def lines(audit: Audit, digest: str) -> Iterator[str]:
    """Yield the lines of audit.html; `digest` is that of the audit.json which tells the same."""
    style = asset("_html.css") + asset("_audit.css")
    yield from head(f"Audit of {audit.report.today}: {summary(audit.report)}", style, generator=GENERATOR)
    sections = list(_sections(audit))
    yield "<body>"
    yield '<a class="skip" href="#audit">Skip to the audit</a>'
    yield "<header>"
    yield "<h1>Audit of health claims</h1>"
    kind = "passes" if audit.status == 0 else "fails"
    yield f'<p class="verdict {kind}"><b>{OUTCOMES[audit.status]}</b> {one_line(_counted(audit))}</p>'
    yield from parts.tiles(audit.report)
    yield facts(_facts(audit, digest))
    yield from parts.missed(audit.report)
    yield '<nav aria-label="Contents"><ul>'
    yield from (f'<li><a href="#{name}">{title}</a></li>' for name, title, _ in sections)
    yield "</ul></nav>"
    yield "</header>"
    yield '<main id="audit" tabindex="-1">'
    for name, title, told in sections:
        yield f'<section id="{name}"><h2>{title}</h2>'
        yield from told
        yield "</section>"
    yield "</main>"
    yield '<footer><p class="meta">Columns are counted in characters, from 1. This audit is no legal advice.</p></footer>'
    yield "</body>"
    yield "</html>"


def _counted(audit: Audit) -> str:
    told = summary(audit.report)
    return f"{told[:1].upper()}{told[1:]}."


def _facts(audit: Audit, digest: str) -> Iterator[tuple[str, str]]:
    tree = audit.tree
    yield "Day", audit.report.today
    if tree.commit:
        yield "Commit", tree.commit + (" and changes that are not committed" if tree.changed else "")
    else:
        yield "Commit", f"none: {tree.why}"
    yield "Rules", audit.report.rules_digest
    yield from audit.versions
    yield "audit.json", f"sha256:{digest}"


def _sections(audit: Audit) -> Iterator[Section]:
    report = audit.report
    silenced = [(file, each) for file in report.files for each in file.suppressed]
    uses = [(facts.report.path, use) for facts, _ in audit.files for use in facts.uses]
    beside = left_out(audit)
    yield "findings", f"Findings ({len(report.findings)})", _or(tables.findings(audit), report.findings, "No findings.")
    yield "silenced", f"Silenced findings ({len(silenced)})", _or(parts.silenced(silenced), silenced, "None.")
    yield "suppressions", f"Suppressions ({len(uses)})", _or(tables.suppressions(uses), uses, "None.")
    approvals = list(approvals_of(report))
    if report.registers:
        yield "approvals", f"Approvals ({len(approvals)})", _or(tables.approvals(approvals), approvals, "None.")
    if audit.baseline is not None:
        yield "baseline", "Baseline", list(tables.baseline(audit.baseline))
    yield "files", f"Files ({len(report.files)})", list(tables.files(audit))
    yield "left-out", f"Left out ({len(beside)})", _or(tables.left_out(beside), beside, "Nothing.")
    yield "settings", f"Settings ({len(audit.in_force)})", list(tables.settings(audit))
    rules = sum(len(book.by_id) for book in audit.books)
    yield "rules", f"Rules ({rules})", list(tables.rules(audit))
    yield "replay", "To do it again", list(_replay(audit))


def _or(told: Iterable[str], there: object, otherwise: str) -> list[str]:
    return list(told) if there else [f"<p>{otherwise}</p>"]


def _replay(audit: Audit) -> Iterator[str]:
    tree = audit.tree
    where = "the same folder"
    if tree.folder != ".":
        where = f"the folder {tree.folder}"
    if tree.commit:
        where += f" of commit {tree.commit}"
    yield f"<p>In {one_line(where)}, with the versions above:</p>"
    yield f"<pre>{one_line(shlex.join(audit.command))}</pre>"
    changed = sum(state != "as committed" for state in tree.states.values())
    if tree.commit and changed:
        yield f"<p>Not as in the commit, or not in it: {counted(changed, 'file')}. Their rows say so.</p>"
    yield "<p>The same files, rules and versions give the same two files, byte for byte.</p>"
    if audit.inputs:
        yield "<h3>What else it went by</h3>"
        yield from tables.inputs(audit)
