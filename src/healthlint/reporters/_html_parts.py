"""Parts of the HTML report: findings, tables, rules. Whatever comes from outside goes through `escaped`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from healthlint.finding import Finding
from healthlint.records import NamedTuple
from healthlint.report import FileReport, Report, Suppressed
from healthlint.reporters._html_passages import CUT, Passage, Stretch
from healthlint.reporters._plain import is_web
from healthlint.reporters._safe import on_one_line
from healthlint.reporters._xml import escaped, tag
from healthlint.reporters.json import citations_in_force
from healthlint.reporters.text import counted, leading_citation
from healthlint.rule import SEVERITIES, Citation, Rule


class Numbered(NamedTuple):
    """A finding with its number on the page and that of its file."""

    number: int
    place: int
    file: FileReport
    finding: Finding


def one_line(text: str) -> str:
    """Return `text` on one line, ready for the page."""
    return escaped(on_one_line(text))


def link(text: str, url: str) -> str:
    """Return a link that tells the other side nothing; the text alone where the address is none for the web."""
    if not is_web(url):
        return one_line(text)
    return f"{tag('a', href=url, rel='noopener noreferrer', target='_blank')}{one_line(text)}</a>"


def tiles(report: Report) -> Iterator[str]:
    """Yield the counts."""
    yield '<ul class="tiles">'
    for severity in reversed(SEVERITIES):
        noun = counted(2, severity)[2:] if severity != "info" else "for information"
        yield f'<li class="{severity}"><b>{report.count(severity)}</b> {noun}</li>'
    approved = sum(len(file.approved) for file in report.files)
    if approved:
        yield f"<li><b>{approved}</b> approved</li>"
    yield f"<li><b>{sum(len(file.suppressed) for file in report.files) - approved}</b> silenced</li>"
    yield f"<li><b>{report.checked}</b> files checked</li>"
    yield "</ul>"


def missed(report: Report) -> Iterator[str]:
    """Yield what was not checked, or not in whole; nothing where all was."""
    lost = [file for file in report.files if file.error or file.status == "not-checked"]
    if lost:
        yield f'<section class="missed"><h2>Not everything was checked: {counted(len(lost), "file")}</h2>'
        yield from files(lost)
        yield "</section>"


def passage(shown: Passage, found: dict[int, Numbered]) -> Iterator[str]:
    """Yield a passage and its findings."""
    numbers = " ".join(map(str, shown.findings))
    yield f'<article class="passage" data-f="{numbers}">'
    yield '<div class="text" role="group" aria-label="Text">'
    for line in shown.lines:
        text = "".join(_stretch(stretch, found) for stretch in line.stretches)
        yield f'<div class="line"><span class="n">{line.number}</span><span class="src">{text or "&#8203;"}</span></div>'
    yield "</div>"
    yield '<ol class="cards">'
    for number in shown.findings:
        yield from _card(found[number])
    yield "</ol>"
    yield "</article>"


def _stretch(stretch: Stretch, found: dict[int, Numbered]) -> str:
    if stretch.text == CUT:
        return '<span class="cut" title="left out">&#8230;</span>'
    places = "".join(f'<span id="m{number}"></span>' for number in stretch.starts)
    if not stretch.marks:
        return places + escaped(stretch.text)
    worst = max(stretch.marks, key=lambda number: SEVERITIES.index(found[number].finding.severity))
    opening = tag("a", class_=f"mark {found[worst].finding.severity}", href=f"#f{worst}")
    data = f' data-f="{" ".join(map(str, stretch.marks))}">'
    return f"{places}{opening[:-1]}{data}{escaped(stretch.text)}</a>"


def _card(numbered: Numbered) -> Iterator[str]:
    number, place, file, finding = numbered
    rule = finding.rule
    line, column = finding.source.position(finding.span.start)
    packs = " ".join(dict.fromkeys(citation.pack for citation in citations_in_force(rule.law, file.packs)))
    about = {"severity": finding.severity, "rule": rule.id, "category": rule.category, "file": place, "packs": packs}
    data = "".join(f' data-{key}="{escaped(str(value))}"' for key, value in about.items())
    yield f'<li class="finding {finding.severity}" id="f{number}" tabindex="-1"{data}>'
    yield f'<p class="head"><span class="badge">{finding.severity}</span> <b>{one_line(finding.message)}</b></p>'
    yield from (f"<p>{text}</p>" for text in _told(file, finding))
    yield (
        f'<p class="meta"><a href="#m{number}">{line}:{column}</a> &#183; '
        f'<a href="#rule-{escaped(rule.id)}">{escaped(rule.id)}</a> &#183; {rule.confidence} confidence</p>'
    )
    yield "</li>"


def _told(file: FileReport, finding: Finding) -> Iterator[str]:
    """Yield what to do, where else to look, and the law."""
    rule = finding.rule
    if rule.instead.strip():
        yield f"<i>Instead:</i> {one_line(rule.instead)}"
    for related in finding.related[:3]:
        line, column = finding.source.position(related.span.start)
        words = on_one_line(finding.source.text[related.span.start : min(related.span.end, related.span.start + 80)])
        yield f"<i>See {line}:{column}:</i> &#8220;{escaped(words)}&#8221;, {one_line(related.message)}"
    citation = leading_citation(rule.law, file.packs)
    if citation is not None:
        says = f": {one_line(citation.says)}" if citation.says.strip() else ""
        yield f"<i>Law:</i> {link(citation.cite, citation.url)} ({escaped(citation.pack)}){says}"


def rule_section(rule: Rule, count: int) -> Iterator[str]:
    """Yield all there is to a rule."""
    yield f'<section class="rule" id="rule-{escaped(rule.id)}" tabindex="-1">'
    yield f"<h3>{one_line(rule.title)} <code>{escaped(rule.id)}</code></h3>"
    about = (rule.severity, f"{rule.confidence} confidence", rule.category, rule.tier, f"{count} on this page")
    yield f'<p class="meta">{" &#183; ".join(map(escaped, about))}</p>'
    if rule.why.strip():
        yield f"<p>{one_line(rule.why)}</p>"
    if rule.instead.strip():
        yield f"<p><i>Instead:</i> {one_line(rule.instead)}</p>"
    if rule.rewrite.strip():
        yield f"<p><i>It may read:</i> {one_line(rule.rewrite)}</p>"
    if rule.law:
        yield "<ul>"
        yield from (f"<li>{_cited(citation)}</li>" for citation in rule.law)
        yield "</ul>"
    yield "</section>"


def _cited(citation: Citation) -> str:
    read = f"read {citation.checked}" if citation.checked else citation.status or "not read"
    says = f": {one_line(citation.says)}" if citation.says.strip() else ""
    return f"{link(citation.cite, citation.url)} ({escaped(citation.pack)}; {one_line(read)}){says}"


def silenced(found: Iterable[tuple[FileReport, Suppressed]]) -> Iterator[str]:
    """Yield a table of what was silenced, by what and why."""
    rows = []
    for file, each in found:
        line, column = each.finding.source.position(each.finding.span.start)
        place = f"{escaped(file.path)}:{line}:{column}"
        rows.append((place, one_line(each.finding.message), f"<code>{escaped(each.finding.rule.id)}</code>",
                     one_line(each.by), one_line(each.reason)))  # fmt: skip
    yield from table(("Where", "Finding", "Rule", "By", "Reason"), rows)


def files(reports: Iterable[FileReport]) -> Iterator[str]:
    """Yield a table of all files: what each was read as, and why."""
    rows = []
    for file in reports:
        read_as = ", ".join(word for word in (file.product, file.context) if word)
        why = "; ".join(text for text in (file.error, *file.reasons, *file.notes) if text)
        counts = str(len(file.findings)) if file.status in ("checked", "failed") else ""
        rows.append((escaped(file.path), escaped(file.status), counts, one_line(read_as), one_line(why)))
    yield from table(("File", "Status", "Findings", "Read as", "Why"), rows)


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]], label: str = "Table") -> Iterator[str]:
    """Yield a table; its cells and its label are ready for the page."""
    yield f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table>'
    yield "<thead><tr>" + "".join(f'<th scope="col">{head}</th>' for head in heads) + "</tr></thead><tbody>"
    for row in rows:
        cells = zip(heads, row, strict=True)
        yield "<tr>" + "".join(f'<td data-head="{head}">{cell}</td>' for head, cell in cells) + "</tr>"
    yield "</tbody></table></div>"
