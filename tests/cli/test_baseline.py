"""`healthlint baseline` and `check --baseline`, with a real git."""

import json
import os
import re
from pathlib import Path

import pytest

from .conftest import BAD, CONFIG, GOOD, RULE, places

FILE = ".healthlint-baseline.jsonl"
PARAGRAPHS = 50


def paragraph(page: int, number: int) -> str:
    return f"Pair {number} of shelf {page} is dear to us. Every night our zorbs mend socks of size {number}. They rest."


def edited(path: str, change, site: Path) -> None:
    text = (site / path).read_text("utf-8")
    changed = change(text)
    assert changed != text
    (site / path).write_text(changed, "utf-8")


def test_a_thousand_old_findings_edited_in_ways(site, write, git, healthlint_run) -> None:
    for page in range(20):
        write(f"p{page:02}.md", "\n\n".join(paragraph(page, number) for number in range(PARAGRAPHS)) + "\n")
    git.commit()
    assert healthlint_run("baseline").out == f"1000 findings written to {FILE}\n"
    git.commit()
    adopted = healthlint_run("check", "--baseline", FILE)
    assert (adopted.status, adopted.out, adopted.err) == (0, "no findings in 20 files (1000 in the baseline)\n", "")

    one = paragraph(4, 7)
    edited("p00.md", lambda text: text.replace("\n\n" + paragraph(0, 9), "") + "\n" + paragraph(0, 9) + "\n", site)
    edited("p01.md", lambda text: re.sub(r" (our|socks|is) ", r"\n\1 ", text), site)
    edited("p02.md", lambda text: text.replace("socks of size 3.", "socks of wool."), site)
    edited("p03.md", lambda text: text + "\n" + one + "\n", site)
    edited("p05.md", lambda text: text + "\n" + paragraph(5, 11) + "\n", site)
    (site / "shop").mkdir()
    git("mv", "p06.md", "shop/first.md")
    git("commit", "-q", "-m", "x")
    edited("shop/first.md", lambda text: text.replace("dear", "near", 9), site)
    git("mv", "shop/first.md", "shop/last.md")
    git("mv", "p07.md", "shop/staged.md")
    (site / "p08.md").unlink()
    write("p99.md", BAD)
    edited("p10.md", lambda text: text.replace("They rest.", "They sleep."), site)
    silenced = "<!-- healthlint-disable-next-line zorb-cure -- a quotation -->\n"
    edited("p11.md", lambda text: text.replace(paragraph(11, 2), silenced + paragraph(11, 2)), site)

    result = healthlint_run("check", "--baseline", FILE, "--format", "json")
    assert result.status == 1
    assert places(result.out) == ["p02.md:7", "p03.md:101", "p05.md:101", "p99.md:1"]
    assert result.err == (
        f"note: {FILE}: 52 stale entries: p02.md (1), p08.md (50, gone), p11.md (1); "
        "'healthlint baseline --prune' drops them\n"
    )
    summary = healthlint_run("check", "--baseline", FILE, "--quiet", "--format", "text")
    assert summary.err == ""
    shown = healthlint_run("check", "--baseline", FILE).out
    assert shown.endswith("4 errors in 4 of 20 files (948 in the baseline, 1 suppressed)\n")

    pruned = healthlint_run("baseline", "--prune")
    assert pruned.out == f"52 findings dropped from {FILE}, 948 left\n"
    text = (site / FILE).read_text("utf-8")
    assert text.count("\n") == 949
    assert [path in text for path in ("p06.md", "shop/last.md", "p07.md", "shop/staged.md", "p08.md", "p99.md")] == [
        False, True, False, True, False, False,
    ]  # fmt: skip
    again = healthlint_run("check", "--baseline", FILE, "--format", "json")
    assert (places(again.out), again.err) == (places(result.out), "")


@pytest.mark.parametrize("edit", ["the disk", "the index", "a commit", "a commit, and the index"])
@pytest.mark.parametrize("name", ["d/'ü\" \\ {x} =>.md", ":(top)*.md", "-a.md", "t\tn\nl.md"], ids=repr)
def test_a_rename_is_followed_in(name, edit, site, write, git, healthlint_run) -> None:
    write(f"old/{name}", BAD)
    healthlint_run("baseline")
    git.commit()
    (site / "new").mkdir()
    git("mv", "old", "new/old")
    if edit == "the disk":
        git("reset", "-q")
    if edit.startswith("a commit"):
        git.commit()
    if edit.endswith(", and the index"):
        git("mv", "new", "newer")
    result = healthlint_run("check", "--baseline", FILE)
    # To git, what only the disk knows was not renamed: a file went, and another came that is not tracked.
    followed = edit != "the disk" and not ("\n" in name and edit.startswith("a commit"))
    assert (result.status, "stale" in result.err) == (0, False) if followed else (1, True)


