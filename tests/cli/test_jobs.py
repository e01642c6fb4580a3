"""`--jobs`: what it takes, and how a run of several processes ends."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import BAD, SOURCES

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
PAGES = 6


@pytest.fixture
def long_run(site: Path) -> Iterator[subprocess.Popen[str]]:
    """A check by two processes that has begun and takes a while."""
    for number in range(PAGES):
        (site / f"{number}.md").write_text(f"{BAD}\n" * 8_000, encoding="utf-8")
    run = subprocess.Popen(
        [sys.executable, "-m", "healthlint", "check", "--format", "concise", "--jobs", "2", "."],
        cwd=site, env={**os.environ, "PYTHONPATH": SOURCES}, text=True, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    while run.poll() is None and len(children(run.pid)) < 2:
        pass
    yield run
    run.kill()
    run.communicate()


def children(process: int) -> list[int]:
    """Return the processes that `process` started."""
    try:
        return [int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()]
    except OSError:
        return []


@LINUX
@pytest.mark.parametrize("to_all", [pytest.param(True, id="as a terminal does"), pytest.param(False, id="by kill")])
def test_an_interrupt_ends_all_processes(long_run, to_all) -> None:
    started = children(long_run.pid)
    (os.killpg if to_all else os.kill)(long_run.pid, signal.SIGINT)
    out, err = long_run.communicate()
    assert (long_run.returncode, out, err.strip()) == (130, "", "interrupted")
    assert len(started) == 2
    assert not any(Path(f"/proc/{process}").exists() for process in started)


@LINUX
def test_a_process_that_is_killed_costs_one_file(long_run) -> None:
    os.kill(children(long_run.pid)[0], signal.SIGKILL)
    out, err = long_run.communicate()
    found = {line.partition(":")[0] for line in out.splitlines() if ".md:" in line}
    assert len(found) == PAGES - 1
    assert err.startswith("error: ")
    assert err.count("not checked: the process that worked on it was ended by signal 9") == 1
    assert long_run.returncode == 2


@pytest.mark.parametrize("jobs", ["0", "-1", "61", "two", "1.5", "²", ""])
def test_a_number_that_is_none_is_refused(healthlint_run, jobs) -> None:
    result = healthlint_run("check", f"--jobs={jobs}", "a.md")
    assert result.status == 2
    assert f"{jobs!r} is neither auto nor a number from 1 to 60" in result.err


@pytest.mark.parametrize("jobs", ["1", "60", "auto"])
def test_a_number_is_taken(write, healthlint_run, jobs) -> None:
    write("a.md", BAD)
    assert healthlint_run("check", "--jobs", jobs, "a.md").status == 1
    assert healthlint_run("check", "-j", jobs, "a.md").status == 1


def test_a_config_says_how_many_and_the_command_line_overrules_it(write, healthlint_run) -> None:
    write(".healthlint.yaml", "jobs: 3\n")
    write("a.md", BAD)
    assert "jobs            3" in healthlint_run("config", "a.md").out
    assert healthlint_run("check", "--jobs", "1", "a.md").status == 1


def test_a_config_that_says_nonsense_is_refused(write, healthlint_run) -> None:
    write(".healthlint.yaml", "jobs: many\n")
    write("a.md", BAD)
    result = healthlint_run("check", "a.md")
    assert (result.status, result.out) == (2, "")
    assert "'jobs' is 'many': choose auto or a number from 1 to 60" in result.err
