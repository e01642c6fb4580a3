"""Approvals, judged: which findings they answer for, and where their terms are not met.

An approval answers for a finding whose words, all of them, lie within the approved ones, if it names the finding's rule
or category, is in force, holds for the product, has its qualifier in place, and the statement begins and ends with the
approved words: "helps you sleep and lose weight" is more than "helps you sleep". It must hold for the law of every pack
in force that the rule belongs to; approvals of the same words for several markets do so together.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from healthlint.approval import Approval
from healthlint.finding import Finding, Folded
from healthlint.fingerprint import with_fingerprints
from healthlint.records import NamedTuple
from healthlint.report import ClaimUse, Suppressed
from healthlint.rule import PACKS, Rule
from healthlint.selection import Choice
from healthlint.text import Source, Span

OUT_OF_MARKET = "approval-out-of-market"
OTHER_PRODUCT = "approval-of-other-product"
LACKS_QUALIFIER = "approval-lacks-qualifier"
OF_A_PART = "approval-of-a-part"
APPROVED, IDLE, NOT_IN_FORCE = "approved", "idle", "not in force"
_DOUBTS = {
    "out of market": OUT_OF_MARKET, "other product": OTHER_PRODUCT, "lacks qualifier": LACKS_QUALIFIER,
    "goes on": OF_A_PART,
}  # fmt: skip
_TOLD = {
    "out of market": "approved by {0} for {1}, not for {2}",
    "other product": "approved by {0} for {1}, which this page is not about",
    "lacks qualifier": "approved by {0} with a qualifier that lacks here",
    "goes on": "approved by {0} in these words alone, and the statement says more",
}
_NAMED = 3
"""So many approvals are named; of more, their number is told."""

Key = tuple[str, str]
"""What tells a finding from others of its file: its rule and its fingerprint."""


class Place(NamedTuple):
    """Where the words of an approval stand on a page."""

    approval: Approval
    span: Span
    lead: Span | None
    """Where the words stand that lead into it, if some of them belong to it."""
    is_qualified: bool
    """Whether its qualifiers stand where they must."""
    is_of_product: bool
    """Whether the page is about a product that it holds for."""
    goes_on: bool = False
    """Whether the statement begins before these words or goes on behind them, and so may say more."""

    def holds(self, finding: Finding) -> bool:
        """Tell whether all that a finding speaks of lies within these words."""
        spans = (finding.span, *(related.span for related in finding.related))
        return all(_within(span, self.span) or (self.lead is not None and _within(span, self.lead)) for span in spans)

    def is_for(self, packs: Iterable[str]) -> bool:
        """Tell whether it holds for one of these packs."""
        return not set(self.approval.markets).isdisjoint(packs)

    def obstacle(self, today: str) -> str:
        """Return why it answers for nothing here, markets aside: a verdict of ClaimUse, or ""."""
        if not self.approval.is_in_force(today):
            return NOT_IN_FORCE
        if not self.is_of_product:
            return "other product"
        if not self.is_qualified:
            return "lacks qualifier"
        return "goes on" if self.goes_on else ""


class Terms(NamedTuple):
    """What approvals are held against on a page."""

    packs: tuple[str, ...]
    """The packs in force."""
    today: str
    rules: Mapping[str, Rule]
    choices: Mapping[str, Choice]
    source: Source


class Verdict(NamedTuple):
    """What approvals leave of a page's findings."""

    findings: tuple[Finding, ...]
    """In order of place, then rule id: those that stand, and those about approvals whose terms are not met."""
    approved: tuple[Suppressed, ...]
    uses: tuple[ClaimUse, ...]
    doubts: Mapping[Key, frozenset[Key]]
    """For each finding about an approval, those it would answer for if its terms were met."""

    def undoubted(self, standing: Sequence[Finding]) -> tuple[Finding, ...]:
        """Return `standing` without the doubts about what something else has silenced since."""
        left = {_key(finding) for finding in standing}
        return tuple(one for one in standing if _key(one) not in self.doubts or self.doubts[_key(one)] & left)