def test_two_branches_add_to_it_and_git_merges(site, write, git, healthlint_run) -> None:
    write(".gitattributes", f"{FILE} merge=union\n")
    write("a.md", BAD)
    healthlint_run("baseline")
    git.commit()
    for branch, page in (("left", "b.md"), ("right", "c.md")):
        git("checkout", "-q", "-b", branch, "main")
        write(page, BAD)
        healthlint_run("baseline")
        git.commit()
    git("merge", "-q", "--no-edit", "left")
    first, *paths = [json.loads(line).get("path") for line in (site / FILE).read_text().splitlines()]
    assert (first, sorted(paths)) == (None, ["a.md", "b.md", "c.md"])
    assert healthlint_run("check", "--baseline", FILE).status == 0


def test_two_branches_prune_it_and_git_merges(site, write, git, healthlint_run) -> None:
    for page in "abcde":
        write(f"{page}.md", BAD)
    healthlint_run("baseline")
    git.commit()
    for branch, page in (("left", "a.md"), ("right", "e.md")):
        git("checkout", "-q", "-b", branch, "main")
        write(page, GOOD)
        healthlint_run("baseline", "--prune")
        git.commit()
    git("merge", "-q", "--no-edit", "left")
    result = healthlint_run("check", "--baseline", FILE)
    assert (result.status, result.err) == (0, "")
    assert (site / FILE).read_text().count("\n") == 4


def test_a_shallow_clone_says_that_it_cannot_follow(site, write, git, healthlint_run, monkeypatch) -> None:
    write("a.md", BAD)
    write("tools/x", "")
    healthlint_run("baseline")
    git.commit()
    git("mv", "a.md", "b.md")
    git.commit()
    git("clone", "-q", "--depth", "1", f"file://{site}", "tools/clone")
    monkeypatch.chdir(site / "tools" / "clone")
    result = healthlint_run("check", "--baseline", FILE)
    assert result.status == 1
    assert "this clone is shallow: renames before it began cannot be followed" in result.err
    monkeypatch.chdir(site)
    assert healthlint_run("check", "--baseline", FILE, "b.md").status == 0


def test_without_git_a_renamed_file_is_new(site, write, healthlint_run) -> None:
    (site / ".git").rmdir()
    write("a.md", BAD)
    healthlint_run("baseline")
    (site / "a.md").rename(site / "b.md")
    result = healthlint_run("check", "--baseline", FILE, "--format", "json")
    assert places(result.out) == ["b.md:1"]
    assert result.err.startswith(f"note: {FILE}: 1 stale entry: a.md (1, gone)")


def test_a_repository_that_git_does_not_take_is_told_of(site, write, healthlint_run) -> None:
    write("a.md", BAD)
    healthlint_run("baseline")
    (site / "a.md").rename(site / "b.md")
    assert (
        "renames cannot be followed: git rev-parse: not a git repository"
        in healthlint_run("check", "--baseline", FILE).err
    )


def test_from_another_folder_it_is_the_same(site, write, healthlint_run, monkeypatch) -> None:
    write("docs/a.md", BAD)
    healthlint_run("baseline")
    monkeypatch.chdir(site / "docs")
    assert healthlint_run("check", "a.md", "--baseline", f"../{FILE}").status == 0
    assert healthlint_run("check", "--baseline", str(site / FILE)).status == 0


def test_nothing_is_said_of_files_and_rules_not_asked_about(write, healthlint_run, house) -> None:
    other = RULE.replace("zorb-cure", "zorb-care").replace("(mend|heal) socks", "(hug|kiss) cats")
    other = other.replace("mend socks", "hug cats").replace("heal socks", "kiss cats")
    write("own/zorb-care.yaml", other)
    write(CONFIG, f"rule-folders: [{house}, own]\n".encode())
    write("a.md", BAD)
    write("b.md", "Our zorbs hug cats.\n")
    assert healthlint_run("baseline", "--select", "zorb-cure,zorb-care").out.startswith("2 findings")
    assert healthlint_run("check", "a.md", "--select", "zorb-cure", "--baseline", FILE).err == ""
    assert healthlint_run("check", "--select", "zorb-cure", "--baseline", FILE).err == ""


