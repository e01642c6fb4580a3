"""One JSON object, as `schema/report-1.schema.json` describes it; the same report gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from healthlint.finding import Finding, Related
from healthlint.report import FileReport, Report
from healthlint.reporters import Options
from healthlint.rule import SEVERITIES, Citation
from healthlint.text import Source, Span

Fields = dict[str, object]

_PLACE = ("line", "column", "end_line", "end_column", "start", "end")


def report(report: Report, options: Options) -> Iterator[str]:  # noqa: ARG001
    """Yield the object, with a line for each finding, file and failure."""
    about: Fields = {
        "version": 1,
        "healthlint": report.version,
        "rules": report.rules_digest,
        "today": report.today,
    }
    yield _written(about)[:-1] + ","
    yield from _listed("findings", (_finding(finding, file) for file in report.files for finding in file.findings))
    yield from _listed("files", map(_file, report.files))
    yield from _listed("failures", ({"path": file.path, "error": file.error} for file in report.files if file.error))
    yield f' "summary": {_written(_summary(report))}}}'


def _listed(name: str, items: Iterable[Fields]) -> Iterator[str]:
    """Yield a list, an item a line, the comma that parts it from what follows included."""
    lines = iter(items)
    line = next(lines, None)
    if line is None:
        yield f' "{name}": [],'
        return
    yield f' "{name}": ['
    for following in lines:
        yield f"  {_written(line)},"
        line = following
    yield f"  {_written(line)}"
    yield " ],"


def _written(value: Fields) -> str:
    # ASCII alone: nothing a terminal would obey, and no lone surrogate of an odd file name. "##[" and its like would be
    # obeyed by a build server; outside of strings JSON has no "#".
    return json.dumps(value).replace("##", "\\u0023\\u0023")


def _finding(finding: Finding, file: FileReport) -> Fields:
    rule = finding.rule
    return {
        "path": file.path,
        "rule": rule.id,
        "category": rule.category,
        "severity": finding.severity,
        "confidence": rule.confidence,
        "message": finding.message,
        "instead": rule.instead,
        "why": rule.why,
        "law": [
            {"pack": citation.pack, "cite": citation.cite, "url": citation.url}
            for citation in _in_force(rule.law, file.packs)
        ],
        "match": finding.words,
        "frame": finding.frame,
        **_place(finding.source, finding.span),
        "related": [_related(finding.source, related) for related in finding.related],
        "fingerprint": finding.fingerprint,
    }


def _in_force(law: tuple[Citation, ...], packs: tuple[str, ...]) -> tuple[Citation, ...]:
    """Return the citations for `packs`; all of them for a rule that is on though none of its packs is."""
    return tuple(citation for citation in law if citation.pack in packs) or law


def _place(source: Source, span: Span) -> Fields:
    start, end = source.position(span.start), source.position(span.end)
    return dict(zip(_PLACE, (*start, *end, *span), strict=True))


def _related(source: Source, related: Related) -> Fields:
    return {**_place(source, related.span), "message": related.message}


def _file(file: FileReport) -> Fields:
    return {
        "path": file.path,
        "status": file.status,
        "product": file.product,
        "context": file.context,
        "reasons": list(file.reasons),
    }


def _summary(report: Report) -> Fields:
    return {
        **{severity: report.count(severity) for severity in reversed(SEVERITIES)},
        "suppressed": sum(len(file.suppressed) for file in report.files),
        "files": sum(file.status == "checked" for file in report.files),
    }
