"""The linter on whole texts: places, order, overlap, who speaks, and what must hold on any text."""

from __future__ import annotations

import gc
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.config import Settings
from healthlint.finding import Finding
from healthlint.linter import Linter, Outcome
from healthlint.readers import ReadOptions, reader_for
from healthlint.rulebook import load_book
from healthlint.text import Source

LINTER = Linter(load_book())
COMMERCIAL = Settings(context="commercial")


def outcome(text: str, settings: Settings = COMMERCIAL, suffix: str = ".md") -> Outcome:
    reader = reader_for(suffix)
    assert reader is not None
    return LINTER.lint(reader.read(Source(f"page{suffix}", text), ReadOptions()), settings)


def findings(text: str, settings: Settings = COMMERCIAL, suffix: str = ".md") -> tuple[Finding, ...]:
    return outcome(text, settings, suffix).findings


def words_of(rule: str, text: str, suffix: str = ".md") -> list[str]:
    return [finding.words for finding in findings(text, suffix=suffix) if finding.rule.id == rule]


SPARKS = [
    "Our drops cure gout.", "no side effects", "It can never make things worse.", "on sale now", "# Tinnitus gone\n",
    "- heals eczema\n", "> it **cured** me\n", "<b>cures</b> gout", "100% safe", "&nbsp;", "&amp;", "\r\n", "\n\n", " ",
    "“", "”", "’", "\u200b", "\u00ad", "🌿", "с", "```\n", "`", "[", "](https://x.example)", "|", "a | b\n--|--\n", "*", "**",
    "<!--", "-->", "<div>", "</div>", "---\n", "title: ", "{{<", ">}}", "{/*", "*/}", "c u r e", "cur3s", ": ", "1. ", "\t",
]  # fmt: skip
SOUP = st.lists(st.sampled_from(SPARKS) | st.text(max_size=4), max_size=24).map("".join)


@pytest.mark.parametrize("suffix", [".md", ".mdx", ".txt"])
@given(text=SOUP)
def test_on_any_text_findings_are_in_order_and_in_place(suffix: str, text: str) -> None:
    found = findings(text, suffix=suffix)
    assert list(found) == sorted(found, key=lambda finding: (finding.span, finding.rule.id))
    for finding in found:
        start, end = finding.span
        assert 0 <= start <= end <= len(text)
        assert text[start:end] == finding.words
        line, column = finding.source.position(start)
        assert finding.source.line_starts[line - 1] + column - 1 == start
    assert len({finding.fingerprint for finding in found}) == len(found)


PARAGRAPHS = [
    "Our drops cure gout in a week and they have no side effects at all, so order a bottle today.",
    "It can never make the condition worse, and nine of ten customers swear by it.",
    "Ask your doctor before you change your medicines.",
]


@pytest.mark.parametrize("suffix", [".md", ".txt"])
@given(width=st.integers(min_value=34, max_value=120))
def test_rewrapping_changes_no_finding_but_its_place(suffix: str, width: int) -> None:
    flat = "\n\n".join(PARAGRAPHS)
    wrapped = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS)
    assert seen(findings(wrapped, suffix=suffix)) == seen(findings(flat, suffix=suffix))


def seen(found: tuple[Finding, ...]) -> list[tuple[str, str, str, str, str]]:
    """Return what of the findings does not depend on their places."""
    return [(f.rule.id, " ".join(f.words.split()), f.severity, f.frame, f.fingerprint) for f in found]


def test_front_matter_without_copy_changes_only_places() -> None:
    text = "\n\n".join(PARAGRAPHS)
    with_front_matter = f"---\ndate: 2026-01-02\ndraft: false\n---\n\n{text}"
    before, after = findings(text), findings(with_front_matter)
    assert before
    assert seen(before) == seen(after)
    shift = len(with_front_matter) - len(text)
    assert [(f.span.start + shift, f.span.end + shift) for f in before] == [tuple(f.span) for f in after]


