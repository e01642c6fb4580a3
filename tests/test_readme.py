"""What README.md shows is what happens."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
TEXT = README.read_text("utf-8")
CONSOLE = re.compile(r"(?<=```console\n)\$ (healthlint .*)\n((?s:.*?))(?=```)")


def healthlint(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "healthlint", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, text=True, capture_output=True, check=False)


def block(language: str, after: str) -> str:
    """Return the first block of a language that follows some words."""
    return re.search(rf"```{language}\n(.*?)```", TEXT[TEXT.index(after) :], re.DOTALL)[1]


def test_what_is_shown_is_what_is_printed(accept):
    def printed(match: re.Match[str]) -> str:
        return f"$ {match[1]}\n{healthlint(*shlex.split(match[1])[1:]).stdout}"

    now = CONSOLE.sub(printed, TEXT)
    if accept:
        README.write_text(now, "utf-8")
    assert CONSOLE.search(TEXT)
    assert accept or now == TEXT, "pytest tests/test_readme.py --accept writes it anew"


def test_the_config_is_one(tmp_path):
    (tmp_path / ".healthlint.yaml").write_text(block("yaml", "## Configuration"), "utf-8")
    (tmp_path / "page.md").write_text("A calming tea.\n", "utf-8")
    shown = healthlint("config", "page.md", folder=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "supplement" in shown.stdout


def test_the_front_matter_is_understood(tmp_path):
    (tmp_path / "page.md").write_text(f"---\n{block('yaml', 'Front matter speaks')}---\n\nA calming tea.\n", "utf-8")
    checked = healthlint("check", "--isolated", "page.md", folder=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("line", block("markdown", "## Suppressions").splitlines())
def test_a_suppression_that_is_shown_names_what_there_is(line, tmp_path):
    """It answers nothing here, so it is unused; nothing else is wrong with it."""
    (tmp_path / "page.md").write_text(f"{line}\n", "utf-8")
    checked = healthlint(
        *("check", "--isolated", "--format", "concise", "--today", "2026-11-20", "page.md"), folder=tmp_path
    )
    named = {found.split()[2] for found in checked.stdout.splitlines() if found.startswith("page.md:")}
    assert named == {"unused-suppression"}, checked.stdout + checked.stderr


def test_the_commands_are_those_there_are():
    shown = set(re.findall(r"^\| `healthlint (\w+)", TEXT, re.MULTILINE))
    listed = healthlint("--help").stdout.partition("Commands:\n")[2]
    assert shown - set(re.findall(r"^  (\w+)", listed, re.MULTILINE)) == set()
