"""`check --diff REV` and `check --staged`, with a real git."""

import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import BAD, CONFIG, GOOD, SOURCES, places
from .gitting import Git

PAGE = "One line.\n\nOur zorbs mend socks.\n\nThree lines.\n\nBlue zorbs heal socks at night.\n"
"""Findings on lines 3 and 7."""


@pytest.fixture
def git(site: Path, git: Git) -> Git:
    """A repository with `a.md` and `b.md` committed."""
    for name in ("a.md", "b.md"):
        (site / name).write_bytes(PAGE.encode())
    git.commit()
    return git


def put(path: str, text: str) -> Callable[[Git], object]:
    def edit(git: Git) -> None:
        (git.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (git.folder / path).write_bytes(text.encode())

    return edit


def run(*arguments: str) -> Callable[[Git], object]:
    return lambda git: git(*arguments)


def commit(git: Git) -> None:
    git.commit()


ODD = "d/'ü\" \\ {x} =>.md"
HEADS = "++ b/b.md\n-- a/b.md\n@@ -1 +1 @@\ndiff --git a/b.md b/b.md\n:100644 100644 a b M\tb.md\n\n\n"
CASES = [
    pytest.param([], [], id="nothing"),
    pytest.param([put("a.md", PAGE.replace("Our", "The"))], ["a.md:3"], id="the words of a finding"),
    pytest.param([put("a.md", PAGE.replace("Three", "Six"))], [], id="words elsewhere"),
    pytest.param([put("a.md", PAGE.replace("One line.\n\n", ""))], [], id="a paragraph went"),
    pytest.param([put("a.md", "New.\n\n" + PAGE)], [], id="a paragraph came"),
    pytest.param([put("a.md", PAGE.replace("Our zorbs", "Our\nzorbs"))], ["a.md:4"], id="a line was broken in two"),
    pytest.param([put("a.md", PAGE + "\nThe zorbs mend socks.")], ["a.md:9"], id="a last line without an end"),
    pytest.param([put("a.md", PAGE.replace("\n", "\r\n"))], ["a.md:3", "a.md:7"], id="every line end"),
    pytest.param([run("mv", "a.md", "c.md")], [], id="a name, and nothing else"),
    pytest.param([run("mv", "a.md", "c.md"), put("c.md", PAGE.replace("Blue", "Red"))], ["c.md:7"], id="a name and a line"),
    pytest.param([run("mv", "a.md", "c.md"), commit], [], id="a name, committed"),
    pytest.param([put("c.md", BAD), commit], ["c.md:1"], id="a file came, committed"),
    pytest.param([put("c.md", BAD), run("add", "c.md")], ["c.md:1"], id="a file came, staged"),
    pytest.param([put("c.md", BAD), run("add", "-N", "c.md")], ["c.md:1"], id="a file came, announced"),
    pytest.param([put("c.md", BAD)], ["c.md:1"], id="a file came, untracked"),
    pytest.param([put("new/c.md", BAD)], ["new/c.md:1"], id="a folder came, untracked"),
    pytest.param([put("c.md", "")], [], id="an empty file came"),
    pytest.param([run("rm", "-q", "a.md")], [], id="a file went"),
    pytest.param([run("rm", "-q", "--cached", "a.md")], ["a.md:3", "a.md:7"], id="a file is no longer tracked"),
    pytest.param([run("update-index", "--chmod=+x", "a.md")], [], id="a mode"),
    pytest.param([put(ODD, GOOD), commit, put(ODD, BAD)], [f"{ODD}:1"], id="a file with an odd name"),
    pytest.param([put("a.md", HEADS + PAGE)], [], id="lines that look like those of a patch"),
    pytest.param([put(".gitattributes", "*.md binary\n"), put("a.md", PAGE.replace("Blue", "Red"))], ["a.md:7"], id="a file that is called binary"),
    pytest.param([put("a.md", PAGE.replace("Our", "The")), commit, put("a.md", PAGE)], [], id="there and back"),
]  # fmt: skip


@pytest.mark.parametrize(("edits", "found"), CASES)
def test_what_changed_since_a_commit_is_shown(edits, found, git, healthlint_run) -> None:
    git("tag", "old")
    for edit in edits:
        edit(git)
    result = healthlint_run("check", "--diff", "old", "--format", "json")
    assert (places(result.out), result.status) == (found, 1 if found else 0)


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param(
            "[diff]\nnoprefix = true\nrenames = false\ninterHunkContext = 9\nrelative = true\n[color]\nui = always\n",
            id="of one kind",
        ),
        pytest.param(
            "[diff]\nmnemonicPrefix = true\nrenames = copies\nexternal = false\n[core]\nquotePath = false\n",
            id="of another kind",
        ),
    ],
)
def test_the_settings_of_git_change_nothing(settings, git, healthlint_run, monkeypatch, tmp_path_factory) -> None:
    file = tmp_path_factory.mktemp("settings") / "config"
    file.write_text(settings)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(file))
    put(ODD, PAGE)(git)
    git.commit()
    put(ODD, PAGE.replace("Our", "The").replace("Three", "Six"))(git)
    git("mv", "a.md", "c.md")
    result = healthlint_run("check", "--diff", "HEAD", "--format", "json")
    assert places(result.out) == [f"{ODD}:3"]


