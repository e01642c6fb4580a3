"""`healthlint check`: the findings in files, and the exit status that a gate trusts."""

from __future__ import annotations

import click

from healthlint.cli import _day, _outputs
from healthlint.cli._terminal import COLORS
from healthlint.cli._values import Format, Jobs, Names, Word
from healthlint.config import allowed

_FORMATS = (
    "text (default), concise, json, jsonl, sarif, github, gitlab, azure, teamcity, junit, checkstyle, rdjson, rdjsonl, "
    "markdown, html or csv."
)


_SHARED = (
    "packs", "tiers", "product", "context", "select", "ignore", "min_confidence", "config", "isolated", "exclude",
    "force_exclude", "respect_gitignore", "stdin_filename", "allow_empty", "today", "claims", "jobs",
)  # fmt: skip
"""Options on which it hangs what is found."""


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
@click.option("--fail-on-stale", is_flag=True, help="Give status 1 where the baseline knows what is there no more.")
@click.option("--diff", metavar="REV", help="Show what touches lines changed since REV ('REV...': since they parted).")
@click.option("--staged", is_flag=True, help="Check what is staged, and show what touches its changed lines.")
@click.option("--claims", type=click.Path(), metavar="FILE", help="The register of approved claims to go by.")
@click.option("--show-approved", is_flag=True, help="Show approved claims too, with their evidence (text).")
@click.option("-j", "--jobs", type=Jobs(), metavar="N|auto", help="Processes that work side by side (auto).")
@click.option("--no-cache", is_flag=True, help="Check every file anew, whatever is known of it.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings and errors alone.")
def command(paths: tuple[str, ...], **options: object) -> int:
    """Check files and folders, by default the current one.

    '-' is standard input. Files that are named are checked even if they are excluded.
    """
    from healthlint.cli._checking import check

    return check(paths, options)


def shared(*more: str) -> list[click.Parameter]:
    """Return the options that mean to another command what they mean to a check: what is found hangs on them; and `more`."""
    return [param for param in command.params if param.name in _SHARED or param.name in more]
