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
SHIPPED = ("LICENSE", "README.md", "hatch_build.py", "pyproject.toml", "rules", "src")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The source distribution of a copy of the checkout, and the wheel built from that in turn."""
    pytest.importorskip("hatchling", reason="hatchling is not installed")
    checkout, out = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("out")
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, checkout / name)
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
    assert (
        files("src") | files("rules") | {"LICENSE", "README.md", "hatch_build.py", "pyproject.toml"}
    ) - held == set()


def test_the_wheel_holds_code_rules_types_and_licence(built):
    _, wheel = built
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
        assert archive.testzip() is None
    code = {name.removeprefix("src/") for name in files("src")}
    rules = {f"healthlint/{name}" for name in files("rules")}
    about = {name for name in held if ".dist-info/" in name}
    assert held - about == code | rules | {"healthlint/shipped.book"}
    assert "healthlint/py.typed" in held
    assert any(name.endswith("LICENSE") for name in about)


@pytest.fixture
def installed(built: tuple[Path, Path], tmp_path: Path) -> Path:
    """A folder with what the wheel holds, as an installation has it."""
    with zipfile.ZipFile(built[1]) as archive:
        archive.extractall(tmp_path / "site")
    return tmp_path / "site"


def told(site: Path, code: str) -> str:
    """Return what a program prints that finds healthlint installed, and nothing in its cache."""
    environment = {"PYTHONPATH": str(site), "HEALTHLINT_CACHE_DIR": str(site.parent / "cache"), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=site, text=True, capture_output=True, check=True
    )
    return done.stdout.strip()


LINTS = """
import sys
from healthlint import lint_text
print(*(finding.rule.id for finding in lint_text("It has no side effects.")), "healthlint.book_build" in sys.modules)
"""
FITS = """
from healthlint import book_shipped, rulebook
root = rulebook.builtin_rules()
print(book_shipped.load(root, list(rulebook.rule_files([root]))) is not None)
"""


def test_a_first_run_finds_the_rules_compiled(installed):
    assert told(installed, LINTS) == "no-side-effects False"
    assert len(list((installed.parent / "cache").iterdir())) == 1
    assert told(installed, LINTS) == "no-side-effects False"


def test_changed_rules_are_compiled_anew(installed):
    with (installed / "healthlint" / "rules" / "safety" / "no-side-effects.yaml").open("a", encoding="utf-8") as rule:
        rule.write("# changed\n")
    assert told(installed, LINTS) == "no-side-effects True"


@pytest.mark.parametrize(
    "path", ["rules/safety/no-side-effects.yaml", "patterns/phrase.py", "language/frames.py", "_version.py"]
)
def test_what_was_compiled_from_something_else_is_not_taken(installed, path):
    assert told(installed, FITS) == "True"
    with (installed / "healthlint" / path).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert told(installed, FITS) == "False"


@pytest.mark.parametrize(
    "damaged",
    [
        pytest.param(lambda book: book[:0], id="empty"),
        pytest.param(lambda book: book[:-1], id="cut short"),
        pytest.param(lambda book: book[:999] + bytes([book[999] ^ 1]) + book[1000:], id="one bit is wrong"),
    ],
)
def test_a_compiled_book_that_is_damaged_is_not_taken(installed, damaged):
    book = installed / "healthlint" / "shipped.book"
    book.write_bytes(damaged(book.read_bytes()))
    assert told(installed, FITS) == "False"


def test_the_wheel_is_the_same_each_time_it_is_built(built, tmp_path, monkeypatch):
    source, wheel = built
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    assert (
        build("wheel", source.parent / source.name.removesuffix(".tar.gz"), tmp_path).read_bytes() == wheel.read_bytes()
    )


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