def test_a_line_taken_from_its_sentence_touches_a_finding(git, healthlint_run) -> None:
    text = "It is not said here\nby anybody at all\nthat our zorbs mend socks.\n"
    put("a.md", text)(git)
    git.commit()
    assert healthlint_run("check", "a.md").status == 0
    put("a.md", text.replace("is not", "is often"))(git)
    assert places(healthlint_run("check", "--diff", "HEAD", "--format", "json").out) == ["a.md:3"]
    put("a.md", text.removeprefix("It is not said here\n"))(git)
    assert places(healthlint_run("check", "--diff", "HEAD", "--format", "json").out) == ["a.md:2"]


def test_a_changed_file_answers_for_the_whole_page(git, healthlint_run) -> None:
    """And one that did not change for nothing."""
    ill = "Our tea cures cancer.\n\nIt is round.\n"
    put("a.md", ill)(git)
    put("b.md", ill)(git)
    git.commit()
    put("a.md", ill.replace("round", "square"))(git)
    arguments = ("--select", "missing-medical-disclaimer", "--format", "json")
    assert places(healthlint_run("check", *arguments).out) == ["a.md:1", "b.md:1"]
    assert places(healthlint_run("check", "--diff", "HEAD", *arguments).out) == ["a.md:1"]


def test_what_is_left_out_is_told(git, healthlint_run) -> None:
    put("a.md", PAGE.replace("Our", "The"))(git)
    result = healthlint_run("check", "--diff", "HEAD")
    assert result.err == (
        "note: not checked: 1 file without changes\nnote: not shown: 1 finding that the changes do not touch\n"
    )
    assert result.out.endswith("1 error in 1 file\n")
    assert healthlint_run("check", "--diff", "HEAD", "-q").err == ""


@pytest.mark.parametrize(
    ("arguments", "note"),
    [
        pytest.param(["--diff", "HEAD"], "nothing changed since HEAD in the files to check: none was checked", id="since a commit"),
        pytest.param(["--staged"], "nothing is staged in the files to check: none was checked", id="in the index"),
        pytest.param(["--diff", "HEAD", "sub"], "nothing changed since HEAD in the files to check: none was checked", id="in a folder without files to check"),
    ],
)  # fmt: skip
def test_nothing_changed_is_all_right(arguments, note, git, healthlint_run) -> None:
    (git.folder / "sub").mkdir()
    result = healthlint_run("check", *arguments)
    assert (result.status, result.err) == (0, f"note: {note}\n")