def test_a_claim_twice_on_a_line_is_found_twice_with_two_fingerprints() -> None:
    found = [f for f in findings("It cures gout. It cures gout.") if f.rule.id == "cure-named-disease"]
    assert [f.source.position(f.span.start).column for f in found] == [4, 19]
    assert len({f.fingerprint for f in found}) == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("It cures\ngout.", "cures\ngout", id="a soft wrap"),
        pytest.param("- It cures\n  gout.", "cures\n  gout", id="a soft wrap in a list"),
        pytest.param("> It cures\n> gout.", "cures\n> gout", id="a soft wrap in a quote"),
        pytest.param("It **cures** gout.", "cures** gout", id="bold"),
        pytest.param("It [cures](https://a.example) gout.", "cures](https://a.example) gout", id="a link"),
        pytest.param("It <b>cures</b> gout.", "cures</b> gout", id="a tag"),
        pytest.param("It cures&nbsp;gout.", "cures&nbsp;gout", id="an entity"),
        pytest.param("It cures\xa0gout.", "cures\xa0gout", id="a no-break space"),
        pytest.param("It cu\u200bres gout.", "cu\u200bres gout", id="a zero-width space"),
        pytest.param("It cu\u00adres gout.", "cu\u00adres gout", id="a soft hyphen"),
        pytest.param("It сures gout.", "сures gout", id="a Cyrillic letter"),
        pytest.param("# It cures gout", "cures gout", id="a heading"),
        pytest.param("It cures gout\n===", "cures gout", id="a setext heading"),
        pytest.param("|a|b|\n|-|-|\n|x|It cures gout|", "cures gout", id="a table"),
        pytest.param("Hm.[^1]\n\n[^1]: It cures gout.", "cures gout", id="a footnote"),
        pytest.param("![It cures gout](a.jpg)", "cures gout", id="an image's alt text"),
        pytest.param('[x](https://a.example "It cures gout")', "cures gout", id="a link's title"),
        pytest.param("---\ntitle: It cures gout\n---\n", "cures gout", id="front matter"),
        pytest.param("<div>\nIt cures gout\n</div>", "cures gout", id="an HTML block"),
        pytest.param("🌿 It cures gout.", "cures gout", id="behind an emoji"),
        pytest.param("One.\r\n\r\nIt cures\r\ngout.", "cures\r\ngout", id="CRLF"),
    ],
)
def test_a_claim_is_found_where_it_is_written(text: str, words: str) -> None:
    assert words_of("cure-named-disease", text) == [words]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param('<Card title="It cures gout" />', "cures gout", id="a prop"),
        pytest.param("<Card>\n  It cures gout\n</Card>", "cures gout", id="a child"),
    ],
)
def test_a_claim_in_mdx_is_found_where_it_is_written(text: str, words: str) -> None:
    assert words_of("cure-named-disease", text, ".mdx") == [words]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("```\nIt cures gout.\n```", id="a code block"),
        pytest.param("`It cures gout.`", id="a code span"),
        pytest.param("    It cures gout.", id="indented code"),
        pytest.param("<!-- It cures gout. -->", id="a comment"),
        pytest.param("[x](https://a.example/it-cures-gout)", id="a link's address"),
        pytest.param("<https://a.example/it-cures-gout>", id="an autolink"),
        pytest.param("It does not cure gout.", id="negated"),
        pytest.param("This product is not intended to diagnose, treat, cure, or prevent gout.", id="the disclaimer"),
        pytest.param("> The FDA warned a seller who said that it “cures gout”.", id="quoted by a regulator"),
        pytest.param("The ham is cured in salt.", id="another sense"),
    ],
)
def test_what_is_no_claim_is_silent(text: str) -> None:
    assert words_of("cure-named-disease", text) == []


def test_a_page_that_informs_is_taken_for_editorial_and_the_report_says_why() -> None:
    text = (
        "# Gout\n\nGout is a kind of arthritis. Common side effects include nausea. Researchers said in a systematic review "
        "that diet matters. See a GP if it gets worse. Do not stop your medicine without talking to your doctor.\n"
    )
    result = outcome(text, Settings())
    assert result.context == "editorial"
    assert any(reason.startswith("editorial: ") for reason in result.reasons)


def test_a_text_without_any_sign_counts_as_commercial() -> None:
    assert outcome("It rained.", Settings()).context == "commercial"


def test_the_context_can_be_pinned() -> None:
    result = outcome("Buy now for $5.", Settings(context="editorial"))
    assert (result.context, result.reasons[0]) == ("editorial", "editorial: as configured")


def test_of_rules_that_mark_the_same_words_the_most_specific_speaks() -> None:
    ids = {finding.rule.id for finding in findings("Our tea cures cancer.")}
    assert "cancer-claim" in ids
    assert "cure-named-disease" not in ids


def test_a_phrase_that_is_silent_here_hides_no_other_of_its_rule() -> None:
    assert words_of("atypical-result-testimonial", "She lost 14 kg on the shakes.") == ["lost 14 kg"]


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        pytest.param("It has no side‑effects.", "no-side-effects", "has no side‑effects", id="a non-breaking hyphen"),
        pytest.param(
            "It won’t have any side effects.", "no-side-effects", "won’t have any side effects", id="a curly apostrophe"
        ),
    ],
)
def test_a_claim_by_denial_is_found_where_it_is_written(text: str, rule: str, words: str) -> None:
    assert words_of(rule, text) == [words]


@pytest.mark.parametrize("folder", ["documents", "clean"])
def test_a_page_that_was_checked_leaves_nothing_to_collect(folder: str, root: Path) -> None:
    """The command line collects no garbage: what held on to itself would add up, page by page."""
    paths = [path for path in sorted((root / "fixtures" / folder).iterdir()) if path.suffix != ".findings"]
    pages = [(path.suffix, path.read_text("utf-8")) for path in paths]
    for suffix, text in pages:
        findings(text, Settings(), suffix)
    was_on = gc.isenabled()
    gc.disable()
    try:
        gc.collect()
        for suffix, text in pages:
            findings(text, Settings(), suffix)
        assert gc.collect() == 0
    finally:
        if was_on:
            gc.enable()
