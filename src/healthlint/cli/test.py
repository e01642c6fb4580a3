"""`healthlint test`: whether each rule marks what its own examples say."""

from __future__ import annotations

import os

import click

from healthlint.cli._ends import FOUND, OK
from healthlint.cli._terminal import put, say
from healthlint.errors import UsageError
from healthlint.reporters.text import counted


@click.command("test")
@click.argument("folder", required=False, type=click.Path())
@click.option("-q", "--quiet", is_flag=True, help="Print what does not hold alone.")
def command(folder: str | None, quiet: bool) -> int:  # noqa: FBT001
    """Run the examples of rules, those in FOLDER or the shipped ones.

    The rules in FOLDER are loaded on top of the shipped ones, as a config would.

    Status 0: all hold; 1: some do not; 2: rules that cannot be used.
    """
    from healthlint.examples import check_examples
    from healthlint.rulebook import load_book

    if folder is not None and not os.path.isdir(folder):
        raise UsageError(f"{folder}: no such folder")
    book = load_book((folder,) if folder is not None else ())
    rules = [rule for rule in book.rules if folder is None or _is_below(rule.path, folder)]
    if not rules:
        raise UsageError(f"{folder}: no rule in this folder")
    faults = check_examples(book, [rule.id for rule in rules])
    put(f"{fault.path}:{fault.line}: {fault.rule}: {fault.message}" for fault in faults)
    if not quiet:
        known = load_book().warnings if folder is not None else ()
        for warning in book.warnings:
            if warning not in known:
                say(warning, "note")
        examples = sum(len(rule.examples) for rule in rules)
        bad = len({(fault.path, fault.line) for fault in faults})
        held = f"{bad} of {counted(examples, 'example')} fail" if bad else f"{counted(examples, 'example')} hold"
        put([f"{held}, in {counted(len(rules), 'rule')}"])
    return FOUND if faults else OK


def _is_below(path: str, folder: str) -> bool:
    folder = os.path.realpath(folder)
    return os.path.realpath(path).startswith(folder.rstrip(os.sep) + os.sep)
