"""`healthlint suppressions`: all comments that silence rules, with their reasons, days and use."""

from __future__ import annotations

import re

import click

from healthlint.cli import check
from healthlint.cli._values import Word

_AGE = re.compile(r"([1-9]\d{0,4})([dw])", re.ASCII)


class Age(click.ParamType):  # type: ignore[type-arg]
    """A number of days or weeks."""

    name = "AGE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the days."""
        if isinstance(value, int):
            return value
        match = _AGE.fullmatch(str(value))
        if match is None:
            self.fail(f"{str(value)!r} is no age such as 90d (days) or 12w (weeks)", param, ctx)
        return int(match[1]) * (7 if match[2] == "w" else 1)


@click.command("suppressions", context_settings={"max_content_width": 100})
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--expired", is_flag=True, help="Those whose last day is past.")
@click.option("--unused", is_flag=True, help="Those of which a rule silences nothing.")
@click.option("--older-than", type=Age(), help="Those whose line was written longer ago, as git has it: 90d, 12w.")
@click.option("--strict", is_flag=True, help="Give status 1 where one is listed.")
@click.option("--format", "format_", type=Word(("text", "json")), default="text", help="By default for people.")
def command(paths: tuple[str, ...], **options: object) -> int:
    """List the suppressions in files and folders, by default in the current one.

    Each with its rules, reason, last day, whether it is used, and, where git knows it, the day it was written. Of
    several filters one is enough. Status 0, or 1 with --strict where one is listed; 2 where a file cannot be read.
    """
    from healthlint.cli._suppressing import suppressions

    return suppressions(paths, options)


command.params += check.shared("quiet")
