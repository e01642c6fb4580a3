"""`healthlint suppressions`: all comments that silence rules, with their reasons, days and use."""

import json
import subprocess
from pathlib import Path

import jsonschema
import pytest

import healthlint

from .conftest import BAD, GOOD
from .gitting import Git
from .test_outputs import NASTY, NASTY_PATH

SCHEMA = json.loads((Path(healthlint.__file__).parent / "schema" / "suppressions-1.schema.json").read_text("utf-8"))
DAY = ("--today", "2026-11-20")


def comment(words: str = "zorb-cure", reason: str = "a bad example") -> str:
    return f"<!-- healthlint-disable-next-line {words} -- {reason} -->\n"


PAGE = (
    comment() + BAD + "\n"
    + comment("zorb-cure, no-side-effects until=2026-12-31", "printed until then") + GOOD + "\n"
    + comment("zorb-cure until=2026-11-19", "old") + BAD
)  # fmt: skip


@pytest.fixture
def git(site: Path, git: Git, monkeypatch: pytest.MonkeyPatch) -> Git:
    """A repository with `a.md` committed on two days."""
    first, _, rest = PAGE.partition("\n\n")
    for day, text in (("2026-01-02T23:30:00-0500", f"{first}\n\n"), ("2026-11-01T00:30:00+0900", f"{first}\n\n{rest}")):
        (site / "a.md").write_bytes(text.encode())
        monkeypatch.setenv("GIT_AUTHOR_DATE", day)
        monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-11-10T00:00:00Z")
        git.commit()
    return git


def test_each_is_told_with_its_rules_reason_and_days(write, healthlint_run) -> None:
    write("a.md", PAGE)
    write("b.md", GOOD)
    write("c.txt", "healthlint-disable-file zorb-cure\n\nx healthlint-disable-line zorb-cure -- no comment\n")
    result = healthlint_run("suppressions", *DAY)
    assert result.status == 0
    assert result.out == (
        "a.md:1: disable-next-line zorb-cure; no end\n    a bad example\n"
        "a.md:4: disable-next-line zorb-cure (unused), no-side-effects (off); until 2026-12-31\n    printed until then\n"
        "a.md:7: disable-next-line zorb-cure; expired 2026-11-19\n    old\n"
        "c.txt:1: disable-file zorb-cure; no end; without reason\n    (no reason)\n"
        "4 suppressions in 2 files (1 expired, 1 unused)\n"
    )
    assert (
        result.err
        == "note: nobody knows when they were written: git rev-parse: not a git repository (or any of the parent directories): .git\n"
    )


def test_git_says_when_each_was_written(git, healthlint_run) -> None:
    git.folder.joinpath("a.md").write_text(PAGE + "\n" + comment() + BAD)
    git.folder.joinpath("new.md").write_text(comment() + BAD)
    result = healthlint_run("suppressions", "--format", "json", *DAY)
    made = json.loads(result.out)
    jsonschema.Draft202012Validator(SCHEMA).validate(made)
    assert [(each["path"], each["line"], each["written"], each["age_days"]) for each in made["suppressions"]] == [
        ("a.md", 1, "2026-01-02", 322), ("a.md", 4, "2026-11-01", 19), ("a.md", 7, "2026-11-01", 19),
        ("a.md", 10, None, 0), ("new.md", 1, None, 0),
    ]  # fmt: skip
    assert not any(each["or_earlier"] for each in made["suppressions"])
    told = healthlint_run("suppressions", *DAY)
    assert "a.md:1: disable-next-line zorb-cure; no end; written 2026-01-02, 322 days ago\n" in told.out
    assert "new.md:1: disable-next-line zorb-cure; no end; not committed\n" in told.out
    assert told.err == ""


