"""The rules that some settings switch on, and those that they ask: by phase, with what each page is scanned for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from healthlint import plugs, selection
from healthlint.book import Book
from healthlint.checks._conditions import Conditions
from healthlint.checks._match import Match
from healthlint.checks._page import Page
from healthlint.config import Settings
from healthlint.patterns.vocabulary import Vocabulary
from healthlint.records import NamedTuple
from healthlint.rule import Rule
from healthlint.scan import Scanner

_PHASES = (0, 1, 2)


class AtWork(NamedTuple):
    """What to look for under some settings."""

    by_phase: tuple[tuple[Rule, ...], ...]
    severities: Mapping[str, str]
    """Rule id to severity, for the rules that are on; rules that only others ask for are not in it."""
    categories: Mapping[str, str]
    """Category by rule id."""
    scanner: Scanner
    rules_of: Mapping[int, tuple[str, ...]]
    """Phrase to the ids of the rules that look for it."""
    always: frozenset[str]
    """Ids of the rules that look at more than phrases."""

    def live(self, standing: Iterable[int]) -> set[str]:
        """Return the rules of the first phase that may find something where these phrases may stand."""
        rules_of = self.rules_of
        return {*self.always, *(rule for phrase in standing for rule in rules_of.get(phrase, ()))}


def put_to_work(book: Book, settings: Settings, vocabulary: Vocabulary) -> AtWork:
    """Return the rules of `book` that are at work under `settings`."""
    chosen = selection.choose(book.rules, settings)
    on = {rule_id: choice.severity for rule_id, choice in chosen.items() if choice.on}
    wanted = _with_asked(book, on)
    duties = {rule_id: duty for rule_id, duty in book.duties.items() if rule_id in wanted}
    by_phase = tuple(tuple(book.by_id[rule] for rule, duty in duties.items() if duty.phase == n) for n in _PHASES)
    rules_of: dict[int, list[str]] = {}
    for rule_id, duty in duties.items():
        for number in duty.phrases:
            rules_of.setdefault(number, []).append(rule_id)
    return AtWork(
        by_phase,
        on,
        {rule_id: book.by_id[rule_id].category for rule_id in duties},
        Scanner(vocabulary, {*rules_of, *book.signs.phrases()}),
        {number: tuple(ids) for number, ids in rules_of.items()},
        frozenset(rule_id for rule_id, duty in duties.items() if duty.is_for_any_page),
    )


def _with_asked(book: Book, on: Iterable[str]) -> set[str]:
    """Return the rules that are on and those whose findings they ask for."""
    wanted: set[str] = set()
    waiting = list(on)
    while waiting:
        rule_id = waiting.pop()
        if rule_id in wanted:
            continue
        wanted.add(rule_id)
        for name in book.duties[rule_id].asks:
            waiting += _of_category(book, name[9:]) if name.startswith("category:") else [name]
    return wanted


def _of_category(book: Book, category: str) -> list[str]:
    """Return the rules that are asked where a whole category is; a strict one has a say only where it is on."""
    return [rule.id for rule in book.by_id.values() if rule.category == category and rule.tier != "strict"]


class Ready(NamedTuple):
    """A rule, ready to run: for each check its name, what finds and with which data."""

    checks: tuple[tuple[str, Callable[[object, Page], Iterable[Match]], object], ...]
    conditions: Conditions
    is_of_document: bool


class ReadyRules:
    """The rules of a book, each made ready when it first runs."""

    def __init__(self, book: Book) -> None:
        """Take the rules of `book`."""
        self._book = book
        self._known: dict[str, Ready] = {}

    def __getitem__(self, rule_id: str) -> Ready:
        """Return a rule, ready to run."""
        known = self._known.get(rule_id)
        if known is None:
            code = self._book.code[rule_id]
            checks = []
            for kind, data in code.checks:
                check = plugs.load("healthlint.checks", kind)
                checks.append((kind, check.find, check.ready(data) if hasattr(check, "ready") else data))
            known = self._known[rule_id] = Ready(tuple(checks), code.conditions, code.is_of_document)
        return known
