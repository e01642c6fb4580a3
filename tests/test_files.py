"""Paths become the files to check."""

import io
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from healthlint.errors import ReadError
from healthlint.files import Input, Search, find, read_source
from healthlint.globs import Globs
from healthlint.paths import folders_up, relative

Tree = Callable[..., None]


class Excluding:
    def __init__(self, *lines: str) -> None:
        self.globs = Globs(lines)

    def meets(self, path: str, *, is_folder: bool) -> bool:
        return bool(self.globs.verdict(path, is_folder=is_folder))

    def covers(self, path: str, *, is_folder: bool) -> bool:
        return self.globs.covers(path, is_folder=is_folder)


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """Write files, given as paths or (path, text), into the folder that is the current one."""
    monkeypatch.chdir(tmp_path)

    def grow(*files: str | tuple[str, str]) -> None:
        for file in files:
            path, text = file if isinstance(file, tuple) else (file, "")
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, encoding="utf-8")

    return grow


def search(*excluded: str, **more: object) -> Search:
    return Search(frozenset({".md", ".txt"}), Excluding(*excluded), **more)  # type: ignore[arg-type]


def paths(*named: str, excluded: tuple[str, ...] = (), **more: object) -> list[str]:
    return [file.path for file in find(named, search(*excluded, **more)).inputs]


def test_a_folder_is_walked_in_sorted_order(tree: Tree) -> None:
    tree("b.md", "a/z.txt", "a.md", "a/b/c.MD", "code.py")
    assert paths(".") == ["a.md", "a/b/c.MD", "a/z.txt", "b.md"]


@pytest.mark.parametrize(
    ("named", "walked"),
    [
        pytest.param("a", "a/b.md", id="plain"),
        pytest.param("a/", "a/b.md", id="with a slash at its end"),
        pytest.param("./a", "a/b.md", id="with a dot before it"),
        pytest.param(".//a//", "a/b.md", id="with too many slashes"),
        pytest.param("a/../a", "a/../a/b.md", id="with a way round"),
    ],
)
def test_a_walked_path_starts_as_the_folder_was_named(tree: Tree, named: str, walked: str) -> None:
    tree("a/b.md")
    assert paths(named) == [walked]


def test_a_file_is_called_as_it_was_named(tree: Tree) -> None:
    tree("a.md")
    assert paths("./a.md") == ["./a.md"]


def test_what_is_named_twice_is_checked_once(tree: Tree, tmp_path: Path) -> None:
    tree("a/b.md")
    os.symlink("b.md", tmp_path / "a" / "z.md")
    assert paths("a/b.md", "a", ".", "./a/b.md", "a/z.md", "-", "-") == ["a/b.md", "stdin.md"]


def test_hidden_and_foreign_folders_are_not_walked(tree: Tree) -> None:
    tree(".git/a.md", ".venv/a.md", "node_modules/x/a.md", "venv/a.md", ".hidden.md", "a.md", "node_modules.md")
    assert paths(".") == ["a.md", "node_modules.md"]
    assert paths(".venv", ".hidden.md") == [".hidden.md", ".venv/a.md"]


def test_a_folder_may_be_called_like_a_file(tree: Tree) -> None:
    tree("notes.md/a.md")
    assert paths(".") == paths("notes.md") == ["notes.md/a.md"]


def test_loops_of_links_end(tree: Tree, tmp_path: Path) -> None:
    tree("a/b.md")
    os.symlink("..", tmp_path / "a" / "up")
    os.symlink("round.md", tmp_path / "round.md")
    found = find(["."], search())
    assert [file.path for file in found.inputs] == ["a/b.md"]
    assert found.failures == (("round.md", "round.md: cannot be read: too many levels of symbolic links"),)


def test_gitignore_is_respected_at_every_level(tree: Tree) -> None:
    tree(
        (".gitignore", "*.txt\nbuild/\n"),
        ("a/.gitignore", "!keep.txt\n/x.md\n"),
        "a/keep.txt", "a/x.md", "a/b/x.md", "drop.txt", "build/a.md", "c.md",
    )  # fmt: skip
    assert paths(".") == ["a/b/x.md", "a/keep.txt", "c.md"]
    assert paths(".", respect_gitignore=False) == [
        "a/b/x.md", "a/keep.txt", "a/x.md", "build/a.md", "c.md", "drop.txt",
    ]  # fmt: skip


@pytest.mark.parametrize("root", [pytest.param("a", id="from above"), pytest.param("../top/a", id="from aside")])
def test_gitignore_files_above_count_up_to_the_repository(tree: Tree, root: str, monkeypatch, tmp_path: Path) -> None:
    tree(
        (".gitignore", "b.md"),
        ("top/.git/info/exclude", "d.md"),
        ("top/.gitignore", "/a/c.md"),
        "top/a/b.md", "top/a/c.md", "top/a/d.md", "top/c.md",
    )  # fmt: skip
    monkeypatch.chdir(tmp_path / "top")
    assert paths(root) == [f"{root}/b.md"]


def test_what_is_excluded_is_not_walked_but_may_be_named(tree: Tree) -> None:
    tree("drafts/a.md", "b.md")
    assert paths(".", excluded=("drafts/",)) == ["b.md"]
    assert paths("drafts/a.md", excluded=("drafts/",)) == ["drafts/a.md"]
    assert paths("drafts", excluded=("drafts/",)) == ["drafts/a.md"]


