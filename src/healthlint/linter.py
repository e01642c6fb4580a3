"""One document and the chosen rules to findings, in order: scan once, check what may be there, judge, fold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from healthlint.at_work import AtWork, ReadyRules, put_to_work
from healthlint.book import Book
from healthlint.checks._page import Page
from healthlint.config import Settings
from healthlint.document import Document
from healthlint.finding import Finding, Folded
from healthlint.fingerprint import with_fingerprints
from healthlint.judging import Run
from healthlint.language.breaks import Breaks
from healthlint.language.evasion import read_as_meant
from healthlint.language.frames import FrameFinder
from healthlint.language.reading import Reading, Words
from healthlint.language.speaker import infer_context, infer_product
from healthlint.link_targets import LinkTargets
from healthlint.patterns.matcher import Matcher
from healthlint.patterns.nodes import Code
from healthlint.patterns.ready import Phrases
from healthlint.patterns.vocabulary import Vocabulary
from healthlint.records import NamedTuple

Standing = Mapping[int, Sequence[Words]]
"""For each phrase the sentences in which it may stand, in order."""


class Outcome(NamedTuple):
    """What linting one document gave."""

    findings: tuple[Finding, ...]
    """In order of place, then rule id, with fingerprints."""
    product: str
    context: str
    reasons: tuple[str, ...]
    """Why it was taken for this product and context."""
    faults: tuple[str, ...]
    """Checks that broke: rule, file and place, one line each."""
    folded: tuple[Folded, ...] = ()
    """What other findings speak for, where that was asked for."""


class Linter:
    """Runs the rules of a book on documents."""

    def __init__(self, book: Book, runs: Callable[..., Run] = Run) -> None:
        """Take the rules of `book`; nothing is compiled before it is needed. `runs` makes what runs them on a page."""
        self.book = book
        self._runs = runs
        self._at_work: dict[Settings, AtWork] = {}
        self._vocabulary = Vocabulary(book.words)
        self._matcher = Matcher(self._vocabulary, book.specials)
        self._phrases = Phrases(book.phrases, book.needs, self._matcher)
        self._breaks = Breaks(*book.frames[2:])
        self._frames = FrameFinder(book.frames.cues, book.frames.reach, self._matcher)
        self._targets = LinkTargets(book.networks)
        self._ready = ReadyRules(book)

    def lint(self, document: Document, settings: Settings, *, folded: bool = False) -> Outcome:
        """Return the findings of `document` under `settings`; the same input gives the same findings.

        What other findings speak for is told only if `folded`.
        """
        work = self._at_work.get(settings)
        if work is None:
            work = self._at_work[settings] = put_to_work(self.book, settings, self._vocabulary)
        meant = read_as_meant(document, self._vocabulary)
        reading = Reading(meant.document, self._breaks, self._vocabulary)
        standing = work.scanner.scan(reading)
        targets = self._targets
        page = Page(
            reading, self._frames, self._phrases, standing, targets.network, targets.is_trusted, settings.packs,
            meant.places,
        )  # fmt: skip
        page.categories.update(work.categories)
        context, product, reasons = self._speaker(page, settings)
        page.informs = context == "editorial"
        run = self._runs(self._ready, page, work.severities, context, product)
        live = work.live(standing)
        for phase, rules in enumerate(work.by_phase):
            run.phase(rules if phase else [rule for rule in rules if rule.id in live])
        found, others = run.findings(), run.folded() if folded else []
        findings = with_fingerprints([*found, *(each.finding for each in others)])
        spoken_for = map(Folded, findings[len(found) :], (each.speakers for each in others))
        reading.forget()
        return Outcome(findings[: len(found)], product, context, reasons, tuple(run.faults), tuple(spoken_for))

    def phrases(self, codes: Sequence[Code]) -> Phrases:
        """Return phrases of one's own, by number; they may name the slots of the book."""
        return Phrases([(code, False) for code in codes], [()] * len(codes), self._matcher)

    def page(self, document: Document, phrases: Phrases, standing: Callable[[Reading], Standing]) -> Page:
        """Return a page, read as it is written, on which phrases of one's own are looked for.

        `standing` says of its reading in which sentences each of them may stand.
        """
        reading = Reading(document, self._breaks, self._vocabulary)
        self._vocabulary.introduce(reading.different_words())
        targets = self._targets
        return Page(reading, self._frames, phrases, standing(reading), targets.network, targets.is_trusted)

    def _speaker(self, page: Page, settings: Settings) -> tuple[str, str, tuple[str, ...]]:
        def count(phrases: Iterable[int], most: int) -> int:
            places = 0
            for number in phrases:
                places += page.count(number, most - places)
                if places >= most:
                    break
            return places

        def titled(phrases: Iterable[int]) -> int:
            title = page.title
            words = page.reading.whole_block(title) if title >= 0 else None
            return sum(len(page.search(phrase, words)) for phrase in phrases if words and page.may_stand(phrase))

        signs, reasons = self.book.signs, []
        context, product = settings.context, settings.product
        if context is None:
            links = page.document.links
            shops, sources = sum(map(self._targets.is_shop, links)), sum(map(self._targets.is_trusted, links))
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
