"""One document and the chosen rules to findings, in order: scan once, check what may be there, judge, fold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from healthlint import plugs, selection
from healthlint.book import Book
from healthlint.checks._builder import Conditions
from healthlint.checks._page import Match, Page
from healthlint.checks.links import host_fits, split
from healthlint.config import Settings
from healthlint.document import Document, Link
from healthlint.finding import Finding, Related
from healthlint.fingerprint import with_fingerprints
from healthlint.language.evasion import read_as_meant
from healthlint.language.frames import FrameFinder
from healthlint.language.reading import Breaks, Reading
from healthlint.language.speaker import infer_context, infer_product
from healthlint.patterns.matcher import Matcher, Phrase
from healthlint.rule import SEVERITIES, Rule
from healthlint.text import Span

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

_SHOP_PATHS = ("/cart", "/checkout", "/shop", "/product", "/buy", "/order", "/basket", "/store", "/book-now", "/booking")
_PHASES = (0, 1, 2)
_LONGEST_WORDS = 60
"""Words of a finding that a message shows, in characters."""


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
    phrases: tuple[int, ...]
    automaton: BytesAhoCorasick
    sets_of: tuple[tuple[int, ...], ...]
    """For each literal, the anchor sets it is in."""
    indented: tuple[int, ...]
    """For each literal, where its first word begins in it, less one."""


class Linter:
    """Runs the rules of a book on documents."""

    def __init__(self, book: Book) -> None:
        """Take the rules of `book`; nothing is compiled before it is needed."""
        self.book = book
        self._plans: dict[Settings, _Plan] = {}
        self._phrases: dict[int, Phrase] = {}
        self._matcher = Matcher(book.slots, book.specials)
        self._breaks = Breaks(book.frames.break_words, book.frames.break_after_comma)

    @cached_property
    def _frames(self) -> FrameFinder:
        return FrameFinder(self.book.frames.cues, self.book.frames.reach, self._matcher)

    def phrase(self, number: int) -> Phrase:
        """Return phrase `number` of the book, ready to be searched for."""
        known = self._phrases.get(number)
        if known is None:
            known = self._phrases[number] = self._matcher.phrase(self.book.sequences[number])
        return known

    def lint(self, document: Document, settings: Settings) -> Outcome:
        """Return the findings of `document` under `settings`; the same input gives the same findings."""
        plan = self._plan(settings)
        meant = read_as_meant(document, self.book.vocabulary)
        reading = Reading(meant.document, self._breaks)
        page = Page(reading, self._frames, self.phrase, self._hits(plan, reading), self.affiliate, meant.places)
        page.categories.update({rule.id: rule.category for phase in plan.by_phase for rule in phase})
        context, product, reasons = self._speaker(page, settings)
        run = _Run(self.book, page, plan.severities, context, product)
        for phase, rules in enumerate(plan.by_phase):
            run.phase(phase, rules)
        findings = with_fingerprints(run.findings())
        return Outcome(findings, product, context, reasons, tuple(run.faults))

    def affiliate(self, link: Link) -> str:
        """Return the network that pays whoever shows this link, "affiliate" where only its form tells, or ""."""
        networks = self.book.networks
        address = split(link.url)
        if not address.host or any(host_fits(address.host, host) for host in networks.never):
            return ""
        for name, hosts, params in networks.hosts:
            if any(host_fits(address.host, host) for host in hosts) and (not params or not address.params.isdisjoint(params)):
                return name
        by_form = not address.params.isdisjoint(networks.params) or any(path in address.path for path in networks.paths)
        return "affiliate" if by_form else ""

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
                checks = self.book.code[rule.id].checks
                phase = max(plugs.load("healthlint.checks", kind).PHASE for kind, _ in checks)
                by_phase[phase].append(rule)
        signs = self.book.signs
        phrases = {
            *(number for rule_id in wanted for number in self.book.code[rule_id].phrases),
            *(number for sign in (*signs.commercial, *signs.editorial) for number in sign.phrases),
            *(number for _, numbers in signs.products for number in numbers),
        }
        return _Plan(tuple(map(tuple, by_phase)), on, *self._automaton(phrases))

    def _with_asked(self, on: Iterable[str]) -> set[str]:
        """Return the rules that are on and those whose findings they ask for."""
        wanted: set[str] = set()
        waiting = list(on)
        while waiting:
            rule_id = waiting.pop()
            if rule_id in wanted:
                continue
            wanted.add(rule_id)
            waiting += [name for name in self.book.code[rule_id].asks if not name.startswith("category:")]
        return wanted

    def _automaton(
        self, phrases: Iterable[int]
    ) -> tuple[tuple[int, ...], BytesAhoCorasick, tuple[tuple[int, ...], ...], tuple[int, ...]]:
        from ahocorasick_rs import BytesAhoCorasick, Implementation

        numbers = tuple(sorted(phrases))
        by_literal: dict[str, list[int]] = {}
        for number in sorted({self.book.anchors[number] for number in numbers}):
            for literal in self.book.anchor_sets[number]:
                by_literal.setdefault(literal, []).append(number)
        literals = sorted(by_literal)
        automaton = BytesAhoCorasick(
            [literal.encode("ascii") for literal in literals], implementation=Implementation.ContiguousNFA
        )
        indented = tuple(0 if literal[0] == " " else -1 for literal in literals)
        return numbers, automaton, tuple(tuple(by_literal[literal]) for literal in literals), indented

    def _hits(self, plan: _Plan, reading: Reading) -> Mapping[int, Sequence[int]]:
        """Return, for each phrase, the offsets at which one of its anchors stands."""
        found: dict[int, list[int]] = {}
        sets_of, indented = plan.sets_of, plan.indented
        haystack = b" " + reading.folded + b" "
        for literal, start, _ in plan.automaton.find_matches_as_indexes(haystack, overlapping=True):
            offset = start + indented[literal]
            for number in sets_of[literal]:
                if number in found:
                    found[number].append(offset)
                else:
                    found[number] = [offset]
        anchors = self.book.anchors
        return {phrase: found[anchors[phrase]] for phrase in plan.phrases if anchors[phrase] in found}

    def _speaker(self, page: Page, settings: Settings) -> tuple[str, str, tuple[str, ...]]:
        def count(phrases: Iterable[int]) -> int:
            return sum(len(page.matches(number)) for number in phrases)

        signs, reasons = self.book.signs, []
        context, product = settings.context, settings.product
        if context is None:
            links = page.document.links
            shops = sum(bool(self.affiliate(link)) or any(path in link.url for path in _SHOP_PATHS) for link in links)
            trusted = self.book.networks.trusted
            sources = sum(any(host_fits(split(link.url).host, host) for host in trusted) for link in links)
            context, reason = infer_context(signs, count, shops, sources)
            reasons.append(reason)
        else:
            reasons.append(f"{context}: as configured")
        if product is None:
            product, reason = infer_product(signs, count)
            reasons += [reason] if reason else []
        else:
            reasons.append(f"{product}: as configured")
        return context, product, tuple(reasons)


class _Run:
    """The rules at work on one page: what each found, judged and folded."""

    def __init__(self, book: Book, page: Page, on: Mapping[str, str], context: str, product: str) -> None:
        self._book = book
        self._page = page
        self._on = on
        self._context = context
        self._product = product
        self._kept: list[tuple[Rule, Match, str, str]] = []
        self.faults: list[str] = []

    def phase(self, phase: int, rules: Iterable[Rule]) -> None:
        """Run the rules of one phase; what they find is there for the next."""
        for rule in rules:
            code = self._book.code[rule.id]
            if phase == 0 and not self._may_match(rule, code.phrases):
                continue
            if self._covers(rule):
                self._check(rule, code.checks, code.conditions)

    def _may_match(self, rule: Rule, phrases: Sequence[int]) -> bool:
        """Return whether any phrase of a rule can stand on the page; links and the rest are looked at in any case."""
        if any(self._page.may_stand(number) for number in phrases):
            return True
        return any(kind in ("links", "reported_by") for kind, _ in self._book.code[rule.id].checks)

    def _covers(self, rule: Rule) -> bool:
        if self._context == "editorial" and rule.context == "commercial":
            return False
        return not rule.products or any(covers(named, self._product) for named in rule.products)

    def _check(self, rule: Rule, checks: Iterable[tuple[str, object]], conditions: Conditions) -> None:
        found: list[Match] = []
        for kind, data in checks:
            try:
                matches = plugs.load("healthlint.checks", kind).find(data, self._page)
                found += [match for match in matches if match.whole or self._page.allows(conditions, match)]
            except TimeoutError:
                self.faults.append(f"rule {rule.id}: {self._page.document.source.name}: a pattern ran out of time")
        for match in _apart(found):
            judged = self._judged(rule, match)
            if judged is not None:
                frame, severity = judged
                self._page.found.setdefault(rule.id, []).append(match)
                self._page.severities[rule.id, match.start, match.end] = severity
                if rule.id in self._on:
                    self._kept.append((rule, match, frame, severity))

    def _judged(self, rule: Rule, match: Match) -> tuple[str, str] | None:
        """Return the frame and severity of a match, or None where it is silent."""
        frame = match.frame or self._page.frame(match.start, match.end)
        if not match.whole and not match.frame and frame not in (match.frames if match.frames is not None else rule.frames):
            return None
        severity = self._on.get(rule.id, rule.severity)
        if match.severity and severity == rule.severity:
            severity = match.severity
        step = SEVERITIES.index(severity)
        step -= frame in ("hedge", "attribute") and rule.hedge == "lower"
        step -= self._context == "editorial" and rule.context == "lower"
        return (frame, SEVERITIES[step]) if step >= 0 else None

    def findings(self) -> list[Finding]:
        """Return what is left after folding, in order of place, then rule id."""
        finder = _folded(self._kept)
        made = [self._finding(*kept) for kept in finder]
        return sorted(made, key=lambda finding: (finding.span, finding.rule.id))

    def _finding(self, rule: Rule, match: Match, frame: str, severity: str) -> Finding:
        page, source = self._page, self._page.document.source
        prose = page.document.prose
        related = [Related(prose.span(start, end), text) for start, end, text in match.related if end > start]
        if match.lead is not None:
            related.append(Related(prose.span(*match.lead), "this leads into it"))
        if match.whole:
            line = source.line(1).rstrip()
            begin = 1 if line.startswith("\ufeff") else 0
            return Finding(rule, source, Span(begin, max(begin, len(line))), rule.message, severity, frame, tuple(related))
        span = prose.span(match.start, match.end)
        sentence = "" if self._is_document_rule(rule) else page.reading.sentence_at(match.start).joined()
        return Finding(rule, source, span, _message(rule.message, match, prose.text), severity, frame, tuple(related), sentence)

    def _is_document_rule(self, rule: Rule) -> bool:
        return any(kind in ("require", "contradiction") for kind, _ in self._book.code[rule.id].checks)


def covers(named: str, product: str) -> bool:
    """Return whether a rule for products `named` is for `product`: medicine covers medicine:rx; therapeutic-good any."""
    if named == product or product.startswith(f"{named}:"):
        return True
    return named == "therapeutic-good" and product.split(":")[0] in ("supplement", "medicine", "device")


def _apart(matches: Iterable[Match]) -> Iterator[Match]:
    """Yield one rule's matches, of those that overlap only the first and longest."""
    end = -1
    for match in sorted(matches, key=lambda match: (match.start, -match.end)):
        if match.start >= end or match.whole:
            yield match
            end = max(end, match.end)