@pytest.mark.parametrize(
    ("mended", "arguments", "status"),
    [
        pytest.param(True, [], 0, id="by default a note"),
        pytest.param(True, ["--fail-on-stale"], 1, id="where it is asked for, a failure"),
        pytest.param(True, ["--fail-on-stale", "--quiet"], 1, id="a failure that is told though little is"),
        pytest.param(True, ["--fail-on-stale", "--exit-zero"], 0, id="unless all findings are let pass"),
        pytest.param(True, ["--fail-on-stale", "gone.md"], 2, id="and what cannot be checked is worse"),
        pytest.param(False, ["--fail-on-stale"], 0, id="nothing where all is as it was"),
    ],
)
def test_a_stale_baseline_fails_where_that_is_asked_for(mended, arguments, status, write, healthlint_run) -> None:
    write("a.md", BAD)
    healthlint_run("baseline")
    write("a.md", GOOD if mended else BAD)
    result = healthlint_run("check", "--baseline", FILE, "a.md", *arguments)
    assert result.status == status
    asked = mended and "--fail-on-stale" in arguments
    assert ("error: --fail-on-stale: the baseline knows what is there no more" in result.err) is asked


def test_fail_on_decides_nothing_about_what_is_written(write, healthlint_run) -> None:
    write(CONFIG, "rules: {zorb-cure: info}\nfail-on: never\n")
    write("a.md", BAD)
    assert healthlint_run("baseline").out == f"1 finding written to {FILE}\n"


def test_the_same_findings_give_the_same_bytes(site, write, healthlint_run) -> None:
    write("a.md", BAD + "\n" + BAD)
    healthlint_run("baseline")
    first = (site / FILE).read_bytes()
    assert healthlint_run("baseline").out == f"2 findings written to {FILE} (0 new, 0 no more)\n"
    assert (site / FILE).read_bytes() == first
    write("a.md", BAD)
    write("b.md", BAD)
    assert healthlint_run("baseline").out == f"2 findings written to {FILE} (1 new, 1 no more)\n"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        pytest.param(["check", "--baseline", "gone.jsonl"], "gone.jsonl: there is no such baseline", id="it is not there"),
        pytest.param(["check", "--baseline", ""], ": there is no such baseline", id="it has no name"),
        pytest.param(["check", "--baseline", "a.md"], "a.md:1: no baseline: the first line of one is", id="it is a page"),
        pytest.param(["check", "--baseline", "broken.jsonl"], "broken.jsonl:2: its keys are path", id="it is broken"),
        pytest.param(["check", "--fail-on-stale"], "--fail-on-stale asks for a --baseline", id="nothing that could be stale"),
        pytest.param(["baseline", "--prune"], ".jsonl: there is no such baseline", id="nothing to prune"),
        pytest.param(["baseline", "--output", "a.md"], "a.md:1: no baseline: the first line of one is", id="a page would be written over"),
        pytest.param(["baseline", "--output", "broken.jsonl"], "broken.jsonl:2", id="a broken one would be"),
        pytest.param(["baseline", "--output", "docs"], "docs: cannot be read: is a directory", id="a folder would be"),
        pytest.param(["baseline", "--output", "no/b.jsonl"], "no/b.jsonl cannot be written: no such", id="no folder for it"),
        pytest.param(["baseline", "gone.md"], "was not written", id="a page is not there"),
        pytest.param(["baseline", "docs"], "nothing to check", id="nothing to check"),
    ],
)  # fmt: skip
def test_an_error_and_nothing_written(arguments, error, site, write, healthlint_run) -> None:
    write("a.md", BAD)
    write("broken.jsonl", '{"healthlint-baseline": 1}\n{"path": "a.md"}\n')
    (site / "docs").mkdir()
    before = {path: path.read_bytes() for path in site.iterdir() if path.is_file()}
    result = healthlint_run(*arguments)
    assert result.status == 2
    assert error in result.err
    assert {path: path.read_bytes() for path in site.iterdir() if path.is_file()} == before


def test_a_full_disk_leaves_the_old_one(site, write, healthlint_run, monkeypatch) -> None:
    write("a.md", BAD)
    healthlint_run("baseline")
    before = (site / FILE).read_bytes()
    write("b.md", BAD)

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    result = healthlint_run("baseline")
    monkeypatch.undo()
    assert result.status == 2
    assert (site / FILE).read_bytes() == before
    assert sorted(path.name for path in site.iterdir()) == sorted([".git", CONFIG, FILE, "a.md", "b.md"])
