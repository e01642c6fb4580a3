"""One document and the chosen rules to findings, in order: scan once, check what may be there, judge, fold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from healthlint import selection
from healthlint.book import Book
from healthlint.checks._page import Page
from healthlint.checks.links import host_fits, split
from healthlint.config import Settings
from healthlint.document import Document, Link
from healthlint.finding import Finding
from healthlint.fingerprint import with_fingerprints
from healthlint.judging import Run
from healthlint.language.breaks import Breaks
from healthlint.language.evasion import read_as_meant
from healthlint.language.frames import FrameFinder
from healthlint.language.reading import Reading
from healthlint.language.speaker import infer_context, infer_product
from healthlint.patterns.matcher import Matcher, Phrase
from healthlint.patterns.vocabulary import Vocabulary, bits
from healthlint.rule import Rule
from healthlint.scan import Scanner

_SHOP_PATHS = (
    "/cart",
    "/checkout",
    "/shop",
    "/product",
    "/buy",
    "/order",
    "/basket",
    "/store",
    "/book-now",
    "/booking",
)
_PHASES = (0, 1, 2)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What linting one document gave."""

    findings: tuple[Finding, ...]
    """In order of place, then rule id, with fingerprints."""
    product: str
    context: str
    reasons: tuple[str, ...]
    """Why it was taken for this product and context."""
    faults: tuple[str, ...]
    """Checks that broke: rule, file and place, one line each."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What to look for under some settings: rules by phase, and how to find where their phrases may stand."""

    by_phase: tuple[tuple[Rule, ...], ...]
    severities: Mapping[str, str]
    """Rule id to severity, for the rules that are on; rules that only others ask for are not in it."""
    scanner: Scanner
    rules_of: Mapping[int, tuple[str, ...]]
    """Phrase to the ids of the rules that look for it."""
    always: frozenset[str]
    """Ids of the rules that look at more than phrases."""


