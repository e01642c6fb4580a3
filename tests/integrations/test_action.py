"""The composite action: its steps, run as a runner of GitHub runs them, and what it is made of."""

import json
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from .conftest import BAD, GOOD, Script, Site, environment, places, read

ACTION = read("action.yml")
INSTALL, CHECK, UPLOAD = ACTION["runs"]["steps"]
EXPRESSION = re.compile(r"\$\{\{ inputs\.([\w-]+) \}\}")
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail")


def told(step: dict, **inputs: str) -> dict[str, str]:
    """Return the environment of a step; an input is what the workflow gives, or its default."""
    given = {key.replace("_", "-"): value for key, value in inputs.items()}
    values = {name: given.pop(name, about.get("default", "")) for name, about in ACTION["inputs"].items()}
    assert given == {}
    return {key: EXPRESSION.sub(lambda match: values[match[1]], text) for key, text in step["env"].items()}


class Runner(NamedTuple):
    """A runner on which the action has been installed."""

    temp: Path
    action: Path

    def variables(self, folder: Path) -> dict[str, str]:
        return {
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_ACTION_PATH": str(self.action),
            "GITHUB_OUTPUT": str(folder / "output"),
            "GITHUB_STEP_SUMMARY": str(folder / "summary"),
        }


@pytest.fixture(scope="module")
def runner(checkout: Path, index: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """One runner for all these tests: the installation takes seconds."""
    runner = Runner(tmp_path_factory.mktemp("runner temp"), checkout)
    folder = tmp_path_factory.mktemp("repository")
    # What a page's author could put in the way of Python's own modules.
    for name in ("venv", "ensurepip", "pip"):
        (folder / f"{name}.py").write_text("raise SystemExit('a module of the repository was run')\n", "utf-8")
    (folder / "script").write_text(INSTALL["run"], "utf-8")
    done = subprocess.run(
        [*BASH, "script"], cwd=folder, env=environment(**index, **told(INSTALL), **runner.variables(folder)),
        text=True, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert (done.stdout, done.stderr) == ("", "")
    return runner


class Checked(NamedTuple):
    """What the step that checks came to."""

    status: int
    out: str
    err: str
    outputs: dict[str, str]
    summary: str


@pytest.fixture
def check(runner: Runner, run_script: Script, tmp_path: Path):
    """Run the step that checks, with these inputs."""

    def run(env: dict[str, str] | None = None, **inputs: str) -> Checked:
        for name in ("output", "summary"):
            (tmp_path / name).write_text("")
        variables = {**told(CHECK, **inputs), **runner.variables(tmp_path), **(env or {})}
        done = run_script(CHECK["run"], *BASH, env=variables)
        outputs = dict(line.split("=", 1) for line in (tmp_path / "output").read_text().splitlines())
        return Checked(done.returncode, done.stdout, done.stderr, outputs, (tmp_path / "summary").read_text())

    return run


def found(sarif: str) -> list[str]:
    """Return the pages in which there are findings."""
    results = json.loads(Path(sarif).read_text("utf-8"))["runs"][0]["results"]
    return [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results]


@pytest.mark.slow
def test_one_run_annotates_sums_up_and_writes_sarif(check, runner) -> None:
    done = check()
    assert (done.status, done.outputs["status"]) == (1, "1")
    assert done.out.startswith("::error file=old.md,line=3,endLine=3,")
    assert "## healthlint: 1 error in 1 file" in done.summary
    assert done.outputs["sarif"] == str(runner.temp / "healthlint.sarif")
    assert found(done.outputs["sarif"]) == ["old.md"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("inputs", "status"),
    [
        pytest.param({}, 1, id="findings"),
        pytest.param({"paths": "good.md"}, 0, id="none"),
        pytest.param({"args": "--exit-zero"}, 0, id="findings that are let pass"),
        pytest.param({"args": "--fail-on=never\n--ignore=no-side-effects"}, 0, id="two options"),
        pytest.param({"paths": "gone.md"}, 2, id="a page that is not there"),
        pytest.param({"args": "--no-such-option"}, 2, id="an option that there is not"),
        pytest.param({"baseline": "gone.jsonl"}, 2, id="a baseline that is not there"),
        pytest.param({"diff": "nowhere"}, 2, id="a commit that is not there"),
    ],
)
def test_its_status_is_that_of_healthlint(inputs, status, check, site: Site) -> None:
    site.write("good.md", GOOD)
    done = check(**inputs)
    assert (done.status, done.outputs["status"]) == (status, str(status)), done.out + done.err


@pytest.mark.slow
def test_no_report_of_an_earlier_step_is_sent(check) -> None:
    assert "sarif" in check().outputs
    assert "sarif" not in check(args="--no-such-option").outputs


@pytest.mark.slow
def test_paths_are_words_whatever_is_in_them(check, site: Site) -> None:
    odd = "posts/$(touch ran) `touch ran`; touch ran & 'x' \"y\" *.md"
    for name in (odd, "-n.md", "new.md"):
        site.write(name, BAD)
    done = check(paths=f"\n  {odd}\n-n.md\n")
    assert (done.status, sorted(places(done.out) - {"old.md"})) == (1, ["-n.md"])
    assert len(found(done.outputs["sarif"])) == 2
    assert not list(site.folder.rglob("ran"))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["args", "baseline", "diff", "upload_sarif", "paths"])
def test_no_input_is_run(name, check, site: Site) -> None:
    check(**{name: "$(touch ran); touch ran; `touch ran` && touch ran #"})
    check(**{name: "'; touch ran; '"})
    check(**{name: "--help"})
    assert not list(site.folder.rglob("ran"))


@pytest.mark.slow
def test_a_baseline_hides_what_it_knows(check, commands, site: Site) -> None:
    subprocess.run([commands / "healthlint", "baseline"], cwd=site.folder, check=True, capture_output=True)
    assert check(baseline=".healthlint-baseline.jsonl").status == 0
    site.write("new.md", BAD)
    done = check(baseline=".healthlint-baseline.jsonl")
    assert (done.status, places(done.out)) == (1, {"new.md"})


@pytest.mark.slow
def test_in_a_pull_request_auto_shows_what_it_changes(check, site: Site) -> None:
    """HEAD is the merge that GitHub makes of a pull request, and `main` has moved on meanwhile."""
    site.git("checkout", "-q", "-b", "mine")
    site.write("mine.md", BAD)
    site.commit()
    site.git("checkout", "-q", "main")
    site.write("theirs.md", BAD)
    site.commit()
    site.git("update-ref", "refs/remotes/origin/main", "main")
    site.git("checkout", "-q", "--detach", "main")
    site.git("merge", "-q", "--no-edit", "mine")
    pull_request = {"GITHUB_BASE_REF": "main"}
    assert places(check(pull_request, diff="auto").out) == {"mine.md"}
    assert places(check(diff="auto").out) == {"mine.md", "old.md", "theirs.md"}
    assert places(check(pull_request).out) == {"mine.md", "old.md", "theirs.md"}
    assert places(check(diff="HEAD~1").out) == {"mine.md"}


@pytest.mark.slow
def test_a_checkout_without_history_is_told_what_to_do(check, site: Site) -> None:
    site.git("clone", "-q", "--depth=1", f"file://{site.folder}", "clone")
    (site.folder / "clone").rename(site.folder.parent / "clone")
    done = check({"GITHUB_BASE_REF": "main"}, diff="auto")
    assert (done.status, "no such commit" in done.err) == (2, True)


@pytest.mark.slow
def test_what_is_silenced_is_not_sent(check, site: Site) -> None:
    site.write("old.md", BAD.replace("This", "<!-- healthlint-disable-next-line no-side-effects -- quoted -->\nThis"))
    assert (check().status, found(check().outputs["sarif"])) == (0, ["old.md"])
    assert found(check(upload_sarif="true").outputs["sarif"]) == []


@pytest.mark.slow
def test_a_release_is_taken_from_the_index(run_script, tmp_path) -> None:
    other = Runner(tmp_path / "other", tmp_path / "no checkout")
    variables = {**told(INSTALL, version="0.1.0"), **other.variables(tmp_path)}
    done = run_script(INSTALL["run"], *BASH, env=variables)
    assert done.returncode == 0, done.stderr
    assert (other.temp / "healthlint" / "bin" / "healthlint").exists()
    wrong = run_script(INSTALL["run"], *BASH, env={**variables, **told(INSTALL, version="99; touch ran")})
    assert wrong.returncode != 0
    assert not list(tmp_path.rglob("ran"))


@pytest.mark.slow
def test_without_python_the_step_says_so(run_script, tmp_path) -> None:
    bash = next(path for path in ("/bin/bash", "/usr/bin/bash") if Path(path).exists())
    variables = {**told(INSTALL), **Runner(tmp_path, tmp_path).variables(tmp_path), "PATH": str(tmp_path)}
    done = run_script(INSTALL["run"], bash, *BASH[1:], env=variables)
    assert (done.returncode, done.stdout.startswith("::error title=healthlint::no Python")) == (2, True)


def test_no_expression_stands_in_a_script() -> None:
    assert [step["name"] for step in ACTION["runs"]["steps"] if "${{" in step.get("run", "")] == []


def test_every_input_is_used_and_every_output_is_made() -> None:
    text = json.dumps(ACTION["runs"])
    assert {name for name in ACTION["inputs"] if f"inputs.{name} " not in text} == set()
    made = set(re.findall(r'echo "(\w+)=', CHECK["run"]))
    assert made == set(ACTION["outputs"])
    assert {about["value"] for about in ACTION["outputs"].values()} == {
        f"${{{{ steps.check.outputs.{name} }}}}" for name in made
    }


@pytest.mark.parametrize("name", ["action.yml", "integrations/github.yml"])
def test_actions_of_others_are_taken_by_their_commit(name, root) -> None:
    used = re.findall(r"uses: (\S+)(.*)", (root / name).read_text("utf-8"))
    assert [use for use, version in used if not re.search(r"@[0-9a-f]{40}$", use) or not version.strip(" #v")] == [
        use for use, _ in used if use.startswith("OWNER/")
    ]
