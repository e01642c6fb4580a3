"""The usual check is read without click, and as click would read it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.cli import _quick
from healthlint.cli.check import command

WORDS = [
    "a.md", "b c.md", "-", "--", "-q", "--quiet", "--no-cache", "--isolated", "--exit-zero", "--force-exclude", "--format", "--format=json",
    "--format=concise", "text", "json", "--form", "--quie", "-qq", "--fail-on", "warning", "--diff", "--help", "", "--format=",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=6))
def test_it_is_read_as_click_reads_it(arguments: list[str]) -> None:
    quick = _quick.read(["check", *arguments])
    if quick is not None:
        paths, options = quick
        params = command.make_context("check", list(arguments)).params
        assert {"paths": paths, **{name: options[name] for name in params.keys() - {"paths"}}} == params


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["check", "--format", "jsno", "a.md"], id="a format that is not there"),
        pytest.param(["check", "--fail-on", "info", "a.md"], id="an option that is rare"),
        pytest.param(["check", "--", "-a.md"], id="a path like an option"),
        pytest.param(["check", "--format"], id="a value that is missing"),
        pytest.param(["rules"], id="another command"),
        pytest.param([], id="nothing"),
    ],
)
def test_what_needs_click_is_left_to_it(arguments: list[str]) -> None:
    assert _quick.read(arguments) is None


def test_a_usual_check_loads_no_more_than_it_needs(tmp_path) -> None:
    """Each of these takes milliseconds, of which a hook has few."""
    page = tmp_path / "a.md"
    page.write_text("# Tea\n\nIt cures gout, and it never fails.\n", "utf-8")
    code = (
        "before = set(sys.modules); from healthlint.cli import main; main(['check', sys.argv[1]]); "
        "print(sorted({'click', 'dataclasses', 'inspect', 'regex', 'yaml', 'logging', 'pathlib', 'hashlib', 'importlib.metadata', "
        "'healthlint.book_build', 'healthlint.marked_yaml'} & sys.modules.keys() - before), file=sys.stderr)"
    )
    for _ in range(2):  # The first run may have to compile the rules.
        done = subprocess.run([sys.executable, "-I", "-c", f"import sys; sys.path[:0] = {sys.path!r}; {code}", str(page)],
                              capture_output=True, text=True, check=False)  # fmt: skip
    assert done.stderr.splitlines()[-1] == "[]", done.stderr
