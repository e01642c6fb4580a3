"""How the tests are run: the processes that share them out find the rules compiled."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOBODY_BUILDS = """
import sys

import pytest
from healthlint.rulebook import load_book


@pytest.mark.parametrize("number", range(4))
def test_the_book_is_there(number):
    assert load_book().rules
    assert "healthlint.book_build" not in sys.modules
"""


@pytest.mark.skipif(find_spec("xdist") is None, reason="pytest-xdist is not installed")
def test_no_process_compiles_the_rules_for_itself(tmp_path: Path) -> None:
    """With a few rules, which take no time to compile: where they lie, they are the shipped ones."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "healthlint").symlink_to(ROOT / "src" / "healthlint")
    shutil.copytree(ROOT / "rules" / "lint", tmp_path / "rules" / "lint")
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_book.py").write_text(NOBODY_BUILDS, "utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "HEALTHLINT_"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path, env={**kept, "PYTHONPATH": str(tmp_path / "src")}, text=True, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 passed" in done.stdout
