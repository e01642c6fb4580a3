"""Code Quality of GitLab: one list of issues, paths from the top of the repository, no two fingerprints alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from healthlint.finding import Finding
from healthlint.report import FileReport, Report
from healthlint.reporters import Options
from healthlint.reporters._json import Fields, listed
from healthlint.reporters._plain import advice, failures, message
from healthlint.reporters._where import from_top, in_unicode

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def report(report: Report, options: Options) -> Iterator[str]:
    """Yield the list, an issue a line."""
    seen: Counter[str] = Counter()
    issues = [
        _issue(
            error,
            "not-checked",
            "blocker",
            _fingerprint(seen, file.path, "not-checked"),
            _location(file, options, 1, 1),
        )
        for file, error in failures(report)
    ]
    issues += [_found(file, each, seen, options) for file in report.files for each in file.findings]
    yield from listed(issues)


def _found(file: FileReport, finding: Finding, seen: Counter[str], options: Options) -> Fields:
    first = finding.source.position(finding.span.start).line
    last = finding.source.position(max(finding.span.start, finding.span.end - 1)).line
    rule = finding.rule
    instead = next((line for line in advice(finding, file) if line.startswith("Instead: ")), "")
    return _issue(
        f"{message(finding)}. {instead}".rstrip(". "),
        rule.id,
        _SEVERITIES[finding.severity],
        _fingerprint(seen, file.path, rule.id, finding.fingerprint),
        _location(file, options, first, last),
    )


def _issue(description: str, name: str, severity: str, fingerprint: str, location: Fields) -> Fields:
    return {
        "description": description,
        "check_name": name,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": location,
    }


def _location(file: FileReport, options: Options, first: int, last: int) -> Fields:
    return {"path": in_unicode(from_top(file.path, options)), "lines": {"begin": first, "end": last}}


def _fingerprint(seen: Counter[str], *parts: str) -> str:
    """Return a hash of `parts`, and of how often they came before: GitLab takes issues with one fingerprint for one."""
    key = "\0".join(parts)
    seen[key] += 1
    return sha256(f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass")).hexdigest()
