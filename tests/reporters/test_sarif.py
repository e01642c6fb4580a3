"""SARIF: the standard's schema, what GitHub and GitLab ask for, and GitHub's hash of lines."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.report import FileReport, Suppressed
from healthlint.reporters import Options, sarif
from healthlint.reporters._line_hash import line_hashes
from healthlint.text import Source

from .conftest import RULE, finding_in, report_on

SCHEMA = json.loads((Path(__file__).parents[1] / "data" / "formats" / "sarif-2.1.0.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)


def run_of(report, **options) -> dict:
    log = json.loads("\n".join(sarif.report(report, Options(**options))))
    VALIDATOR.validate(log)
    (run,) = log["runs"]
    return run


def test_a_log_follows_the_standard(plain, nasty) -> None:
    for report in (plain, nasty, report_on()):
        assert run_of(report)["columnKind"] == "unicodeCodePoints"


@given(st.text(), st.text(min_size=1))
def test_any_log_follows_the_standard(text: str, path: str) -> None:
    finding = finding_in(f"x{text}y", f"x{text}y", related=f"x{text}")
    run_of(report_on(FileReport(path, "checked", (finding,), (Suppressed(finding, "baseline", text),))))


def test_a_result_has_what_github_needs(plain) -> None:
    run = run_of(plain, here="/site/docs", top="/site")
    result = run["results"][0]
    assert (result["ruleId"], result["level"], len(result["locations"])) == ("cure-named-disease", "error", 1)
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "docs/posts/tea.md", "uriBaseId": "SRCROOT"}
    assert place["region"] == {
        "startLine": 3, "startColumn": 9, "endLine": 4, "endColumn": 10, "snippet": {"text": "cures gout\nin a week"}
    }  # fmt: skip
    assert set(result["partialFingerprints"]) == {"primaryLocationLineHash", "healthlint/v1"}
    assert run["automationDetails"] == {"id": "healthlint/"}


def test_a_rule_has_what_github_needs(plain) -> None:
    driver = run_of(plain)["tool"]["driver"]
    (rule,) = driver["rules"]
    assert rule["shortDescription"]["text"] == RULE.title
    assert rule["fullDescription"]["text"] == RULE.why
    assert RULE.instead in rule["help"]["text"]
    assert "[CAP Code 12.2](<https://example.com/cap>) (uk)" in rule["help"]["markdown"]
    assert rule["properties"] == {
        "tags": ["cure", "core", "us-fda", "uk"], "precision": "high", "problem.severity": "error"
    }  # fmt: skip
    assert rule["helpUri"] == "https://example.com/cfr"


def test_descriptions_are_as_short_as_github_wants(report, checked) -> None:
    rule = RULE._replace(title="t" * 2000, why="w " * 2000, law=())
    found = finding_in("gout", "gout")._replace(rule=rule)
    (made,) = run_of(report(checked(found)))["tool"]["driver"]["rules"]
    assert max(len(made[key]["text"]) for key in ("shortDescription", "fullDescription")) <= 1024
    assert "helpUri" not in made


def test_a_rule_that_says_little_is_still_one(report, checked) -> None:
    found = finding_in("gout", "gout")._replace(rule=RULE._replace(why="", instead="", rewrite="", law=()))
    (made,) = run_of(report(checked(found)))["tool"]["driver"]["rules"]
    assert made["fullDescription"] == {"text": RULE.title}
    assert made["help"] == {"text": RULE.title, "markdown": RULE.title}


@pytest.mark.parametrize(
    ("by", "kind"),
    [
        pytest.param("suppression", "inSource", id="by a comment"),
        pytest.param("baseline", "external", id="by the baseline"),
        pytest.param("claim", "external", id="by an approved claim"),
    ],
)
def test_what_was_silenced_says_by_what_and_why(by: str, kind: str, report, checked) -> None:
    text = "gout and asthma"
    file = checked(finding_in(text, "asthma"), suppressed=(Suppressed(finding_in(text, "gout"), by, "a  reason"),))
    silenced, standing = (result["suppressions"] for result in run_of(report(file))["results"])
    assert silenced == [{"kind": kind, "status": "accepted", "properties": {"by": by}, "justification": "a reason"}]
    assert standing == []


def test_findings_alone_are_without_what_was_silenced(report, checked) -> None:
    file = checked(suppressed=(Suppressed(finding_in("gout", "gout"), "suppression", "a reason"),))
    assert run_of(report(file), quiet=True)["results"] == []


def test_what_was_not_checked_is_told(plain) -> None:
    (invocation,) = run_of(plain)["invocations"]
    assert invocation["executionSuccessful"] is False
    told = [
        (note["level"], note["message"]["text"], note["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
        for note in invocation["toolExecutionNotifications"]
    ]
    assert told == [
        ("error", "x.md: a binary file, not text", "x.md"),
        ("note", "posts/tea.md:9: front matter without an end", "posts/tea.md"),
        ("note", "its language is de, not English", "y.md"),
    ]


def test_a_clean_run_is_a_success(report, checked) -> None:
    assert run_of(report(checked()))["invocations"] == [{"executionSuccessful": True}]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        pytest.param("posts/tea.md", "posts/tea.md", id="a plain one"),
        pytest.param("weird name, ü:1.md", "weird%20name,%20%C3%BC%3A1.md", id="blanks, a colon, other letters"),
        pytest.param("100%25#?.md", "100%2525%23%3F.md", id="signs with a meaning in a URI"),
        pytest.param("a\udcff.md", "a%FF.md", id="a byte that is not UTF-8"),
        pytest.param("/else/a b.md", "file:///else/a%20b.md", id="an absolute one"),
    ],
)
def test_paths_are_encoded(path: str, uri: str, report, checked) -> None:
    (result,) = run_of(report(checked(finding_in("gout", "gout"), path=path)))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_a_file_holds_no_more_than_github_takes(report, checked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "_MOST_RESULTS", 3)
    text = "a b c d e"
    findings = [
        finding_in(text, word, severity)
        for word, severity in zip("abcd", ("info", "error", "warning", "info"), strict=True)
    ]
    silenced = Suppressed(finding_in(text, "e"), "suppression", "a reason")
    run = run_of(report(checked(*findings, suppressed=(silenced,))))
    words = [result["locations"][0]["physicalLocation"]["region"]["snippet"]["text"] for result in run["results"]]
    assert words == ["a", "b", "c"]
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("2 of the mildest results were left out")


def test_a_long_stretch_has_no_snippet(report, checked) -> None:
    (result,) = run_of(report(checked(finding_in("g" * 3000, "g" * 3000))))["results"]
    assert "snippet" not in result["locations"][0]["physicalLocation"]["region"]


LINES = (
    "e9496ae3ebfced30:1 fb7c023a8b9ccb3f:1 ce8ba1a563dcdaca:1 e20e36e16fcb0cc8:1 b3edc88f2938467e:1 c8e28b0b4002a3a0:1"
)
END = "c129715d7a2bc9a3:1"


@pytest.mark.parametrize(
    ("text", "hashes"),
    [
        pytest.param("", END, id="nothing"),
        pytest.param(
            " a\nb\n  \t\tc\n d", "271789c17abda88f:1 54703d4cd895b18:1 180aee12dab6264:1 a23a3dc5e078b07b:1", id="blanks"
        ),
        pytest.param(
            " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End",
            "8b7cf3e952e7aeb2:1 b1ae1287ec4718d9:1 bff680108adb0fcc:1 c6805c5e1288b612:1 b86d3392aea1be30:1 e6ceba753e1a442:1",
            id="no line end at the end",
        ),
        pytest.param(" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", f"{LINES} {END}", id="LF"),
        pytest.param(" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", f"{LINES} {END}", id="CR"),
        pytest.param(
            " hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", f"{LINES} {END}", id="CRLF"
        ),
        pytest.param(" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", f"{LINES} {END}", id="all line ends"),
        pytest.param(
            "Lorem ipsum dolor sit amet.\n" * 10,
            " ".join(f"a7f2ff13bc495cf2:{count}" for count in range(1, 7))
            + " a7f2ff1481e87703:1 a9cf91f7bbf1862b:1 55ec222b86bcae53:1 cc97dc7b1d7d8f7b:1 " + END,
            id="lines that are alike",
        ),
    ],
)  # fmt: skip
def test_lines_have_the_hashes_that_github_publishes(text: str, hashes: str) -> None:
    assert list(line_hashes(Source("a.md", text))) == hashes.split()


def rolled(text: str) -> list[str]:
    """Return the hashes by rolling a window of 100 units over the text, as GitHub's own code goes about it."""
    data = text.encode("utf-16-le")
    units = [data[at] | data[at + 1] << 8 for at in range(0, len(data), 2)]
    window, marks, at, value, hashes, seen = [0] * 100, [False] * 100, 0, 0, [], {}
    starts, after_cr = True, False

    def step(unit: int, first: bool) -> None:
        nonlocal at, value
        if marks[at]:
            seen[value] = seen.get(value, 0) + 1
            hashes.append(f"{value:x}:{seen[value]}")
        marks[at] = first
        value = (37 * value + unit - window[at] * 37**100) % 2**64
        window[at] = unit
        at = (at + 1) % 100

    for unit in [*units, 0xFFFF]:
        if unit in (32, 9) or (after_cr and unit == 10):
            after_cr = False
            continue
        after_cr = unit == 13
        unit = 10 if after_cr else unit
        step(unit, starts)
        starts = unit == 10
    for _ in range(100):
        step(0, False)
    return hashes


@given(st.text(st.sampled_from("ab \t\n\r😀é漢\ufeff")) | st.text())
def test_hashes_are_those_of_the_rolling_window(text: str) -> None:
    assert list(line_hashes(Source("a.md", text))) == rolled(text)


@given(st.text(st.sampled_from("a \n\r")))
def test_every_line_has_a_hash(text: str) -> None:
    source = Source("a.md", text)
    assert len(line_hashes(source)) == len(source.line_starts)
