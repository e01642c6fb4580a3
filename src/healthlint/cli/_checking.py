"""What `healthlint check` does; it knows nothing of how the command line was read."""

from __future__ import annotations

import gc
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress

from healthlint.cli._clock import day_of
from healthlint.cli._ends import BROKEN, FOUND, OK, UNUSABLE, crash_report
from healthlint.cli._terminal import has_color, is_terminal, put, say, width
from healthlint.config import Said
from healthlint.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO

    from healthlint.cli._narrowing import Narrowing
    from healthlint.cli._outputs import Output
    from healthlint.planning import Asked, Plan
    from healthlint.report import FileReport, Report
    from healthlint.reporters import Options

_SETTINGS = ("packs", "tiers", "product", "context", "select", "ignore", "min_confidence", "fail_on", "jobs", "claims")
_PEOPLE = ("text", "concise")
"""Formats that may be followed by more on the same stream."""
_MANY = 100
"""From so many files on, what one leaves behind is worth collecting."""
_KEPT = 16
"""From so many files on, the reports of earlier runs are worth a look."""


def check(paths: tuple[str, ...], options: Mapping[str, object]) -> int:
    """Check `paths` and print what was found; return the exit status."""
    from healthlint import planning, plugs

    format_, quiet = str(options["format_"]), bool(options["quiet"])
    outputs: tuple[Output, ...] = options["output"]  # type: ignore[assignment]
    if outputs:
        from healthlint.cli import _outputs

        _outputs.refuse(outputs)
    asked = asked_for(paths, options)
    narrowing = _narrowing(options)
    plan = planning.plan(asked)
    if outputs:
        _outputs.refuse_inputs(outputs, plan, options["baseline"])  # type: ignore[arg-type]
    if narrowing is not None:
        plan = narrowing.planned(plan, asked)
    report = report_of(plan, options, standard_input())
    if narrowing is not None:
        report = narrowing.judged(report, plan)
    look = _look(format_, outputs, str(options["color"]), quiet=quiet)._replace(approved=bool(options["show_approved"]))
    say_failures(report, quiet=quiet)
    for note in narrowing.notes if narrowing is not None and not quiet else ():
        say(note, "note")
    stale = bool(report.stale and options["fail_on_stale"])
    if stale:
        say(
            "--fail-on-stale: the baseline knows what is there no more: 'healthlint baseline --prune' drops it", "error"
        )
    # Before anything is printed: whoever reads it may hang up.
    written = not outputs or _outputs.write(outputs, report, look)
    if format_ == "github":
        from healthlint.cli._outputs import write_summary

        write_summary(report, look)
    put(plugs.load("healthlint.reporters", format_).report(report, look))
    if options["statistics"]:
        # What follows a JSON object would spoil it.
        out = put if format_ in _PEOPLE else _say_all
        out(_statistics(report))
    may_be_empty = bool(options["allow_empty"]) or (narrowing is not None and narrowing.by_change)
    nothing = nothing_to_check(plan, asked.paths, allowed=may_be_empty)
    if nothing:
        say(nothing, "error")
    status = status_of(report, nothing=bool(nothing) or not written, exit_zero=bool(options["exit_zero"]))
    return max(status, FOUND) if stale and not options["exit_zero"] else status


def asked_for(paths: tuple[str, ...], options: Mapping[str, object]) -> Asked:
    """Return what the command line asks for: by default the current folder.

    Raises:
        UsageError: two options exclude each other.
    """
    from healthlint.planning import Asked

    if options["config"] and options["isolated"]:
        from healthlint.errors import UsageError

        raise UsageError("--config and --isolated exclude each other")
    return Asked(
        paths or (".",),
        _said(options),
        config=options["config"],  # type: ignore[arg-type]
        isolated=bool(options["isolated"]),
        exclude=options["exclude"],  # type: ignore[arg-type]
        respect_gitignore=bool(options["respect_gitignore"]),
        force_exclude=bool(options["force_exclude"]),
        stdin_name=str(options["stdin_filename"]),
    )


def standard_input() -> BinaryIO | None:
    """Return standard input as bytes; None where the caller closed it."""
    return getattr(sys.stdin, "buffer", None)


