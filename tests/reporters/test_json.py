"""The report for programs."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import healthlint.reporters.json as json_format
from healthlint.report import FileReport, Suppressed
from healthlint.reporters import Options

from .conftest import finding_in, report_on

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "src" / "healthlint" / "schema" / "report-1.schema.json").read_text("utf-8")
)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def parsed(report):
    written = "\n".join(json_format.report(report, Options()))
    made = json.loads(written)
    VALIDATOR.validate(made)
    return made


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_a_finding_has_all_its_fields(found, checked, report) -> None:
    text = "\ufeff😀 one\r\nTea cures\r\ngout.\r\n"
    made = parsed(report(checked(found(text, "cures\r\ngout", related="one"), packs=("uk",))))
    assert made["findings"] == [
        {
            "path": "tea.md", "rule": "cure-named-disease", "category": "cure", "severity": "error",
            "confidence": "high", "message": "“cures\r\ngout” promises a cure",
            "instead": "Say what was studied, in whom, and what was seen",
            "why": "Words of cure make a product an unapproved drug, e.g. a tea. That is the law.",
            "law": [{"pack": "uk", "cite": "CAP Code 12.2", "url": "https://example.com/cap"}],
            "match": "cures\r\ngout", "frame": "assert",
            "line": 2, "column": 5, "end_line": 3, "end_column": 5, "start": 12, "end": 23,
            "related": [
                {"line": 1, "column": 4, "end_line": 1, "end_column": 7, "start": 3, "end": 6, "message": "see here"}
            ],
            "fingerprint": "0" * 32,
        }
    ]  # fmt: skip
    assert text[12:23] == "cures\r\ngout"


def test_the_rest_of_the_report_is_there(found, checked, report) -> None:
    silenced = Suppressed(found("gout", "gout"), "suppression", "a reason")
    made = parsed(
        report(
            checked(found("gout", "gout", "warning"), suppressed=(silenced,), product="food", context="editorial"),
            FileReport("x.md", "failed", error="x.md: a binary file, not text"),
            FileReport("y.md", "not-checked", reasons=("its language is de",)),
        )
    )
    del made["findings"]
    assert made == {
        "version": 1,
        "healthlint": "0.1.0",
        "rules": "sha256:" + "0" * 64,
        "today": "2026-11-20",
        "files": [
            {"path": "tea.md", "status": "checked", "product": "food", "context": "editorial", "reasons": []},
            {"path": "x.md", "status": "failed", "product": "", "context": "", "reasons": []},
            {
                "path": "y.md", "status": "not-checked", "product": "", "context": "",
                "reasons": ["its language is de"],
            },
        ],
        "approved": [],
        "failures": [{"path": "x.md", "error": "x.md: a binary file, not text"}],
        "stale": [],
        "summary": {"error": 0, "warning": 1, "info": 0, "approved": 0, "suppressed": 1, "files": 1},
    }  # fmt: skip


def test_an_approved_claim_is_told_with_its_evidence(plain) -> None:
    made = parsed(plain)
    (approved,) = made["approved"]
    assert (approved["match"], approved["rule"]) == ("heals", "cure-named-disease")
    assert approved["approvals"] == [
        {
            "id": "tea-gout",
            "evidence": [
                {"kind": "doi", "text": "10.1000/182", "says": ""},
                {"kind": "file", "text": "evidence/trial.pdf", "says": "40 adults"},
            ],
            "markets": ["us-fda", "uk"], "approver": "Head of Regulatory Affairs",
            "approved": "2026-01-31", "expires": "2027-01-31", "note": "With meals.",
        }
    ]  # fmt: skip
    assert (made["summary"]["approved"], made["summary"]["suppressed"]) == (1, 1)


def test_a_rule_without_a_pack_in_force_shows_all_its_law(found, checked, report) -> None:
    made = parsed(report(checked(found("gout", "gout"), packs=("au",))))
    assert [law["pack"] for law in made["findings"][0]["law"]] == ["us-fda", "uk"]


def test_an_empty_report_is_valid(report) -> None:
    assert parsed(report())["findings"] == []


@given(st.text(), st.text(min_size=1))
def test_any_text_comes_through_whole_and_in_ascii(message: str, text: str) -> None:
    finding = finding_in(text, text, message=message or "x")
    report = report_on(FileReport(text, "checked", (finding,)))
    written = "\n".join(json_format.report(report, Options()))
    assert written.isascii()
    assert "##" not in written
    made = json.loads(written)["findings"][0]
    assert (made["match"], made["message"], made["path"]) == (text, message or "x", text)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        pytest.param({"version": 2}, "1 was expected", id="another version"),
        pytest.param({"more": 1}, "Additional properties", id="one key more"),
        pytest.param({"today": "soon"}, "does not match", id="no day"),
    ],
)
def test_the_schema_refuses_what_is_not_meant(change, error: str, report) -> None:
    made = {**parsed(report()), **change}
    with pytest.raises(jsonschema.ValidationError, match=error):
        VALIDATOR.validate(made)
