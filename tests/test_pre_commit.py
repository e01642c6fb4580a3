"""The hooks, run by the real pre-commit and the real prek; they make their environment from the package index."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PRE_COMMIT = [sys.executable, "-m", "pre_commit"]
PREK = [shutil.which("prek", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}") or ""]
RUNNERS = [pytest.param(PRE_COMMIT, id="pre-commit"), pytest.param(PREK, id="prek")]
BASELINE = ".healthlint-baseline.jsonl"
BAD = "# Tea\n\nThis tea has no side effects.\n"
MENDED = "# Tea\n\nThis tea comes in tins of thirty bags.\n"

HOOK, CLAIMS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
REGISTER = """\
claims:
  - id: mild-tea
    wording: "It is mild to the stomach"
    evidence: {doi: 10.1000/182}
    markets: [uk]
    rules: [structure-function]
    approver: Head of Claims
    approved: 2020-01-31
    expires: 2020-12-31
"""


@pytest.mark.parametrize(
    ("name", "checked"),
    [
        pytest.param("posts/tea.md", True, id="an article"),
        pytest.param("notes.txt", True, id="a draft"),
        pytest.param("docs/license-to-heal.md", True, id="an article about licences"),
        pytest.param("LICENSE", False, id="a licence"),
        pytest.param("vendor/licence.txt", False, id="a British licence in small letters"),
        pytest.param("LICENSE-APACHE", False, id="one of two licences"),
        pytest.param("COPYING.md", False, id="a licence by another name"),
        pytest.param("requirements-dev.txt", False, id="a list of packages"),
        pytest.param("site/robots.txt", False, id="a note to robots"),
        pytest.param("CMakeLists.txt", False, id="a build file"),
    ],
)
def test_the_hook_leaves_out_what_is_nobodys_copy(name, checked):
    assert bool(re.search(HOOK["exclude"], name)) is not checked


def run(*command: str, folder: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in `folder` as somebody who has set nothing up."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT", "PYTHON"))}
    who = {"NAME": "A Writer", "EMAIL": "writer@example.org"}
    settings = {
        **{f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "PRE_COMMIT_HOME": str(home),
        "PREK_HOME": str(home / "prek"),
    }
    return subprocess.run(command, cwd=folder, env=kept | settings, text=True, capture_output=True, check=False)


def repository(folder: Path, home: Path) -> Path:
    """Make `folder` a repository with all that is in it committed."""
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "--allow-empty", "-m", "start"]):
        assert run("git", *command, folder=folder, home=home).returncode == 0
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which pre-commit keeps its environments."""
    if find_spec("pre_commit") is None:
        pytest.skip("pre-commit is not installed")
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    folder = tmp_path_factory.mktemp("home")
    asked = run(sys.executable, "-m", "pip", "download", "-q", "--no-deps", "hatchling", folder=folder, home=folder)
    if asked.returncode:
        pytest.skip(f"the package index cannot be reached: {asked.stderr.strip().rpartition(chr(10))[2]}")
    return folder


