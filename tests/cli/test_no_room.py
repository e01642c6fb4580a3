"""Where there is no room, or nobody listens: each command says so, ends with 2, and leaves no half-written file."""

import os
import subprocess

import pytest

from healthlint import plugs

from .conftest import BAD

COMMANDS = [
    *(["check", "a.md", "--format", name] for name in plugs.names("healthlint.reporters")),
    ["explain", "zorb-cure"], ["rules"], ["rules", "--format", "json"], ["config"], ["config", "--rules", "a.md"],
    ["baseline"], ["suppressions"], ["suppressions", "--format", "json"], ["report", "--audit", "audit"],
    ["completion", "bash"], ["--help"], ["--version"],
]  # fmt: skip


@pytest.fixture(autouse=True)
def no_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests may run in a step of GitHub Actions, whose summary is not theirs."""
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)


def contents(folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("name", plugs.names("healthlint.reporters"))
def test_a_full_disk_gets_no_report(name: str, disk, write, healthlint_run) -> None:
    write("a.md", BAD * 400)
    small = disk("16k")
    for old in ({}, {"out": b"old"}):
        for file, data in old.items():
            (small / file).write_bytes(data)
        result = healthlint_run("check", "a.md", "--quiet", f"--output={name}=disk/out")
        assert result.status == 2
        assert result.err == "error: disk/out cannot be written: no space left on device\n"
        assert contents(small) == old


@pytest.mark.parametrize("old", [None, b'{"healthlint-baseline": 1}\n'], ids=["a new one", "an older one"])
def test_a_full_disk_gets_no_baseline(old, disk, write, healthlint_run) -> None:
    write("a.md", "\n\n".join(f"Our zorbs mend socks {number}." for number in range(300)))
    small = disk("16k")
    if old is not None:
        (small / "base").write_bytes(old)
    result = healthlint_run("baseline", "a.md", "--output", "disk/base")
    assert (result.status, result.out) == (2, "")
    assert result.err == "error: disk/base cannot be written: no space left on device\n"
    assert contents(small) == ({} if old is None else {"base": old})


def test_a_full_disk_gets_no_config(disk, healthlint_run, monkeypatch) -> None:
    small = disk("16k")
    (small / "filler").write_bytes(b"x" * 16384)
    monkeypatch.chdir(small)
    result = healthlint_run("init")
    assert (result.status, result.out) == (2, "")
    assert result.err == "error: .healthlint.yaml cannot be written: no space left on device\n"
    assert set(contents(small)) == {"filler"}


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_standard_output_that_takes_nothing_is_told(arguments, write, spawn) -> None:
    write("a.md", BAD)
    if not os.path.exists("/dev/full"):
        pytest.skip("there is no /dev/full here")
    with open("/dev/full", "wb") as full:
        done = spawn(*arguments, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert done.stderr == b"error: standard output cannot be written: no space left on device\n"