def _folded(kept: Sequence[tuple[Rule, Match, str, str]]) -> Iterator[tuple[Rule, Match, str, str]]:
    """Yield what no other finding speaks for: one whose rule folds this rule, on overlapping words, no milder."""
    by_id: dict[str, list[tuple[Rule, Match, str]]] = {}
    folding: dict[str, set[str]] = {}
    rules = {rule.id: rule for rule, _, _, _ in kept}
    for rule, match, _, severity in kept:
        by_id.setdefault(rule.id, []).append((rule, match, severity))
    for rule_id in rules:
        for folded in _all_folds(rule_id, rules):
            folding.setdefault(folded, set()).add(rule_id)
    for entry in kept:
        rule, match, _, severity = entry
        spoken = any(
            other.start < match.end and match.start < other.end and SEVERITIES.index(worse) >= SEVERITIES.index(severity)
            for folder in folding.get(rule.id, ())
            for _, other, worse in by_id[folder]
        )
        if not spoken:
            yield entry


def _all_folds(rule_id: str, rules: Mapping[str, Rule]) -> set[str]:
    """Return the ids a rule folds, directly or through another rule that is here."""
    found: set[str] = set()
    waiting = [rule_id]
    while waiting:
        for folded in rules[waiting.pop()].folds:
            if folded not in found and folded != rule_id:
                found.add(folded)
                waiting += [folded] if folded in rules else []
    return found


def _message(template: str, match: Match, text: str) -> str:
    """Return a rule's message with the words found in it."""
    words = {"match": " ".join(text[match.start : match.end].split())}
    for slot, found in match.captures:
        words.setdefault(slot, " ".join(found.split()))
    shown = template
    for name, found in words.items():
        short = found if len(found) <= _LONGEST_WORDS else found[: _LONGEST_WORDS - 1].rstrip() + "…"
        shown = shown.replace(f"{{{name}}}", short)
    if "{" in shown:
        import re

        shown = re.sub(r"\{\w+\}", words["match"][:_LONGEST_WORDS], shown)
    return shown


