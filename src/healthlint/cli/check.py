"""`healthlint check`: the findings in files, and the exit status that a gate trusts."""

from __future__ import annotations

import gc
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import click

from healthlint.cli import _day, _outputs
from healthlint.cli._app import BROKEN, FOUND, OK, UNUSABLE, crash_report
from healthlint.cli._terminal import COLORS, has_color, is_terminal, put, say, width
from healthlint.cli._values import Format, Names, Word
from healthlint.config import Said, allowed

if TYPE_CHECKING:
    from healthlint.cli._narrowing import Narrowing
    from healthlint.planning import Asked, Plan
    from healthlint.report import FileReport, Report
    from healthlint.reporters import Options

_SETTINGS = ("packs", "tiers", "product", "context", "select", "ignore", "min_confidence", "fail_on")
_PEOPLE = ("text", "concise")
"""Formats that may be followed by more on the same stream."""
_FORMATS = (
    "text (default), concise, json, jsonl, sarif, github, gitlab, azure, teamcity, junit, checkstyle, rdjson, rdjsonl, "
    "markdown, html or csv."
)

_MANY = 100
"""From so many files on, what one leaves behind is worth collecting."""


@click.command("check", context_settings={"max_content_width": 100})
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--format", "format_", type=Format(), default="text", metavar="FORMAT", help=_FORMATS)
@click.option("--output", type=_outputs.OutputOption(), multiple=True, help="Write this file too; repeatable.")
@click.option("--fail-on", type=Word(allowed("fail_on")), help="The mildest severity that gives status 1 (error).")
@click.option("--exit-zero", is_flag=True, help="Give status 0 where there are findings; never for 2 and 3.")
@click.option("--select", type=Names("select"), multiple=True, help="Only these rules, categories or packs.")
@click.option("--ignore", type=Names("ignore"), multiple=True, help="None of these rules, categories or packs.")
@click.option("--min-confidence", type=Word(allowed("min_confidence")), help="Leave out rules that are less sure.")
@click.option("--packs", type=Names("packs"), multiple=True, help="us, uk, eu … (every country); also all, default.")
@click.option("--tiers", type=Names("tiers"), multiple=True, help="core, extended (both are the default), strict.")
@click.option("--product", type=Word(allowed("product")), metavar="CLASS", help="What is sold (by default inferred).")
@click.option("--context", type=Word(allowed("context")), help="Who speaks (by default inferred).")
@click.option("--config", type=click.Path(), help="Use this config file for all files.")
@click.option("--isolated", is_flag=True, help="Use no config file.")
@click.option("--exclude", multiple=True, metavar="GLOB", help="Leave out what matches, as .gitignore would.")
@click.option("--force-exclude", is_flag=True, help="Leave out excluded files even where they are named.")
@click.option("--respect-gitignore/--no-respect-gitignore", default=True, help="Leave out what git ignores (default).")
@click.option("--stdin-filename", default="stdin.md", metavar="PATH", help="What standard input ('-') is called.")
@click.option("--allow-empty", is_flag=True, help="Give status 0 where there was nothing to check.")
@_day.option
@click.option("--statistics", is_flag=True, help="Count the findings of each rule.")
@click.option("--color", type=Word(COLORS), default="auto", help="By default on a terminal; NO_COLOR, FORCE_COLOR.")
@click.option("--baseline", type=click.Path(), metavar="FILE", help="Show what this baseline does not know.")
@click.option("--diff", metavar="REV", help="Show what touches lines changed since REV ('REV...': since they parted).")
@click.option("--staged", is_flag=True, help="Check what is staged, and show what touches its changed lines.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings and errors alone.")
def command(paths: tuple[str, ...], **options: object) -> int:
    """Check files and folders, by default the current one.

    '-' is standard input. Files that are named are checked even if they are excluded.
    """
    from healthlint import planning, plugs, run

    outputs: tuple[_outputs.Output, ...] = options["output"]  # type: ignore[assignment]
    if outputs:
        _outputs.refuse(outputs)
    asked = asked_for(paths, options)
    narrowing = _narrowing(options)
    plan = planning.plan(asked)
    if outputs:
        _outputs.refuse_inputs(outputs, (task.file.path for task in plan.tasks if not task.file.piped))
    if narrowing is not None:
        plan = narrowing.planned(plan, asked)
    if len(plan.tasks) > _MANY:
        gc.freeze()
        gc.enable()
    report = run.check(
        plan,
        _day.day_of(options["today"]),
        stdin=getattr(sys.stdin, "buffer", None),
        attempt=attempt,
        progress=progress(len(plan.tasks)),
    )
    if narrowing is not None:
        report = narrowing.judged(report, plan)
    format_, quiet = str(options["format_"]), bool(options["quiet"])
    look = _look(format_, outputs, str(options["color"]), quiet=quiet)
    _say_failures(report, quiet=quiet)
    for note in narrowing.notes if narrowing is not None and not quiet else ():
        say(note, "note")
    # Before anything is printed: whoever reads it may hang up.
    written = _outputs.write(outputs, report, look)
    if format_ == "github":
        _outputs.write_summary(report, look)
    put(plugs.load("healthlint.reporters", format_).report(report, look))
    if options["statistics"]:
        # What follows a JSON object would spoil it.
        out = put if format_ in _PEOPLE else _say_all
        out(_statistics(report))
    may_be_empty = bool(options["allow_empty"]) or (narrowing is not None and narrowing.by_change)
    nothing = nothing_to_check(plan, asked.paths, allowed=may_be_empty)
    if nothing:
        say(nothing, "error")
    return _status(report, nothing=bool(nothing) or not written, exit_zero=bool(options["exit_zero"]))


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


def _narrowing(options: Mapping[str, object]) -> Narrowing | None:
    """Return what narrows the check to what is new, if it is to be."""
    baseline, diff, staged = options["baseline"], options["diff"], bool(options["staged"])
    if baseline is None and diff is None and not staged:
        return None
    from healthlint.cli._narrowing import Narrowing

    return Narrowing(baseline, diff, staged=staged)  # type: ignore[arg-type]


def _look(format_: str, outputs: tuple[_outputs.Output, ...], color: str, *, quiet: bool) -> Options:
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


def _say_failures(report: Report, *, quiet: bool) -> None:
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


def _status(report: Report, *, nothing: bool, exit_zero: bool) -> int:
    """Return the highest exit status that applies."""
    if any(file.internal for file in report.files):
        return BROKEN
    if nothing or any(file.status == "failed" for file in report.files):
        return UNUSABLE
    if any(file.failing for file in report.files) and not exit_zero:
        return FOUND
    return OK
