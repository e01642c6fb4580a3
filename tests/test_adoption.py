"""A site of twenty pages and a thousand old claims takes healthlint up, and is then edited: the real command, the real git."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
FILE = ".healthlint-baseline.jsonl"
PAGES, PARAGRAPHS = 20, 50
CLAIMS = (
    "{name} has no side effects, whoever drinks it",
    "With {name} in the cupboard, remember that it cures gout",
    "{name} is completely safe, and so is its tin",
    "Our {name} is guaranteed to work, or so the label has it",
)
"""One finding each: two rules of safety, one of cures, one of guarantees."""
CONFIG = "select: [no-side-effects, cure-named-disease, absolutely-safe, guaranteed-results]\ncontext: commercial\n"
pytestmark = pytest.mark.slow


def claim(page: int, number: int) -> str:
    return CLAIMS[number % len(CLAIMS)].format(name=f"Blend {page * PARAGRAPHS + number}")


def paragraph(page: int, number: int) -> str:
    return f"The tins of shelf {page} are green. {claim(page, number)}. Row {number} is at the window."


class Site:
    """A repository, healthlint run in it as a process of its own, and edits of its pages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        dropped = ("GIT_", "HEALTHLINT_", "SOURCE_DATE_EPOCH")
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith(dropped)} | {
            **{f"GIT_{role}_{key}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")},
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "HEALTHLINT_CACHE_DIR": os.environ["HEALTHLINT_CACHE_DIR"],
            "PYTHONPATH": str(ROOT / "src"),
        }

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.folder, env=self._environment, text=True, capture_output=True, check=False
        )

    def healthlint(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run(sys.executable, "-m", "healthlint", *arguments)

    def git(self, *arguments: str) -> str:
        done = self.run("git", *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "more")

    def write(self, name: str, text: str) -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_bytes(text.encode())

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.folder / name).read_bytes().decode()
        assert old in text
        self.write(name, text.replace(old, new))

    def append(self, name: str, text: str) -> None:
        self.write(name, (self.folder / name).read_text("utf-8") + f"\n{text}\n")


@pytest.fixture(scope="module")
def adopted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site on the day of its adoption: a thousand findings, all of them in the baseline, all of it committed."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    folder = tmp_path_factory.mktemp("adopted")
    site = Site(folder / "site")
    for page in range(PAGES):
        site.write(f"p{page:02}.md", "\n\n".join(paragraph(page, number) for number in range(PARAGRAPHS)) + "\n")
    site.write(".healthlint.yaml", CONFIG)
    site.git("init", "-q", "-b", "main")
    assert site.healthlint("baseline").stdout == f"1000 findings written to {FILE}\n"
    site.commit()
    return folder


@pytest.fixture
def site(adopted: Path, tmp_path: Path) -> Site:
    """A copy of it to edit."""
    shutil.copytree(adopted / "site", tmp_path / "site")
    return Site(tmp_path / "site")


class Checked(NamedTuple):
    """What a check against the baseline came to."""

    new: list[str]
    """Page and line of each finding that is shown."""
    stale: dict[str, int]
    """How many entries of each page answer to nothing."""


def checked(site: Site, *options: str) -> Checked:
    done = site.healthlint("check", "--baseline", FILE, "--format", "json", *options)
    told = json.loads(done.stdout)
    new = [f"{found['path']}:{found['line']}" for found in told["findings"]]
    assert done.returncode == (1 if new else 0)
    stale: Counter[str] = Counter()
    for entry in told["stale"]:
        stale[entry["path"]] += entry["count"]
    total = sum(stale.values())
    assert (f"{total} stale entr" in done.stderr) is bool(total)
    # What is not new and not gone is counted as old.
    silenced = sum("healthlint-disable" in page.read_text("utf-8") for page in site.folder.glob("*.md"))
    assert told["summary"]["suppressed"] == 1000 - total + silenced
    return Checked(new, dict(stale))


def moved(site: Site) -> None:
    site.change("p00.md", paragraph(0, 9) + "\n\n", "")
    site.append("p00.md", paragraph(0, 9))


def rewrapped(site: Site) -> None:
    text = (site.folder / "p01.md").read_text("utf-8")
    site.write("p01.md", re.sub(r" (has|cures|safe|guaranteed|is|it) ", r"\n\1 ", text))


def marked_up(site: Site) -> None:
    site.change("p02.md", "no side effects", "**no** side&nbsp;*effects*")
    site.change("p02.md", "completely safe", "[completely safe](https://example.org/tins)")


