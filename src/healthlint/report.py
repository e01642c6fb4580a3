"""Everything a run found out, as one value for the reporters."""

from __future__ import annotations

from collections.abc import Iterable

from healthlint.finding import Finding
from healthlint.hints import TYPE_CHECKING
from healthlint.records import NamedTuple
from healthlint.rule import SEVERITIES

if TYPE_CHECKING:
    from healthlint.approval import Approval, Register
    from healthlint.text import Span


class Suppressed(NamedTuple):
    """A finding that was silenced, by what and why."""

    finding: Finding
    by: str
    """suppression | baseline | claim."""
    reason: str
    approvals: tuple[str, ...] = ()
    """Of a claim: the ids of the approvals that cover it, in the order of their register; more than one where each holds
    in a part of the markets."""


class ClaimUse(NamedTuple):
    """A place where the words of an approval stand, whether or not it may answer for them there."""

    approval: str
    """Its id in the register of the file."""
    span: Span
    line: int
    column: int
    """Both from 1."""
    verdict: str
    """approved | idle (no rule that it names objects) | not in force | out of market | other product | lacks qualifier |
    goes on."""
    findings: tuple[tuple[str, str], ...]
    """Rule id and fingerprint of each finding in these words that its rules made, in order of place."""


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
    register: str = ""
    """The register of approved claims that it was held against: a path of `Report.registers`, or "" for none."""
    claims: tuple[ClaimUse, ...] = ()
    """Where approved words stand, in order of place."""
    dated: bool = False
    """True where another day may change it: a suppression in the file has an end, or a register has."""
    key: bytes = b""
    """What to keep it under for later runs; empty where it is not to be kept, or was."""

    @property
    def approved(self) -> tuple[Suppressed, ...]:
        """Return the findings that approvals answer for."""
        return tuple(each for each in self.suppressed if each.by == "claim")

    def left_with(self, findings: tuple[Finding, ...], suppressed: tuple[Suppressed, ...]) -> FileReport:
        """Return what this comes to where no more than these stand."""
        return self._replace(findings=findings, suppressed=suppressed, failing=fails(findings, self.fail_on))


class Stale(NamedTuple):
    """What the baseline has of findings that are there no more."""

    path: str
    """Relative to the folder of the baseline, with "/"."""
    rule: str
    fingerprint: str
    times: int


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
    """The day suppressions and approvals were held against, ISO 8601."""
    registers: tuple[Register, ...] = ()
    """The registers of approved claims in use, in order of path; their own findings stand in `files`."""
    stale: tuple[Stale, ...] = ()
    """In order of path, then rule."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return all findings, file by file."""
        return tuple(finding for file in self.files for finding in file.findings)

    @property
    def pages(self) -> tuple[FileReport, ...]:
        """Return the files that are no registers, whatever became of them."""
        registers = {register.path for register in self.registers}
        return tuple(file for file in self.files if file.path not in registers)

    @property
    def checked(self) -> int:
        """Return how many pages were checked; a register is none."""
        return sum(file.status == "checked" for file in self.pages)

    def count(self, severity: str) -> int:
        """Return how many findings have this severity."""
        return sum(finding.severity == severity for file in self.files for finding in file.findings)

    def approvals(self, file: FileReport, each: Suppressed) -> tuple[Approval, ...]:
        """Return the approvals that cover a finding of `file`; none where something else silences it."""
        register = next((register for register in self.registers if register.path == file.register), None)
        known = (register.get(name) for name in each.approvals) if register is not None else ()
        return tuple(approval for approval in known if approval is not None)