def judge(findings: Sequence[Finding], folded: Iterable[Folded], places: Sequence[Place], terms: Terms) -> Verdict:
    """Return what the approvals at these places leave of `findings`, which are in order of place, then rule id."""
    court = _Court(places, terms)
    standing = [finding for finding in findings if not court.answers(finding)]
    standing += court.unfolded(folded)
    doubts = sorted(court.doubts(standing), key=lambda doubt: _order(doubt[0]))
    made = with_fingerprints(finding for finding, _ in doubts)
    return Verdict(
        tuple(sorted([*standing, *made], key=_order)),
        tuple(sorted(court.approved, key=lambda each: _order(each.finding))),
        tuple(court.uses()),
        {_key(finding): about for finding, (_, about) in zip(made, doubts, strict=True)},
    )


class _Court:
    """The approved places of a page, and what they answer for."""

    def __init__(self, places: Sequence[Place], terms: Terms) -> None:
        self.places = sorted(places, key=lambda place: (place.span, place.approval.span))
        self.terms = terms
        self.approved: list[Suppressed] = []
        self._starts = [place.span.start for place in self.places]
        self._longest = max((place.span.end - place.span.start for place in self.places), default=0)
        self._obstacles = [place.obstacle(terms.today) for place in self.places]
        self._asked: list[list[Finding]] = [[] for _ in self.places]
        """For each place the findings in it that its rules made."""
        self._verdicts: list[str] = [IDLE for _ in self.places]
        self._silenced: dict[tuple[str, Span], list[int]] = {}
        """What was answered for, by rule and span, and the places that do."""
        self._unmet: dict[tuple[Span, str], _Unmet] = {}
        """By approved words and verdict, what stands for want of a market, a product or a qualifier."""

    def answers(self, finding: Finding) -> bool:
        """Tell whether approvals answer for a finding, which is then among the approved."""
        asked = sorted(number for number in self._holding(finding) if _names(self.places[number].approval, finding))
        for number in asked:
            self._asked[number].append(finding)
        good = [number for number in asked if not self._obstacles[number]]
        concerned = _concerned(finding.rule, self.terms.packs)
        held = {market for number in good for market in self.places[number].approval.markets}
        missing = [pack for pack in concerned if pack not in held]
        for number in asked:
            verdict = self._obstacles[number] or ("out of market" if missing else APPROVED)
            if self._verdicts[number] != APPROVED:
                self._verdicts[number] = verdict
        if good and not missing:
            self._approve(finding, [number for number in good if self.places[number].is_for(concerned)])
            return True
        for number in asked:
            self._note(number, finding, missing)
        return False

    def _approve(self, finding: Finding, by: list[int]) -> None:
        some = dict.fromkeys(self.places[number].approval for number in by)
        approvals = sorted(some, key=lambda approval: approval.span)
        reason = "; ".join(approval.justification() for approval in approvals)
        self.approved.append(Suppressed(finding, "claim", reason, tuple(approval.id for approval in approvals)))
        self._silenced[finding.rule.id, finding.span] = by

    def unfolded(self, folded: Iterable[Folded]) -> list[Finding]:
        """Return the findings that spoke through approved ones and say something of other words."""
        found: list[Finding] = []
        waiting, before = list(folded), -1
        # What is answered for may itself have spoken for others.
        while self._silenced and len(waiting) != before:
            before, left = len(waiting), []
            for each in waiting:
                if each.speakers <= self._silenced.keys():
                    found += self._unfolded(each)
                else:
                    left.append(each)
            waiting = left
        return found

    def _unfolded(self, folded: Folded) -> Iterator[Finding]:
        """Yield the finding if it stands, now that all who spoke for it are answered for."""
        finding = folded.finding
        by = [number for speaker in sorted(folded.speakers) for number in self._silenced[speaker]]
        if all(self.places[number].holds(finding) for number in by):
            self._silenced[finding.rule.id, finding.span] = by
        elif not self.answers(finding):
            yield finding

    def doubts(self, standing: Iterable[Finding]) -> Iterator[tuple[Finding, frozenset[Key]]]:
        """Yield a finding for approved words whose terms are not met, with those of `standing` it is about."""
        left = {_key(finding) for finding in standing}
        for (span, verdict), unmet in self._unmet.items():
            about = [finding for finding in unmet.findings if _key(finding) in left]
            choice = self.terms.choices.get(_DOUBTS.get(verdict, ""))
            if about and choice is not None and choice.on:
                rule, first = self.terms.rules[_DOUBTS[verdict]], about[0]
                message = _TOLD[verdict].format(*unmet.told())
                context = f"{unmet.approvals[0].id}: {first.context}"
                made = Finding(rule, first.source, span, message, choice.severity, context=context)
                yield made._replace(sentence=first.sentence), frozenset(map(_key, about))

    def _note(self, number: int, finding: Finding, missing: Iterable[str]) -> None:
        """Note that the approval at a place does not answer for a finding of its rules."""
        place = self.places[number]
        verdict = self._obstacles[number] or "out of market"
        unmet = self._unmet.setdefault((place.span, verdict), _Unmet([], [], []))
        unmet.findings.append(finding)
        if place.approval not in unmet.approvals:
            unmet.approvals.append(place.approval)
        if not self._obstacles[number]:
            unmet.missing.extend(pack for pack in missing if pack not in unmet.missing)

    def uses(self) -> Iterator[ClaimUse]:
        """Yield what becomes of each place, in order."""
        for place, verdict, asked in zip(self.places, self._verdicts, self._asked, strict=True):
            line, column = self.terms.source.position(place.span.start)
            yield ClaimUse(place.approval.id, place.span, line, column, verdict, tuple(map(_key, asked)))

    def _holding(self, finding: Finding) -> Iterator[int]:
        """Yield the numbers of the places that hold a finding; one about spelling or the whole page lies in none."""
        if not finding.context or finding.rule.category == "lint":
            return
        number = bisect_right(self._starts, finding.span.start) - 1
        while number >= 0 and self._starts[number] + self._longest >= finding.span.end:
            if self.places[number].holds(finding):
                yield number
            number -= 1


