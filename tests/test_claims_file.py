"""Registers of approved claims, read: what they may say, and every fault of one at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.approval import Register
from healthlint.book import Book
from healthlint.claims_file import approvals_of, lost_evidence, read_register
from healthlint.errors import ConfigError
from healthlint.evidence import LICENCES, Evidence
from healthlint.marked_yaml import Faults
from healthlint.rulebook import load_book
from healthlint.text import Source

ENTRY = """\
claims:
  - id: bones
    wording: >-
      Calcium is what our bones
      are made of
    evidence:
      - {url: "https://example.com/opinion", says: "the authorised list"}
      - doi: https://doi.org/10.1000/182
      - file: evidence/opinion.pdf
      - licence: AUST L 123456
    markets: [eu, us, uk]
    products: [supplement]
    product-names: [Moonleaf  Calm]
    with: {nearby: ["in a 12-week trial"]}
    rules: [structure-function-claim, cure]
    approver: Head of Regulatory Affairs
    approved: 2026-01-31
    expires: 2027-01-31
    note: Renewed.
"""


BOOK = load_book()


@pytest.fixture
def book() -> Book:
    return BOOK


def faults_of(text: str, book: Book) -> list[str]:
    faults = Faults("c.yaml", columns=True)
    approvals_of(text, faults, book)
    return faults.found


def changed(*changes: tuple[str, str]) -> str:
    text = ENTRY
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def test_an_entry_is_read_as_written(book: Book) -> None:
    faults = Faults("c.yaml")
    (approval,) = approvals_of(ENTRY, faults, book)
    assert faults.found == []
    assert approval.wording == "Calcium is what our bones are made of"
    assert approval.evidence == (
        Evidence("url", "https://example.com/opinion", "the authorised list"),
        Evidence("doi", "10.1000/182"),
        Evidence("file", "evidence/opinion.pdf"),
        Evidence("licence", "AUST L 123456"),
    )
    assert approval.markets == ("us-ftc", "us-fda", "us-state", "uk", "eu")
    assert (approval.products, approval.product_names) == (("supplement",), ("Moonleaf Calm",))
    assert approval.rules == ("structure-function-claim", "cure")
    assert approval.qualifiers == (("nearby", ("in a 12-week trial",)),)
    assert (approval.approved, approval.expires, approval.note) == ("2026-01-31", "2027-01-31", "Renewed.")
    assert ENTRY[slice(*approval.span)] == "bones"
    assert ENTRY[slice(*approval.expires_span)] == "2027-01-31"


def test_a_single_value_stands_for_a_list_of_one(book: Book) -> None:
    text = changed(("[eu, us, uk]", "eu"), ("[supplement]", "supplement"), ("[structure-function-claim, cure]", "cure"))
    (approval,) = approvals_of(text, Faults("c.yaml"), book)
    assert (approval.markets, approval.products, approval.rules) == (("eu",), ("supplement",), ("cure",))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param("    note:", "    notes:", "19:5: unknown key 'notes'; did you mean 'note'?", id="a key that is none"),
        pytest.param("id: bones", "id: Bones 1", "2:9: id 'Bones 1' must be lower-case words", id="an id"),
        pytest.param("    wording: >-", "    words: >-", "2:5: an approval needs either 'wording' or", id="no words"),
        pytest.param("    note: R", "    pattern: R", "2:5: an approval needs either 'wording' or", id="words twice"),
        pytest.param("    approver: Head of Regulatory Affairs\n", "", "2:5: missing: approver", id="no approver"),
        pytest.param("    expires: 2027-01-31\n", "", "2:5: missing: expires", id="no end"),
        pytest.param("Head of Regulatory Affairs", "jo@example.com", "16:15: 'approver' is a role", id="a person"),
        pytest.param("2027-01-31", "2027-02-30", "18:14: 'expires' is '2027-02-30': write the day as", id="no day"),
        pytest.param("2027-01-31", "31.1.2027", "18:14: 'expires' is '31.1.2027'", id="a day in another form"),
        pytest.param("2027-01-31", "2026-01-30", "18:14: it expires on 2026-01-30, before it is", id="days in disorder"),
        pytest.param("[eu, us, uk]", "[eu, france]", "11:19: 'markets' is 'france': choose us-ftc,", id="a market"),
        pytest.param("[eu, us, uk]", "[]", "11:14: 'markets' is empty", id="no market"),
        pytest.param("[eu, us, uk]", "[all]", "11:15: 'markets' is 'all'", id="all markets"),
        pytest.param("[supplement]", "[suplement]", "did you mean 'supplement'?", id="a product class"),
        pytest.param("function-claim, cure", "function-claim, cur", "'cur' is no rule or category; did you", id="a rule"),
        pytest.param("structure-function-claim, cure", "all", "15:13: 'all' is no rule or category: name each", id="all"),
        pytest.param("structure-function-claim, cure", "lint", "15:13: 'lint' watches over spelling", id="lint"),
        pytest.param(
            "structure-function-claim, cure", "expired-approval", "'expired-approval' watches over", id="a rule of lint"
        ),
        pytest.param(
            "structure-function-claim, cure", "missing-fda-disclaimer", "speaks of whole pages", id="a rule of pages"
        ),
        pytest.param("{nearby:", "{nearbye:", "14:12: unknown key 'nearbye'; did you mean 'nearby'?", id="a scope"),
        pytest.param("{nearby: [\"in a 12-week trial\"]}", "{}", "14:11: 'with' names no scope", id="no scope"),
        pytest.param('nearby: ["in a 12-week trial"]', "nearby: []", "14:20: 'nearby' is empty", id="a scope of nothing"),
        pytest.param("[Moonleaf  Calm]", "[®]", "13:21: '®' holds no word", id="a name without a word"),
        pytest.param("in a 12-week trial", "in a (trial", "14:21: phrase 'in a (trial' has a '('", id="a phrase"),
        pytest.param("in a 12-week trial", "... trial", "begins or ends with a gap", id="a phrase that begins in a gap"),
        pytest.param(
            "nearby: [\"in a 12-week trial\"]", "document: [\"in adults if tired\"]",
            "14:23: phrase 'in adults if tired' goes on over 'if', where a clause begins", id="a phrase that no clause can hold",
        ),
        pytest.param("in a 12-week trial", "in {conditon}", "no slot 'conditon'; did you mean 'condition'?", id="a slot"),
        pytest.param("doi: https://doi.org/10.1000/182", "doi: 10.x", "8:14: '10.x' is no DOI such as", id="a DOI"),
        pytest.param("https://example.com/opinion", "example.com", "7:15: 'example.com' is no address", id="an address"),
        pytest.param("AUST L 123456", "AUST L12", "10:18: 'AUST L12' is no licence number such as", id="a licence"),
        pytest.param("evidence/opinion.pdf", "/etc/passwd", "9:15: '/etc/passwd' is no path as seen", id="a whole path"),
        pytest.param("evidence/opinion.pdf", "C:\\x.pdf", "is no path as seen", id="a path of Windows"),
        pytest.param("- doi: https://doi.org/10.1000/182", "- 10.1000/182", "write 'doi: 10.1000/182'", id="bare evidence"),
        pytest.param("doi: https", "pdf: https", "8:9: unknown key 'pdf'", id="another kind of evidence"),
        pytest.param("says:", "doi:", "evidence is one of doi, url, file, licence", id="two kinds at once"),
        pytest.param("      Calcium is what our bones\n      are made of", "      …", "3:14: 'wording' holds no word", id="no word"),
        pytest.param("claims:", "claim:", "1:1: unknown key 'claim'; did you mean 'claims'?", id="the top key"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place(old: str, new: str, fault: str, book: Book) -> None:
    found = faults_of(changed((old, new)), book)
    assert any(fault in each for each in found), found
    assert all(each.startswith("c.yaml:") for each in found)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("", "c.yaml:1:1: the register is empty", id="an empty file"),
        pytest.param("# nothing yet\n", "c.yaml:1:1: the register is empty", id="comments alone"),
        pytest.param("claims:\n", "c.yaml:1:8: 'claims' is empty: write 'claims: []'", id="no entry"),
        pytest.param("claims: bones", "c.yaml:1:9: 'claims' must be a list, not a text", id="no list"),
        pytest.param("claims: [bones]", "c.yaml:1:10: 'entry' must be a mapping, not a text", id="an entry of words"),
        pytest.param("- id: bones", "c.yaml:1:1: 'register' must be a mapping, not a list", id="a list at the top"),
        pytest.param("claims: [", "c.yaml:2:1: not YAML", id="no YAML"),
        pytest.param("claims: &a [*a]", "stands inside of itself", id="a value that holds itself"),
    ],
)
def test_what_is_no_register_is_refused(text: str, fault: str, book: Book) -> None:
    found = faults_of(text, book)
    assert len(found) == 1
    assert fault in found[0]


def test_a_qualifier_beside_the_claim_may_go_on_over_a_clause(book: Book) -> None:
    assert faults_of(changed(("in a 12-week trial", "in adults if tired")), book) == []


def test_an_empty_list_is_a_register(book: Book) -> None:
    assert faults_of("claims: []\n", book) == []


def test_all_faults_are_named_at_once(book: Book) -> None:
    text = changed(("[eu, us, uk]", "[france]"), ("[supplement]", "[soap]"), ("2027-01-31", "soon"), ("10.1000", "10"))
    assert len(faults_of(text, book)) == 4


def test_an_id_stands_once(book: Book) -> None:
    again = ENTRY + ENTRY.partition("\n")[2]
    assert faults_of(again, book) == ["c.yaml:20:9: id 'bones' stands twice; the first is in line 2"]


def test_a_gap_in_a_pattern_is_refused(book: Book) -> None:
    text = ENTRY.replace("wording: >-\n      Calcium is what our bones\n      are made of", "pattern: {}")
    for pattern in ("calcium ... bones", "calcium (is|...3 was) good"):
        (fault,) = faults_of(text.replace("{}", f'"{pattern}"'), book)
        assert "has a gap '...', which would approve words that nobody has seen" in fault
    assert faults_of(text.replace("{}", '"(calcium|zinc) <heal> (the)? {condition}"'), book) == []


@pytest.mark.parametrize("number", LICENCES)
def test_a_licence_number_may_be_like(number: str, book: Book) -> None:
    assert faults_of(changed(("AUST L 123456", number)), book) == []


def test_a_register_is_read_from_its_file(tmp_path: Path, book: Book) -> None:
    path = tmp_path / "claims.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + ENTRY.replace("\n", "\r\n").encode())
    register = read_register(str(path), book)
    assert register.path == path.as_posix()
    assert register.digest.startswith("sha256:")
    approval = register.get("bones")
    assert approval is not None
    assert register.source.text[slice(*approval.expires_span)] == "2027-01-31"
    assert [text for _, text in lost_evidence(register)] == [
        "“bones”: the evidence 'evidence/opinion.pdf' is not there"
    ]
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "opinion.pdf").touch()
    assert list(lost_evidence(register)) == []


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        pytest.param(None, "there is no such register of approved claims", id="no file"),
        pytest.param(b"claims: \xff\n", "not UTF-8", id="no text"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(content: bytes | None, fault: str, tmp_path: Path, book: Book) -> None:
    path = tmp_path / "claims.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match=fault):
        read_register(str(path), book)


@given(st.text())
def test_whatever_a_register_holds_it_is_read_or_refused(text: str) -> None:
    faults = Faults("c.yaml", columns=True)
    approvals = approvals_of(text, faults, BOOK)
    assert faults.found or Register("c.yaml", "", Source("c.yaml", text), approvals).get("") is None
