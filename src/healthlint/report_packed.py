"""The report on a file as bytes, to be handed from one process to another."""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from typing import Any

from healthlint.finding import Finding, Related
from healthlint.report import FileReport, Suppressed
from healthlint.rule import Rule
from healthlint.text import Source, Span


def packed(report: FileReport) -> bytes:
    """Return a report as bytes; a source that has findings goes with it once, and a rule as its id."""
    sources: dict[int, tuple[int, Source]] = {}
    findings = tuple(_flat(finding, sources) for finding in report.findings)
    suppressed = tuple((_flat(each.finding, sources), each.by, each.reason) for each in report.suppressed)
    texts = tuple((source.name, source.text) for _, source in sources.values())
    return marshal.dumps((tuple(report._replace(findings=findings, suppressed=suppressed)), texts))  # type: ignore[arg-type]


def unpacked(data: bytes, rules: Mapping[str, Rule]) -> FileReport:
    """Return the report that `data` holds; `rules` are those of the book it was made with, by id."""
    fields, texts = marshal.loads(data)  # noqa: S302
    sources = [Source(name, text) for name, text in texts]
    report = FileReport(*fields)
    suppressed = (Suppressed(_made(flat, sources, rules), by, reason) for flat, by, reason in report.suppressed)
    return report._replace(
        findings=tuple(_made(flat, sources, rules) for flat in report.findings), suppressed=tuple(suppressed)
    )


def _flat(finding: Finding, sources: dict[int, tuple[int, Source]]) -> tuple[object, ...]:
    rule, source, span, message, severity, frame, related, context, sentence, fingerprint = finding
    number, _ = sources.setdefault(id(source), (len(sources), source))
    others = tuple((*other.span, other.message) for other in related)
    place = None if sentence is None else (sentence.start, sentence.end)
    return rule.id, number, span.start, span.end, message, severity, frame, others, context, place, fingerprint


def _made(flat: Any, sources: list[Source], rules: Mapping[str, Rule]) -> Finding:
    rule, number, start, end, message, severity, frame, others, context, place, fingerprint = flat
    related = tuple(Related(Span(first, last), text) for first, last, text in others)
    sentence = None if place is None else Span(*place)
    return Finding(
        rules[rule],
        sources[number],
        Span(start, end),
        message,
        severity,
        frame,
        related,
        context,
        sentence,
        fingerprint,
    )
