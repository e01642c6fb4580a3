"""A register of approved claims, checked by itself."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from healthlint.approval import Register
from healthlint.claims_file import approvals_of
from healthlint.config import Settings
from healthlint.linter import Linter
from healthlint.marked_yaml import Faults
from healthlint.register_check import _about_words, remarks, state
from healthlint.rulebook import load_book
from healthlint.text import Source

BOOK = load_book()
LINTER = Linter(BOOK)
TODAY = "2026-11-20"
DAYS = "approved: 2026-01-01, expires: 2027-12-31"


def register(*entries: str, folder: Path | None = None) -> Register:
    """Return a register of entries, each given by its words and what differs; `folder` is where it lies."""
    usual = ("markets: [uk, eu]", "evidence: {doi: 10.1000/1}", DAYS, "rules: cure", "approver: Head of Claims")
    lines = [
        f"  - {{id: c{number}, {', '.join([entry, *(each for each in usual if each.split()[0] not in entry)])}}}\n"
        for number, entry in enumerate(entries)
    ]
    text, faults = "claims:\n" + "".join(lines), Faults("claims.yaml")
    approvals = approvals_of(text, faults, BOOK)
    assert faults.found == []
    path = str(folder / "claims.yaml") if folder else "claims.yaml"
    return Register(path, "", Source(path, text), approvals)


def told(*entries: str, folder: Path | None = None, rules: bool = False) -> list[tuple[int, bool, str]]:
    """Return line, whether it is a problem, and text; of what the rules say of the words only if asked for."""
    ours = register(*entries, folder=folder)
    found = remarks(ours, TODAY, LINTER, Settings())
    return [
        (ours.source.position(each.span.start).line, each.is_problem, each.text)
        for each in found
        if rules or "object" not in each.text
    ]


@pytest.mark.parametrize(
    ("days", "now", "found"),
    [
        pytest.param(DAYS, "in force", [], id="long to go"),
        pytest.param("approved: 2026-01-01, expires: 2026-12-20", "expires soon", [(2, False, "“c0” holds until 2026-12-20")], id="a month to go"),
        pytest.param("approved: 2026-01-01, expires: 2026-11-19", "expired", [(2, True, "“c0” held until 2026-11-19")], id="past"),
        pytest.param("approved: 2026-12-01, expires: 2027-01-31", "not yet", [(2, False, "“c0” holds from 2026-12-01 on")], id="to come"),
    ],
)  # fmt: skip
def test_days(days: str, now: str, found: list[tuple[int, bool, str]]) -> None:
    assert told(f"wording: It calms, {days}") == found
    assert state(register(f"wording: It calms, {days}").approvals[0], TODAY) == now


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        pytest.param("wording: It calms", "wording: It CALMS!", [(3, True, "“c1” approves the same words as “c0”")], id="the same words"),
        pytest.param("pattern: (it|tea) calms", "pattern: (it|tea) calms", [(3, True, "“c1” approves the same words as “c0”")], id="the same pattern"),
        pytest.param("wording: It calms", "wording: It calms dogs", [(2, False, "“c0” approves a part of “c1”")], id="a part"),
        pytest.param("wording: It calms dogs", "wording: calms", [(3, False, "“c1” approves a part of “c0”")], id="a part in the middle"),
        pytest.param(
            "wording: It calms dogs, with: {nearby: [in a trial]}", "wording: It calms",
            [(3, True, "“c1” approves a part of “c0” without its qualifier")], id="a part without the qualifier",
        ),
        pytest.param("wording: It calms", "wording: It calmed", [], id="other words"),
        pytest.param("wording: It calms", "wording: It c", [], id="a part of a word"),
        pytest.param("wording: It calms, markets: [uk]", "wording: It calms, markets: [eu]", [], id="other markets"),
        pytest.param("wording: It calms, products: [food]", "wording: It calms, products: [device]", [], id="other products"),
        pytest.param("wording: It calms, product-names: [A]", "wording: It calms, product-names: [B]", [], id="other names"),
        pytest.param("wording: It calms, products: [food]", "wording: It calms", [(3, True, "“c1” approves the same words as “c0”")], id="all products and one"),
    ],
)  # fmt: skip
def test_words_that_are_approved_twice(first: str, second: str, found: list[tuple[int, bool, str]]) -> None:
    assert told(first, second) == found


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        pytest.param(
            ["wording: It calms"] * 3,
            [(3, True, "“c1” approves the same words as “c0”"), (4, True, "“c2” approves the same words as “c0”")],
            id="each once, by the first",
        ),
        pytest.param(
            ["wording: It calms, markets: [uk]", "wording: It calms, markets: [eu]", "wording: It calms"],
            [(4, True, "“c2” approves the same words as “c0”")],
            id="by the first that is for one of its markets",
        ),
        pytest.param(
            ["wording: It calms", "wording: It calms dogs", "wording: It calms cats, with: {nearby: [in a trial]}"],
            [(2, True, "“c0” approves a part of “c2” without its qualifier, and of 1 more")],
            id="a part of several, the worst by name",
        ),
        pytest.param(
            ["wording: It calms dogs and it calms cats", "wording: It calms", "wording: it calms cats"],
            [(3, False, "“c1” approves a part of “c0”, and of 1 more"), (4, False, "“c2” approves a part of “c0”")],
            id="parts within parts",
        ),
    ],
)
def test_words_that_several_approve_are_told_once(entries: list[str], found: list[tuple[int, bool, str]]) -> None:
    assert told(*entries) == found


@pytest.mark.parametrize(
    "wording",
    [
        pytest.param("It calms dog number {n} at once", id="words that all begin alike"),
        pytest.param("It calms", id="the same words throughout"),
        pytest.param("It calms {few}", id="a few wordings many times"),
        pytest.param("It calms {n}, product-names: [N{n}]", id="a name each"),
        pytest.param("It calms, product-names: [N{n}]", id="the same words for a name each"),
    ],
)
def test_the_work_grows_with_the_register(wording: str) -> None:
    def work(size: int) -> int:
        entries = (f"wording: {wording.format(n=number, few=number % 7)}" for number in range(size))
        approvals = register("wording: calms", *entries).approvals
        lines = 0

        def count(_frame: object, event: str, _argument: object) -> object:
            nonlocal lines
            lines += event == "line"
            return count

        sys.settrace(count)
        try:
            list(_about_words(approvals))
        finally:
            sys.settrace(None)
        return lines

    # Four times the entries; were each held against each, it would be sixteen times the work.
    assert work(400) < 5 * work(100)


def test_evidence_that_is_lost(tmp_path: Path) -> None:
    entry = "wording: It calms, evidence: {file: trial.pdf}"
    assert told(entry, folder=tmp_path) == [(2, True, "“c0”: the evidence 'trial.pdf' is not there")]
    (tmp_path / "trial.pdf").touch()
    assert told(entry, folder=tmp_path) == []


@pytest.mark.parametrize(
    ("evidence", "markets", "found"),
    [
        pytest.param("licence: AUST L 123456", "[uk]", ["“c0”: AUST L 123456 is a licence for au, which is none of its markets"], id="of another country"),
        pytest.param("licence: AUST L 123456", "[uk, au]", [], id="of one of its countries"),
        pytest.param("licence: NPN 80012345", "[ca]", [], id="Canada"),
        pytest.param("licence: THR 12345/0001", "[uk]", [], id="the United Kingdom"),
        pytest.param("licence: EU/1/20/1234", "[eu]", [], id="the European Union"),
        pytest.param("doi: 10.1000/1", "[uk]", [], id="no licence"),
    ],
)  # fmt: skip
def test_a_licence_is_for_its_country(evidence: str, markets: str, found: list[str]) -> None:
    entry = f"wording: It calms, markets: {markets}, evidence: {{{evidence}}}"
    assert [text for _, is_problem, text in told(entry) if not is_problem] == found


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        pytest.param("wording: Our tea cures gout", [], id="the rule it names objects"),
        pytest.param("wording: Our tea cures gout, rules: cure-named-disease", [], id="by its id"),
        pytest.param("wording: Our tea is green", ["“c0”: no rule that it names objects to its words"], id="none does"),
        pytest.param(
            "wording: Our tea cures gout, rules: safety",
            [
                "“c0”: no rule that it names objects to its words",
                "“c0”: rules that object to its words and that it does not name: cure-named-disease",
            ],
            id="another does",
        ),
        pytest.param("pattern: our tea is green", [], id="of a pattern nothing is said"),
    ],
)
def test_the_rules_it_names_are_those_that_object(entry: str, found: list[str]) -> None:
    assert [text for _, is_problem, text in told(entry, rules=True) if not is_problem] == found