def test_a_file_that_went_may_be_named(git, healthlint_run) -> None:
    git("rm", "-q", "a.md")
    assert healthlint_run("check", "--diff", "HEAD", "a.md", "b.md").status == 0
    assert healthlint_run("check", "--staged", "a.md").status == 0
    result = healthlint_run("check", "--diff", "HEAD", "never.md")
    assert result.status == 2
    assert "never.md: no such file" in result.err


def test_a_repository_inside_answers_for_itself(git, site, healthlint_run, monkeypatch) -> None:
    put("sub/c.md", BAD)(git)
    inner = Git(site / "sub")
    inner("init", "-q")
    put("sub/d.md", BAD)(git)
    result = healthlint_run("check", "--diff", "HEAD", "--format", "json")
    assert places(result.out) == []
    assert "note: not checked: 2 files of other repositories inside of this one\n" in result.err
    inner.commit()
    git("add", "sub")
    git("commit", "-q", "-m", "x")
    assert places(healthlint_run("check", "--diff", "HEAD", "--format", "json").out) == []
    monkeypatch.chdir(site / "sub")
    put("sub/d.md", BAD + "\n" + BAD)(git)
    assert healthlint_run("check", "--config", f"../{CONFIG}", "--diff", "HEAD").status == 1


def test_from_a_folder_inside_it_is_the_same(git, site, healthlint_run, monkeypatch) -> None:
    put("sub/c.md", PAGE)(git)
    git.commit()
    put("sub/c.md", PAGE.replace("Our", "The"))(git)
    put("a.md", PAGE.replace("Our", "The"))(git)
    monkeypatch.chdir(site / "sub")
    assert places(healthlint_run("check", "--diff", "HEAD", "--format", "json").out) == ["c.md:3"]
    found = places(healthlint_run("check", "--diff", "HEAD", "--format", "json", "..").out)
    assert sorted(found) == ["../a.md:3", "../sub/c.md:3"]
    git("add", "-A")
    assert places(healthlint_run("check", "--staged", "--format", "json").out) == ["c.md:3"]


def test_since_they_parted(git, healthlint_run) -> None:
    git("checkout", "-q", "-b", "mine")
    put("a.md", PAGE.replace("Our", "The"))(git)
    git.commit()
    git("checkout", "-q", "main")
    put("b.md", PAGE.replace("Blue", "Red"))(git)
    git.commit()
    git("checkout", "-q", "mine")
    assert places(healthlint_run("check", "--diff", "main", "--format", "json").out) == ["a.md:3", "b.md:7"]
    assert places(healthlint_run("check", "--diff", "main...", "--format", "json").out) == ["a.md:3"]


def test_with_a_baseline_only_what_is_new_on_changed_lines_is_shown(git, healthlint_run) -> None:
    healthlint_run("baseline", "a.md")
    git.commit()
    put("a.md", PAGE.replace("night.", "night. Our zorbs heal socks."))(git)
    put("b.md", PAGE.replace("Three", "Six"))(git)
    arguments = ("check", "--baseline", ".healthlint-baseline.jsonl", "--format", "json")
    assert places(healthlint_run(*arguments).out) == ["a.md:7", "b.md:3", "b.md:7"]
    assert places(healthlint_run(*arguments, "--diff", "HEAD").out) == ["a.md:7"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        pytest.param(["--diff", "mian"], "--diff mian: no such commit; did you mean 'main'?", id="no such commit"),
        pytest.param(["--diff", "mian..."], "--diff mian...: no such commit; did you mean 'main'?", id="no such branch"),
        pytest.param(["--diff", "--all"], "--diff --all: no such commit", id="an option of git"),
        pytest.param(["--diff", ""], "--diff : no such commit", id="nothing"),
        pytest.param(["--diff", "a\nb"], "no such commit", id="two lines"),
        pytest.param(["--diff", "HEAD:a.md"], "--diff HEAD:a.md: no such commit", id="a file"),
        pytest.param(["--diff", "main..alone"], "--diff main..alone: a range; name one commit, or 'X...' for the one", id="a range"),
        pytest.param(["--diff", "main...alone"], "--diff main...alone: a range; name one commit", id="a range since they parted"),
        pytest.param(["--diff", "alone..."], "--diff alone...: no commit that HEAD and 'alone' share", id="a branch without kin"),
        pytest.param(["--diff", "HEAD", "--staged"], "--diff and --staged exclude each other", id="both"),
        pytest.param(["--diff", "HEAD", "-"], "--diff HEAD: of standard input ('-') nobody knows what changed", id="standard input"),
        pytest.param(["--staged", "-"], "--staged: of standard input", id="standard input, staged"),
        pytest.param(["--staged", "../outside.md"], "--staged: ../outside.md lies outside of the repository", id="a file outside"),
    ],
)  # fmt: skip
def test_a_clear_error(arguments, error, git, site, healthlint_run) -> None:
    git("checkout", "-q", "--orphan", "alone")
    git("commit", "-q", "-m", "of no kin")
    git("checkout", "-q", "main")
    (site.parent / "outside.md").write_text(BAD)
    result = healthlint_run("check", "--isolated", *arguments)
    assert (result.status, result.out) == (2, "")
    assert error in result.err


