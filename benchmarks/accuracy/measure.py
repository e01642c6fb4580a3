"""What is marked, held against what two readers would mark: counts and shares, with no word of the corpus in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from labelled import Corpus, Labels, Marked, Page

from healthlint.rule import SEVERITIES, Rule

ALIAS = {"weight-loss": "speed", "vulnerable": "safety"}
"""Categories that the readers did not label apart."""
UNLABELLED = frozenset({"disclosure", "prescription", "editorial", "ai-care", "lint"})
"""Not judged unit by unit, or too rare to be."""
PLAIN = "promotion"
"""Plain calls to action and prices: part of no total."""
DOCUMENT_RULES = (
    "missing-affiliate-disclosure",
    "missing-fda-disclaimer",
    "missing-medical-disclaimer",
    "missing-typicality",
)
ENOUGH = 10
"""How many marks say something about a rule."""
NEEDED = {"high": 0.8, "medium": 0.6, "low": 0.0}
"""The precision that each confidence claims."""


class Score(NamedTuple):
    """How well a category, a total or a document rule is seen."""

    must: int
    """Units that both readers would mark."""
    hit: int
    """Those of them that are marked."""
    marked: int
    right: int
    """Marked units that at least one reader would mark."""
    lenient: int = 0
    """Marked units that bear any label."""

    @property
    def recall(self) -> float | None:
        """Return the share of what must be marked that is."""
        return self.hit / self.must if self.must else None

    @property
    def precision(self) -> float | None:
        """Return the share of what is marked that may be."""
        return self.right / self.marked if self.marked else None

    @property
    def f1(self) -> float | None:
        """Return the harmonic mean of the two."""
        p, r = self.precision, self.recall
        return None if p is None or r is None else 2 * p * r / (p + r) if p + r else 0.0


class RuleScore(NamedTuple):
    """How one rule does."""

    rule: Rule
    score: Score | None
    """By units, for a document rule by documents; None where the readers' labels do not tell."""
    reputable: int
    """How often it fires, info aside, in texts that should be left alone."""

    @property
    def agrees(self) -> bool:
        """Return whether what was measured allows the confidence that the rule claims; too few marks allow any."""
        if self.score is None or self.score.marked < ENOUGH:
            return True
        return (self.score.precision or 0.0) >= NEEDED[self.rule.confidence]


class Quiet(NamedTuple):
    """How quiet it is in texts that should be left alone."""

    documents: int
    words: int
    without_error: int
    severities: Counter[str]

    def rate(self, severity: str) -> float:
        """Return how many findings of this severity there are in 1,000 words."""
        return 1000 * self.severities[severity] / self.words


class Seen(NamedTuple):
    """How many of the claims bear a finding, one that is at least a warning, and an error."""

    claims: int
    any: int
    warning: int
    error: int


def precision_bounds(right: int, total: int) -> tuple[float, float]:
    """Return the 95 % interval of a rule's precision: fractions from 0 to 1, low end first.

    Wilson's score interval (J. Am. Stat. Assoc. 22, 1927, 209-212), sound for the few dozen findings a rule has.

    Raises:
        ValueError: `total` is 0, so nothing was judged.
    """
    if total == 0:
        raise ValueError("nothing was judged")
    z = 1.959964
    share, spread = right / total, z * z / total
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * (share * (1 - share) / total + spread / (4 * total)) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)


def labelled_as(rule: Rule) -> str:
    """Return the category under which the readers would label what a rule marks."""
    return ALIAS.get(rule.category, rule.category)


def marks(page: Page) -> list[dict[str, str]]:
    """Return, for each unit, the ids of the rules that mark it, each with the category that readers would label.

    A finding counts for the first three units that it touches.
    """
    found: list[dict[str, str]] = [{} for _ in page.units]
    for finding in page.marked.findings:
        start, end = finding.span.start, max(finding.span.end, finding.span.start + 1)
        touched = [number for number, (a, b) in enumerate(page.units) if start < b and end > a]
        for number in touched[:3] if finding.rule.category not in UNLABELLED else ():
            found[number][finding.rule.id] = labelled_as(finding.rule)
    return found


