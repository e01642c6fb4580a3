"""`healthlint claims`: the register of approved claims, listed and checked by itself."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator

import click

from healthlint.cli import _day
from healthlint.cli._clock import day_of
from healthlint.cli._ends import FOUND, OK
from healthlint.cli._terminal import is_terminal, put, say, width
from healthlint.cli._values import Names, Word
from healthlint.errors import UsageError
from healthlint.hints import TYPE_CHECKING
from healthlint.reporters._safe import neutralise, on_one_line
from healthlint.reporters.text import counted

if TYPE_CHECKING:
    from healthlint.approval import Approval, Register
    from healthlint.book import Book
    from healthlint.config import Settings
    from healthlint.reporters._json import Fields

_FORMAT = click.option(
    "--format", "format_", type=Word(("text", "json")), default="text", help="By default for people."
)
_REGISTER = click.option("--claims", type=click.Path(), metavar="FILE", help="The register (that of the config).")


@click.group("claims")
def command() -> None:
    """List or check the register of approved claims.

    It is the one that the config of the current folder names, or --claims.
    """


@command.command("list")
@_REGISTER
@click.option("--market", type=Names("packs"), metavar="PACK", help="For this market, or one of these.")
@click.option("--expired", is_flag=True, help="Those that have expired.")
@click.option("--expiring", is_flag=True, help="Those that expire within 30 days.")
@_day.option
@_FORMAT
def list_(
    claims: str | None,
    market: tuple[str, ...] | None,
    expired: bool,  # noqa: FBT001
    expiring: bool,  # noqa: FBT001
    today: str | None,
    format_: str,
) -> None:
    """List the approved claims."""
    from healthlint.register_check import PAST, SOON, state

    (register, _, _), day = _opened(claims), day_of(today)
    wanted = {name for name, chosen in ((PAST, expired), (SOON, expiring)) if chosen}
    found = [
        (approval, now)
        for approval in register.approvals
        for now in (state(approval, day),)
        if (not wanted or now in wanted) and (market is None or not set(market).isdisjoint(approval.markets))
    ]
    put(_as_json(register, found) if format_ == "json" else _as_table(found))
    if not found:
        say("no approval is like that" if register.approvals else f"{register.path} holds no approval", "note")


@command.command("check")
@_REGISTER
@_day.option
@_FORMAT
def check(claims: str | None, today: str | None, format_: str) -> int:
    """Check the register by itself: days, evidence, words that are approved twice.

    Status 0: nothing to mend; 1: something; 2: it cannot be used.
    """
    from healthlint.linter import Linter
    from healthlint.register_check import PAST, remarks, state

    (register, book, settings), day = _opened(claims), day_of(today)
    found = remarks(register, day, Linter(book), settings)
    places = [(*register.source.position(remark.span.start), remark) for remark in found]
    if format_ == "json":
        from healthlint.reporters._json import listed

        put(
            listed(
                {"path": register.path, "line": line, "column": column, "text": each.text, "problem": each.is_problem}
                for line, column, each in places
            )
        )
    else:
        for line, column, each in places:
            kind = "problem" if each.is_problem else "note"
            put([neutralise(f"{register.path}:{line}:{column}: {kind}: {each.text}")])
        total, problems = len(register.approvals), sum(each.is_problem for each in found)
        past = sum(state(approval, day) == PAST for approval in register.approvals)
        put([f"{counted(total, 'approval')}, {past} expired: {counted(problems, 'problem')}"])
    return FOUND if any(each.is_problem for each in found) else OK


def _opened(path: str | None) -> tuple[Register, Book, Settings]:
    """Return the register of this path, or that of the current folder's config, with the rules and the settings there.

    Raises:
        UsageError: no register is named.
        ConfigError: it, or the config, is faulty.
    """
    from healthlint.claims_file import read_register
    from healthlint.cli._rulebook import settings_here
    from healthlint.rulebook import load_book

    settings = settings_here()
    path = path or settings.claims
    if not path:
        hint = "; is it claims.yaml? Write 'claims: claims.yaml' in the config" if os.path.isfile("claims.yaml") else ""
        raise UsageError(
            f"no register of approved claims: name it with 'claims:' in the config, or --claims FILE{hint}"
        )
    book = load_book(settings.rule_folders)
    return read_register(path, book), book, settings


def _as_table(found: Iterable[tuple[Approval, str]]) -> Iterator[str]:
    rows = [
        (
            approval.id,
            now,
            approval.expires,
            ",".join(approval.markets),
            on_one_line(approval.wording or approval.pattern),
        )
        for approval, now in found
    ]
    # Whoever reads it through a pipe wants all of it.
    columns = width() if is_terminal(sys.stdout) else sys.maxsize
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(4)]
    for row in rows:
        cells = [cell.ljust(size) for cell, size in zip(row, widths, strict=False)]
        line = neutralise("  ".join([*cells, row[4]]))
        yield line if len(line) <= columns else line[: columns - 1].rstrip() + "…"


def _as_json(register: Register, found: Iterable[tuple[Approval, str]]) -> Iterator[str]:
    from healthlint.reporters._json import listed

    return listed(_fields(register, approval, now) for approval, now in found)


def _fields(register: Register, approval: Approval, now: str) -> Fields:
    from healthlint.reporters.json import approval_fields

    line, column = register.source.position(approval.span.start)
    return {
        **approval_fields(approval),
        "wording": approval.wording,
        "pattern": approval.pattern,
        "with": {scope: list(phrases) for scope, phrases in approval.qualifiers},
        "rules": list(approval.rules),
        "products": list(approval.products),
        "product_names": list(approval.product_names),
        "state": now,
        "path": register.path,
        "line": line,
        "column": column,
    }
