"""What is known of earlier runs changes nothing but the time: each report is the one that a check anew would come to."""

import os
import sqlite3
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthlint.config import Said
from healthlint.linter import Linter
from healthlint.planning import Asked, Rules, plan
from healthlint.report import FileReport, Report
from healthlint.result_cache import ResultCache
from healthlint.run import check
from healthlint.text import Source

DAY, LATER = "2026-11-20", "2027-06-01"
PAGE = "# Tea\n\nIt has no side effects. It cures diabetes in three days.\n"
DATED = "<!-- healthlint-disable-line no-side-effects until=2027-01-31 -- the label is being reprinted -->"
REGISTER = """\
claims:
  - id: gentle
    wording: "It has no side effects."
    markets: [us-ftc, us-fda, us-state, uk, eu, au, ca]
    rules: [no-side-effects]
    evidence: [{url: "https://example.com/study-12"}]
    approver: "Legal"
    approved: 2026-01-01
    expires: 2026-12-31
"""


class Site(NamedTuple):
    """Pages in the current folder, and where reports on them are kept."""

    store: str

    def report(self, day: str = DAY, *said: Said, jobs: str = "1", cached: bool = True) -> Report:
        """Return what a run comes to."""
        made = plan(Asked((".",), (*said, Said("jobs", jobs, "--jobs"))))
        return check(made, day, cache=ResultCache(made.said, day, self.store) if cached else None)

    def known(self, day: str = DAY, *said: Said, jobs: str = "1") -> dict[str, FileReport]:
        """Return the reports that are known before a run, by path."""
        made = plan(Asked((".",), (*said, Said("jobs", jobs, "--jobs"))))
        cache, found = ResultCache(made.said, day, self.store), {}
        for task in made.tasks:
            source = Source(task.file.path, Path(task.file.path).read_bytes().decode())
            report = cache.get(cache.key(task, source), task, source)
            if report is not None:
                found[task.file.path] = report
        return found


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    for name in "abc":
        Path(f"{name}.md").write_text(PAGE)
    return Site(str(tmp_path / "store" / "reports.sqlite3"))


@pytest.mark.parametrize("jobs", [pytest.param("1", id="one process"), pytest.param("2", id="two")])
def test_a_second_run_knows_every_report_and_says_the_same(site, jobs):
    assert site.known() == {}
    first = site.report(jobs=jobs)
    assert first == site.report(cached=False)
    assert first.findings
    assert site.known(jobs="3") == {file.path: file for file in first.files}
    assert site.report(jobs=jobs) == first


def page(text):
    return lambda: Path("b.md").write_text(text)


def config(text):
    return lambda: Path(".healthlint.yaml").write_text(text)


@pytest.mark.parametrize(
    ("change", "others"),
    [
        pytest.param(page(PAGE.replace("three", "four")), {"a.md", "c.md"}, id="its words"),
        pytest.param(page(PAGE + "\n"), {"a.md", "c.md"}, id="a line end"),
        pytest.param(page("\ufeff" + PAGE), {"a.md", "c.md"}, id="a byte order mark"),
        pytest.param(page(f"---\nhealthlint:\n  context: editorial\n---\n{PAGE}"), {"a.md", "c.md"}, id="what it says of itself"),
        pytest.param(lambda: os.rename("b.md", "d.md"), {"a.md", "c.md"}, id="its name"),
        pytest.param(config("rules: {no-side-effects: off}\n"), set(), id="a rule's level"),
        pytest.param(config("packs: [uk]\n"), set(), id="the packs"),
        pytest.param(config("fail-on: never\n"), set(), id="what fails"),
        pytest.param(
            config("overrides:\n  - paths: ['b.md']\n    context: editorial\n"), {"a.md", "c.md"}, id="settings for its path"
        ),
    ],
)  # fmt: skip
def test_a_report_is_forgotten_with(site, change, others):
    site.report()
    change()
    assert site.known().keys() == others
    assert site.report() == site.report(cached=False)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(Said("packs", ("uk",), "--packs"), id="packs"),
        pytest.param(Said("select", ("no-side-effects",), "--select"), id="rules"),
        pytest.param(Said("fail_on", "never", "--fail-on"), id="what fails"),
    ],
)
def test_another_command_line_knows_nothing(site, said):
    site.report()
    assert site.known(DAY, said) == {}
    assert site.report(DAY, said) == site.report(DAY, said, cached=False)


def test_other_rules_give_other_keys(site):
    made = plan(Asked((".",)))
    cache, task = ResultCache((), DAY, site.store), made.tasks[0]
    book = task.rules.linter.book
    other = task._replace(rules=Rules(Linter(book._replace(digest="sha256:of other rules"))))
    keys = {cache.key(each, Source("a.md", PAGE)) for each in (task, other, task._replace(rules=Rules(Linter(book))))}
    assert len(keys) == 2