def by_category(pages: Iterable[Page]) -> dict[str, Score]:
    """Return the score of each category, of "* any" label but a plain one, and of the categories together ("* micro")."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for page in pages:
        for rules, labels in zip(marks(page), page.labels, strict=True):
            here = set(rules.values())
            for category in here | labels.keys():
                counts[category] += _unit(labels, category, marked=category in here)
            must = any(label == "must" for category, label in labels.items() if category != PLAIN)
            marked = bool(here - {PLAIN})
            counts["* any"] += Counter(
                must=must,
                hit=must and bool(here),
                marked=marked,
                right=marked and bool(labels),
                lenient=marked and bool(labels),
            )
    for category in sorted(counts.keys() - {"* any", PLAIN}):
        counts["* micro"] += counts[category]
    return {category: _score(counts[category]) for category in sorted(counts)}


def _unit(labels: Labels, category: str, *, marked: bool) -> Counter[str]:
    """Return what one unit (or document) adds to the counts of a category (or document rule)."""
    must = labels.get(category) == "must"
    right = marked and category in labels
    return Counter(must=must, hit=must and marked, marked=marked, right=right, lenient=marked and bool(labels))


def _score(counts: Counter[str]) -> Score:
    return Score(*(counts[field] for field in Score._fields))


def by_document(pages: Iterable[Page]) -> dict[str, Score]:
    """Return the score of each document rule, and of all of them ("* pooled"), in complete documents."""
    counts: dict[str, Counter[str]] = {rule: Counter() for rule in DOCUMENT_RULES}
    for page in pages:
        here = {finding.rule.id for finding in page.marked.findings}
        for rule, counted in counts.items() if page.complete else ():
            counted += _unit(page.wanted, rule, marked=rule in here)
    pooled = sum(counts.values(), Counter[str]())
    return {"* pooled": _score(pooled), **{rule: _score(counted) for rule, counted in counts.items()}}


def by_rule(rules: Iterable[Rule], corpus: Corpus) -> tuple[RuleScore, ...]:
    """Return the score of each of `rules`, in their order; what must be marked is that of its whole category."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    must: Counter[str] = Counter()
    for page in corpus.pages:
        for here, labels in zip(marks(page), page.labels, strict=True):
            must.update(category for category, label in labels.items() if label == "must")
            for rule_id, category in here.items():
                counts[rule_id] += _unit(labels, category, marked=True)
    documents = by_document(corpus.pages)
    noise = Counter(
        finding.rule.id for one in corpus.reputable for finding in one.findings if finding.severity != "info"
    )

    def score(rule: Rule) -> Score | None:
        if rule.category in UNLABELLED:
            return documents.get(rule.id)
        return _score(counts[rule.id])._replace(must=must[labelled_as(rule)])

    return tuple(RuleScore(rule, score(rule), noise[rule.id]) for rule in rules)


def quiet(texts: Iterable[Marked]) -> Quiet:
    """Return how much is marked in texts that should be left alone."""
    texts = tuple(texts)
    return Quiet(
        len(texts),
        sum(len(one.text.split()) for one in texts),
        sum(all(finding.severity != "error" for finding in one.findings) for one in texts),
        Counter(finding.severity for one in texts for finding in one.findings),
    )


def seen(claims: Iterable[Marked]) -> Seen:
    """Return how many claims are marked, and how severely; what asks for a whole page does not count."""
    worst = [
        max((SEVERITIES.index(f.severity) for f in one.findings if f.rule.category not in _OF_PAGES), default=-1)
        for one in claims
    ]
    return Seen(len(worst), *(sum(level >= least for level in worst) for least in range(len(SEVERITIES))))


_OF_PAGES = frozenset({"disclosure", "editorial", "lint"})
