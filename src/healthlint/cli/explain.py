"""`healthlint explain`: a rule for the writer who met it: what, why, which law, wrong and right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from healthlint.cli._rulebook import book_here, complete_rules
from healthlint.cli._terminal import COLORS, has_color, put, width
from healthlint.cli._values import Word
from healthlint.reporters._safe import neutralise, on_one_line
from healthlint.reporters.text import wrapped
from healthlint.rule import Citation, Example, Rule

_WIDEST = 80
_EXAMPLES = 4


@click.command("explain")
@click.argument("rule", shell_complete=complete_rules)
@click.option("--color", type=Word(COLORS), default="auto", help="By default on a terminal; NO_COLOR, FORCE_COLOR.")
def command(rule: str, color: str) -> None:
    """Tell what a rule marks, why, by which law."""
    found = book_here().rule(rule)
    put(_explained(found, min(width(), _WIDEST), colored=has_color(color)))


def _explained(rule: Rule, columns: int, *, colored: bool) -> Iterator[str]:
    def titled(title: str, lines: Iterable[str]) -> Iterator[str]:
        """Yield the lines below their title; nothing where there are none."""
        below = list(lines)
        if below:
            yield from ("", bold(title), *below)

    def bold(text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if colored else text

    yield from map(bold, wrapped(neutralise(f"{rule.title} ({rule.id})"), columns))
    level = f"{rule.severity}, confidence {rule.confidence}, tier {rule.tier}, category {rule.category}"
    yield from wrapped(f"{level}, for {', '.join(rule.packs)}", columns, 2)
    yield from titled("Why", _paragraph(rule.why, columns))
    yield from titled("What to do", _paragraph(rule.instead, columns))
    yield from titled("Law", (line for citation in rule.law for line in _cited(citation, columns)))
    yield from titled("Marked", _examples(rule, "flag", columns))
    yield from titled("Not marked", _examples(rule, "pass", columns))
    yield from titled("A way to say it", _paragraph(rule.rewrite, columns))


def _examples(rule: Rule, verdict: str, columns: int) -> Iterator[str]:
    examples = [example for example in rule.examples if example.verdict == verdict]
    for example in examples[:_EXAMPLES]:
        yield from _listed(_shown(example), columns)


def _paragraph(text: str, columns: int) -> Iterator[str]:
    for line in wrapped(neutralise(on_one_line(text)), columns - 2) if text.strip() else ():
        yield f"  {line}"


def _listed(text: str, columns: int) -> Iterator[str]:
    for count, line in enumerate(wrapped(neutralise(text), columns - 4)):
        yield f"  {'-' if count == 0 else ' '} {line}"


def _shown(example: Example) -> str:
    """Return an example on one line, what the rule marks in it between brackets."""
    text = example.text
    for start, end in reversed(example.marks):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return on_one_line(text)


def _cited(citation: Citation, columns: int) -> Iterator[str]:
    told = [f"read {citation.checked}"] if citation.checked else []
    told += [citation.status] if citation.status else []
    yield from _listed(f"{citation.cite} ({citation.pack}; {', '.join(told) or 'not read'})", columns)
    for text in (citation.says, citation.url):
        if text:
            yield from (f"    {line}" for line in wrapped(neutralise(on_one_line(text)), columns - 4))
