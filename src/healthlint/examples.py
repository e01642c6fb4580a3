"""The rules' own examples, as tests: each `flag` marks exactly its places, each `pass` none, each `todo` misses."""

from __future__ import annotations

from collections.abc import Iterable

from healthlint import readers
from healthlint.approval import Register
from healthlint.book import Book
from healthlint.claims import Claims
from healthlint.claims_file import approvals_of
from healthlint.config import Settings
from healthlint.linter import Linter
from healthlint.marked_yaml import Faults
from healthlint.records import NamedTuple
from healthlint.rule import PACKS, TIERS, Example, Rule
from healthlint.selection import choose
from healthlint.text import Source
from healthlint.verdicts import registers
from healthlint.verdicts.suppression import judge

_TODAY = "2026-01-01"


class ExampleFault(NamedTuple):
    """An example that does not hold: its file and line, rule, and what happened instead."""

    path: str
    line: int
    rule: str
    message: str


def check_examples(book: Book, ids: Iterable[str] | None = None) -> tuple[ExampleFault, ...]:
    """Return what is wrong with the examples of the rules `ids` (all where None), in order of rule and line."""
    linter = Linter(book)
    rules = book.rules if ids is None else tuple(book.rule(rule_id) for rule_id in ids)
    return tuple(fault for rule in rules for example in rule.examples for fault in _check(linter, rule, example))


def _check(linter: Linter, rule: Rule, example: Example) -> Iterable[ExampleFault]:
    found = marked(linter, rule, example)
    wanted = {(start, end) for start, end in example.marks}
    text = example.text

    def fault(message: str) -> ExampleFault:
        return ExampleFault(rule.path, example.line, rule.id, message)

    if example.verdict == "todo":
        if wanted and wanted <= found:
            yield fault(f"this known miss is found now: move it to 'flag': {text!r}")
        return
    for start, end in sorted(wanted - found):
        others = ", ".join(repr(text[a:b]) for a, b in sorted(found - wanted)) or "nothing"
        yield fault(f"{text[start:end]!r} should be marked, but {others} is: {text!r}")
    if not wanted - found:
        for start, end in sorted(found - wanted):
            yield fault(f"{text[start:end]!r} is marked and should not be: {text!r}")


def marked(linter: Linter, rule: Rule, example: Example) -> set[tuple[int, int]]:
    """Return the places that `rule` marks in an example, read and judged as a file would be."""
    if example.suffix == ".yaml":
        return _marked_entries(linter, rule, example)
    source = Source(f"example{example.suffix}", example.text)
    reader = readers.reader_for(example.suffix)
    assert reader is not None
    document = reader.read(source, readers.ReadOptions())
    product = example.product or (rule.products[0] if rule.products else None)
    settings = Settings(
        packs=example.packs or PACKS,
        tiers=TIERS,
        product=product,
        context=example.context or "commercial",
        # A suppression is judged by what it silences: there all rules run.
        select=() if rule.category == "lint" else (rule.id,),
    )
    outcome = linter.lint(document, settings, folded=bool(example.claims))
    findings = outcome.findings
    if example.claims and (register := _register(example.claims, linter)) is not None:
        choices = choose(linter.book.rules, settings)
        findings = Claims(register, linter).judge(document, outcome, settings, _TODAY, choices).findings
    if rule.category == "lint":
        findings = judge(document, findings, linter.book.by_id, _TODAY).findings
    return {tuple(finding.span) for finding in findings if finding.rule.id == rule.id}  # type: ignore[misc]


def _marked_entries(linter: Linter, rule: Rule, example: Example) -> set[tuple[int, int]]:
    """Return the places that `rule` marks in an example that is a register, on a site without pages."""
    register = _register(example.text, linter)
    if register is None:
        return set()
    rules, choices = linter.book.by_id, choose(linter.book.rules, Settings())
    findings = registers.judge(register, (), _TODAY, rules, choices, whole=True)
    return {tuple(finding.span) for finding in findings if finding.rule.id == rule.id}  # type: ignore[misc]


def _register(text: str, linter: Linter) -> Register | None:
    """Return the register of an example, None where it is faulty: then nothing is marked."""
    faults = Faults("claims.yaml")
    approvals = approvals_of(text, faults, linter.book)
    return None if faults.found else Register("claims.yaml", "", Source("claims.yaml", text), approvals)
