"""What becomes of a match: frames, hedges, context, product, packs, folding."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthlint.book import Book
from healthlint.book_build import build
from healthlint.config import Settings
from healthlint.judging import covers
from healthlint.linter import Linter
from healthlint.readers import ReadOptions, reader_for
from healthlint.rulebook import rule_files
from healthlint.text import Source

RULE = """\
id: {id}
title: "Praise of zorbs by {id}"
category: miracle
severity: {severity}
confidence: high
tier: extended
packs: [uk, au]
since: "0.1"
message: "“{{match}}” praises zorbs"
instead: "Say what a zorb is"
rewrite: "A zorb is round."
why: >-
  Nobody knows what a zorb is.
law:
  uk: [{{cite: "House rule 1", status: "house rule"}}]
find:
  phrases: {phrases}
{more}
examples:
  flag: ["Our [[zorbs shine]]."]
  pass: ["Zorbs are round."]
"""
FRAMES = "hedge: {clause: [(perhaps|maybe)]}\nnegate: {before: [(not|none)]}\nquestion: {before: [whether], answers: ['yes']}\n"


def book_of(folder: Path, **rules: tuple[str, str, str]) -> Book:
    """Return a book of rules alone: id to severity, phrases and further keys."""
    (folder / "lexicon").mkdir()
    (folder / "lexicon" / "frames.yaml").write_text(FRAMES, encoding="utf-8")
    for name, (severity, phrases, more) in rules.items():
        rule_id = name.replace("_", "-")
        text = RULE.format(id=rule_id, severity=severity, phrases=phrases, more=more)
        (folder / f"{rule_id}.yaml").write_text(text.replace("\n\n", "\n"), encoding="utf-8")
    return build(rule_files([str(folder)]), "")


def found(book: Book, text: str, settings: Settings = Settings(context="commercial")) -> list[tuple[str, str, str]]:  # noqa: B008
    reader = reader_for(".md")
    assert reader is not None
    outcome = Linter(book).lint(reader.read(Source("a.md", text), ReadOptions()), settings)
    return [(finding.rule.id, finding.words, finding.severity) for finding in outcome.findings]


@pytest.mark.parametrize(
    ("severity", "more", "text", "severities"),
    [
        pytest.param("error", "", "Our zorbs shine.", ["error"], id="a claim has the rule's severity"),
        pytest.param("error", "", "Perhaps our zorbs shine.", ["warning"], id="a hedge lowers it one step"),
        pytest.param("info", "", "Perhaps our zorbs shine.", [], id="a hedged info is silent"),
        pytest.param("error", "hedge: keep", "Perhaps our zorbs shine.", ["error"], id="unless the rule keeps it"),
        pytest.param(
            "error",
            "hedge: keep",
            "Do our zorbs shine? Yes.",
            ["warning"],
            id="a question that is answered is lowered anyhow",
        ),
        pytest.param("error", "", "None of our zorbs shine.", [], id="a negation is silent"),
        pytest.param(
            "error", "frames: [negate]", "None of our zorbs shine.", ["error"], id="unless the rule asks for it"
        ),
        pytest.param("error", "", "We asked whether zorbs shine.", [], id="a question is silent"),
        pytest.param(
            "info",
            "severity-by-pack: {au: error}",
            "Our zorbs shine.",
            ["error"],
            id="the strictest pack in force counts",
        ),
    ],
)
def test_the_severity_of_a_match(tmp_path: Path, severity: str, more: str, text: str, severities: list[str]) -> None:
    book = book_of(tmp_path, zorb_claim=(severity, '["zorbs ...2 shine"]', more))
    assert [found_severity for _, _, found_severity in found(book, text)] == severities


def test_a_phrase_may_keep_what_the_rule_lowers(tmp_path: Path) -> None:
    phrases = '[{phrase: "blue zorbs ...1 shine", hedge: keep}, "zorbs ...1 shine"]'
    book = book_of(tmp_path, zorb_claim=("error", phrases, ""))
    assert found(book, "Perhaps blue zorbs shine. Perhaps zorbs shine.") == [
        ("zorb-claim", "blue zorbs shine", "error"),
        ("zorb-claim", "zorbs shine", "warning"),
    ]


@pytest.mark.parametrize(
    ("context", "severities"),
    [
        pytest.param("any", ["error"], id="any: the same"),
        pytest.param("lower", ["warning"], id="lower: one step milder"),
        pytest.param("commercial", [], id="commercial: silent"),
    ],
)
def test_a_rule_on_an_editorial_page(tmp_path: Path, context: str, severities: list[str]) -> None:
    book = book_of(tmp_path, zorb_claim=("error", '["zorbs shine"]', f"context: {context}"))
    assert [s for _, _, s in found(book, "Our zorbs shine.", Settings(context="editorial"))] == severities


def test_the_more_specific_rule_speaks_for_the_one_it_folds(tmp_path: Path) -> None:
    book = book_of(
        tmp_path,
        zorb_claim=("error", '["blue zorbs shine"]', "folds: [any-claim]"),
        any_claim=("error", '["zorbs shine"]', ""),
    )
    assert [rule for rule, _, _ in found(book, "Our blue zorbs shine. Red zorbs shine.")] == ["zorb-claim", "any-claim"]


def test_a_milder_rule_folds_no_worse_one(tmp_path: Path) -> None:
    book = book_of(
        tmp_path,
        zorb_claim=("info", '["blue zorbs shine"]', "folds: [any-claim]"),
        any_claim=("error", '["zorbs shine"]', ""),
    )
    assert [rule for rule, _, _ in found(book, "Our blue zorbs shine.")] == ["zorb-claim", "any-claim"]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        pytest.param(
            "Our zorbs shine for ever.", [("zorbs shine for ever", "error")], id="the whole, as bad as its part"
        ),
        pytest.param("Our zorbs shine.", [("zorbs shine", "warning")], id="the milder by itself"),
        pytest.param(
            "Our zorbs shine, and for ever they last.",
            [("zorbs shine", "warning"), ("for ever", "error")],
            id="both where they stand apart",
        ),
        pytest.param(
            "Maybe our zorbs shine for ever.", [("zorbs shine for ever", "warning")], id="as bad as it is in its frame"
        ),
    ],
)
def test_words_that_overlap_are_one_as_bad_as_the_worst(
    tmp_path: Path, text: str, marked: list[tuple[str, str]]
) -> None:
    phrases = '["zorbs shine (for ever)? (shine)?", {phrase: "for ever", severity: error}]'
    book = book_of(tmp_path, shine=("warning", phrases, ""))
    assert [(words, severity) for _, words, severity in found(book, text)] == marked


def test_one_rule_marks_the_same_words_once(tmp_path: Path) -> None:
    book = book_of(tmp_path, zorb_claim=("error", '["zorbs shine", "zorbs shine bright"]', ""))
    assert found(book, "Our zorbs shine bright.") == [("zorb-claim", "zorbs shine bright", "error")]


@pytest.mark.parametrize(
    ("named", "product", "covered"),
    [
        pytest.param("supplement", "supplement", True, id="the same"),
        pytest.param("medicine", "medicine:rx", True, id="a class covers its parts"),
        pytest.param("medicine:rx", "medicine", False, id="a part does not cover its class"),
        pytest.param("therapeutic-good", "device", True, id="a device is a therapeutic good"),
        pytest.param("therapeutic-good", "food", False, id="a food is none"),
        pytest.param("supplement", "", False, id="no product known"),
    ],
)
def test_which_products_a_rule_is_for(named: str, product: str, covered: bool) -> None:
    assert covers(named, product) is covered


def test_a_check_that_breaks_is_told_and_the_other_rules_still_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from healthlint.checks import together

    def breaks(*_: object) -> None:
        raise ZeroDivisionError("no way")

    book = book_of(tmp_path, any_claim=("error", '["zorbs shine"]', ""), zorb_claim=("error", '["zorbs shine"]', ""))
    code = book.code["zorb-claim"]
    broken = {**book.code, "zorb-claim": code._replace(checks=(("together", ()),))}
    monkeypatch.setattr(together, "find", breaks)
    reader = reader_for(".md")
    assert reader is not None
    document = reader.read(Source("a.md", "Our zorbs shine."), ReadOptions())
    outcome = Linter(book._replace(code=broken)).lint(document, Settings(context="commercial"))
    assert [finding.rule.id for finding in outcome.findings] == ["any-claim"]
    assert "rule zorb-claim: a.md: the check 'together' broke (ZeroDivisionError: no way" in outcome.faults[0]
