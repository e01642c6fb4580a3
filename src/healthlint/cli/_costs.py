"""`healthlint test --cost`: the rules by what they cost, as a table or JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from healthlint.hints import TYPE_CHECKING
from healthlint.reporters.text import counted

if TYPE_CHECKING:
    from healthlint.book import Book
    from healthlint.costs import Costs

_DEAR = 0.1
"""A rule with so large a share is named."""


def costs_on(book: Book, ids: Collection[str], paths: tuple[str, ...], own: tuple[str, ...]) -> Costs:
    """Return what the rules cost on the files of `paths`, or on the examples of the rules `ids` where there are none.

    The folders of one's `own` are those of the book.
    """
    from healthlint import costs, planning
    from healthlint.config import Said
    from healthlint.errors import UsageError

    if not paths:
        return costs.costs(book, costs.examples(book, ids))
    said = (Said("rule_folders", own, "FOLDER"),) if own else ()
    plan = planning.plan(planning.Asked(paths, said))
    if plan.found.failures:
        raise UsageError(*(error for _, error in plan.found.failures))
    if not plan.tasks:
        raise UsageError("nothing to check: no file of a kind that is read, or all of them are left out")
    return costs.costs(book, costs.files(plan))


def as_table(found: Costs, ids: Collection[str]) -> Iterator[str]:
    """Yield a line for each of the rules `ids` that ran, the dearest first, and what that comes to."""
    kb = found.characters / 1000 or 1.0
    shown = [each for each in found.rules if each.rule in ids]
    yield f"{'share':>6}  {'µs/kB':>8}  {'findings':>8}  rule"
    for each in shown:
        yield f"{each.share:>6.1%}  {each.seconds * 1e6 / kb:>8.1f}  {each.findings:>8}  {each.rule}"
    for each in shown:
        if each.share > _DEAR:
            yield (
                f"{each.rule} takes {each.share:.0%} of the time of all rules: look for a phrase whose words are all common, "
                "or a pattern that is tried on many sentences"
            )
    rules = sum(each.seconds for each in found.rules)
    share = rules / found.seconds if found.seconds else 0.0
    yield (
        f"{counted(len(found.rules), 'rule')} took {share:.0%} of {found.seconds * 1e3:.0f} ms for "
        f"{counted(found.documents, 'document')}, {kb:.0f} kB; the rest is reading and scanning"
    )


def as_json(found: Costs, ids: Collection[str]) -> Iterator[str]:
    """Yield an object with a rule a line."""
    import json

    about = {"documents": found.documents, "characters": found.characters, "seconds": round(found.seconds, 6)}
    lines = [
        json.dumps(
            {
                "rule": each.rule,
                "seconds": round(each.seconds, 6),
                "share": round(each.share, 4),
                "findings": each.findings,
            }
        )
        for each in found.rules
        if each.rule in ids
    ]
    yield f'{json.dumps(about)[:-1]}, "rules": ['
    yield from (f" {line}{',' if count < len(lines) else ''}" for count, line in enumerate(lines, 1))
    yield "]}"