def test_what_has_an_end_is_known_for_its_day_alone(site):
    page(PAGE.replace("It has", f"{DATED} It has"))()
    site.report()
    assert site.known(LATER).keys() == {"a.md", "c.md"}
    assert site.report(LATER) == site.report(LATER, cached=False) != site.report()


def test_what_a_register_approves_is_known_for_its_day_and_bytes_alone(site):
    config("claims: claims.yaml\n")()
    Path("claims.yaml").write_text(REGISTER)
    first = site.report()
    assert any(file.suppressed for file in first.files)
    assert len(site.known()) == 3
    assert site.known(LATER) == {}
    Path("claims.yaml").write_text(REGISTER.replace("study-12", "study-13"))
    assert site.known() == {}
    assert site.report() == site.report(cached=False)


def test_a_file_that_failed_is_tried_again(site):
    Path("b.md").write_bytes(b"\xff\xfe no text")
    page_settings = "---\nhealthlint:\n  context: nonsense\n---\n"
    Path("c.md").write_text(page_settings + PAGE)
    assert {file.path: file.status for file in site.report().files} == {
        "a.md": "checked",
        "b.md": "failed",
        "c.md": "failed",
    }
    with sqlite3.connect(site.store) as store:
        assert store.execute("SELECT count(*) FROM reports").fetchone() == (1,)
    assert site.report() == site.report(cached=False)


def spoiled(site):
    """Change a byte in the middle of each report."""
    with sqlite3.connect(site.store) as store:
        for key, data in store.execute("SELECT key, report FROM reports").fetchall():
            middle = len(data) // 2
            other = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
            store.execute("UPDATE reports SET report = ? WHERE key = ?", (other, key))


def swapped(site):
    """Give each key the report of another."""
    with sqlite3.connect(site.store) as store:
        rows = store.execute("SELECT key, report FROM reports").fetchall()
        for (key, _), (_, data) in zip(rows, rows[1:] + rows[:1], strict=True):
            store.execute("UPDATE reports SET report = ? WHERE key = ?", (data, key))


def no_table(site):
    with sqlite3.connect(site.store) as store:
        store.execute("DROP TABLE reports")


def other_table(site):
    no_table(site)
    with sqlite3.connect(site.store) as store:
        store.execute("CREATE TABLE reports (key TEXT)")


def folder_there(site):
    Path(site.store).unlink()
    Path(site.store).mkdir()


@pytest.mark.parametrize(
    ("spoil", "heals"),
    [
        pytest.param(spoiled, True, id="reports with a wrong byte"),
        pytest.param(swapped, True, id="reports on other pages"),
        pytest.param(no_table, True, id="a database without reports"),
        pytest.param(other_table, False, id="another table of that name"),
        pytest.param(lambda site: Path(site.store).write_bytes(b"nothing"), True, id="no database at all"),
        pytest.param(lambda site: Path(site.store).write_bytes(b""), True, id="an empty file"),
        pytest.param(lambda site: os.truncate(site.store, 5000), True, id="half a database"),
        pytest.param(folder_there, False, id="a folder in its place"),
    ],
)
def test_a_run_is_right_with(site, spoil, heals):
    page(PAGE.replace("three", "four"))()
    first = site.report()
    spoil(site)
    assert site.known() == {}
    assert site.report() == first
    site.report()
    assert (len(site.known()) == 3) == heals


def test_a_run_does_not_wait_for_one_that_writes(site):
    first = site.report()
    store = sqlite3.connect(site.store, isolation_level=None)
    store.execute("BEGIN EXCLUSIVE")
    page(PAGE + "Tea.\n")()
    assert site.report().findings == site.report(cached=False).findings
    store.close()
    assert site.known().keys() == {"a.md", "c.md"}
    assert len(first.files) == 3


PARTS = st.sampled_from([PAGE, "It cures gout.\n\n", f"{DATED}\n", "## Reviews\n\n", "Drink it warm.\n\n", "\ufeff", "---\nproduct: tea\n---\n"])  # fmt: skip


@settings(max_examples=25)
@given(runs=st.lists(st.tuples(st.lists(PARTS, max_size=4), st.sampled_from([DAY, LATER])), min_size=1, max_size=6))
def test_whatever_the_pages_and_days_a_run_says_what_one_anew_would(tmp_path_factory, runs):
    folder, before = tmp_path_factory.mktemp("pages"), Path.cwd()
    os.chdir(folder)
    try:
        site = Site(str(folder / "reports.sqlite3"))
        for parts, day in runs:
            page("".join(parts))()
            assert site.report(day) == site.report(day, cached=False)
    finally:
        os.chdir(before)