def set_otherwise(site: Site) -> None:
    for old, new in (
        ("has no side", "HAS NO side"),
        ("Our Blend", "Our “Blend"),
        (" is guaranteed", "” is guaranteed"),
    ):
        site.change("p02.md", old, new)


def with_other_line_ends(site: Site) -> None:
    site.write("p03.md", "\ufeff" + (site.folder / "p03.md").read_text("utf-8").replace("\n", "\r\n"))


def edited_nearby(site: Site) -> None:
    site.change("p04.md", "are green", "are blue")
    site.change("p04.md", "at the window.", "by the door. It was painted.")


def said_in_a_list(site: Site) -> None:
    site.write("p05.md", "# Blends\n\n" + "\n".join(f"- {paragraph(5, number)}" for number in range(PARAGRAPHS)) + "\n")


def renamed(site: Site) -> None:
    (site.folder / "shop").mkdir()
    site.git("mv", "p06.md", "shop/teas.md")


def renamed_edited_and_renamed_again(site: Site) -> None:
    renamed(site)
    site.git("commit", "-q", "-m", "more")
    site.change("shop/teas.md", "are green", "are blue")
    site.commit()
    site.git("mv", "shop/teas.md", "teas.md")


def with_a_clean_page(site: Site) -> None:
    site.write("about.md", "# About\n\nWe sell tins, and there are twenty shelves of them.\n")


STAYS_OLD = [moved, rewrapped, marked_up, set_otherwise, with_other_line_ends, edited_nearby, said_in_a_list, renamed,
             renamed_edited_and_renamed_again, with_a_clean_page]  # fmt: skip


@pytest.mark.parametrize("edit", STAYS_OLD, ids=lambda edit: edit.__name__.replace("_", " "))
def test_what_was_there_stays_old(edit: Callable[[Site], None], site: Site) -> None:
    edit(site)
    assert checked(site) == Checked([], {})


def reworded(site: Site) -> None:
    site.change("p00.md", f"{claim(0, 8)}.", "Blend 8 has no side effects at all.")


def said_on_another_page(site: Site) -> None:
    site.append("p01.md", paragraph(0, 8))


def said_again(site: Site) -> None:
    site.append("p02.md", paragraph(2, 8))


def said_again_before_the_old_one(site: Site) -> None:
    site.write("p02.md", paragraph(2, 49) + "\n\n" + (site.folder / "p02.md").read_text("utf-8"))


def taken_to_another_page(site: Site) -> None:
    site.change("p03.md", paragraph(3, 8) + "\n\n", "")
    site.append("p04.md", paragraph(3, 8))


def on_a_new_page(site: Site) -> None:
    site.write("new.md", f"# New\n\n{paragraph(90, 8)}\n")


def on_a_copy_of_a_page(site: Site) -> None:
    shutil.copy(site.folder / "p05.md", site.folder / "p05-copy.md")


def mended(site: Site) -> None:
    site.change("p06.md", claim(6, 8), "Blend 308 comes in tins of thirty bags")


def deleted(site: Site) -> None:
    site.git("rm", "-q", "p07.md")


def silenced(site: Site) -> None:
    site.change(
        "p08.md", paragraph(8, 8), f"<!-- healthlint-disable-next-line no-side-effects -- quoted -->\n{paragraph(8, 8)}"
    )


LAST = 2 * PARAGRAPHS + 1
"""The line of a paragraph that is put at the end."""


@pytest.mark.parametrize(
    ("edit", "new", "stale"),
    [
        pytest.param(reworded, ["p00.md:17"], {"p00.md": 1}, id="other words"),
        pytest.param(said_on_another_page, [f"p01.md:{LAST}"], {}, id="a copy on another page"),
        pytest.param(said_again, [f"p02.md:{LAST}"], {}, id="a copy on the same page"),
        pytest.param(said_again_before_the_old_one, [f"p02.md:{LAST}"], {}, id="a copy before the old one: the later one"),
        pytest.param(taken_to_another_page, [f"p04.md:{LAST}"], {"p03.md": 1}, id="taken to another page"),
        pytest.param(on_a_new_page, ["new.md:3"], {}, id="on a new page"),
        pytest.param(on_a_copy_of_a_page, [f"p05-copy.md:{2 * n + 1}" for n in range(PARAGRAPHS)], {}, id="a copy of a page"),
        pytest.param(mended, [], {"p06.md": 1}, id="mended"),
        pytest.param(deleted, [], {"p07.md": 50}, id="a page that went"),
        pytest.param(silenced, [], {"p08.md": 1}, id="silenced where it stands"),
    ],
)  # fmt: skip
def test_what_is_new_and_what_is_stale(edit: Callable[[Site], None], new: list[str], stale: dict, site: Site) -> None:
    edit(site)
    assert checked(site) == Checked(new, stale)