class Linter:
    """Runs the rules of a book on documents."""

    def __init__(self, book: Book) -> None:
        """Take the rules of `book`; nothing is compiled before it is needed."""
        self.book = book
        self._plans: dict[Settings, _Plan] = {}
        self._phrases: dict[int, Phrase] = {}
        self._networks: dict[str, str] = {}
        self._vocabulary = Vocabulary(book.words)
        self._matcher = Matcher(self._vocabulary, book.specials)
        self._breaks = Breaks(book.frames.break_words, book.frames.break_after_comma)

    @cached_property
    def _frames(self) -> FrameFinder:
        return FrameFinder(self.book.frames.cues, self.book.frames.reach, self._matcher)

    def phrase(self, number: int) -> Phrase:
        """Return phrase `number` of the book, ready to be searched for."""
        known = self._phrases.get(number)
        if known is None:
            code, needs, plain = self.book.phrases[number]
            known = self._phrases[number] = self._matcher.phrase(code, bits(needs), plain=plain)
        return known

    def lint(self, document: Document, settings: Settings) -> Outcome:
        """Return the findings of `document` under `settings`; the same input gives the same findings."""
        plan = self._plan(settings)
        meant = read_as_meant(document, self._vocabulary)
        reading = Reading(meant.document, self._breaks, self._vocabulary.masks)
        hits = plan.scanner.scan(reading)
        page = Page(reading, self._frames, self.phrase, hits, self._paid, self.trusted, settings.packs, meant.places)
        page.categories.update({rule.id: rule.category for phase in plan.by_phase for rule in phase})
        context, product, reasons = self._speaker(page, settings)
        page.informs = context == "editorial"
        run = Run(self.book, page, plan.severities, context, product)
        live = {rule for phrase in hits.live() for rule in plan.rules_of.get(phrase, ())}
        for phase, rules in enumerate(plan.by_phase):
            run.phase(rule for rule in rules if phase or rule.id in plan.always or rule.id in live)
        findings = with_fingerprints(run.findings())
        return Outcome(findings, product, context, reasons, tuple(run.faults))

    def _paid(self, link: Link) -> str:
        """Return `affiliate(link)`, worked out once a url."""
        known = self._networks.get(link.url)
        if known is None:
            known = self._networks[link.url] = self.affiliate(link)
        return known

    def affiliate(self, link: Link) -> str:
        """Return the network that pays whoever shows this link, "affiliate" where only its form tells, or ""."""
        networks = self.book.networks
        address = split(link.url)
        if not address.host or any(host_fits(address.host, host) for host in networks.never):
            return ""
        for name, hosts, params in networks.hosts:
            if any(host_fits(address.host, host) for host in hosts) and (
                not params or not address.params.isdisjoint(params)
            ):
                return name
        by_form = not address.params.isdisjoint(networks.params) or any(path in address.path for path in networks.paths)
        return "affiliate" if by_form else ""

    def trusted(self, link: Link) -> bool:
        """Return whether a link leads to a scholarly or public source."""
        host = split(link.url).host
        return any(host_fits(host, trusted) for trusted in self.book.networks.trusted)

    def _plan(self, settings: Settings) -> _Plan:
        plan = self._plans.get(settings)
        if plan is None:
            plan = self._plans[settings] = self._make_plan(settings)
        return plan

    def _make_plan(self, settings: Settings) -> _Plan:
        chosen = selection.choose(self.book.rules, settings)
        on = {rule_id: choice.severity for rule_id, choice in chosen.items() if choice.on}
        wanted = self._with_asked(on)
        by_phase: list[list[Rule]] = [[] for _ in _PHASES]
        for rule in self.book.rules:
            if rule.id in wanted:
                by_phase[self.book.code[rule.id].phase].append(rule)
        phrases = {
            *(number for rule_id in wanted for number in self.book.code[rule_id].phrases),
            *self.book.signs.phrases(),
        }
        rules_of: dict[int, list[str]] = {}
        for rule_id in wanted:
            for number in self.book.code[rule_id].phrases:
                rules_of.setdefault(number, []).append(rule_id)
        always = frozenset(rule_id for rule_id in wanted if self.book.code[rule_id].is_for_any_page)
        return _Plan(
            tuple(map(tuple, by_phase)),
            on,
            Scanner(self._vocabulary, phrases),
            {number: tuple(ids) for number, ids in rules_of.items()},
            always,
        )

    def _with_asked(self, on: Iterable[str]) -> set[str]:
        """Return the rules that are on and those whose findings they ask for."""
        wanted: set[str] = set()
        waiting = list(on)
        while waiting:
            rule_id = waiting.pop()
            if rule_id in wanted:
                continue
            wanted.add(rule_id)
            for name in self.book.code[rule_id].asks:
                waiting += self._of_category(name[9:]) if name.startswith("category:") else [name]
        return wanted

    def _of_category(self, category: str) -> list[str]:
        """Return the rules that are asked where a whole category is; a strict one has a say only where it is on."""
        return [rule.id for rule in self.book.rules if rule.category == category and rule.tier != "strict"]

    def _speaker(self, page: Page, settings: Settings) -> tuple[str, str, tuple[str, ...]]:
        def count(phrases: Iterable[int]) -> int:
            return sum(page.count(number) for number in phrases)

        def titled(phrases: Iterable[int]) -> int:
            number = next((n for n, block in enumerate(page.document.blocks) if block.kind == "heading"), -1)
            words = page.reading.whole_block(number) if number >= 0 else None
            return sum(1 for phrase in phrases if words and page.may_stand(phrase) for _ in page.search(phrase, words))

        signs, reasons = self.book.signs, []
        context, product = settings.context, settings.product
        if context is None:
            links = page.document.links
            shops = sum(bool(self._paid(link)) or any(path in link.url for path in _SHOP_PATHS) for link in links)
            sources = sum(map(self.trusted, links))
            context, reason = infer_context(signs, count, page.document.prose.text, shops, sources)
            reasons.append(reason)
        else:
            reasons.append(f"{context}: as configured")
        if product is None:
            product, reason = infer_product(signs, count, titled)
            reasons += [reason] if reason else []
        else:
            reasons.append(f"{product}: as configured")
        return context, product, tuple(reasons)
