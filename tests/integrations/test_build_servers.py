"""The blocks for GitLab, Azure Pipelines and any other CI, run as their runners run them."""

import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import BAD, GOOD, ROOT, Script, Site, environment, places, read

GITLAB = read("templates/healthlint.yml")["healthlint"]
INSTALL, CHECK = GITLAB["script"][:2], GITLAB["script"][2:]
REPORTS = GITLAB["artifacts"]["reports"]
AZURE = read("integrations/azure-pipelines.yml")["steps"]
BASH, SH = ("bash", "-eo", "pipefail"), ("sh", "-e")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def job(index: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The number of a job that has installed healthlint."""
    folder = tmp_path_factory.mktemp("job")
    number = "-".join(folder.parts[-3:])
    variables = {**index, "CI_JOB_ID": number, **GITLAB["variables"]}
    for line in INSTALL:
        subprocess.run([*SH, "-c", line], cwd=folder, env=environment(**variables), check=True, capture_output=True)
    yield number
    shutil.rmtree(f"/tmp/healthlint-{number}")


@pytest.fixture
def gitlab(run_script: Script, job: str):
    """Run the other lines of the job in one shell, with its variables and those that GitLab sets."""

    def run(*shell: str, env: dict[str, str] | None = None):
        variables = {**GITLAB["variables"], "CI_JOB_ID": job, **(env or {})}
        return run_script("\n".join(CHECK), *(shell or SH), env=variables)

    return run


def issues(site: Site) -> list[str]:
    return [issue["location"]["path"] for issue in json.loads((site.folder / REPORTS["codequality"]).read_text())]


def failed(file: Path) -> int:
    return int(ElementTree.parse(file).getroot().get("failures"))


def test_gitlab_gets_its_reports_and_the_status(gitlab, site: Site) -> None:
    for shell in (SH, BASH):
        done = gitlab(*shell)
        assert (done.returncode, issues(site)) == (1, ["old.md"]), done.stderr
        assert failed(site.folder / REPORTS["junit"]) == 1
        assert places(done.stdout) == {"old.md"}
    site.write("old.md", GOOD)
    assert (gitlab().returncode, issues(site)) == (0, [])
    assert gitlab(env={"HEALTHLINT_PATHS": "old.md gone.md"}).returncode == 2
    assert gitlab(env={"HEALTHLINT_PATHS": "old.md $(touch${IFS}ran) *.md"}).returncode == 2
    assert not list(site.folder.rglob("ran"))


def test_gitlab_shows_what_a_merge_request_changes(gitlab, site: Site) -> None:
    site.git("checkout", "-q", "-b", "mine")
    site.write("mine.md", BAD)
    mine = site.commit()
    base = site.git("merge-base", "main", "mine")
    changed = {"HEALTHLINT_CHANGED_LINES": "true"}
    gitlab(env={**changed, "CI_MERGE_REQUEST_DIFF_BASE_SHA": base})
    assert issues(site) == ["mine.md"]
    gitlab(env={"CI_MERGE_REQUEST_DIFF_BASE_SHA": base})
    assert issues(site) == ["mine.md", "old.md"]
    gitlab(env=changed)
    assert issues(site) == ["mine.md", "old.md"]
    # A pipeline for merged results: the target branch has moved on, and HEAD is the merge.
    site.git("checkout", "-q", "main")
    site.write("theirs.md", BAD)
    target = site.commit()
    site.git("merge", "-q", "--no-edit", mine)
    merged = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "CI_MERGE_REQUEST_TARGET_BRANCH_SHA": target}
    gitlab(env={**changed, **merged})
    assert issues(site) == ["mine.md"]


def test_gitlab_hides_what_the_baseline_knows(gitlab, commands, site: Site) -> None:
    assert gitlab(env={"HEALTHLINT_BASELINE": "gone.jsonl"}).returncode == 2
    subprocess.run([commands / "healthlint", "baseline"], cwd=site.folder, check=True, capture_output=True)
    site.write("new.md", BAD)
    assert gitlab(env={"HEALTHLINT_BASELINE": ".healthlint-baseline.jsonl"}).returncode == 1
    assert issues(site) == ["new.md"]


def test_azure_gets_its_issues_and_its_tests(run_script: Script, tmp_path: Path) -> None:
    install, check = (step["bash"] for step in AZURE if "bash" in step)
    variables = {"AGENT_TEMPDIRECTORY": str(tmp_path)}
    assert run_script(install, "bash", "--noprofile", "--norc", env=variables).returncode == 0
    done = run_script(check, "bash", "--noprofile", "--norc", env=variables)
    assert (done.returncode, done.stdout.startswith("##vso[task.logissue type=error;sourcepath=old.md;")) == (1, True)
    (publish,) = (step["inputs"] for step in AZURE if "task" in step)
    named = publish["testResultsFiles"].replace("$(Agent.TempDirectory)", str(tmp_path))
    assert failed(Path(named)) == 1


def test_any_other_ci_gets_junit_and_the_status(run_script: Script, site: Site) -> None:
    text = (ROOT / "integrations" / "check.sh").read_text("utf-8")
    (report,) = re.findall(r"junit=(\S+)", text)
    done = run_script(text, *SH)
    assert (done.returncode, failed(site.folder / report), places(done.stdout)) == (1, 1, {"old.md"})
    assert ".healthlint-venv" not in done.stdout