def test_all_edits_at_once_then_pruned(site: Site) -> None:
    """The pages do not get in each other's way, and pruning takes out what is stale and nothing else."""
    for edit in (moved, rewrapped, with_other_line_ends, edited_nearby, said_in_a_list, renamed, deleted, silenced):
        edit(site)
    on_a_new_page(site)
    site.change("p09.md", f"{claim(9, 8)}.", "Blend 458 has no side effects at all.")
    expected = Checked(["new.md:3", "p09.md:17"], {"p07.md": 50, "p08.md": 1, "p09.md": 1})
    assert checked(site) == expected

    assert site.healthlint("baseline", "--prune").stdout == f"52 findings dropped from {FILE}, 948 left\n"
    entries = [json.loads(line) for line in (site.folder / FILE).read_text("utf-8").splitlines()[1:]]
    assert entries == sorted(entries, key=lambda entry: (entry["path"], entry["rule"], entry["fingerprint"]))
    assert sum(entry["count"] for entry in entries) == 948
    paths = {entry["path"] for entry in entries}
    assert ("shop/teas.md" in paths, paths & {"p06.md", "p07.md", "new.md"}) == (True, set())
    done = site.healthlint("check", "--baseline", FILE, "--format", "json")
    assert [found["path"] for found in json.loads(done.stdout)["findings"]] == ["new.md", "p09.md"]
    assert (json.loads(done.stdout)["stale"], done.stderr) == ([], "")
    assert site.healthlint("baseline", "--prune").stdout == f"0 findings dropped from {FILE}, 948 left\n"


def test_two_branches_that_mend_different_pages_merge(site: Site) -> None:
    for branch, page in (("left", 1), ("right", 18)):
        site.git("checkout", "-q", "-b", branch, "main")
        site.change(f"p{page:02}.md", claim(page, 8), "This one comes in tins of thirty bags")
        assert site.healthlint("baseline", "--prune").stdout.startswith("1 finding dropped")
        site.commit()
    site.git("merge", "-q", "--no-edit", "left")
    assert site.healthlint("baseline", "--prune").stdout == f"0 findings dropped from {FILE}, 998 left\n"
    assert site.healthlint("check", "--baseline", FILE).returncode == 0


def test_two_branches_that_add_to_it_merge(site: Site) -> None:
    """With `merge=union`, as docs/adopting.md has it, though both add a line at the same place."""
    site.write(".gitattributes", f"{FILE} merge=union\n")
    site.commit()
    for branch, page in (("left", "z1.md"), ("right", "z2.md")):
        site.git("checkout", "-q", "-b", branch, "main")
        site.write(page, "Blend 9000 has no side effects.\n")
        assert "1 new, 0 no more" in site.healthlint("baseline").stdout
        site.commit()
    site.git("merge", "-q", "--no-edit", "left")
    done = site.healthlint("check", "--baseline", FILE)
    assert (done.returncode, done.stderr) == (0, "")
    assert "(1002 in the baseline)" in done.stdout
    # Written anew it is what either would have written: sorted, and nothing twice.
    before = sorted((site.folder / FILE).read_text("utf-8").splitlines()[1:])
    assert "(0 new, 0 no more)" in site.healthlint("baseline").stdout
    assert (site.folder / FILE).read_text("utf-8").splitlines()[1:] == before


def test_a_branch_shows_what_it_adds_and_no_old_line(site: Site) -> None:
    """The baseline and the changed lines together, as a pull request is checked."""
    site.git("checkout", "-q", "-b", "mine")
    site.change("p00.md", "are green", "are blue")
    site.append("p00.md", paragraph(77, 8))
    site.commit()
    both = site.healthlint("check", "--baseline", FILE, "--diff", "main...", "--format", "json")
    assert [f"{found['path']}:{found['line']}" for found in json.loads(both.stdout)["findings"]] == [f"p00.md:{LAST}"]
    alone = site.healthlint("check", "--diff", "main...", "--format", "json")
    assert len(json.loads(alone.stdout)["findings"]) == PARAGRAPHS + 1
