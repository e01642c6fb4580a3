"""`--output FORMAT=FILE` and the step summary of GitHub: reports in files, each whole or not there at all."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator

import click

from healthlint.cli._terminal import USUAL, OutputError, say
from healthlint.cli._values import Format, completions
from healthlint.cli._whole_files import write_all, write_file
from healthlint.errors import UsageError
from healthlint.hints import TYPE_CHECKING
from healthlint.records import NamedTuple

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from healthlint.planning import Plan
    from healthlint.report import Report
    from healthlint.reporters import Options

_SUMMARY = "GITHUB_STEP_SUMMARY"
_SUMMARY_BYTES = 1024 * 1024
"""What GitHub takes for one step; of more it takes nothing."""
_LEAST_ROOM = 2000


class Output(NamedTuple):
    """A report in a file."""

    format: str
    path: str

    @property
    def there(self) -> os.stat_result | None:
        """Return what stands at the path (links followed), or None."""
        try:
            return os.stat(self.path)
        except OSError:
            return None

    @property
    def real(self) -> str:
        """Return the path without links."""
        return os.path.realpath(self.path)


class OutputOption(click.ParamType):  # type: ignore[type-arg]
    """A format and the file it goes to, parted by "="."""

    name = "FORMAT=FILE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Output:
        """Return both; the format is known to be there."""
        format_, parted, path = str(value).partition("=")
        if not parted or not path:
            self.fail(f"{str(value)!r} is no FORMAT=FILE such as sarif=report.sarif", param, ctx)
        if path == "-":
            self.fail("'-' is standard output: use --format for that", param, ctx)
        return Output(Format().convert(format_, param, ctx), path)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        """Return the formats that it may become; of files the shell knows more."""
        from healthlint import plugs

        return completions((f"{name}=" for name in plugs.names("healthlint.reporters")), incomplete)


def refuse(outputs: Iterable[Output]) -> None:
    """Do nothing where each file can be written, as far as can be told beforehand.

    Raises:
        UsageError: two reports for one file, one for where standard output goes, a folder, no folder to write in.
    """
    seen: dict[str, Output] = {}
    faults = []
    for output in outputs:
        first = seen.setdefault(os.path.normcase(output.real), output)
        fault = f"{first.format} is written there already" if first is not output else _obstacle(output)
        if fault:
            faults.append(f"--output {output.format}={output.path}: {fault}")
    if faults:
        raise UsageError(*faults)


def refuse_inputs(outputs: Iterable[Output], plan: Plan, baseline: str | None) -> None:
    """Do nothing where no file that is to be checked, or that a check goes by, would be written over.

    Raises:
        UsageError: one would be.
    """
    inputs = {os.path.normcase(os.path.realpath(path)): what for path, what in _inputs(plan, baseline)}
    faults = [
        f"--output {output.format}={output.path}: {inputs[real]}"
        for output in outputs
        for real in [os.path.normcase(output.real)]
        if real in inputs
    ]
    if faults:
        raise UsageError(*faults)


def _inputs(plan: Plan, baseline: str | None) -> Iterator[tuple[str, str]]:
    """Yield the files of `plan`, and those it goes by, each with what to say where it would be written over."""
    for task in plan.tasks:
        if not task.file.piped:
            yield task.file.path, "one of the files to check; write elsewhere or exclude it"
        if task.config.path:
            yield task.config.path, "the config; write elsewhere"
    if baseline is not None:
        yield baseline, "the baseline; write elsewhere"
    if plan.registers:
        from healthlint.approval import evidence_files

        registers = [each.register for each in plan.registers]
        for register in registers:
            yield register.path, "the register of approved claims; write elsewhere"
        for path in evidence_files(registers):
            yield path, "evidence of an approved claim; write elsewhere"


def write(outputs: Iterable[Output], report: Report, options: Options) -> bool:
    """Write each report to its file and return whether all could be; what could not be is said."""
    from healthlint import plugs

    look = options._replace(width=USUAL, color=False)
    good = True
    for output in outputs:
        lines = plugs.load("healthlint.reporters", output.format).report(report, look)
        try:
            write_file(output.path, lines)
        except OSError as error:
            say(f"{output.path} cannot be written: {(error.strerror or str(error)).lower()}", "error")
            good = False
    return good


def write_summary(report: Report, options: Options) -> None:
    """Add all findings to the summary of the step, where this is a step of GitHub Actions.

    Raises:
        OutputError: it cannot be written.
    """
    path = os.environ.get(_SUMMARY, "")
    if not path:
        return
    from healthlint import plugs

    markdown = plugs.load("healthlint.reporters", "markdown")
    try:
        with open(path, "ab", buffering=0) as file:
            before = file.seek(0, os.SEEK_END)
            room = _SUMMARY_BYTES - before
            if room < _LEAST_ROOM:
                say("the step summary is full: the findings were not added", "note")
                return
            text = "".join(f"{line}\n" for line in markdown.report(report, options._replace(room=room)))
            try:
                write_all(file.fileno(), text)
            except OSError:
                file.truncate(before)
                raise
    except OSError as error:
        raise OutputError(f"{_SUMMARY} cannot be written: {(error.strerror or str(error)).lower()}") from error


def _obstacle(output: Output) -> str:
    """Return what stands in the way of writing a file, or ""."""
    there, folder = output.there, os.path.dirname(output.real)
    if there is not None and stat.S_ISDIR(there.st_mode):
        return "a folder, not a file"
    if there is not None and _is_standard_output(there):
        return "standard output goes there already"
    if there is not None and not stat.S_ISREG(there.st_mode):
        return ""
    if not os.path.isdir(folder):
        return "there is no folder for it"
    return "" if os.access(folder, os.W_OK) else "its folder cannot be written to"


def _is_standard_output(there: os.stat_result) -> bool:
    """Tell whether `there` is the file or pipe that standard output goes to; a terminal or /dev/null takes both."""
    try:
        ours = os.fstat(sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        return False
    return (stat.S_ISREG(there.st_mode) or stat.S_ISFIFO(there.st_mode)) and os.path.samestat(there, ours)
