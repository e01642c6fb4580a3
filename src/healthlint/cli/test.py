"""`healthlint test`: whether each rule marks what its own examples say, or what each costs."""

from __future__ import annotations

import os

import click

from healthlint.cli._ends import FOUND, OK
from healthlint.cli._terminal import put, say
from healthlint.cli._values import Word
from healthlint.errors import UsageError
from healthlint.reporters.text import counted


@click.command("test")
@click.argument("folder", required=False, type=click.Path())
@click.option("-q", "--quiet", is_flag=True, help="Print what does not hold alone.")
@click.option("--cost", is_flag=True, help="Show each rule's share of the time instead, on the examples.")
@click.option("--on", "paths", type=click.Path(), multiple=True, metavar="PATH", help="With --cost: on these texts.")
@click.option(
    "--format", "format_", type=Word(("text", "json")), default="text", help="With --cost; by default a table."
)
def command(folder: str | None, quiet: bool, cost: bool, paths: tuple[str, ...], format_: str) -> int:  # noqa: FBT001
    """Run the examples of rules, those in FOLDER or the shipped ones.

    The rules in FOLDER are loaded on top of the shipped ones, as a config would; it may be a folder of these as well.

    Status 0: all hold; 1: some do not; 2: rules that cannot be used.
    """
    if not cost and (paths or format_ != "text"):
        raise UsageError("--on and --format go with --cost")
    from healthlint.examples import check_examples
    from healthlint.rulebook import builtin_rules, load_book

    if folder is not None and not os.path.isdir(folder):
        raise UsageError(f"{folder}: no such folder")
    shipped = os.path.realpath(builtin_rules())
    own = () if folder is None or _is_below(os.path.join(folder, ""), shipped) else (folder,)
    book = load_book(own)
    base = "" if own else os.path.dirname(shipped)
    rules = [rule for rule in book.rules if folder is None or _is_below(os.path.join(base, rule.path), folder)]
    if not rules:
        raise UsageError(f"{folder}: no rule in this folder")
    if cost:
        from healthlint.cli import _costs

        ids = frozenset(rule.id for rule in rules)
        found = _costs.costs_on(book, sorted(ids), paths, own)
        put(_costs.as_json(found, ids) if format_ == "json" else _costs.as_table(found, ids))
        return OK
    faults = check_examples(book, [rule.id for rule in rules])
    put(f"{fault.path}:{fault.line}: {fault.rule}: {fault.message}" for fault in faults)
    if not quiet:
        known = load_book().warnings if own else ()
        for warning in book.warnings:
            if warning not in known:
                say(warning, "note")
        examples = sum(len(rule.examples) for rule in rules)
        bad = len({(fault.path, fault.line) for fault in faults})
        held = f"{bad} of {counted(examples, 'example')} fail" if bad else f"{counted(examples, 'example')} hold"
        put([f"{held}, in {counted(len(rules), 'rule')}"])
    return FOUND if faults else OK


def _is_below(path: str, folder: str) -> bool:
    """Return whether a path lies in a folder, or is that folder."""
    return f"{os.path.realpath(path)}{os.sep}".startswith(os.path.realpath(folder).rstrip(os.sep) + os.sep)
