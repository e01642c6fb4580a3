"""JUnit and Checkstyle, read with parsers that are not ours."""

import shutil
import subprocess
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.report import FileReport
from healthlint.reporters import Options, checkstyle, junit
from healthlint.reporters._xml import escaped

from .conftest import finding_in, report_on


def written(module, report) -> str:
    return "\n".join(module.report(report, Options()))


def parsed(module, report) -> ElementTree.Element:
    return ElementTree.fromstring(written(module, report))


@pytest.mark.parametrize("module", [junit, checkstyle])
@given(text=st.text(), path=st.text(st.characters(codec=None), min_size=1))
def test_any_text_makes_xml(module, text: str, path: str) -> None:
    finding = finding_in(f"x{text}", f"x{text}", message=text)
    parsed(module, report_on(FileReport(path, "checked", (finding,)), FileReport(path, "failed", error=text)))


@pytest.mark.parametrize("module", [junit, checkstyle])
def test_xmllint_takes_it(module, plain, nasty) -> None:
    if shutil.which("xmllint") is None:
        pytest.skip("xmllint is not installed")
    for report in (plain, nasty):
        made = written(module, report).encode()
        done = subprocess.run(["xmllint", "--noout", "-"], input=made, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")


@given(st.text())
def test_text_comes_back_as_it_was_shown(text: str) -> None:
    from healthlint.reporters._safe import neutralise

    shown = neutralise(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    assert (ElementTree.fromstring(f"<a>{escaped(text)}</a>").text or "") == shown
    assert ElementTree.fromstring(f'<a b="{escaped(text)}"/>').get("b") == shown


def test_suites_and_cases_are_counted(plain) -> None:
    root = parsed(junit, plain)
    suites = list(root)
    assert [suite.get("name") for suite in suites] == ["posts/tea.md", "posts/water.md", "x.md", "y.md"]
    for counter, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
        assert [int(suite.get(counter)) for suite in suites] == [len(list(suite.iter(tag))) for suite in suites]
        assert int(root.get(counter)) == len(list(root.iter(tag)))
    assert [int(suite.get("skipped")) for suite in suites] == [0, 0, 0, 1]


def test_cases_have_names_of_their_own(report, checked) -> None:
    text = "gout and gout"
    second = finding_in(text, "gout")._replace(span=finding_in(text[1:], "gout").span)
    names = [
        case.get("name") for case in parsed(junit, report(checked(finding_in(text, "gout"), second))).iter("testcase")
    ]
    assert names == ["cure-named-disease 1:1", "cure-named-disease 1:9"]


@pytest.mark.parametrize(
    ("fail_on", "failures"),
    [
        pytest.param("error", ["error"], id="errors"),
        pytest.param("warning", ["error", "warning"], id="warnings"),
        pytest.param("info", ["error", "warning", "info"], id="all"),
        pytest.param("never", [], id="nothing"),
    ],
)
def test_a_case_fails_where_the_run_must(fail_on: str, failures: list[str], report, checked) -> None:
    findings = [finding_in("gout", "gout", severity) for severity in ("error", "warning", "info")]
    root = parsed(junit, report(checked(*findings, fail_on=fail_on)))
    assert [failure.get("type") for failure in root.iter("failure")] == failures
    assert len(list(root.iter("system-out"))) == 3 - len(failures)


def test_what_was_excluded_is_no_suite(report) -> None:
    assert list(parsed(junit, report(FileReport("a.md", "excluded")))) == []


def test_checkstyle_lists_files_and_their_errors(plain) -> None:
    root = parsed(checkstyle, plain)
    assert [file.get("name") for file in root] == ["posts/tea.md", "posts/water.md", "x.md"]
    assert [error.attrib for error in root[0]][1] == {
        "line": "4", "column": "17", "severity": "warning", "message": "“heals asthma” promises a cure",
        "source": "healthlint.cure.cure-named-disease",
    }  # fmt: skip
    assert root[2][0].get("source") == "healthlint.not-checked"