def test_a_line_that_ends_in_cr_alone_is_none_for_git(git, healthlint_run) -> None:
    git.folder.joinpath("a.md").write_bytes(b"x\r" + PAGE.encode())
    git("commit", "-q", "-a", "-m", "x", "--date", "2026-11-05T00:00:00Z")
    made = json.loads(healthlint_run("suppressions", "--format", "json", *DAY).out)["suppressions"]
    assert [(each["line"], each["written"]) for each in made] == [
        (2, "2026-11-05"),
        (5, "2026-11-01"),
        (8, "2026-11-01"),
    ]


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        pytest.param([], [1, 4, 7], id="all"),
        pytest.param(["--expired"], [7], id="expired"),
        pytest.param(["--unused"], [4], id="unused"),
        pytest.param(["--expired", "--unused"], [4, 7], id="of two filters one is enough"),
        pytest.param(["--older-than", "90d"], [1], id="older than so many days"),
        pytest.param(["--older-than", "46w"], [], id="weeks, and not yet"),
        pytest.param(["--older-than", "322d"], [], id="as old, and not older"),
        pytest.param(["--older-than", "18d"], [1, 4, 7], id="all older"),
    ],
)
@pytest.mark.usefixtures("git")
def test_filters_list_some(arguments, lines, healthlint_run) -> None:
    result = healthlint_run("suppressions", "--format", "json", *DAY, *arguments)
    assert [each["line"] for each in json.loads(result.out)["suppressions"]] == lines
    assert result.status == 0
    assert healthlint_run("suppressions", "--strict", *DAY, *arguments).status == int(bool(lines))


def test_a_shallow_clone_says_so(git, healthlint_run, monkeypatch, tmp_path_factory) -> None:
    there = tmp_path_factory.mktemp("clone") / "site"
    subprocess.run(["git", "clone", "-q", "--depth=1", git.folder.as_uri(), str(there)], check=True)
    monkeypatch.chdir(there)
    result = healthlint_run("suppressions", *DAY)
    assert "a.md:1: disable-next-line zorb-cure; no end; written 2026-11-01 or earlier, 19 days ago\n" in result.out
    assert result.err == "note: this clone is shallow: what was written before it began is older than its first day\n"
    assert healthlint_run("suppressions", "--older-than", "10d", *DAY).status == 0
    unsure = healthlint_run("suppressions", "--older-than", "90d", *DAY)
    assert (unsure.status, unsure.out) == (2, "")
    assert unsure.err.startswith("error: --older-than: a.md:1: this clone is shallow")


def test_an_age_is_not_guessed_where_there_is_no_git(site, write, healthlint_run) -> None:
    write("a.md", PAGE)
    (site / ".git").rmdir()
    assert healthlint_run("suppressions", *DAY).err == "note: no repository: nobody knows when they were written\n"
    result = healthlint_run("suppressions", "--older-than", "90d", *DAY)
    assert (result.status, result.out) == (2, "")
    assert result.err == "error: --older-than: a.md:1: no repository: nobody knows when they were written\n"


@pytest.mark.parametrize(
    ("files", "arguments", "status", "told"),
    [
        pytest.param({"a.md": GOOD}, ["--strict"], 0, "0 suppressions in 0 files", id="none"),
        pytest.param({"a.md": PAGE, "b.md": b"\xff"}, ["--strict"], 2, "b.md:1: byte 0xFF", id="a file that cannot be read"),
        pytest.param({}, [], 2, "nothing to check", id="nothing to look at"),
        pytest.param({}, ["--allow-empty"], 0, "0 suppressions", id="nothing to look at, which is allowed"),
        pytest.param({"a.md": GOOD}, ["--older-than", "0d"], 2, "'0d' is no age such as 90d (days) or 12w (weeks)", id="no age"),
        pytest.param({"a.md": GOOD}, ["--older-than", "3m"], 2, "'3m' is no age such as", id="no unit"),
    ],
)  # fmt: skip
def test_suppressions_ends_with(files, arguments, status, told, write, healthlint_run) -> None:
    for path, text in files.items():
        write(path, text)
    result = healthlint_run("suppressions", *arguments)
    assert result.status == status
    assert told in result.out + result.err


@pytest.mark.parametrize("format_", ["text", "json"])
def test_a_hostile_tree_commands_nobody(format_: str, write, spawn) -> None:
    write(NASTY_PATH, comment("zorb-cure until=\x1b[1m", "=x ##[error] ::error::x \u202e </script> \x1b[31m") + NASTY)
    done = spawn("suppressions", "--format", format_, ".")
    assert done.returncode == 0
    text = done.stdout.decode()
    assert "zorb-cure" in text
    for line in text.splitlines():
        assert "\x1b" not in line
        assert "\u202e" not in line
        assert "##[" not in line
        assert not line.lstrip().startswith("::error::")