def test_force_exclude_leaves_out_what_is_named_and_says_so(tree: Tree) -> None:
    tree("drafts/a.md", "b.md")
    found = find(["drafts/a.md", "drafts", "b.md", "-"], search("drafts/", "stdin.md", force_exclude=True))
    assert found.inputs == (Input("b.md"),)
    assert found.excluded == ("drafts", "drafts/a.md", "stdin.md")


@pytest.mark.parametrize(
    ("named", "error"),
    [
        pytest.param("artikel.md", "artikel.md: no such file or folder; did you mean 'article.md'?", id="missing"),
        pytest.param("", "'': no such file or folder", id="an empty name"),
        pytest.param("article.md/x", "article.md/x: no such file or folder", id="below a file"),
        pytest.param(
            "code.py", "code.py: no reader for '.py' files; there are readers for .md, .txt", id="unknown kind"
        ),
        pytest.param(
            "README", "README: no suffix that says how to read it; there are readers for .md, .txt", id="no suffix"
        ),
        pytest.param("gone.md", "gone.md: a symbolic link to nothing", id="a link to nothing"),
        pytest.param("pipe.md", "pipe.md: not a regular file; pipe it in and name it '-'", id="a pipe"),
        pytest.param("a" * 300 + ".md", "a" * 300 + ".md: cannot be read: file name too long", id="too long a name"),
    ],
)
def test_a_path_that_is_no_file_is_a_failure(tree: Tree, tmp_path: Path, named: str, error: str) -> None:
    tree("article.md", "code.py", "README")
    os.symlink("nothing.md", tmp_path / "gone.md")
    os.mkfifo(tmp_path / "pipe.md")
    found = find([named, "article.md"], search())
    assert found.failures == ((named, error),)
    assert found.inputs == (Input("article.md"),)


def test_a_pipe_met_on_a_walk_is_no_file(tree: Tree, tmp_path: Path) -> None:
    tree("a.md")
    os.mkfifo(tmp_path / "pipe.md")
    assert paths(".") == ["a.md"]


def test_standard_input_takes_the_name_it_is_given(tree: Tree) -> None:
    tree()
    found = find(["-"], search(stdin_name="posts/tea.txt"))
    assert found.inputs == (Input("posts/tea.txt", piped=True),)
    assert read_source(found.inputs[0], io.BytesIO(b"a\r\nb")).text == "a\r\nb"


def test_standard_input_of_an_unknown_kind_is_a_failure(tree: Tree) -> None:
    tree()
    assert find(["-"], search(stdin_name="tea.docx")).failures == (
        ("tea.docx", "tea.docx: no reader for '.docx' files; there are readers for .md, .txt"),
    )


def test_a_folder_far_down_is_reached(tree: Tree) -> None:
    tree()
    deep = "a/" * 1100
    for _ in range(1100):
        os.mkdir("a")
        os.chdir("a")
    Path("x.md").write_text("", encoding="utf-8")
    os.chdir(Path.cwd().parents[1099])
    try:
        assert paths(".") == [f"{deep}x.md"]
    finally:
        subprocess.run(["rm", "-r", "a"], check=True)  # Too deep for pytest to clear away.


def test_a_file_that_vanished_is_an_error(tree: Tree) -> None:
    tree()
    with pytest.raises(ReadError, match=r"^gone\.md: no such file or folder$"):
        read_source(Input("gone.md"))


def test_standard_input_that_is_closed_is_an_error(tree: Tree) -> None:
    tree("stdin.md")
    with pytest.raises(ReadError, match=r"^stdin\.md: cannot be read: standard input is closed$"):
        read_source(Input("stdin.md", piped=True))


def test_folders_up_end_at_the_repository(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    assert list(folders_up(str(tmp_path / "a" / "b"))) == [
        str(tmp_path / "a" / "b"),
        str(tmp_path / "a"),
        str(tmp_path),
    ]


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        pytest.param("top/a/b.md", "a/b.md", id="below"),
        pytest.param("a.md", "", id="aside"),
        pytest.param("top", "", id="the folder itself"),
        pytest.param("top/../top/..a.md", "..a.md", id="a name that starts with dots"),
    ],
)
def test_a_path_is_seen_from_a_folder(path: str, seen: str) -> None:
    assert relative(path, "top") == seen


def test_whoever_asks_is_told_what_is_left_out_and_why(tree: Tree, tmp_path: Path) -> None:
    tree(
        "a.md",
        "b/.d.md",
        ".e/f.md",
        "node_modules/g.md",
        "h.png",
        "i",
        "old/j.md",
        "k.md",
        "l.draft.md",
        ("x/.gitignore", "m.md\n"),
        "x/m.md",
        ".git/n.md",
    )
    (tmp_path / "link.md").symlink_to("a.md")
    (tmp_path / "folder").symlink_to("x")
    (tmp_path / "folder.md").symlink_to("x")
    os.mkfifo(tmp_path / "pipe.md")
    told: list[tuple[str, str]] = []
    find((".", "a.md"), search("old/", "*.draft.md", left_out=lambda path, why: told.append((path, why))))
    assert sorted(told) == [
        (".e/", "hidden"),
        ("b/.d.md", "hidden"),
        ("folder", "a link to a folder"),
        ("folder.md", "a link to a folder"),
        ("h.png", "no reader for it"),
        ("i", "no reader for it"),
        ("l.draft.md", "excluded by the settings"),
        ("link.md", "another name of a.md"),
        ("node_modules/", "code of others"),
        ("old/", "excluded by the settings"),
        ("pipe.md", "no regular file"),
        ("x/.gitignore", "hidden"),
        ("x/m.md", "ignored by .gitignore"),
    ]
