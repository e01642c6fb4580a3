"""`healthlint config`: what holds for a file, and who said so."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

import click

from healthlint.cli._terminal import put
from healthlint.errors import UsageError
from healthlint.hints import TYPE_CHECKING
from healthlint.reporters._safe import neutralise

if TYPE_CHECKING:
    from healthlint.config import Settings
    from healthlint.selection import Choice

_KEYS = (
    "packs", "tiers", "product", "context", "select", "ignore", "min_confidence", "fail_on", "rule_folders", "exclude",
    "mdx_props", "claims", "jobs",
)  # fmt: skip
_SINGLE = ("product", "context", "jobs")
_NAMED = 6
"""So few rules are named; of more, their number is told."""


@click.command("config")
@click.argument("path", required=False, default=".", type=click.Path())
@click.option("--config", "config_path", type=click.Path(), help="Use this config file.")
@click.option("--isolated", is_flag=True, help="Use no config file.")
@click.option("--rules", "every", is_flag=True, help="Name every rule.")
def command(path: str, config_path: str | None, isolated: bool, every: bool) -> None:  # noqa: FBT001
    """Show what holds for a file, and who said so.

    PATH may be a folder as well (default: the current one).
    """
    from healthlint import planning, run

    if config_path and isolated:
        raise UsageError("--config and --isolated exclude each other")
    is_folder = os.path.isdir(path)
    plan = planning.plan(
        planning.Asked(() if is_folder else (path,), config=config_path, isolated=isolated, folder=path)
    )
    if plan.found.failures:
        raise UsageError(*(error for _, error in plan.found.failures))
    task = plan.tasks[0] if plan.tasks else plan.base
    assert task is not None
    settings = task.settings
    if not is_folder:
        settings = run.settings_of_page(task, run.read_document(task.file, settings), ())
    put(_shown(path, task.config.path, settings, task.rules.choices(settings), every=every))


def _shown(path: str, config: str, settings: Settings, choices: Mapping[str, Choice], *, every: bool) -> Iterator[str]:
    yield neutralise(f"settings of {path}")
    yield neutralise(f"config file: {config or 'none'}")
    yield ""
    rows = [(key.replace("_", "-"), _value(key, settings), settings.origin(key)) for key in _KEYS]
    rows += [(f"rules: {rule}", level, settings.origin("rules", rule)) for rule, level in settings.rules]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for key, value, origin in rows:
        yield neutralise(f"{key:<{widths[0]}}  {value:<{min(widths[1], 40)}}  {origin}")
    yield ""
    yield from _rules_by_reason(choices, every=every)


def _value(key: str, settings: Settings) -> str:
    value = getattr(settings, key)
    if isinstance(value, tuple):
        return ", ".join(value) or ("the usual" if key == "mdx_props" else "-")
    return (str(value) or "-") if value is not None else "auto" if key in _SINGLE else "-"


def _rules_by_reason(choices: Mapping[str, Choice], *, every: bool) -> Iterator[str]:
    """Yield which rules are on and off, together by what decided."""
    for on, title in ((True, "rules that are on"), (False, "rules that are off")):
        reasons: dict[str, list[str]] = {}
        for rule, choice in sorted(choices.items()):
            if choice.on is on:
                reasons.setdefault(choice.why, []).append(rule)
        yield f"{title}: {sum(map(len, reasons.values()))}"
        for why, rules in sorted(reasons.items()):
            named = ": " + ", ".join(rules) if every or len(rules) <= _NAMED else ""
            yield neutralise(f"  {len(rules):>4}  {why}{named}")
