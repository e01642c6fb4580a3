"""The report on a file as bytes, to be handed from one process to another."""

from __future__ import annotations

import marshal
from collections.abc import Mapping

from healthlint.finding import Finding, Related
from healthlint.hints import Any
from healthlint.report import ClaimUse, FileReport, Suppressed
from healthlint.rule import Rule
from healthlint.text import Source, Span


def packed(report: FileReport, *, texts: bool = True) -> bytes:
    """Return a report as bytes; a source that has findings goes with it once if `texts`, and a rule as its id."""
    sources: dict[int, tuple[int, Source]] = {}
    findings = tuple(_flat(finding, sources) for finding in report.findings)
    suppressed = tuple((_flat(finding, sources), *others) for finding, *others in report.suppressed)
    claims = tuple((claim.approval, *claim.span, *claim[2:]) for claim in report.claims)
    written = tuple((source.name, source.text) for _, source in sources.values()) if texts else ()
    return marshal.dumps((tuple(report._replace(findings=findings, suppressed=suppressed, claims=claims)), written))  # type: ignore[arg-type]


def unpacked(data: bytes, rules: Mapping[str, Rule], source: Source | None = None) -> FileReport:
    """Return the report that `data` holds; `rules` are those of the book it was made with, by id.

    Of one that was packed without texts, `source` is what it speaks of.
    """
    fields, texts = marshal.loads(data)  # noqa: S302
    sources = [Source(name, text) for name, text in texts] if source is None else [source]
    report = FileReport(*fields)
    return report._replace(
        findings=tuple(_made(flat, sources, rules) for flat in report.findings),
        suppressed=tuple(_silenced(flat, sources, rules) for flat in report.suppressed),
        claims=tuple(map(_claim, report.claims)),
    )


def _silenced(flat: Any, sources: list[Source], rules: Mapping[str, Rule]) -> Suppressed:
    finding, *others = flat
    return Suppressed(_made(finding, sources, rules), *others)


def _claim(flat: Any) -> ClaimUse:
    approval, start, end, *others = flat
    return ClaimUse(approval, Span(start, end), *others)


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