@pytest.mark.parametrize("arguments", [["--diff", "HEAD"], ["--staged"]], ids=["since a commit", "in the index"])
def test_without_a_repository_or_git(arguments, site, write, healthlint_run, monkeypatch) -> None:
    write("a.md", BAD)
    result = healthlint_run("check", *arguments)
    assert result.status == 2
    assert result.err.startswith(f"error: {' '.join(arguments)}: git rev-parse: not a git repository")
    monkeypatch.setenv("PATH", str(site))
    result = healthlint_run("check", *arguments)
    assert result.status == 2
    assert result.err == f"error: {' '.join(arguments)}: git is not there: not installed, or not on the PATH\n"


def test_in_a_shallow_clone(git, site, healthlint_run, monkeypatch) -> None:
    git("tag", "old")
    put("a.md", PAGE.replace("Our", "The"))(git)
    git.commit()
    git("clone", "-q", "--depth", "1", f"file://{site}", "clone")
    monkeypatch.chdir(site / "clone")
    result = healthlint_run("check", "--diff", "old")
    assert result.status == 2
    assert "--diff old: no such commit; this clone is shallow: fetch more of its history" in result.err
    assert healthlint_run("check", "--diff", "HEAD").status == 0
    clone = Git(site / "clone")
    clone("fetch", "-q", "--depth", "1", "origin", "tag", "old")
    result = healthlint_run("check", "--diff", "old...")
    assert result.status == 2
    assert "no commit that HEAD and 'old' share; this clone is shallow" in result.err
    assert places(healthlint_run("check", "--diff", "old", "--format", "json").out) == ["a.md:3"]


THE = PAGE.replace("Our", "The")


@pytest.mark.parametrize(
    ("edits", "found"),
    [
        pytest.param([put("a.md", THE), run("add", "a.md")], ["a.md:3"], id="staged"),
        pytest.param([put("a.md", THE)], [], id="not staged"),
        pytest.param([put("a.md", THE), run("add", "a.md"), put("a.md", GOOD)], ["a.md:3"], id="staged, and mended on the disk"),
        pytest.param([put("a.md", GOOD), run("add", "a.md"), put("a.md", BAD)], [], id="mended, and spoilt on the disk"),
        pytest.param([put("a.md", THE), run("add", "a.md"), put("a.md", "New.\n\n" + THE)], ["a.md:3"], id="lines are those of the index"),
        pytest.param([put("c.md", BAD), run("add", "c.md")], ["c.md:1"], id="a file came"),
        pytest.param([put("c.md", BAD)], [], id="a file came, untracked"),
        pytest.param([run("mv", "a.md", "c.md"), put("c.md", THE), run("add", "c.md")], ["c.md:3"], id="renamed and edited"),
        pytest.param([put(ODD, BAD), run("add", "-A")], [f"{ODD}:1"], id="an odd name"),
    ],
)  # fmt: skip
def test_what_is_staged_is_checked(edits, found, git, healthlint_run) -> None:
    for edit in edits:
        edit(git)
    result = healthlint_run("check", "--staged", "--format", "json")
    assert (places(result.out), result.status) == (found, 1 if found else 0)


