"""`healthlint report --audit FOLDER`: the evidence of a check, for whoever must answer for it."""

from __future__ import annotations

import click

from healthlint.cli import check


@click.command("report", context_settings={"max_content_width": 100})
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--audit", type=click.Path(), metavar="FOLDER", required=True, help="Write the audit there.")
def command(paths: tuple[str, ...], audit: str, **options: object) -> int:
    """Check files and folders, by default the current one, and write down the evidence.

    FOLDER gets audit.json and audit.html: what was checked, with which rules, versions and settings, what was found,
    what was let through and why, and what was left out. The same files give the same bytes. The status is that of
    'healthlint check'.
    """
    from healthlint.cli._auditing import report

    return report(paths, audit, options)


command.params += check.shared("fail_on", "exit_zero", "baseline", "fail_on_stale", "quiet")
