"""A plan shared out among processes comes to the same report as without, whatever becomes of a process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import healthlint
from healthlint.config import Said
from healthlint.planning import Asked, plan
from healthlint.report_packed import packed, unpacked
from healthlint.run import check
from healthlint.sharing import processes
from healthlint.workers import METHOD

ROOT = Path(__file__).parents[1]
TODAY = "2026-11-20"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

DIES = """
import os, signal
from healthlint.config import Said
from healthlint.planning import Asked, plan
from healthlint.reporters import Options, json
from healthlint.run import check

def attempt(path, work):
    if path == "b.md":
        os.kill(os.getpid(), signal.SIGKILL)
    return work()

made = plan(Asked(("a.md", "b.md", "c.md", "d.md"), (Said("jobs", "2", "here"),)))
print("\\n".join(json.report(check(made, "2026-11-20", attempt=attempt), Options(80, False))))
"""
SPAWNS = """
import sys
from healthlint import workers
from healthlint.cli import main
if __name__ == "__main__":
    workers.METHOD = "spawn"
    sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def spawn(tmp_path, monkeypatch):
    """Run Python as a process of its own, in a folder with a few pages."""
    monkeypatch.chdir(tmp_path)
    for name in "abcd":
        Path(f"{name}.md").write_text(f"# Page {name}\n\nIt has no side effects. It cures diabetes in {name} days.\n")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(Path(healthlint.__file__).parents[1]), "SOURCE_DATE_EPOCH": "0"}
        return subprocess.run(
            [sys.executable, *arguments], capture_output=True, text=True, check=False, env=environment
        )

    return run


@pytest.fixture(scope="module")
def documents() -> Asked:
    return Asked((str(ROOT / "fixtures" / "documents"), str(ROOT / "README.md"), "no-such-file.md"), isolated=True)


def with_jobs(asked: Asked, jobs: str) -> Asked:
    return asked._replace(said=(Said("jobs", jobs, "here"),))


def test_a_report_survives_being_packed(documents):
    made = plan(documents)
    rules = made.tasks[0].rules.linter.book.by_id
    report = check(made, TODAY)
    assert any(file.suppressed for file in report.files)
    assert any(finding.related for finding in report.findings)
    assert [unpacked(packed(file), rules) for file in report.files] == list(report.files)


def test_processes_change_nothing(documents):
    assert check(plan(with_jobs(documents, "3")), TODAY) == check(plan(with_jobs(documents, "1")), TODAY)


@pytest.mark.parametrize("format_", ["text", "json", "sarif", "html"])
def test_the_bytes_are_the_same_with_any_number_of_processes(spawn, format_):
    runs = [spawn("-m", "healthlint", "check", "--format", format_, "--jobs", jobs, ".") for jobs in ("1", "2", "4")]
    assert runs[0].returncode == 1
    assert "no side effects" in runs[0].stdout
    assert {(run.returncode, run.stdout, run.stderr) for run in runs} == {
        (runs[0].returncode, runs[0].stdout, runs[0].stderr)
    }


def test_processes_that_start_afresh_change_nothing(spawn):
    Path("run.py").write_text(SPAWNS)
    forked = spawn("-m", "healthlint", "check", "--jobs", "2", "a.md", "b.md", "c.md")
    fresh = spawn("run.py", "check", "--jobs", "2", "a.md", "b.md", "c.md")
    assert (fresh.returncode, fresh.stdout, fresh.stderr) == (1, forked.stdout, forked.stderr)


def test_standard_input_is_read_where_it_is(spawn):
    done = spawn("-m", "healthlint", "check", "--format", "json", "--jobs", "2", "-", "a.md", "b.md")
    assert [file["path"] for file in json.loads(done.stdout)["files"]] == ["a.md", "b.md", "stdin.md"]


@LINUX
def test_a_file_whose_process_dies_has_failed_and_the_others_are_checked(spawn):
    done = spawn("-c", DIES)
    told = json.loads(done.stdout)
    assert [file["status"] for file in told["files"]] == ["checked", "failed", "checked", "checked"]
    assert [(error["path"], error["error"]) for error in told["failures"]] == [
        ("b.md", "b.md: not checked: the process that worked on it was ended by signal 9, perhaps for lack of memory")
    ]
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("said", "jobs"),
    [
        pytest.param("1", 1, id="one"),
        pytest.param("3", 3, id="as asked for"),
        pytest.param("50", 4, id="no more than there are files"),
        pytest.param(None, 1, id="unasked, none for little text"),
    ],
)
def test_so_many_processes_are_started(spawn, said, jobs):  # noqa: ARG001
    asked = Asked(("a.md", "b.md", "c.md", "d.md"))
    assert processes(plan(with_jobs(asked, said)).tasks) == jobs


def test_of_several_settings_the_least_counts(spawn):  # noqa: ARG001
    for folder, jobs in (("x", "4"), ("y", "2"), ("z", "auto")):
        Path(folder).mkdir()
        Path(folder, ".healthlint.yaml").write_text(f"jobs: {jobs}\n")
        for name in "ab":
            Path(folder, f"{name}.md").write_text("Tea.\n")
    assert processes(plan(Asked(("x", "y", "z"))).tasks) == 2


@pytest.mark.skipif(METHOD != "fork" or len(os.sched_getaffinity(0)) < 2, reason="one processor")
def test_much_text_is_shared_out_unasked(spawn):  # noqa: ARG001
    for name in "ab":
        with open(f"{name}.md", "ab") as file:
            file.truncate(3 << 20)
    assert processes(plan(Asked(("a.md", "b.md"))).tasks) == 2
