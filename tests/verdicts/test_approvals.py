"""What approvals answer for, judged on findings and places made by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.approval import Approval
from healthlint.evidence import Evidence
from healthlint.finding import Finding, Folded, Related
from healthlint.fingerprint import with_fingerprints
from healthlint.rule import Rule
from healthlint.selection import Choice
from healthlint.text import Source, Span
from healthlint.verdicts.approvals import (
    LACKS_QUALIFIER,
    OF_A_PART,
    OTHER_PRODUCT,
    OUT_OF_MARKET,
    Place,
    Terms,
    Verdict,
    judge,
)

TODAY = "2026-11-20"
SOURCE = Source("page.md", "abcdefghij" * 5)


def rule(id_: str, category: str = "cure", packs: tuple[str, ...] = ("uk", "eu"), folds: tuple[str, ...] = ()) -> Rule:
    return Rule(
        id=id_, title="T", category=category, severity="error", confidence="high", tier="core", packs=packs,
        since="0.1", message="m", instead="I", rewrite="R", why="W", law=(), frames=frozenset({"assert"}),
        hedge="lower", context="any", products=(), severity_by_pack={}, folds=folds, examples=(), path="r.yaml", line=1,
    )  # fmt: skip


CURE, WEAK, ILL = rule("cure", folds=("weak",)), rule("weak"), rule("ill", "disease", ("uk", "au"))
LINT = {id_: rule(id_, "lint") for id_ in (OUT_OF_MARKET, OTHER_PRODUCT, LACKS_QUALIFIER, OF_A_PART)}
RULES = {each.id: each for each in (CURE, WEAK, ILL, rule("spelling", "lint"), *LINT.values())}


def approval(id_: str = "ours", **changes: object) -> Approval:
    made = Approval(
        id=id_, wording="w", pattern="", evidence=(Evidence("doi", "10.1000/1"),), markets=("uk", "eu", "au"),
        rules=("cure",), products=(), product_names=(), qualifiers=(), approver="Head of Claims",
        approved="2026-01-01", expires="2026-12-31", note="", span=Span(0, 1), expires_span=Span(1, 2),
    )  # fmt: skip
    return made._replace(**changes)  # type: ignore[arg-type]


def place(start: int, end: int, by: Approval | None = None, **terms: object) -> Place:
    made = Place(by or approval(), Span(start, end), None, is_qualified=True, is_of_product=True)
    return made._replace(**terms)  # type: ignore[arg-type]


def finding(start: int, end: int, by: Rule = CURE, *, context: str = "s", related: Iterable[Span] = ()) -> Finding:
    others = tuple(Related(span, "r") for span in related)
    return Finding(by, SOURCE, Span(start, end), "m", "error", context=context, related=others)


def judged(
    findings: Sequence[Finding],
    places: Sequence[Place],
    packs: tuple[str, ...] = ("uk", "eu"),
    folded: Sequence[Folded] = (),
    off: frozenset[str] = frozenset(),
) -> Verdict:
    choices = {id_: Choice(id_ not in off, "warning", "") for id_ in RULES}
    ordered = sorted(findings, key=lambda each: (each.span, each.rule.id))
    return judge(with_fingerprints(ordered), folded, places, Terms(packs, TODAY, RULES, choices, SOURCE))


def told(verdict: Verdict) -> list[str]:
    return [each.rule.id for each in verdict.findings]


def approved(verdict: Verdict) -> list[tuple[str, ...]]:
    return [each.approvals for each in verdict.approved]


@pytest.mark.parametrize(
    ("found", "at"),
    [
        pytest.param(finding(3, 6), place(3, 6), id="the same words"),
        pytest.param(finding(3, 6), place(0, 9), id="words within"),
        pytest.param(finding(3, 6), place(0, 9, approval(rules=("disease", "cure"))), id="a category"),
        pytest.param(finding(3, 6, WEAK), place(0, 9, approval(rules=("weak",))), id="a rule by its id"),
        pytest.param(finding(3, 6, related=[Span(1, 2)]), place(0, 9), id="what it speaks of besides, within"),
        pytest.param(finding(6, 9, related=[Span(0, 2)]), place(6, 9, lead=Span(0, 3)), id="words that lead into it"),
        pytest.param(finding(3, 6), place(0, 9, approval(expires=TODAY)), id="on its last day"),
        pytest.param(finding(3, 6), place(0, 9, approval(approved=TODAY)), id="on its first day"),
    ],
)
def test_it_answers_for(found: Finding, at: Place) -> None:
    verdict = judged([found], [at])
    assert (told(verdict), approved(verdict)) == ([], [("ours",)])
    assert verdict.approved[0].by == "claim"
    assert "doi:10.1000/1; approved by Head of Claims" in verdict.approved[0].reason
    assert [use.verdict for use in verdict.uses] == ["approved"]


@pytest.mark.parametrize(
    ("found", "at", "verdict"),
    [
        pytest.param(finding(3, 10), place(0, 9), "idle", id="words that end outside"),
        pytest.param(finding(0, 5), place(1, 9), "idle", id="words that begin outside"),
        pytest.param(
            finding(3, 6, related=[Span(20, 22)]), place(0, 9), "idle", id="what it speaks of besides, outside"
        ),
        pytest.param(finding(3, 6, ILL), place(0, 9), "idle", id="another rule"),
        pytest.param(finding(3, 6, context=""), place(0, 9), "idle", id="a finding about the page"),
        pytest.param(
            finding(3, 6, RULES["spelling"]),
            place(0, 9, approval(rules=("lint",))),
            "idle",
            id="a finding about spelling",
        ),
        pytest.param(
            finding(3, 6), place(0, 9, approval(expires="2026-11-19")), "not in force", id="after its last day"
        ),
        pytest.param(
            finding(3, 6), place(0, 9, approval(approved="2026-11-21")), "not in force", id="before its first"
        ),
    ],
)
def test_it_does_not_answer_for(found: Finding, at: Place, verdict: str) -> None:
    made = judged([found], [at])
    assert (told(made), approved(made)) == ([found.rule.id], [])
    assert [use.verdict for use in made.uses] == [verdict]


@pytest.mark.parametrize(
    ("at", "lint", "message"),
    [
        pytest.param(place(0, 9, approval(markets=("uk",))), OUT_OF_MARKET, "“ours” for uk, not for eu", id="market"),
        pytest.param(
            place(0, 9, approval(products=("device",), product_names=("Zorb",)), is_of_product=False),
            OTHER_PRODUCT, "“ours” for device, Zorb, which this page is not about", id="product",
        ),
        pytest.param(place(0, 9, is_qualified=False), LACKS_QUALIFIER, "a qualifier that lacks here", id="qualifier"),
        pytest.param(place(0, 9, goes_on=True), OF_A_PART, "in these words alone, and the statement says more", id="more words"),
    ],
)  # fmt: skip
def test_terms_that_are_not_met_are_told_at_the_words(at: Place, lint: str, message: str) -> None:
    verdict = judged([finding(3, 6)], [at])
    assert told(verdict) == [lint, "cure"]
    assert message in verdict.findings[0].message
    assert (verdict.findings[0].span, verdict.findings[0].severity) == (at.span, "warning")
    assert told(judged([finding(3, 6)], [at], off=frozenset({lint}))) == ["cure"]
    assert told(judged([], [at])) == []


def test_a_doubt_goes_with_what_it_is_about() -> None:
    verdict = judged([finding(3, 6), finding(20, 22)], [place(0, 9, is_qualified=False)])
    doubt, claim, other = verdict.findings
    assert verdict.undoubted([doubt, claim, other]) == (doubt, claim, other)
    assert verdict.undoubted([doubt, other]) == (other,)


def test_approvals_for_several_markets_hold_together() -> None:
    places = [
        place(0, 9, approval("a", markets=("uk",))),
        place(2, 9, approval("b", markets=("eu", "ca"), span=Span(5, 6))),
    ]
    verdict = judged([finding(3, 6)], places)
    assert approved(verdict) == [("a", "b")]
    assert approved(judged([finding(3, 6)], places, packs=("uk", "eu", "ca"))) == [("a", "b")]
    short = judged([finding(3, 6, rule("cure", packs=("uk", "eu", "au")))], places, packs=("uk", "eu", "au"))
    assert told(short) == [OUT_OF_MARKET, OUT_OF_MARKET, "cure"]


def test_only_packs_that_object_must_be_approved() -> None:
    at = [place(0, 9, approval(markets=("uk",), rules=("ill",)))]
    assert approved(judged([finding(3, 6, ILL)], at, packs=("uk", "eu", "ca"))) == [("ours",)]
    assert approved(judged([finding(3, 6, ILL)], at, packs=("uk", "au"))) == []


def test_a_rule_that_is_on_by_itself_asks_for_every_pack_in_force() -> None:
    at = [place(0, 9, approval(markets=("ca",), rules=("ill",)))]
    assert approved(judged([finding(3, 6, ILL)], at, packs=("ca",))) == [("ours",)]
    assert approved(judged([finding(3, 6, ILL)], at, packs=("ca", "eu"))) == []


def test_words_of_several_approvals_are_told_once() -> None:
    places = [place(0, 9, approval(id_), is_of_product=False) for id_ in "abcde"]
    verdict = judged([finding(3, 6), finding(3, 6, WEAK._replace(category="cure"))], places)
    assert told(verdict) == [OTHER_PRODUCT, "cure", "weak"]
    assert "“a”, “b”, “c” and 2 more" in verdict.findings[0].message


def spoken_for(start: int, end: int, *speakers: Finding, by: Rule = WEAK) -> Folded:
    made = finding(start, end, by)._replace(fingerprint="f")
    return Folded(made, frozenset((each.rule.id, each.span) for each in speakers))


def test_what_spoke_through_an_approved_finding_and_lies_outside_is_shown() -> None:
    claim = finding(3, 6)
    at = [place(0, 9, approval(rules=("cure",)))]
    assert told(judged([claim], at, folded=[spoken_for(4, 8, claim)])) == []
    assert told(judged([claim], at, folded=[spoken_for(4, 12, claim, by=ILL)])) == ["ill"]
    other = finding(10, 14)
    assert told(judged([claim, other], at, folded=[spoken_for(4, 12, claim, other, by=ILL)])) == ["cure"]


def test_what_spoke_through_what_spoke_is_shown() -> None:
    claim = finding(3, 6)
    inner = spoken_for(4, 8, claim)
    outer = Folded(finding(7, 12, ILL)._replace(fingerprint="g"), frozenset({("weak", Span(4, 8))}))
    at = [place(0, 9)]
    assert told(judged([claim], at, folded=[outer, inner])) == ["ill"]
    away = spoken_for(4, 20, claim, by=ILL)
    behind = Folded(finding(15, 25, WEAK)._replace(fingerprint="g"), frozenset({("ill", Span(4, 20))}))
    assert told(judged([claim], at, folded=[behind, away])) == ["ill"]


SPANS = st.tuples(st.integers(0, 48), st.integers(1, 12)).map(lambda pair: Span(pair[0], min(sum(pair), 50)))
FINDINGS = st.lists(
    st.builds(lambda span, by: finding(*span, by), SPANS, st.sampled_from([CURE, WEAK, ILL])), max_size=8
).map(lambda some: list({(each.span, each.rule.id): each for each in some}.values()))
APPROVALS = st.builds(
    lambda id_, rules, markets, expires: approval(id_, rules=rules, markets=markets, expires=expires),
    st.sampled_from("abc"),
    st.sampled_from([("cure",), ("weak",), ("disease", "cure")]),
    st.sampled_from([("uk",), ("eu",), ("uk", "eu", "au")]),
    st.sampled_from(["2026-12-31", "2026-01-31"]),
)
PLACES = st.lists(
    st.builds(
        lambda span, by, qualified, goes_on: place(*span, by, is_qualified=qualified, goes_on=goes_on),
        SPANS, APPROVALS, st.booleans(), st.booleans(),
    ),
    max_size=8,
)  # fmt: skip


@given(FINDINGS, PLACES)
def test_nothing_outside_of_approved_words_is_hidden(findings: list[Finding], places: list[Place]) -> None:
    verdict = judged(findings, places)
    stands = {(each.span, each.rule.id) for each in verdict.findings if each.rule.category != "lint"}
    answered = {(each.finding.span, each.finding.rule.id) for each in verdict.approved}
    assert stands | answered == {(each.span, each.rule.id) for each in findings}
    assert not stands & answered
    for span, _ in answered:
        assert any(at.span.start <= span.start and span.end <= at.span.end and not at.goes_on for at in places)


@given(FINDINGS, PLACES, st.randoms())
def test_the_order_of_entries_does_not_matter(findings: list[Finding], places: list[Place], random) -> None:
    mixed = list(places)
    random.shuffle(mixed)
    one, other = judged(findings, places), judged(findings, mixed)
    assert one.approved == other.approved
    assert [each for each in told(one) if each not in LINT] == [each for each in told(other) if each not in LINT]
