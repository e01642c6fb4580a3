"""Everything a run found out, as one value for the reporters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from healthlint.finding import Finding
from healthlint.rule import SEVERITIES


class Suppressed(NamedTuple):
    """A finding that was silenced, by what and why."""

    finding: Finding
    by: str
    """suppression | baseline | claim."""
    reason: str


class FileReport(NamedTuple):
    """What became of one file."""

    path: str
    status: str
    """checked | excluded | not-checked | failed."""
    findings: tuple[Finding, ...] = ()
    """In order of place, then rule id."""
    suppressed: tuple[Suppressed, ...] = ()
    product: str = ""
    context: str = ""
    packs: tuple[str, ...] = ()
    """The packs in force for it, in the order of `rule.PACKS`."""
    reasons: tuple[str, ...] = ()
    """Why it was taken for this product and context; or why it was not checked."""
    error: str = ""
    """What went wrong, for a file that failed: one line, with its place."""
    internal: bool = False
    """True where the fault is healthlint's own: rule, file and place are in `error`."""
    notes: tuple[str, ...] = ()
    """Places that could not be read as meant, each with path and line."""
    failing: bool = False
    """True where a finding is as severe as the file's settings say a run must fail at."""
    fail_on: str = "error"
    """The mildest severity that is: info | warning | error | never."""

    def left_with(self, findings: tuple[Finding, ...], suppressed: tuple[Suppressed, ...]) -> FileReport:
        """Return what this comes to where no more than these stand."""
        return self._replace(findings=findings, suppressed=suppressed, failing=fails(findings, self.fail_on))


def fails(findings: Iterable[Finding], fail_on: str) -> bool:
    """Return whether one of `findings` is as severe as `fail_on`, the mildest severity that a run must fail at."""
    if fail_on == "never":
        return False
    least = SEVERITIES.index(fail_on)
    return any(SEVERITIES.index(finding.severity) >= least for finding in findings)


class Report(NamedTuple):
    """A whole run, files in order of their paths."""

    files: tuple[FileReport, ...]
    version: str
    rules_digest: str
    """"sha256:…" over rules, lexicons and what selects them."""
    today: str
    """The day suppressions were held against, ISO 8601."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return all findings, file by file."""
        return tuple(finding for file in self.files for finding in file.findings)

    def count(self, severity: str) -> int:
        """Return how many findings have this severity."""
        return sum(finding.severity == severity for file in self.files for finding in file.findings)
