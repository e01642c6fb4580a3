"""SARIF 2.1.0, as code scanning of GitHub and GitLab read it: columns in code points.

What was silenced is included and marked so; where findings alone are asked for it is left out, because GitHub takes a
result for an open alert whatever its `suppressions` say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from urllib.parse import quote

from healthlint.approval import Approval
from healthlint.finding import Finding
from healthlint.report import FileReport, Report, Suppressed
from healthlint.reporters import Options
from healthlint.reporters import _markdown as markdown
from healthlint.reporters._json import Fields, listed, written
from healthlint.reporters._line_hash import line_hashes
from healthlint.reporters._plain import address, cited, failures, message, plain
from healthlint.reporters._where import from_top, without_bom
from healthlint.reporters.json import approval_fields
from healthlint.rule import SEVERITIES, Rule
from healthlint.text import Source, Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_PROBLEMS = {"error": "error", "warning": "warning", "info": "recommendation"}
_LONGEST_TEXT = 1000
"""GitHub takes 1024 characters of a description."""
_LONGEST_SNIPPET = 2000
_MOST_RESULTS = 25_000
"""GitHub refuses a file of more, and shows the 5,000 worst of these."""

_Found = tuple[FileReport, Finding, Suppressed | None]


def report(report: Report, options: Options) -> Iterator[str]:
    """Yield the log, a result a line."""
    found, left_out = _worst(_found(report, silenced=not options.quiet))
    rules = sorted({finding.rule.id: finding.rule for _, finding, _ in found}.items())
    numbers = {rule: number for number, (rule, _) in enumerate(rules)}
    driver: Fields = {
        "name": "healthlint",
        "version": report.version,
        "semanticVersion": report.version,
        "rules": [_rule(rule) for _, rule in rules],
        "properties": {"rulesDigest": report.rules_digest, "today": report.today},
    }
    run: Fields = {
        "tool": {"driver": driver},
        "automationDetails": {"id": "healthlint/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The top of the repository"}}},
        "invocations": [_invocation(report, options, left_out)],
    }
    yield f'{{"$schema": {written(_SCHEMA)}, "version": "2.1.0", "runs": [{written(run)[:-1]},'
    hashes = cache(line_hashes)
    results = (_result(each, numbers[each[1].rule.id], hashes(each[1].source), report, options) for each in found)
    yield from listed(results, '"results": ', "}]}", " ")


def _found(report: Report, *, silenced: bool) -> list[_Found]:
    found: list[_Found] = []
    for file in report.files:
        here: list[_Found] = [(file, finding, None) for finding in file.findings]
        here += [(file, each.finding, each) for each in file.suppressed if silenced]
        found += sorted(here, key=lambda each: (each[1].span, each[1].rule.id))
    return found


def _worst(found: list[_Found]) -> tuple[list[_Found], int]:
    """Return what one file may hold, the silenced left out first and then the mildest, and how many are left out."""
    if len(found) <= _MOST_RESULTS:
        return found, 0
    order = sorted(
        range(len(found)), key=lambda at: (found[at][2] is not None, -SEVERITIES.index(found[at][1].severity))
    )
    return [found[at] for at in sorted(order[:_MOST_RESULTS])], len(found) - _MOST_RESULTS


def _result(found: _Found, number: int, hashes: tuple[str, ...], report: Report, options: Options) -> Fields:
    file, finding, silenced = found
    region = _region(finding.source, finding.span)
    if len(finding.words) <= _LONGEST_SNIPPET:
        region["snippet"] = {"text": finding.words}
    line = finding.source.position(finding.span.start).line
    related = [
        {"id": count, "physicalLocation": _place(file.path, options, _region(finding.source, each.span)),
         "message": _text(plain(each.message))}
        for count, each in enumerate(finding.related, 1)
    ]  # fmt: skip
    return {
        "ruleId": finding.rule.id,
        "ruleIndex": number,
        "level": _LEVELS[finding.severity],
        "message": _text(message(finding)),
        "locations": [{"physicalLocation": _place(file.path, options, region)}],
        **({"relatedLocations": related} if related else {}),
        "partialFingerprints": {
            "primaryLocationLineHash": hashes[line - 1],
            **({"healthlint/v1": finding.fingerprint} if finding.fingerprint else {}),
        },
        # Of all results or of none, says the standard.
        "suppressions": [_suppression(silenced, report.approvals(file, silenced))] if silenced else [],
        "properties": {"frame": finding.frame, "confidence": finding.rule.confidence},
    }


def _suppression(silenced: Suppressed, approvals: Iterable[Approval]) -> Fields:
    kind = "inSource" if silenced.by == "suppression" else "external"
    about: Fields = {"by": silenced.by}
    if silenced.approvals:
        about["approvals"] = [approval_fields(approval) for approval in approvals]
    made: Fields = {"kind": kind, "status": "accepted", "properties": about}
    return {**made, "justification": plain(silenced.reason)} if silenced.reason.strip() else made


def _region(source: Source, span: Span) -> Fields:
    start, end = without_bom(source, span.start), without_bom(source, span.end)
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _place(path: str, options: Options, region: Fields | None = None) -> Fields:
    shown = from_top(path, options)
    # A lone surrogate stands for a byte of the name that is not UTF-8.
    encoded = quote(shown.encode("utf-8", "surrogateescape"), safe="/!$&'()*+,;=@~")
    if encoded.startswith("/"):
        return {"artifactLocation": {"uri": f"file://{encoded}"}, **({"region": region} if region else {})}
    location = {"uri": encoded, "uriBaseId": "SRCROOT"}
    return {"artifactLocation": location, **({"region": region} if region else {})}


def _text(text: str) -> Fields:
    """Return a message of plain text: "{0}" is no placeholder in it, and "[words](target)" no link."""
    return {"text": text.replace("{", "{{").replace("}", "}}").replace("](", "\uff3d(")}


def _rule(rule: Rule) -> Fields:
    help_uri = address(rule)
    told = [rule.why, f"Instead: {rule.instead}" if rule.instead else ""]
    told += [f"It may read: {rule.rewrite}" if rule.rewrite else "", *(f"Law: {cited(each)}" for each in rule.law)]
    return {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in rule.id.split("-")),
        "shortDescription": {"text": _cut(plain(rule.title))},
        "fullDescription": {"text": _cut(plain(rule.why) or plain(rule.title))},
        "help": {
            "text": "\n\n".join(plain(text) for text in told if text.strip()) or plain(rule.title),
            "markdown": "\n\n".join(markdown.rule_help(rule)) or markdown.escaped(rule.title),
        },
        **({"helpUri": help_uri} if help_uri else {}),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": [rule.category, rule.tier, *rule.packs],
            "precision": rule.confidence,
            "problem.severity": _PROBLEMS[rule.severity],
        },
    }


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1].rstrip() + "…"


def _invocation(report: Report, options: Options, left_out: int) -> Fields:
    told = [_notification("not-checked", "error", error, file.path, options) for file, error in failures(report)]
    for file in report.files:
        if file.status == "not-checked":
            told.append(_notification("left-out", "note", plain("; ".join(file.reasons)), file.path, options))
        told += [_notification("misread", "note", plain(note), file.path, options) for note in file.notes]
    if left_out:
        text = f"{left_out} of the mildest results were left out: a file may hold {_MOST_RESULTS}"
        told.append({"descriptor": {"id": "too-many"}, "level": "warning", "message": {"text": text}})
    done = not any(file.status == "failed" for file in report.files)
    return {"executionSuccessful": done, **({"toolExecutionNotifications": told} if told else {})}


def _notification(kind: str, level: str, text: str, path: str, options: Options) -> Fields:
    locations = [{"physicalLocation": _place(path, options)}]
    return {"descriptor": {"id": kind}, "level": level, "message": _text(text or kind), "locations": locations}
