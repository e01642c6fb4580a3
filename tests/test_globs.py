"""Globs match as git matches them."""

import shutil
import subprocess

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from healthlint.globs import Globs


@pytest.mark.parametrize(
    ("lines", "path", "covered"),
    [
        pytest.param(["*.md"], "a/b/c.md", True, id="a name without a slash matches at any depth"),
        pytest.param(["a/*.md"], "b/a/c.md", False, id="a slash anchors"),
        pytest.param(["/c.md"], "a/c.md", False, id="a leading slash anchors"),
        pytest.param(["drafts/"], "a/drafts/c.md", True, id="a folder takes its files along"),
        pytest.param(["drafts/"], "drafts", False, id="a folder glob matches no file"),
        pytest.param(["a/**/c.md"], "a/c.md", True, id="two stars match no folder"),
        pytest.param(["a/**/c.md"], "a/x/y/c.md", True, id="two stars match several folders"),
        pytest.param(["a/**"], "a/x/c.md", True, id="two stars at the end match everything below"),
        pytest.param(["a**c.md"], "ab/c.md", False, id="two stars in a name stay in it"),
        pytest.param(["*.md", "!keep.md"], "a/keep.md", False, id="a later exclamation mark takes back"),
        pytest.param(["a/", "!a/keep.md"], "a/keep.md", True, id="no file comes back from a folder that is out"),
        pytest.param(["# *.md", ""], "a.md", False, id="comments and blank lines"),
        pytest.param(["\\#a.md", "\\!b.md"], "#a.md", True, id="an escaped hash"),
        pytest.param(["a.md   "], "a.md", True, id="blanks at the end"),
        pytest.param(["[!a].md"], "b.md", True, id="a set turned round"),
        pytest.param(["[a.md"], "[a.md", False, id="a set that is never closed matches nothing"),
        pytest.param(["?.md"], "/.md", False, id="a question mark is no slash"),
        pytest.param(["/"], "a", False, id="a slash alone matches nothing"),
        pytest.param(["[\\]].md"], "].md", True, id="an escaped bracket in a set"),
        pytest.param(["[b-a].md"], "a.md", False, id="a range the wrong way round"),
        pytest.param(["a\\"], "a", False, id="a backslash at the end matches nothing"),
        pytest.param(["a.md\r"], "a.md", True, id="a line end of Windows"),
    ],
)
def test_globs_cover(lines: list[str], path: str, covered: bool) -> None:
    assert Globs(lines).covers(path) is covered


PATHS = ("a", "b.md", "a.md", "a/b.md", "a/b/a.md", "b/a", "b/a/b/b.md", "ab", "ab/-.md", "]", "a/]/!")
LINES = st.text("ab*?[]!/\\-.^md ", min_size=1, max_size=8).filter(lambda line: line.strip())


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git to compare with")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(LINES, min_size=1, max_size=3))
def test_globs_agree_with_git(tmp_path_factory, lines: list[str]) -> None:
    folder = tmp_path_factory.mktemp("repo", numbered=True)
    subprocess.run(["git", "init", "-q", folder], check=True)
    (folder / ".gitignore").write_text("\n".join(lines), encoding="utf-8")
    told = subprocess.run(
        ["git", "-C", folder, "check-ignore", "--no-index", "--stdin"],
        input="\n".join(PATHS), capture_output=True, text=True, check=False,
    )  # fmt: skip
    ours = [path for path in PATHS if Globs(lines).covers(path)]
    assert ours == told.stdout.split("\n")[:-1]