def report_of(plan: Plan, options: Mapping[str, object], stdin: BinaryIO | None) -> Report:
    """Return the report on all files of `plan`, on the day that is asked for; how far it is is shown on a terminal."""
    from healthlint import run

    if len(plan.tasks) > _MANY:
        gc.freeze()
        gc.enable()
    total, today = len(plan.tasks), day_of(options["today"])
    cache = None
    if total >= _KEPT and not options.get("no_cache", True):
        # A Python may have been built without SQLite.
        with suppress(ImportError):
            from healthlint.result_cache import ResultCache

            cache = ResultCache(plan.said, today)
    return run.check(plan, today, stdin=stdin, attempt=attempt, progress=progress(total), cache=cache)


def _narrowing(options: Mapping[str, object]) -> Narrowing | None:
    """Return what narrows the check to what is new, if it is to be."""
    baseline, diff, staged = options["baseline"], options["diff"], bool(options["staged"])
    if options["fail_on_stale"] and baseline is None:
        from healthlint.errors import UsageError

        raise UsageError("--fail-on-stale asks for a --baseline")
    if baseline is None and diff is None and not staged:
        return None
    from healthlint.cli._narrowing import Narrowing

    return Narrowing(baseline, diff, staged=staged)  # type: ignore[arg-type]


def _look(format_: str, outputs: tuple[Output, ...], color: str, *, quiet: bool) -> Options:
    """Return how the report is to look; where it is, only where a format may ask."""
    from healthlint.reporters import Options

    look = Options(width(), has_color(color), quiet)
    if format_ in _PEOPLE and not outputs:
        return look
    from healthlint.paths import folders_up, is_repository

    here = os.getcwd()
    *_, top = folders_up(here)
    return look._replace(here=here, top=top if is_repository(top) else "")


def _said(options: Mapping[str, object]) -> tuple[Said, ...]:
    """Return the settings that the command line gives."""
    said = []
    for key in _SETTINGS:
        value = options.get(key)
        if isinstance(value, tuple):
            value = tuple(dict.fromkeys(name for names in value for name in names))
        if value:
            origin = "--" + key.replace("_", "-")
            said.append(Said(key, None if value == "auto" else value, origin))  # type: ignore[arg-type]
    return tuple(said)


def attempt(path: str, work: Callable[[], FileReport]) -> FileReport:
    """Return what `work` makes of a file; should it break, what broke: the other files are still to be checked."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001
        from healthlint.report import FileReport

        return FileReport(path, "failed", error=f"{path}: {crash_report(error)}", internal=True)


def progress(total: int) -> Callable[[int], None]:
    """Return what shows, on a terminal and after the first second, how many files are done."""
    if total < 2 or not is_terminal(sys.stderr):
        return lambda _: None
    import time

    start = shown = time.monotonic()

    def show(count: int) -> None:
        nonlocal shown
        now = time.monotonic()
        if count == total:
            sys.stderr.write("\r\x1b[K" if shown > start else "")
        elif now - start > 1 and now - shown > 0.1:
            shown = now
            sys.stderr.write(f"\rchecking {count}/{total}\x1b[K")
        sys.stderr.flush()

    return show


def say_failures(report: Report, *, quiet: bool) -> None:
    """Tell what could not be checked, and what could not be read as meant."""
    for file in report.files:
        if file.error:
            say(file.error, "error")
        if file.status == "not-checked" and not quiet:
            say(f"{file.path} was not checked: {'; '.join(file.reasons)}", "note")
        for note in file.notes if not quiet else ():
            say(note, "note")


def _say_all(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)


def _statistics(report: Report) -> Iterator[str]:
    """Yield how many findings each rule has, most first."""
    counts = Counter(finding.rule.id for finding in report.findings)
    for rule, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"{count:>6}  {rule}"


def nothing_to_check(plan: Plan, paths: tuple[str, ...], *, allowed: bool) -> str:
    """Return what to say where there was nothing to check, or "" where there was, or that is all right."""
    found = plan.found
    if found.inputs or found.failures or allowed:
        return ""
    if len(found.excluded) == len(set(paths)):
        return ""
    return "nothing to check: no file of a kind that is read, or all of them are left out; --allow-empty accepts that"


def status_of(report: Report, *, nothing: bool, exit_zero: bool) -> int:
    """Return the highest exit status that applies."""
    if any(file.internal for file in report.files):
        return BROKEN
    if nothing or any(file.status == "failed" for file in report.files):
        return UNUSABLE
    if any(file.failing for file in report.files) and not exit_zero:
        return FOUND
    return OK
