"""`healthlint rules`: the rules there are, listed and filtered."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from healthlint.cli._rulebook import book_here
from healthlint.cli._terminal import is_terminal, put, say, width
from healthlint.cli._values import Names, Word
from healthlint.reporters._safe import neutralise
from healthlint.rule import CATEGORIES, SEVERITIES, TIERS, Rule


@click.command("rules")
@click.argument("words", nargs=-1)
@click.option("--category", type=Word(CATEGORIES), metavar="CATEGORY", help="Of this category.")
@click.option("--pack", type=Names("packs"), metavar="PACK", help="Of this pack, or one of these.")
@click.option("--tier", type=Word(TIERS), help="Of this tier.")
@click.option("--severity", type=Word(SEVERITIES[::-1]), help="Of this severity.")
@click.option("--format", "format_", type=Word(("text", "json")), default="text", help="By default a table.")
def command(words: tuple[str, ...], format_: str, pack: tuple[str, ...] | None, **wanted: str | None) -> None:
    """List the rules there are.

    With WORDS, those that hold all of them in their id, category, title, message, reason or law.
    """
    found = [
        rule
        for rule in book_here().rules
        if all(value is None or getattr(rule, key) == value for key, value in wanted.items())
        and (pack is None or not set(pack).isdisjoint(rule.packs))
        and all(word.lower() in _searched(rule) for word in words)
    ]
    # Whoever reads it through a pipe wants all of it.
    columns = width() if is_terminal(sys.stdout) else sys.maxsize
    put(_as_json(found) if format_ == "json" else _as_table(found, columns))
    if not found:
        say("no rule is like that", "note")


def _searched(rule: Rule) -> str:
    cites = (citation.cite for citation in rule.law)
    return " ".join((rule.id, rule.category, rule.title, rule.message, rule.instead, rule.why, *cites)).lower()


def _as_table(rules: list[Rule], columns: int) -> Iterator[str]:
    widest = max((len(rule.id) for rule in rules), default=0)
    for rule in rules:
        line = f"{rule.id:<{widest}}  {rule.severity:<7}  {rule.tier:<8}  {neutralise(rule.title)}"
        yield line if len(line) <= columns else line[: columns - 1].rstrip() + "…"


def _as_json(rules: list[Rule]) -> Iterator[str]:
    """Yield a list of objects, a rule a line."""
    import json

    lines = [json.dumps(_fields(rule)) for rule in rules]
    yield "["
    yield from (f" {line}{',' if count < len(lines) else ''}" for count, line in enumerate(lines, 1))
    yield "]"


def _fields(rule: Rule) -> dict[str, object]:
    plain = (
        "id",
        "title",
        "category",
        "severity",
        "confidence",
        "tier",
        "since",
        "message",
        "instead",
        "rewrite",
        "why",
    )
    law = [
        {
            "pack": one.pack,
            "cite": one.cite,
            "url": one.url,
            "says": one.says,
            "checked": one.checked,
            "status": one.status,
        }
        for one in rule.law
    ]
    return {**{name: getattr(rule, name) for name in plain}, "packs": list(rule.packs), "law": law}