def test_the_first_commit_can_be_checked(git, healthlint_run) -> None:
    git("checkout", "-q", "--orphan", "first")
    assert places(healthlint_run("check", "--staged", "--format", "json", "a.md").out) == ["a.md:3", "a.md:7"]


def test_a_staged_file_that_the_disk_lacks_is_an_error(git, site, healthlint_run) -> None:
    put("c.md", BAD)(git)
    put("d.txt.bak", BAD)(git)
    git("add", "-A")
    (site / "c.md").unlink()
    (site / "d.txt.bak").unlink()
    result = healthlint_run("check", "--staged")
    assert result.status == 2
    assert result.err == "error: --staged: c.md is staged and not on the disk: restore it, or unstage it\n"


def test_a_conflict_is_an_error(git, healthlint_run) -> None:
    git("checkout", "-q", "-b", "mine")
    put("a.md", THE)(git)
    git.commit()
    git("checkout", "-q", "main")
    put("a.md", PAGE.replace("Our", "No"))(git)
    git.commit()
    with pytest.raises(Exception, match="merge"):
        git("merge", "mine")
    result = healthlint_run("check", "--staged")
    assert result.status == 2
    assert "a.md: a merge conflict is left: resolve and stage it" in result.err
    assert healthlint_run("check", "--diff", "HEAD").status == 1


def test_a_hook_sees_the_index_of_its_commit(git, site) -> None:
    """With `git commit FILE` that is another one than the usual."""
    hook = site / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    command = f"PYTHONPATH='{SOURCES}' exec '{sys.executable}' -m healthlint check --staged"
    hook.write_text(f"#!/bin/sh\n{command}\n")
    hook.chmod(0o755)
    put("a.md", THE)(git)
    git("add", "a.md")
    put("b.md", PAGE.replace("Three", "Six"))(git)
    hooked = ("-c", f"core.hooksPath={hook.parent}", "commit", "-q", "--no-gpg-sign", "-m", "x")
    git(*hooked, "b.md")
    with pytest.raises(Exception, match="commit"):
        git(*hooked)
    assert git("log", "--oneline").count("\n") == 2


def test_the_page_on_adoption_tells_what_works(git, healthlint_run, root) -> None:
    """Its commands, in their order: nothing is new, in the repository or on the lines that changed."""
    text = (root / "docs" / "adopting.md").read_text("utf-8")
    put(".gitattributes", re.search(r"```text\n(.*?)```", text, re.DOTALL)[1])(git)
    git("update-ref", "refs/remotes/origin/main", "HEAD")
    commands = re.findall(r"^healthlint .*", "".join(re.findall(r"```bash\n(.*?)```", text, re.DOTALL)), re.MULTILINE)
    assert len(commands) == 7
    for command in commands:
        assert healthlint_run(*shlex.split(command, comments=True)[1:]).status == 0, command
    assert git("check-attr", "merge", ".healthlint-baseline.jsonl").endswith(": union\n")


def test_the_config_is_obeyed(git, write, healthlint_run) -> None:
    write(CONFIG, "exclude: [a.md]\n")
    put("a.md", BAD)(git)
    put("b.md", "Our zorbs mend socks. New.\n")(git)
    assert places(healthlint_run("check", "--diff", "HEAD", "--format", "json").out) == ["b.md:1"]


@pytest.fixture
def submodule(git, site, tmp_path_factory) -> Git:
    """A repository inside of `site`, in `sub`, as a submodule of it that is committed."""
    library = Git(tmp_path_factory.mktemp("library"))
    library("init", "-q")
    put("c.md", GOOD)(library)
    library.commit()
    git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(library.folder), "sub")
    git.commit()
    return Git(site / "sub")


