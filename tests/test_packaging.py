"""What is shipped is complete, and README.md tells the truth about it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
README = (ROOT / "README.md").read_text("utf-8")
SHIPPED = ("LICENSE", "README.md", "pyproject.toml", "rules", "src")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The source distribution of a copy of the checkout, and the wheel built from that in turn."""
    pytest.importorskip("hatchling", reason="hatchling is not installed")
    checkout, out = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("out")
    for name in SHIPPED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, checkout / name)
    source = build("sdist", checkout, out)
    with tarfile.open(source) as archive:
        archive.extractall(out, filter="data")
    return source, build("wheel", out / source.name.removesuffix(".tar.gz"), out)


def build(target: str, folder: Path, out: Path) -> Path:
    """Build as pip does, without its isolation, and return the file."""
    code = f"import hatchling.build as made; print(made.build_{target}({str(out)!r}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, text=True, capture_output=True, check=True)
    return out / done.stdout.split()[-1]


def files(folder: str) -> set[str]:
    """Return the files under a folder of the checkout, without what Python leaves behind."""
    found = (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(ROOT).as_posix() for path in found}


def test_the_source_distribution_holds_all_that_the_wheel_is_made_of(built):
    source, _ = built
    with tarfile.open(source) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    assert (files("src") | files("rules") | {"LICENSE", "README.md", "pyproject.toml"}) - held == set()


def test_the_wheel_holds_code_rules_types_and_licence(built):
    _, wheel = built
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
        assert archive.testzip() is None
    code = {name.removeprefix("src/") for name in files("src")}
    rules = {f"healthlint/{name}" for name in files("rules")}
    about = {name for name in held if ".dist-info/" in name}
    assert held - about == code | rules
    assert "healthlint/py.typed" in held
    assert any(name.endswith("LICENSE") for name in about)


def test_the_wheel_says_what_the_project_says(built):
    _, wheel = built
    with zipfile.ZipFile(wheel) as archive:
        told = archive.read(next(name for name in archive.namelist() if name.endswith("METADATA"))).decode()
        scripts = archive.read(next(name for name in archive.namelist() if name.endswith("entry_points.txt"))).decode()
    assert re.search(r"^Version: (.+)$", told, re.MULTILINE)[1] == version()
    assert "License-Expression: Apache-2.0" in told
    assert "healthlint = healthlint.cli:main" in scripts


def version() -> str:
    """Return the version as the source has it, without importing it."""
    return re.search(r'__version__ = "(.+)"', (ROOT / "src/healthlint/_version.py").read_text("utf-8"))[1]


def test_the_version_is_in_the_changelog():
    assert re.search(rf"^## {re.escape(version())}\b", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("wanted", PROJECT["project"]["dependencies"])
def test_the_readme_gives_the_reason_of_each_dependency(wanted):
    name = re.match(r"[\w-]+", wanted)[0]
    assert re.search(rf"^\| `{name}` \| .{{20,}} \|$", README, re.MULTILINE)


def commands() -> list[str]:
    """Return the lines of the block under "Two commands", which .ci/run runs as they stand."""
    section = README.partition("\n## Two commands\n")[2].partition("\n## ")[0]
    return re.search(r"```bash\n(.*?)```", section, re.DOTALL)[1].splitlines()


def test_two_commands_set_everything_up():
    first, second = commands()
    assert first.startswith("python3 -m venv .venv && .venv/bin/pip install")
    assert first.endswith("healthlint check fixtures/sample.md")
    assert second.endswith("pytest")


def test_ci_takes_the_two_commands_from_the_readme():
    """The same words as awk's in .ci/run, which looks for the heading and the fence."""
    script = (ROOT / ".ci/run").read_text("utf-8")
    body = script[script.index("readme_command()") : script.index("\n}\n") + 3]
    told = [
        subprocess.run(
            ["bash", "-c", f'here={str(ROOT)!r}\n{body}\nreadme_command "$1"', "bash", number],
            text=True, capture_output=True, check=True,
        ).stdout.strip()
        for number in ("1", "2")
    ]  # fmt: skip
    assert told == commands()
