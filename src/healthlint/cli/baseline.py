"""`healthlint baseline`: writes down the findings there are, so that checks show new ones alone."""

from __future__ import annotations

import os
from collections import Counter

import click

from healthlint.cli import _checking, check
from healthlint.cli._ends import BROKEN, OK, UNUSABLE
from healthlint.cli._narrowing import Baseline
from healthlint.cli._terminal import put, say
from healthlint.cli._whole_files import write_lines
from healthlint.hints import TYPE_CHECKING
from healthlint.reporters.text import counted
from healthlint.verdicts import baseline

if TYPE_CHECKING:
    from healthlint.verdicts.baseline import Entries


@click.command("baseline", context_settings={"max_content_width": 100})
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--output", type=click.Path(), default=baseline.USUAL, metavar="FILE", show_default=True)
@click.option("--prune", is_flag=True, help="Drop from FILE what is found no more, and add nothing.")
def command(paths: tuple[str, ...], output: str, prune: bool, **options: object) -> int:  # noqa: FBT001
    """Write down all findings in files and folders, by default the current one.

    'healthlint check --baseline FILE' then shows the others alone. A file of that name is replaced if it is a baseline.
    """
    before = Baseline(output) if prune or os.path.lexists(output) else None
    from healthlint import planning

    plan = planning.plan(_checking.asked_for(paths, options))
    report = _checking.report_of(plan, options, _checking.standard_input())
    folder = os.path.dirname(os.path.abspath(output))
    _checking.say_failures(report, quiet=True)
    nothing = _checking.nothing_to_check(plan, paths or (".",), allowed=bool(options["allow_empty"]))
    if nothing:
        say(nothing, "error")
    if nothing or any(file.status == "failed" for file in report.files):
        say(f"{output} was not written", "error")
        return BROKEN if any(file.internal for file in report.files) else UNUSABLE
    if prune and before is not None:
        stale = before.judge(report, plan).stale
        entries = baseline.without(before.entries, stale)
        told = f"{counted(_total(stale), 'finding')} dropped from {output}, {_total(entries)} left"
    else:
        entries = baseline.entries_of(report, folder)
        told = f"{counted(_total(entries), 'finding')} written to {output}"
        if before is not None:
            told += _difference(before.entries, entries)
    for note in before.notes if before is not None and prune else ():
        say(note, "note")
    write_lines(output, baseline.lines(entries))
    put([told])
    return OK


command.params += check.shared()


def _difference(before: Entries, now: Entries) -> str:
    """Return how many findings came and went since the baseline that is replaced."""
    old, new = Counter(before), Counter(now)
    return f" ({_total(new - old)} new, {_total(old - new)} no more)"


def _total(entries: Entries) -> int:
    return sum(entries.values())
