"""JUnit XML: a suite a file, a case a finding; cases fail where the finding is as severe as what a run must fail at."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.finding import Finding
from healthlint.report import FileReport, Report
from healthlint.reporters import Options
from healthlint.reporters._frame import frame
from healthlint.reporters._plain import advice, message, plain
from healthlint.reporters._xml import DECLARATION, escaped, tag
from healthlint.rule import SEVERITIES

_WIDTH = 100


def report(report: Report, options: Options) -> Iterator[str]:  # noqa: ARG001
    """Yield a suite for each file; the file of a suite without findings has one case, which passes."""
    suites = [file for file in report.files if file.status != "excluded"]
    cases = sum(map(_cases, suites))
    yield DECLARATION
    yield tag("testsuites", name="healthlint", tests=cases, failures=sum(map(_failing, suites)), errors=_errors(suites))
    for file in suites:
        yield from _suite(file)
    yield "</testsuites>"


def _suite(file: FileReport) -> Iterator[str]:
    skipped = int(file.status == "not-checked")
    yield " " + tag(
        "testsuite",
        name=file.path,
        tests=_cases(file),
        failures=_failing(file),
        errors=_errors([file]),
        skipped=skipped,
    )
    for finding in file.findings:
        yield from _case(file, finding)
    if file.error:
        yield "  " + tag("testcase", classname=file.path, name="could be checked")
        yield f"   {tag('error', type='not-checked', message=plain(file.error), empty=True)}"
        yield "  </testcase>"
    elif skipped:
        yield "  " + tag("testcase", classname=file.path, name="was checked")
        yield f"   {tag('skipped', message=plain('; '.join(file.reasons)), empty=True)}"
        yield "  </testcase>"
    elif not file.findings:
        yield "  " + tag("testcase", classname=file.path, name="has no findings", empty=True)
    yield " </testsuite>"


def _case(file: FileReport, finding: Finding) -> Iterator[str]:
    """Yield a case; its name has the place, for viewers take cases of one name for one."""
    line, column = finding.source.position(finding.span.start)
    yield "  " + tag("testcase", classname=file.path, name=f"{finding.rule.id} {line}:{column}")
    head = f"{finding.severity}: {message(finding)}"
    fails = _fails(file, finding)
    opening = tag("failure", type=finding.severity, message=message(finding)) if fails else tag("system-out")
    yield f"   {opening}{escaped(f'{file.path}:{line}:{column}: {head}')}"
    for text in (*frame(finding.source, finding.span, _WIDTH), *advice(finding, file)):
        yield escaped(text)
    yield f"   </{'failure' if fails else 'system-out'}>"
    yield "  </testcase>"


def _fails(file: FileReport, finding: Finding) -> bool:
    return file.fail_on in SEVERITIES and SEVERITIES.index(finding.severity) >= SEVERITIES.index(file.fail_on)


def _cases(file: FileReport) -> int:
    return len(file.findings) + bool(file.error) or 1


def _failing(file: FileReport) -> int:
    return sum(_fails(file, finding) for finding in file.findings)


def _errors(files: list[FileReport]) -> int:
    return sum(bool(file.error) for file in files)
