"""The report for people."""

import re

import pytest

from healthlint.report import FileReport, Suppressed
from healthlint.reporters import Options
from healthlint.reporters import concise as concise_format
from healthlint.reporters import text as text_format
from healthlint.reporters.text import counted, first_sentence, leading_citation, summary, wrapped

from .conftest import RULE, register_of

TEXT = "# Tea\n\nOur tea cures gout in a week.\n"


def test_a_finding_is_shown_in_its_line_with_what_to_do(found, checked, report) -> None:
    finding = found(TEXT, "cures gout", related="Tea")
    lines = text_format.report(report(checked(finding, packs=("uk",))), Options())
    assert "\n".join(lines) == (
        "error[cure-named-disease]: “cures gout” promises a cure\n"
        "  --> tea.md:3:9\n"
        "   |\n"
        " 3 | Our tea cures gout in a week.\n"
        "   |         ^^^^^^^^^^\n"
        "   = see: 1:3 “Tea”: see here\n"
        "   = why: Words of cure make a product an unapproved drug, e.g. a tea.\n"
        "   = instead: Say what was studied, in whom, and what was seen\n"
        "   = law: CAP Code 12.2 (uk) https://example.com/cap\n"
        "\n"
        "1 error in 1 file"
    )


def test_what_a_page_was_read_as_is_said_once(found, checked, report) -> None:
    file = checked(
        found(TEXT, "cures"),
        found(TEXT, "gout"),
        product="food",
        context="commercial",
        reasons=("commercial: prices", "food: a shop"),
    )
    lines = list(text_format.report(report(file), Options()))
    assert lines.count("note: tea.md was read as commercial: prices; food: a shop") == 1


def test_what_a_page_was_read_as_needs_no_reasons(found, checked, report) -> None:
    file = checked(found(TEXT, "cures"), product="food", context="editorial")
    assert "note: tea.md was read as food, editorial" in text_format.report(report(file), Options())


def test_quiet_leaves_findings_alone(found, checked, report) -> None:
    lines = list(text_format.report(report(checked(found(TEXT, "cures"), product="food")), Options(quiet=True)))
    assert lines[0].startswith("error[")
    assert lines[-2:] == ["   = law: 21 CFR 101.93(g)(2)(i) (us-fda) https://example.com/cfr", ""]
    assert list(text_format.report(report(checked()), Options(quiet=True))) == []


def test_colour_adds_nothing_but_colour(found, checked, report) -> None:
    file = checked(*(found(TEXT, "cures", severity) for severity in ("error", "warning", "info")), product="food")
    plain = list(text_format.report(report(file), Options()))
    colored = list(text_format.report(report(file), Options(color=True)))
    assert plain != colored
    assert [re.sub(r"\x1b\[[\d;]*m", "", line) for line in colored] == plain


@pytest.mark.parametrize("width", [40, 80])
def test_lines_fit_the_screen(found, checked, report, width: int) -> None:
    text = TEXT.replace("gout", "gout and whatever else there is to be cured " * 9)
    file = checked(found(text, "cures gout and whatever"), product="food", reasons=("one reason", "another reason"))
    assert max(map(len, text_format.report(report(file), Options(width=width)))) <= width


def test_nothing_hostile_gets_through(found, checked, report) -> None:
    text = "::error::\x1b[31mcures ##[group]\u202egout\n"
    file = checked(found(text, "cures ##[group]\u202egout"), path="::set::\x1b##vso[x].md", product="a\x1bb")
    for module in (text_format, concise_format):
        for line in module.report(report(file), Options()):
            assert not re.search(r"[\x00-\x1f\u202e]|##(\[|vso\[)|^\s*::", line)


@pytest.mark.parametrize(
    ("files", "summary"),
    [
        pytest.param([FileReport("a.md", "checked")], "no findings in 1 file", id="clean"),
        pytest.param([], "no findings in 0 files", id="nothing at all"),
        pytest.param(
            [FileReport("a.md", "checked"), FileReport("b.md", "failed"), FileReport("c.md", "not-checked")],
            "no findings in 1 file (1 failed, 1 not checked)",
            id="files that were not checked",
        ),
        pytest.param([FileReport("a.md", "excluded")], "no findings in 0 files (1 excluded)", id="excluded"),
    ],
)
def test_the_summary_counts_files(files, summary: str, report) -> None:
    assert list(text_format.report(report(*files), Options())) == [summary]


@pytest.mark.parametrize(
    ("in_register", "in_pages", "told"),
    [
        pytest.param(0, (0, 0), "no findings in 2 files", id="nowhere"),
        pytest.param(0, (1, 0), "1 error in 1 of 2 files", id="on a page"),
        pytest.param(1, (1, 0), "2 errors in the register and 1 of 2 files", id="in both"),
        pytest.param(1, (1, 1), "3 errors in the register and 2 files", id="in all"),
        pytest.param(1, (0, 0), "1 error in the register, none in 2 files", id="in the register alone"),
    ],
)
def test_a_register_is_no_page(in_register: int, in_pages: tuple[int, ...], told: str, found, checked, report) -> None:
    finding = found(TEXT, "cures")
    pages = [checked(*[finding] * count, path=f"{number}.md") for number, count in enumerate(in_pages)]
    made = report(checked(*[finding] * in_register, path="claims.yaml"), *pages)
    assert summary(made._replace(registers=(register_of(),))) == told


def test_the_summary_counts_findings(found, checked, report) -> None:
    silenced = Suppressed(found(TEXT, "gout"), "suppression", "a reason")
    findings = [found(TEXT, "cures", severity) for severity in ("error", "error", "warning", "info")]
    files = (checked(*findings, suppressed=(silenced,)), checked(path="b.md"))
    assert list(text_format.report(report(*files), Options()))[-1] == (
        "2 errors, 1 warning, 1 info in 1 of 2 files (1 suppressed)"
    )


def test_concise_is_a_line_a_finding(found, checked, report) -> None:
    finding = found("a\r\nb 😀 cures\n", "cures", message="“cures”\n  promises")
    assert list(concise_format.report(report(checked(finding)), Options())) == [
        "tea.md:2:5: error cure-named-disease “cures” promises"
    ]


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        pytest.param("One. Two.", "One.", id="two sentences"),
        pytest.param("Under 21 U.S.C. 343 it is so. More.", "Under 21 U.S.C. 343 it is so.", id="an abbreviation"),
        pytest.param("A “cure.” Then more.", "A “cure.”", id="a quotation"),
        pytest.param("No stop\n  and a break", "No stop and a break", id="one without a stop"),
    ],
)
def test_why_is_one_sentence(why: str, sentence: str) -> None:
    assert first_sentence(why) == sentence


def test_the_law_of_a_pack_in_force_comes_first() -> None:
    assert leading_citation(RULE.law, ("uk",)) == RULE.law[1]
    assert leading_citation(RULE.law, ()) == RULE.law[0]
    assert leading_citation((), ("uk",)) is None


def test_long_words_are_not_broken() -> None:
    assert wrapped("see https://example.com/far/away now", 12, 2) == ["see", "  https://example.com/far/away", "  now"]


def test_counts_read_well() -> None:
    assert [counted(count, "file") for count in (0, 1, 2)] == ["0 files", "1 file", "2 files"]