class _Unmet(NamedTuple):
    """Approvals of the same words whose terms are not met in the same way."""

    approvals: list[Approval]
    findings: list[Finding]
    missing: list[str]
    """The packs for which none of them holds."""

    def told(self) -> tuple[str, str, str]:
        """Return the ids, what they hold for, and what they do not hold for."""
        ids = "”, “".join(approval.id for approval in self.approvals[:_NAMED])
        more = f"” and {len(self.approvals) - _NAMED} more" if len(self.approvals) > _NAMED else "”"
        markets = {market for approval in self.approvals for market in approval.markets} if self.missing else set()
        products = [name for approval in self.approvals for name in (*approval.products, *approval.product_names)]
        held = [pack for pack in PACKS if pack in markets] or list(dict.fromkeys(products))
        return f"“{ids}{more}", ", ".join(held), ", ".join(self.missing)


def _within(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end


def _names(approval: Approval, finding: Finding) -> bool:
    return finding.rule.id in approval.rules or finding.rule.category in approval.rules


def _concerned(rule: Rule, packs: Sequence[str]) -> tuple[str, ...]:
    """Return the packs in force that a rule belongs to; all of them for one that is on by itself."""
    return tuple(pack for pack in packs if pack in rule.packs) or tuple(packs)


def _key(finding: Finding) -> Key:
    return finding.rule.id, finding.fingerprint


def _order(finding: Finding) -> tuple[Span, str]:
    return finding.span, finding.rule.id