@pytest.mark.parametrize("arguments", [["--diff", "HEAD~1"], ["--staged"]], ids=["since a commit", "in the index"])
def test_a_submodule_at_another_commit_is_to_be_checked_from_inside(
    arguments, git, submodule, site, healthlint_run, monkeypatch
) -> None:
    before = submodule("rev-parse", "HEAD").strip()
    put("c.md", BAD)(submodule)
    submodule.commit()
    git("add", "sub")
    if arguments != ["--staged"]:
        git("commit", "-q", "-m", "x")
    result = healthlint_run("check", *arguments)
    assert (result.status, result.out) == (2, "")
    assert result.err == (
        f"error: {' '.join(arguments)}: sub/ is a submodule, at another commit now: "
        f"check it from inside with --diff {before[:12]}\n"
    )
    assert healthlint_run("check", *arguments, "a.md").status == 0
    assert healthlint_run("check", *arguments, "--exclude", "sub/").status == 0
    monkeypatch.chdir(site / "sub")
    inside = healthlint_run("check", "--config", f"../{CONFIG}", "--diff", before[:12], "--format", "json")
    assert places(inside.out) == ["c.md:1"]


def test_a_submodule_that_is_as_it_was_is_left_out(git, submodule, healthlint_run) -> None:
    """So is one whose files are edited and not committed: its own checks see that."""
    put("a.md", PAGE.replace("Our", "The"))(git)
    for _ in range(2):
        result = healthlint_run("check", "--diff", "HEAD", "--format", "json")
        assert places(result.out) == ["a.md:3"]
        assert "note: not checked: 1 file of other repositories inside of this one\n" in result.err
        put("c.md", BAD)(submodule)
    result = healthlint_run("check", "--diff", "HEAD~1")
    assert (result.status, "sub/ is a submodule that was added: check it from inside, whole" in result.err) == (2, True)


def test_in_a_worktree_it_is_the_same(git, site, healthlint_run, monkeypatch, tmp_path_factory) -> None:
    folder = tmp_path_factory.mktemp("worktree") / "mine"
    git("worktree", "add", "-q", "-b", "mine", str(folder))
    mine = Git(folder)
    monkeypatch.chdir(folder)
    put("a.md", PAGE.replace("Our", "The"))(mine)
    mine("mv", "b.md", "c.md")
    mine("add", "a.md")
    (site / "b.md").write_text(BAD)
    for arguments in (["--staged"], ["--diff", "HEAD"], ["--diff", "main"], ["--diff", "main..."]):
        assert places(healthlint_run("check", *arguments, "--format", "json").out) == ["a.md:3"], arguments
    mine.commit()
    assert places(healthlint_run("check", "--diff", "main...", "--format", "json").out) == ["a.md:3"]


def test_a_hook_in_a_worktree_sees_its_own_index(git, tmp_path_factory) -> None:
    folder = tmp_path_factory.mktemp("worktree") / "mine"
    git("worktree", "add", "-q", "-b", "mine", str(folder))
    hooks = tmp_path_factory.mktemp("hooks")
    command = f"PYTHONPATH='{SOURCES}' exec '{sys.executable}' -m healthlint check --staged"
    (hooks / "pre-commit").write_text(f"#!/bin/sh\n{command}\n")
    (hooks / "pre-commit").chmod(0o755)
    mine = Git(folder)
    put("a.md", THE)(mine)
    put("b.md", THE)(git)
    git("add", "b.md")
    mine("add", "a.md")
    hooked = ("-c", f"core.hooksPath={hooks}", "commit", "-q", "--no-gpg-sign", "-m", "x")
    with pytest.raises(Exception, match="commit"):
        mine(*hooked)
    put("a.md", PAGE.replace("Three", "Six"))(mine)
    mine("add", "a.md")
    mine(*hooked)
    assert mine("log", "--oneline").count("\n") == 2
