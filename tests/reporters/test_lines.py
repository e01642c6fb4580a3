"""Formats of rows: JSON lines, RDJSON, CSV."""

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.report import FileReport, Stale, Suppressed
from healthlint.reporters import Options, jsonl, rdjson, rdjsonl
from healthlint.reporters import csv as csv_format
from healthlint.reporters import json as json_format

from .conftest import finding_in, report_on

FOLDER = Path(__file__).parents[2] / "src" / "healthlint" / "schema"
LINES = json.loads((FOLDER / "report-lines-1.schema.json").read_text("utf-8"))
WHOLE = json.loads((FOLDER / "report-1.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(LINES)


def objects(report) -> list[dict]:
    made = [json.loads(line) for line in jsonl.report(report, Options())]
    for each in made:
        VALIDATOR.validate(each)
    return made


def test_the_schema_of_lines_is_one_and_agrees_with_that_of_the_whole() -> None:
    jsonschema.Draft202012Validator.check_schema(LINES)
    ours, theirs = LINES["$defs"], WHOLE["$defs"]
    finding = {"kind": {"const": "finding"}, **theirs["finding"]["properties"]}
    assert ours["finding"]["properties"] == finding
    assert {key: ours["suppressed"]["properties"].get(key) for key in theirs["finding"]["properties"]} == (
        theirs["finding"]["properties"]
    )
    assert ours["law"] == theirs["law"]
    approved = {**theirs["approved"]["properties"], "kind": {"const": "approved"}}
    assert ours["approved"]["properties"] == approved
    assert ours["approval"] == theirs["approval"]
    stale = {"kind": {"const": "stale"}, **WHOLE["properties"]["stale"]["items"]["properties"]}
    assert ours["stale"]["properties"] == stale
    assert set(ours["file"]["properties"]) == {"kind", "error", *theirs["file"]["properties"]}
    assert set(ours["summary"]["properties"]) == {"kind", *WHOLE["properties"]["summary"]["properties"]}


def test_lines_tell_all_there_is(plain, nasty) -> None:
    assert [line["kind"] for line in objects(plain)] == [
        "report", "file", "finding", "finding", "approved", "suppressed", "file", "file", "file", "summary"
    ]  # fmt: skip
    assert objects(plain)[5]["reason"] == "quoted"
    assert objects(plain)[4]["approvals"][0]["id"] == "tea-gout"
    assert objects(plain)[7]["error"] == "x.md: a binary file, not text"
    assert len(objects(nasty)) == 11


def test_what_is_stale_is_told_before_the_counts(plain) -> None:
    old = Stale("gone.md", "cure-named-disease", "0" * 32, 2)
    told = {"path": "gone.md", "rule": "cure-named-disease", "fingerprint": "0" * 32, "count": 2}
    assert objects(plain._replace(stale=(old,)))[-2] == {"kind": "stale", **told}
    whole = json.loads("\n".join(json_format.report(plain._replace(stale=(old,)), Options())))
    jsonschema.Draft202012Validator(WHOLE).validate(whole)
    assert whole["stale"] == [told]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"kind": "other"}, id="another kind"),
        pytest.param({"more": 1}, id="one key more"),
        pytest.param({"severity": "bad"}, id="another severity"),
    ],
)
def test_the_schema_of_lines_refuses_what_is_not_meant(change, plain) -> None:
    line = {**objects(plain)[2], **change}
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(line)


def test_reviewdog_gets_the_same_in_one_object_and_in_lines(plain) -> None:
    whole = json.loads("\n".join(rdjson.report(plain, Options())))
    lines = [json.loads(line) for line in rdjsonl.report(plain, Options())]
    assert whole["source"] == {"name": "healthlint"}
    assert [{**each, "source": whole["source"]} for each in whole["diagnostics"]] == lines
    assert lines[1] == {
        "message": (
            "“`cures gout in a week`” promises a cure\n\nInstead: Say what was studied, in whom, and what was seen\n\n"
            "Law: [21 CFR 101.93(g)(2)(i)](<https://example.com/cfr>) (us-fda)"
        ),
        "location": {
            "path": "posts/tea.md", "range": {"start": {"line": 3, "column": 9}, "end": {"line": 4, "column": 10}}
        },
        "severity": "ERROR", "code": {"value": "cure-named-disease", "url": "https://example.com/cfr"},
        "source": {"name": "healthlint"},
    }  # fmt: skip


def test_no_diagnostics_are_a_list_too(report, checked) -> None:
    assert json.loads("\n".join(rdjson.report(report(checked()), Options())))["diagnostics"] == []


def rows(report) -> list[dict[str, str]]:
    text = "\n".join(csv_format.report(report, Options()))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:]), strict=True))


def test_a_row_has_what_the_column_says(plain) -> None:
    found, _, approved, silenced, failed, left_out = rows(plain)
    assert (found["path"], found["line"], found["status"], found["severity"]) == ("posts/tea.md", "3", "found", "error")
    assert (found["law"], found["pack"], found["url"]) == (
        "21 CFR 101.93(g)(2)(i)",
        "us-fda",
        "https://example.com/cfr",
    )
    assert approved["status"] == "approved"
    assert approved["reason"].startswith("tea-gout: doi:10.1000/182, evidence/trial.pdf; approved by ")
    assert (silenced["status"], silenced["reason"]) == ("suppression", "quoted")
    assert (failed["status"], failed["reason"]) == ("failed", "x.md: a binary file, not text")
    assert (left_out["status"], left_out["reason"]) == ("not-checked", "its language is de, not English")


@pytest.mark.parametrize(
    "words", ["=1+1", "+1", "-1", "@x", "|x", "%x", "＝1", "＋1", "－1", "＠x", " =1", "\t=1", "\r\n=1"]
)
def test_a_cell_that_might_be_a_formula_is_text(words: str, report, checked) -> None:
    (row,) = rows(report(checked(finding_in(words, words, message=words))))
    assert (row["words"][0], row["message"][0]) == ("'", "'")


@given(st.text(min_size=1), st.text(), st.text(min_size=1))
def test_any_text_stays_in_its_cell(text: str, reason: str, path: str) -> None:
    finding = finding_in(text, text)
    file = FileReport(path, "checked", (finding,), (Suppressed(finding, "baseline", reason),))
    made = rows(report_on(file))
    assert len(made) == 2
    assert all(None not in row and None not in row.values() for row in made)


def test_a_path_keeps_its_blanks(report, checked) -> None:
    (row,) = rows(report(checked(finding_in("gout", "gout"), path="a  b.md")))
    assert row["path"] == "a  b.md"


def test_a_rule_without_law_leaves_cells_empty(report, checked) -> None:
    finding = finding_in("gout", "gout")
    (row,) = rows(report(checked(finding._replace(rule=finding.rule._replace(law=())))))
    assert (row["law"], row["pack"], row["url"]) == ("", "", "")
