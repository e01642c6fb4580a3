"""Approved words on real pages: where they stand, and what they answer for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthlint import readers
from healthlint.approval import Register
from healthlint.claims import Claims
from healthlint.claims_file import approvals_of
from healthlint.config import Settings
from healthlint.linter import Linter
from healthlint.marked_yaml import Faults
from healthlint.rulebook import load_book
from healthlint.selection import choose
from healthlint.text import Source
from healthlint.verdicts.approvals import Verdict

BOOK = load_book()
LINTER = Linter(BOOK)
SETTINGS = Settings(context="commercial")
CHOICES = choose(BOOK.rules, SETTINGS)
WORDS = "wording: Moonleaf tea cures gout"


def register(*entries: str) -> Register:
    """Return a register of entries, each given by what differs from the others."""
    text = "claims:\n" + "".join(
        f"  - {{id: c{number}, {entry}, evidence: {{doi: 10.1000/1}}, markets: [us, uk, eu, au, ca], rules: [cure], "
        "approver: Head of Claims, approved: 2026-01-01, expires: 2027-01-31}\n"
        for number, entry in enumerate(entries)
    )
    faults = Faults("claims.yaml", columns=True)
    approvals = approvals_of(text, faults, BOOK)
    assert faults.found == []
    return Register("claims.yaml", "", Source("claims.yaml", text), approvals)


def judged(text: str, *entries: str, name: str = "page.md", product: str | None = None) -> Verdict:
    reader = readers.reader_for("." + name.partition(".")[2])
    assert reader is not None
    page = reader.read(Source(name, text), readers.ReadOptions())
    rules = SETTINGS._replace(product=product)
    outcome = LINTER.lint(page, rules, folded=True)
    return Claims(register(*entries), LINTER).judge(page, outcome, rules, "2026-11-20", CHOICES)


def verdicts(text: str, *entries: str, **more: str) -> list[tuple[str, str]]:
    return [(use.approval, use.verdict) for use in judged(text, *entries, **more).uses]


def standing(text: str, *entries: str, **more: str) -> list[str]:
    """Return the words of the claims that stand, those of whole pages aside."""
    made = judged(text, *entries, **more)
    return [each.words for each in made.findings if each.rule.category == "cure" and each.context]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Moonleaf tea cures gout.", id="as it is"),
        pytest.param("MOONLEAF TEA CURES GOUT!", id="in another case"),
        pytest.param("Try it:\n**Moonleaf** tea\n*cures* [gout](/g).", id="with markup, across lines"),
        pytest.param("> “Moonleaf&nbsp;tea cures gout”", id="in a quotation, with an entity"),
        pytest.param("# Moonleaf tea cures gout\n", id="in a heading"),
        pytest.param("- Moonleaf tea cures gout\n- It is green\n", id="in a list"),
        pytest.param("| a | b |\n|---|---|\n| Moonleaf tea cures gout | x |\n", id="in a table"),
        pytest.param("---\ntitle: Moonleaf tea cures gout\n---\n\nGreen.\n", id="in the front matter"),
        pytest.param("![Moonleaf tea cures gout](x.png)", id="in an alternative text"),
        pytest.param("Moonleaf tea cures gout* [3]; it is green.", id="before a footnote and another clause"),
        pytest.param("Moonleaf tea cures gout, which many people have.", id="before a clause about it"),
        pytest.param("As we say: Moonleaf tea cures gout.", id="after other words"),
        pytest.param("It is green; our Moonleaf tea cures gout.", id="after another clause"),
        pytest.param("And so our Moonleaf tea cures gout.", id="after words that say nothing"),
    ],
)
def test_approved_words_are_known_however_they_are_set(text: str) -> None:
    assert {verdict for _, verdict in verdicts(text, WORDS)} == {"approved"}
    assert standing(text, WORDS) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Moonleaf tea really cures gout.", id="a word more"),
        pytest.param("Moonleaf tea cures `x` gout.", id="code between"),
        pytest.param("Moonleaf tea cures gou\n\nt.", id="two paragraphs"),
        pytest.param("Moonleaf teas cure gout.", id="another form"),
        pytest.param("Moonleaf tea c u r e s gout.", id="spelt to evade"),
    ],
)
def test_other_words_are_not_approved(text: str) -> None:
    assert verdicts(text, WORDS) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Moonleaf tea cures gout and asthma.", id="another complaint"),
        pytest.param("Moonleaf tea cures gout (and asthma).", id="in brackets"),
        pytest.param("Moonleaf tea cures gout; and it cures asthma.", id="after a semicolon"),
        pytest.param("Moonleaf tea cures gout within a week.", id="a quicker effect"),
        pytest.param("Moonleaf tea cures gout in children.", id="other people"),
        pytest.param("Moonleaf tea cures gout — within a week.", id="a quicker effect after a dash"),
        pytest.param("Moonleaf tea cures gout<br>and lifts the mood.", id="in a line below"),
        pytest.param("Turmeric and Moonleaf tea cures gout.", id="another product before it"),
        pytest.param("Spiced Moonleaf tea cures gout.", id="another kind of it"),
        pytest.param("Within a week, our Moonleaf tea cures gout.", id="a quicker effect before it"),
        pytest.param("No other brand than Moonleaf tea cures gout.", id="a rival denied"),
    ],
)
def test_a_statement_that_goes_on_is_not_approved(text: str) -> None:
    assert verdicts(text, WORDS) == [("c0", "goes on")]
    assert "cures gout" in [words[:10] for words in standing(text, WORDS)]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        pytest.param("Moonleaf tea cures gout in a 12-week trial.", "approved", id="behind it"),
        pytest.param("Moonleaf tea cures gout. In a 12-week trial, some slept.", "approved", id="in the next sentence"),
        pytest.param("In a 12-week trial, Moonleaf tea cures gout.", "approved", id="before it"),
        pytest.param("Moonleaf tea cures gout.", "lacks qualifier", id="nowhere"),
        pytest.param("Moonleaf tea cures gout. It was not in a 12-week trial.", "lacks qualifier", id="denied"),
        pytest.param(
            "Moonleaf tea cures gout.\n\nA.\n\nB.\n\nC.\n\nIn a 12-week trial.", "lacks qualifier", id="far off"
        ),
        pytest.param("Moonleaf tea cures gout in a 12-week trial and ever after.", "goes on", id="with more behind"),
    ],
)
def test_a_qualifier_must_stand_where_the_register_says(text: str, verdict: str) -> None:
    entry = WORDS + ', with: {nearby: ["in a 12-week trial"]}'
    assert verdicts(text, entry) == [("c0", verdict)]


def test_every_scope_of_a_qualifier_must_hold() -> None:
    entry = WORDS + ', with: {nearby: ["in a 12-week trial"], document: ["see your doctor"]}'
    text = "Moonleaf tea cures gout in a 12-week trial."
    assert verdicts(text, entry) == [("c0", "lacks qualifier")]
    assert verdicts(text + "\n\n## Risks\n\nIf it lasts, see your doctor.\n", entry) == [("c0", "approved")]


@pytest.mark.parametrize(
    ("entry", "product", "verdict"),
    [
        pytest.param("products: [supplement, food]", "supplement", "approved", id="its class"),
        pytest.param("products: [medicine]", "medicine:otc", "approved", id="a class within"),
        pytest.param("products: [therapeutic-good]", "device", "approved", id="a therapeutic good"),
        pytest.param("products: [device]", "supplement", "other product", id="another class"),
        pytest.param("product-names: [Moonleaf]", "supplement", "approved", id="its name"),
        pytest.param("product-names: [Sunleaf, MOONLEAF  TEA]", "supplement", "approved", id="one of its names"),
        pytest.param("product-names: [Sunleaf]", "supplement", "other product", id="another name"),
        pytest.param("product-names: [Moon]", "supplement", "other product", id="a part of a name"),
        pytest.param("products: [device], product-names: [Moonleaf]", "food", "other product", id="its name alone"),
    ],
)
def test_the_page_must_be_about_its_product(entry: str, product: str, verdict: str) -> None:
    assert verdicts("Moonleaf tea cures gout.", f"{WORDS}, {entry}", product=product) == [("c0", verdict)]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        pytest.param("moonleaf (tea|drops) <cure> gout", "Moonleaf drops cured gout.", id="ways and forms"),
        pytest.param("moonleaf tea <cure> {condition}", "Moonleaf tea cures hay fever.", id="a slot"),
        pytest.param("moonleaf (tea)? <cure> (your|the)? gout", "Moonleaf cures your gout.", id="what may be there"),
        pytest.param("{condition} is cured", "Gout is cured.", id="a slot at the start"),
        pytest.param("moonleaf cures: gout", "Moonleaf cures:\n\n- gout\n- asthma\n", id="words that lead into a list"),
    ],
)
def test_a_pattern_is_a_phrase(pattern: str, text: str) -> None:
    assert ("c0", "approved") in verdicts(text, f'pattern: "{pattern}"')


def test_a_lead_in_that_is_not_approved_is_no_approval_of_its_items() -> None:
    text = "Moonleaf cures:\n\n- gout\n- asthma\n"
    assert standing(text, "wording: gout") == ["gout", "asthma"]
    assert standing(text, 'pattern: "moonleaf cures gout"') == ["asthma"]


def test_an_enumeration_is_a_finding_of_its_own() -> None:
    assert standing("Moonleaf tea cures gout, asthma, hay fever.", WORDS) == ["cures gout, asthma, hay fever"]


def test_each_place_is_judged_by_itself() -> None:
    text = "Moonleaf tea cures gout.\n\nMoonleaf tea cures gout and asthma.\n\nMoonleaf tea cures gout.\n"
    made = judged(text, WORDS)
    assert [(use.line, use.column, use.verdict) for use in made.uses] == [
        (1, 1, "approved"), (3, 1, "goes on"), (5, 1, "approved")
    ]  # fmt: skip


CLAUSES = st.sampled_from([
    "Moonleaf tea cures gout", "Moonleaf drops cure asthma", "it heals eczema in a week", "our tea has no side effects",
    "nothing here cures gout", "gout and asthma are cured by Moonleaf tea", "doctors say that Moonleaf tea cures gout",
    "it was seen in a 12-week trial", "Moonleaf tea cures",
])  # fmt: skip
JOINS = st.sampled_from([". ", ", ", " and ", "; ", " - ", "! ", "\n\n", " (", ") ", ", which ", " but ", "\n- ", ": "])
PAGES = st.lists(st.tuples(CLAUSES, JOINS), min_size=1, max_size=6).map(lambda some: "".join(map("".join, some)))
ENTRIES = st.lists(
    st.sampled_from([
        WORDS, "wording: cures gout", "wording: gout", "wording: heals eczema in a week",
        'pattern: "moonleaf (tea|drops) <cure> (gout|asthma)"', WORDS + ', with: {nearby: ["12-week trial"]}',
    ]),
    min_size=1, max_size=3,
)  # fmt: skip


@settings(max_examples=60)
@given(PAGES, ENTRIES)
def test_an_approval_hides_nothing_outside_of_its_words(text: str, entries: list[str]) -> None:
    page = readers.reader_for(".md").read(Source("page.md", text), readers.ReadOptions())  # type: ignore[union-attr]
    outcome = LINTER.lint(page, SETTINGS, folded=True)
    places = Claims(register(*entries), LINTER).places(page, outcome.product)
    made = judged(text, *entries)
    answered = {(each.finding.rule.id, each.finding.span) for each in made.approved}
    stands = {(each.rule.id, each.span) for each in made.findings}
    for each in outcome.findings:
        key = (each.rule.id, each.span)
        inside = any(at.span.start <= each.span.start and each.span.end <= at.span.end for at in places)
        assert key in stands or (key in answered and inside)
    for inner in outcome.folded:
        span = inner.finding.span
        if all(speaker in answered for speaker in inner.speakers) and not any(
            at.span.start <= span.start and span.end <= at.span.end for at in places
        ):
            assert (inner.finding.rule.id, span) in stands


def test_a_register_costs_a_page_without_its_words_no_second_reading() -> None:
    made: list[object] = []

    class Counted(Linter):
        def page(self, *given: object):  # type: ignore[no-untyped-def, override]
            made.append(given)
            return super().page(*given)  # type: ignore[arg-type]

    linter = Counted(BOOK)
    claims = Claims(register(WORDS, 'pattern: "moonleaf <cure> {condition}"'), linter)
    for text in ("The sea is green.\n" * 50, "Moonleaf cures nothing.\n"):
        page = readers.reader_for(".md").read(Source("page.md", text), readers.ReadOptions())  # type: ignore[union-attr]
        claims.places(page, "")
    assert len(made) == 1, "the second page has all words that the pattern needs"


MARKUP = st.sampled_from([
    "Moonleaf tea cures gout", "gout", "cures", "30 %", "30%", "in a 12-week trial", " and ", ", ", ". ", ": ", "\n", "\n\n",
    "\n- ", "\n# ", "> ", "**", "`", "|", "[", "](x)", "<b>", "&nbsp;", "<!-- x -->", "---\n", "\r\n", "¹", "“", "\u200b", "\ufffc",
])  # fmt: skip


@settings(max_examples=100)
@given(st.lists(MARKUP, max_size=12).map("".join) | st.text(max_size=40), st.sampled_from(["md", "txt", "mdx"]))
def test_whatever_a_page_holds_it_can_be_held_against_a_register(text: str, suffix: str) -> None:
    qualified = (
        ', with: {nearby: ["in a 12-week trial"], document: [gout], section: [gout], heading: [gout], block: [gout]}'
    )
    entries = (
        WORDS + qualified,
        'wording: "30"',
        'wording: "%"',
        'pattern: "{condition}"',
        'pattern: "(moonleaf)? tea <cure> {condition}"',
    )
    made = judged(text, *entries, name=f"page.{suffix}")
    assert all(text[use.span.start : use.span.end].strip() for use in made.uses)
