"""A site with a rule of its own, and the command line run on it."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import healthlint
from healthlint.cli import main

from .gitting import Git

SOURCES = str(Path(healthlint.__file__).parents[1])

RULE = """\
id: zorb-cure
title: "Promise of zorbs"
category: cure
severity: error
confidence: high
tier: core
packs: [us-fda, uk]
since: "0.1"
message: "“{match}” promises what zorbs cannot do"
instead: "Leave the zorbs alone"
rewrite: "Zorbs are round."
why: >-
  Zorbs do nothing. Nobody has shown otherwise.
law:
  us-fda: [{cite: "21 CFR 1", url: "https://example.com/cfr", says: "No zorbs.", checked: "2026-11-20"}]
  uk: [{cite: "Zorb Code 2", url: "https://example.com/code", status: unverified}]
find:
  phrases:
    - "zorbs (mend|heal) socks"
frames: [assert]
examples:
  flag:
    - "Our [[zorbs mend socks]]."
    - "We say [[zorbs heal socks]]."
    - "Blue [[zorbs heal socks]] at night."
  pass:
    - "Zorbs are round."
    - "No socks on zorbs."
    - "Zorbs mend roads."
"""
CONFIG = ".healthlint.yaml"
BAD, GOOD = "Our zorbs mend socks.\n", "Zorbs are round.\n"


class Result(NamedTuple):
    """What a run of the command line came to."""

    status: int
    out: str
    err: str


Run = Callable[..., Result]


def places(out: str) -> list[str]:
    """Return the path and line of each finding of a report in JSON."""
    return [found["path"] + ":" + str(found["line"]) for found in json.loads(out)["findings"]]


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a rule of its own; one for all tests, so that rules are compiled once."""
    folder = tmp_path_factory.mktemp("house")
    (folder / "zorb-cure.yaml").write_text(RULE, encoding="utf-8")
    return folder


@pytest.fixture
def site(tmp_path: Path, house: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: a repository with a config that names the house rules, and nothing to check yet."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "SOURCE_DATE_EPOCH", "HEALTHLINT_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".healthlint.yaml").write_text(f"rule-folders: [{house}]\nselect: [zorb-cure]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def write(site: Path) -> Callable[[str, str | bytes], None]:
    """Write a file of the site; to the config more is added."""

    def to(path: str, text: str | bytes) -> None:
        if path == CONFIG and isinstance(text, str):
            text = (site / path).read_text("utf-8") + text
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(text if isinstance(text, bytes) else text.encode())

    return to


@pytest.fixture
def healthlint_run(
    site: Path,  # noqa: ARG001
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Run:
    """Run the command line in this process."""

    def run(*arguments: str, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capfd.readouterr()
        status = main(list(arguments))
        return Result(status, *capfd.readouterr())

    return run


@pytest.fixture
def spawn(site: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run `python -m healthlint` as a process of its own."""

    def run(*arguments: str, **more: object) -> subprocess.CompletedProcess[bytes]:
        environment = {**os.environ, "PYTHONPATH": SOURCES, **more.pop("env", {})}  # type: ignore[dict-item]
        return subprocess.run(  # type: ignore[call-overload, no-any-return]
            [sys.executable, "-m", "healthlint", *arguments],
            check=False,
            **{"capture_output": True, "env": environment, "cwd": site, **more},
        )

    return run


@pytest.fixture
def git(site: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """A repository without a commit, in the site; the machine's own settings of git do not count."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    (site / ".git").rmdir()
    git = Git(site)
    git("init", "-q")
    return git


@pytest.fixture
def disk(site: Path) -> Iterator[Callable[[str], Path]]:
    """Make the folder `disk`, on a file system of its own that has room for so much ("16k")."""
    folder = site / "disk"
    folder.mkdir()
    mounted = []

    def make(size: str) -> Path:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        if sys.platform != "linux" or subprocess.run(mount, capture_output=True, check=False).returncode:
            pytest.skip("no file system can be mounted here")
        mounted.append(folder)
        return folder

    yield make
    os.chdir(site)
    for each in mounted:
        subprocess.run(["umount", str(each)], check=True)
