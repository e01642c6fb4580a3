"""What each rule costs: the time it takes on a corpus, once everything is made ready."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from time import process_time

from healthlint import readers
from healthlint.at_work import Ready, ReadyRules
from healthlint.book import Book
from healthlint.checks._page import Page
from healthlint.config import Settings
from healthlint.document import Document
from healthlint.judging import Run
from healthlint.linter import Linter
from healthlint.planning import Plan
from healthlint.records import NamedTuple
from healthlint.rule import PACKS, TIERS, Rule
from healthlint.run import read_document
from healthlint.text import Source

Page_ = tuple[Document, Settings]
"""A document and the settings it is checked under."""


class RuleCost(NamedTuple):
    """What one rule costs."""

    rule: str
    seconds: float
    """CPU time of its phrases, conditions and frames."""
    share: float
    """Of the time of all rules, from 0 to 1."""
    findings: int
    """Those that no other rule speaks for."""


class Costs(NamedTuple):
    """What the rules cost on a corpus."""

    rules: tuple[RuleCost, ...]
    """The dearest first; those that were never run are left out."""
    seconds: float
    """CPU time of checking all documents, reading them left out."""
    documents: int
    characters: int


class _TimedRun(Run):
    """Notes what each rule takes."""

    def __init__(
        self, spent: dict[str, float], ready: ReadyRules, page: Page, on: Mapping[str, str], context: str, product: str
    ) -> None:
        super().__init__(ready, page, on, context, product)
        self._spent = spent

    def check(self, rule: Rule, ready: Ready) -> None:
        started = process_time()
        super().check(rule, ready)
        self._spent[rule.id] += process_time() - started


def examples(book: Book, ids: Iterable[str]) -> list[Page_]:
    """Return the examples of some rules, under settings that switch every rule on."""
    settings = Settings(packs=PACKS, tiers=TIERS, context="commercial")
    pages = []
    for example in (example for rule_id in ids for example in book.rule(rule_id).examples):
        reader = readers.reader_for(example.suffix)
        if reader is None:  # A register of approved claims, which is no page.
            continue
        document = reader.read(Source(f"example{example.suffix}", example.text), readers.ReadOptions())
        pages.append((document, settings._replace(product=example.product)))
    return pages


def files(plan: Plan) -> list[Page_]:
    """Return the files of a plan.

    Raises:
        ReadError: one cannot be read.
    """
    return [(read_document(task.file, task.settings), task.settings) for task in plan.tasks]


def costs(book: Book, pages: Sequence[Page_]) -> Costs:
    """Return what each rule costs on `pages`; they are checked twice, the first time so that all is made ready."""
    spent: dict[str, float] = defaultdict(float)
    found: dict[str, int] = defaultdict(int)
    linter = Linter(book, runs=partial(_TimedRun, spent))
    for document, settings in pages:
        linter.lint(document, settings)
    spent.clear()
    started = process_time()
    for document, settings in pages:
        for finding in linter.lint(document, settings).findings:
            found[finding.rule.id] += 1
    seconds, total = process_time() - started, sum(spent.values()) or 1.0
    dearest = sorted(spent.items(), key=lambda pair: (-pair[1], pair[0]))
    return Costs(
        tuple(RuleCost(rule, took, took / total, found[rule]) for rule, took in dearest),
        seconds,
        len(pages),
        sum(len(document.source.text) for document, _ in pages),
    )
