"""What a runner has: tools, a wheelhouse for pip, a checkout of healthlint, and somebody's site."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
BAD = "# Tea\n\nThis tea has no side effects.\n"
GOOD = "# Tea\n\nThis tea comes in tins of thirty bags.\n"
IDENTITY = {f"GIT_{role}_{key}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}


MADE = shutil.ignore_patterns("__pycache__")
"""What Python leaves behind, perhaps while it is copied."""


def read(name: str) -> dict:
    """Return a YAML file of ours."""
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


def tool(name: str) -> str:
    """Return the path of a tool, beside this Python or on the PATH; without it, the test is skipped."""
    found = shutil.which(name, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if found is None:
        pytest.skip(f"{name} is not installed; scripts/validate-integrations fetches it")
    return found


def environment(**more: str) -> dict[str, str]:
    """Return the environment of somebody who has set nothing up."""
    dropped = ("GIT_", "PRE_COMMIT", "PYTHON", "PIP_", "GITHUB_", "CI_", "NO_COLOR", "FORCE_COLOR")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **IDENTITY}
    return {**kept, **settings, **more}


class Site:
    """A repository of somebody who writes about tea."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")
        self.write("old.md", BAD)
        self.commit()

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, env=environment(), text=True, capture_output=True, check=True
        )
        return done.stdout.strip()

    def write(self, name: str, text: str) -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text, "utf-8")

    def commit(self) -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "more")
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site with a bad page, `old.md`, committed on `main`."""
    return Site(tmp_path / "the site")


@pytest.fixture(scope="session")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the PATH in which `healthlint` is that of this checkout."""
    folder = tmp_path_factory.mktemp("commands")
    code = f'#!/bin/sh\nPYTHONPATH="{ROOT / "src"}" exec "{sys.executable}" -m healthlint "$@"\n'
    (folder / "healthlint").write_text(code, "utf-8")
    (folder / "healthlint").chmod(0o755)
    return folder


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the files of this checkout are without git and without what was made there."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("LICENSE", "README.md", "hatch_build.py", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    for name in ("src", "rules"):
        shutil.copytree(ROOT / name, folder / name, ignore=MADE)
    return folder


@pytest.fixture(scope="session")
def wheelhouse(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder from which pip installs healthlint, as it would from the package index."""
    pytest.importorskip("hatchling", reason="hatchling is not installed")
    folder = tmp_path_factory.mktemp("wheelhouse")
    # What the package is built with comes first: where that cannot be had, no index can be reached.
    built = ["wheel", str(checkout), "--no-build-isolation", "--wheel-dir"]
    for wanted in (["download", "hatchling", "--dest"], built):
        command = [sys.executable, "-m", "pip", *wanted, str(folder), "--quiet", "--disable-pip-version-check"]
        done = subprocess.run(command, env=environment(), text=True, capture_output=True, check=False)
        if done.returncode and wanted[0] == "download":
            pytest.skip(f"the package index cannot be reached: {done.stderr.strip().rpartition(chr(10))[2]}")
        assert done.returncode == 0, done.stderr
    return folder


Script = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def index(wheelhouse: Path) -> dict[str, str]:
    """The variables that make the wheelhouse pip's package index, and pip leave to Python what Python compiles anyway."""
    return {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheelhouse), "PIP_NO_COMPILE": "1"}


@pytest.fixture
def run_script(index: Mapping[str, str], site: Site, tmp_path: Path) -> Script:
    """Run lines of shell at the top of the site, as a build server does, with the wheelhouse for a package index."""

    def run(text: str, *shell: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        file = tmp_path / "script"
        file.write_text(text, "utf-8")
        told = {**index, "TMPDIR": str(tmp_path), **(env or {})}
        return subprocess.run(
            [*shell, str(file)], cwd=site.folder, env=environment(**told), text=True, capture_output=True, check=False
        )

    return run


def places(text: str) -> set[str]:
    """Return the pages that a text for people or build servers names."""
    return set(re.findall(r"[\w-]+\.md", text))