@pytest.fixture(scope="module")
def hooks(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of what a clone of this checkout would hold."""
    folder = tmp_path_factory.mktemp("hooks")
    for name in (".pre-commit-hooks.yaml", "LICENSE", "README.md", "hatch_build.py", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    for name in ("src", "rules"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return repository(folder, home)


@pytest.fixture
def site(home: Path, tmp_path: Path) -> Path:
    """A repository of somebody who writes about tea."""
    (tmp_path / "LICENSE").write_text(BAD, "utf-8")
    (tmp_path / "shop.py").write_text(f'"""{BAD}"""\n', "utf-8")
    (tmp_path / "tea.md").write_text(MENDED, "utf-8")
    return repository(tmp_path, home)


@pytest.mark.slow
def test_try_repo_finds_what_is_wrong_in_copy_alone(site, hooks, home):
    (site / "tea.md").write_text(BAD, "utf-8")
    tried = run(*PRE_COMMIT, "try-repo", str(hooks), "healthlint", "--all-files", "--verbose", folder=site, home=home)
    assert tried.returncode == 1, tried.stdout + tried.stderr
    assert "no-side-effects" in tried.stdout
    assert "tea.md" in tried.stdout
    assert "LICENSE" not in tried.stdout
    assert "shop.py" not in tried.stdout


@pytest.mark.slow
@pytest.mark.parametrize("runner", RUNNERS)
def test_a_commit_of_bad_copy_is_refused_until_it_is_mended(runner, site, hooks, home):
    """And of a page that nobody touches nothing is said."""
    (site / "old.md").write_text(BAD, "utf-8")
    commit(site, home)
    install(runner, site, hooks, home)

    (site / "tea.md").write_text(BAD, "utf-8")
    refused = commit(site, home)
    assert refused.returncode == 1
    told = refused.stdout + refused.stderr
    assert "no-side-effects" in told
    assert "tea.md:3:" in told
    assert "old.md" not in told
    assert "shop.py" not in told

    (site / "tea.md").write_text(MENDED + "\nAnd in tins of ninety.\n", "utf-8")
    passed = commit(site, home)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert run("git", "status", "--porcelain", folder=site, home=home).stdout == ""


@pytest.mark.slow
@pytest.mark.parametrize("runner", RUNNERS)
def test_what_the_baseline_knows_may_be_committed(runner, site, hooks, home):
    """On the page that is edited as well; the config keeps out what it excludes, though the hook names it."""
    (site / "old.md").write_text(BAD, "utf-8")
    (site / "left-out.md").write_text(MENDED, "utf-8")
    (site / ".healthlint.yaml").write_text("exclude: [left-out.md]\n", "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run([sys.executable, "-m", "healthlint", "baseline"], cwd=site, env=environment, check=True)
    install(runner, site, hooks, home, args=["--baseline", BASELINE])

    (site / "old.md").write_text(BAD + "\nIt is green.\n", "utf-8")
    (site / "left-out.md").write_text(BAD, "utf-8")
    passed = commit(site, home)
    assert passed.returncode == 0, passed.stdout + passed.stderr

    (site / "old.md").write_text(BAD + "\nIt has no side effects at all.\n", "utf-8")
    refused = commit(site, home)
    assert refused.returncode == 1
    told = refused.stdout + refused.stderr
    assert "old.md:5:" in told
    assert "old.md:3:" not in told


@pytest.mark.slow
@pytest.mark.parametrize("runner", RUNNERS)
def test_a_register_with_a_claim_that_has_expired_is_refused_until_it_is_mended(runner, site, hooks, home):
    """And a commit without it is none of its business."""
    (site / ".healthlint.yaml").write_text("claims: approved/all.yaml\n", "utf-8")
    (site / "approved").mkdir()
    install(runner, site, hooks, home, hook=CLAIMS["id"])

    (site / "approved" / "all.yaml").write_text(REGISTER, "utf-8")
    refused = commit(site, home)
    assert refused.returncode == 1
    assert "approved/all.yaml:9:14: problem: “mild-tea” held until 2020-12-31" in refused.stdout + refused.stderr

    (site / "approved" / "all.yaml").write_text(REGISTER.replace("2020-12-31", "2099-12-31"), "utf-8")
    passed = commit(site, home)
    assert passed.returncode == 0, passed.stdout + passed.stderr

    (site / "tea.md").write_text(BAD, "utf-8")
    other = commit(site, home)
    assert other.returncode == 0
    assert "Skipped" in other.stdout + other.stderr


def install(
    runner: list[str], site: Path, hooks: Path, home: Path, args: list[str] | None = None, hook: str = HOOK["id"]
) -> None:
    """Make a hook of this checkout one of the site's."""
    if not runner[0]:
        pytest.skip("prek is not installed")
    revision = run("git", "rev-parse", "HEAD", folder=hooks, home=home).stdout.strip()
    chosen = {"id": hook, **({"args": args} if args else {})}
    config = {"repos": [{"repo": str(hooks), "rev": revision, "hooks": [chosen]}]}
    (site / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    installed = run(*runner, "install", folder=site, home=home)
    assert installed.returncode == 0, installed.stderr
    assert run("git", "add", "-A", folder=site, home=home).returncode == 0
    run("git", "commit", "-q", "--no-verify", "-m", "hooks", folder=site, home=home)


def commit(site: Path, home: Path) -> subprocess.CompletedProcess[str]:
    run("git", "add", "-A", folder=site, home=home)
    return run("git", "commit", "-m", "tea: say more", folder=site, home=home)
