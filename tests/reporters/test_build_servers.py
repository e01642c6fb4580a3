"""What GitHub Actions, GitLab, Azure Pipelines and TeamCity are told."""

import json
import re
from pathlib import Path

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from healthlint.report import FileReport, Report
from healthlint.reporters import Options, azure, github, gitlab, teamcity
from healthlint.rule import SEVERITIES

from .conftest import finding_in, report_on

GITLAB = json.loads(
    (Path(__file__).parents[1] / "data" / "formats" / "gitlab-code-quality.schema.json").read_text("utf-8")
)
VALIDATOR = jsonschema.Draft202012Validator(GITLAB)
OPTIONS = Options(here="/site/docs", top="/site")


def many(**counts: int) -> Report:
    """Return a report on a file with so many findings of each severity, the mildest first."""
    text = "gout " * sum(counts.values())
    severities = [severity for severity in SEVERITIES for _ in range(counts.get(severity, 0))]
    return report_on(FileReport("a.md", "checked", tuple(finding_in(text, "gout", each) for each in severities)))


def test_the_gitlab_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(GITLAB)


def test_annotations_come_worst_first_and_no_more_than_are_shown() -> None:
    lines = list(github.report(many(info=3, warning=12, error=11), OPTIONS))
    kinds = [line.split(" ")[0] for line in lines]
    assert kinds[:23] == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"] * 3
    assert lines[23] == "::group::3 findings more than GitHub shows as annotations"
    assert kinds[24:] == ["error", "warning", "warning", "::endgroup::"]
    assert lines[24] == "error a.md:1:1: “gout” promises a cure (cure-named-disease)"


def test_failures_take_their_place_among_the_errors() -> None:
    failed = [FileReport(f"{number}.md", "failed", error=f"{number}.md: gone") for number in range(4)]
    report = report_on(*failed, *many(error=11).files)
    lines = list(github.report(report, OPTIONS))
    assert [line.startswith("::error") for line in lines[:10]] == [True] * 10
    assert lines[0] == "::error file=docs/0.md,title=healthlint could not check this::0.md: gone"
    assert lines[10].startswith("::group::5 findings more")
    assert sum(line.startswith("::error") for line in lines) == 10
    failed = [FileReport(f"{number}.md", "failed", error=f"{number}.md: gone") for number in range(12)]
    lines = list(github.report(report_on(*failed), OPTIONS))
    assert lines[10:] == [
        "::group::2 findings more than GitHub shows as annotations", "error 10.md: gone", "error 11.md: gone", "::endgroup::"
    ]  # fmt: skip


def test_an_annotation_without_words_has_a_place(report, checked) -> None:
    (line,) = github.report(report(checked(finding_in("", ""))), OPTIONS)
    assert "line=1,endLine=1,col=1,endColumn=1," in line


def test_all_is_well_in_silence(report, checked) -> None:
    for module in (github, azure, teamcity):
        assert list(module.report(report(checked()), OPTIONS)) == []
    assert list(gitlab.report(report(checked()), OPTIONS)) == ["[]"]


def issues(report) -> list:
    made = json.loads("\n".join(gitlab.report(report, OPTIONS)))
    VALIDATOR.validate(made)
    return made


def test_gitlab_reads_every_issue(plain, nasty) -> None:
    assert [(issue["severity"], issue["location"]["path"]) for issue in issues(plain)] == [
        ("blocker", "docs/x.md"), ("major", "docs/posts/tea.md"), ("minor", "docs/posts/tea.md")
    ]  # fmt: skip
    assert len(issues(nasty)) == 4


@given(st.lists(st.tuples(st.sampled_from(["a.md", "b.md"]), st.sampled_from(["gout", "asthma"]))))
def test_no_two_issues_are_taken_for_one(found: list[tuple[str, str]]) -> None:
    files = [FileReport(path, "checked", (finding_in("gout asthma", words),)) for path, words in found]
    files += [FileReport("c.md", "failed", error="c.md: gone")] * 2
    prints = [issue["fingerprint"] for issue in issues(report_on(*files))]
    assert len(set(prints)) == len(prints)


def test_an_issue_keeps_its_fingerprint_when_text_moves(report, checked) -> None:
    one, two = (issues(report(checked(finding_in(text, "gout")))) for text in ("gout", "# Tea\n\nNow: gout"))
    assert one[0]["fingerprint"] == two[0]["fingerprint"]
    assert one[0]["location"] != two[0]["location"]


def test_azure_logs_what_is_for_information_only() -> None:
    lines = list(azure.report(many(info=1, warning=1, error=1), OPTIONS))
    assert [re.match(r"##vso\[task\.logissue type=(\w+)", line)[1] for line in lines[:2]] == ["error", "warning"]
    assert lines[2] == "a.md:1:1: info cure-named-disease “gout” promises a cure"


def test_teamcity_knows_a_rule_before_its_findings() -> None:
    lines = list(teamcity.report(many(info=2, error=1), OPTIONS))
    assert [line.partition(" ")[0] for line in lines] == ["##teamcity[inspectionType"] + ["##teamcity[inspection"] * 3
    assert [re.search(r"SEVERITY='(\w+)'", line)[1] for line in lines[1:]] == ["INFO", "INFO", "ERROR"]
