"""Entries of a baseline, and what they leave of a report."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.errors import ConfigError
from healthlint.finding import Finding
from healthlint.fingerprint import with_fingerprints
from healthlint.report import FileReport, Report
from healthlint.rule import Rule
from healthlint.text import Source, Span
from healthlint.verdicts.baseline import Entry, entries_of, judge, lines, moved, read, without

HEAD = '{"healthlint-baseline": 1}'
NO_NAME = "'path' has characters that no name of a file can have"
NONE = f"no baseline: the first line of one is {HEAD}"


def rule(id_: str, severity: str = "error") -> Rule:
    return Rule(
        id=id_, title="T", category="safety", severity=severity, confidence="high", tier="core", packs=("uk",),
        since="0.1", message="m", instead="I", rewrite="R", why="W", law=(), frames=frozenset({"assert"}),
        hedge="lower", context="any", products=(), severity_by_pack={}, folds=(), examples=(), path="r.yaml", line=1,
    )  # fmt: skip


RULES = {"bad": rule("bad-word"), "ill": rule("ill-word", "warning")}


def file(path: str, words: list[str], status: str = "checked", fail_on: str = "error") -> FileReport:
    """Return a file in which each of `words` is a sentence and a finding."""
    source = Source(path, " ".join(words))
    found, at = [], 0
    for word in words:
        found.append(Finding(RULES[word], source, Span(at, at + 3), "m", RULES[word].severity, context=word))
        at += 4
    return FileReport(path, status, fail_on=fail_on).left_with(with_fingerprints(found), ())


def report(*files: FileReport) -> Report:
    return Report(files, "0.1", "sha256:0", "2026-11-20")


def ran(path: str, rule_id: str) -> bool:  # noqa: ARG001
    return True


def gone(path: str) -> bool:  # noqa: ARG001
    return True


words = st.lists(st.sampled_from(["bad", "ill"]), max_size=5)
names = st.text(st.characters(exclude_characters="/\0"), min_size=1).filter(lambda name: name not in (".", ".."))
reports = st.dictionaries(names, words, max_size=4).map(
    lambda pages: report(*(file(path, page) for path, page in sorted(pages.items())))
)


@given(reports)
def test_a_report_holds_nothing_new_to_its_own_baseline(whole):
    left, stale = judge(whole, entries_of(whole, "."), ".", ran, gone)
    assert left.findings == ()
    assert stale == {}
    assert not any(each.failing for each in left.files)
    assert [len(each.suppressed) for each in left.files] == [len(each.findings) for each in whole.files]


@given(reports, reports)
def test_what_is_new_and_what_is_stale_is_the_difference(old, now):
    before, after = Counter(entries_of(old, ".")), Counter(entries_of(now, "."))
    left, stale = judge(now, before, ".", ran, gone)
    assert entries_of(left, ".") == after - before
    assert Counter(stale) == before - after
    assert without(before, stale) == before & after


@given(reports)
def test_a_baseline_is_read_as_it_was_written(whole):
    entries = entries_of(whole, ".")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "b.jsonl")
        path.write_bytes("".join(f"{line}\n" for line in lines(entries)).encode())
        assert read(str(path)) == entries


def test_entries_are_sorted_whatever_the_order_of_the_report():
    pages = [file("b.md", ["ill", "bad"]), file("a.md", ["bad"])]
    assert [*lines(entries_of(report(*pages), "."))] == [*lines(entries_of(report(*pages[::-1]), "."))]
    assert [line.partition(", ")[0] for line in lines(entries_of(report(*pages), "."))] == [
        HEAD, '{"path": "a.md"', '{"path": "b.md"', '{"path": "b.md"',
    ]  # fmt: skip


def test_paths_are_seen_from_the_baseline(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path, target_is_directory=True)
    whole = report(file(str(tmp_path / "link" / "a" / "p.md"), ["bad"]))
    assert [entry.path for entry in entries_of(whole, str(tmp_path / "b"))] == ["../a/p.md"]


@pytest.mark.parametrize(
    ("status", "looked", "there", "stale"),
    [
        pytest.param("checked", True, True, 1, id="its file was checked"),
        pytest.param("checked", False, True, 0, id="its rule was off"),
        pytest.param("failed", True, True, 0, id="its file could not be read"),
        pytest.param("excluded", True, True, 0, id="its file was left out"),
        pytest.param("", True, True, 0, id="its file was not asked about"),
        pytest.param("", True, False, 1, id="its file is gone"),
    ],
)
def test_an_entry_without_a_finding_is_stale_when(status, looked, there, stale):
    files = [FileReport("a.md", status)] if status else []
    entries = {Entry("a.md", "bad-word", "0"): 1}
    outcome = judge(report(*files), entries, ".", lambda *_: looked, lambda _: not there)
    assert sum(outcome.stale.values()) == stale


def test_a_file_fails_by_what_is_new():
    old = report(file("a.md", ["bad"]))
    now = report(file("a.md", ["bad", "ill"]))
    assert not judge(now, entries_of(old, "."), ".", ran, gone).report.files[0].failing
    now = report(file("a.md", ["bad", "ill"], fail_on="warning"))
    assert judge(now, entries_of(old, "."), ".", ran, gone).report.files[0].failing


def test_a_count_lets_so_many_through():
    entries = dict.fromkeys(entries_of(report(file("a.md", ["bad"])), "."), 2)
    left, stale = judge(report(file("a.md", ["bad"])), entries, ".", ran, gone)
    assert left.findings == ()
    assert [*stale.values()] == [1]


def test_a_renamed_file_takes_its_entries_along():
    entries = {Entry("a.md", "r", "0"): 1, Entry("b.md", "r", "1"): 1}
    assert moved(entries, {"a.md": "c.md"}) == {Entry("c.md", "r", "0"): 1, Entry("b.md", "r", "1"): 1}


LINE = '{"path": "a.md", "rule": "r", "fingerprint": "f", "count": 1}'


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        pytest.param(b"", [f"b.jsonl:1: {NONE}"], id="an empty file"),
        pytest.param(b"# A page\n", [f"b.jsonl:1: {NONE}"], id="something else"),
        pytest.param(b"[" * 99999, [f"b.jsonl:1: {NONE}"], id="too deep to read"),
        pytest.param(b'{"a": 1}', [f"b.jsonl:1: {NONE}"], id="another JSON"),
        pytest.param(b'{"healthlint-baseline": 2}', ["b.jsonl:1: a baseline of version 2; this healthlint reads version 1"], id="a version to come"),
        pytest.param(b'{"healthlint-baseline": true}', ["b.jsonl:1: a baseline of version True; this healthlint reads version 1"], id="no version"),
        pytest.param(f"{HEAD}\n{LINE[:-1]}\n[]\n".encode(), ["b.jsonl:2: no JSON object", "b.jsonl:3: no JSON object"], id="every broken line is named"),
        pytest.param(f'{HEAD}\n{LINE.replace("rule", "rul")}'.encode(), ["b.jsonl:2: its keys are count, fingerprint, path, rul, not path, rule, fingerprint, count"], id="a wrong key"),
        pytest.param(f'{HEAD}\n{LINE.replace("1}", "0}")}'.encode(), ["b.jsonl:2: 'count' is no whole number from 1 on"], id="a count of nothing"),
        pytest.param(f'{HEAD}\n{LINE.replace("1}", "true}")}'.encode(), ["b.jsonl:2: 'count' is no whole number from 1 on"], id="a count that is none"),
        pytest.param(f'{HEAD}\n{LINE.replace(chr(34) + "r" + chr(34), "3")}'.encode(), ["b.jsonl:2: 'path', 'rule', 'fingerprint' are not all text"], id="a rule that is a number"),
        pytest.param(f"{HEAD}\n{LINE.replace('a.md', chr(92) + 'ud800')}".encode(), [f"b.jsonl:2: {NO_NAME}"], id="half a character"),
        pytest.param(f"{HEAD}\n{LINE.replace('a.md', chr(92) + 'u0000')}".encode(), [f"b.jsonl:2: {NO_NAME}"], id="a name with a NUL"),
        pytest.param(f"{HEAD}\n<<<<<<< HEAD\n{LINE}\n".encode(), ["b.jsonl:2: a merge conflict is left in it: keep the lines of both sides"], id="a merge conflict"),
    ],
)  # fmt: skip
def test_a_broken_baseline_is_refused(text, faults, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("b.jsonl").write_bytes(text)
    with pytest.raises(ConfigError) as error:
        read("b.jsonl")
    assert [*error.value.faults] == faults


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{HEAD}\n{LINE}\n", id="as written"),
        pytest.param(f"{HEAD}\r\n{LINE}\r\n", id="lines end as on Windows"),
        pytest.param(f"{HEAD}\n\n{LINE}", id="a blank line, and no end of the last"),
        pytest.param(f"{HEAD}\n{LINE}\n{HEAD}\n{LINE}\n", id="both sides of a merge"),
    ],
)
def test_a_baseline_is_read_as_it_may_come(text, tmp_path):
    (tmp_path / "b.jsonl").write_bytes(text.encode())
    assert read(str(tmp_path / "b.jsonl")) == {Entry("a.md", "r", "f"): 1}


def test_a_folder_and_nothing_are_no_baseline(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        read(str(tmp_path))
    with pytest.raises(ConfigError, match="there is no such baseline"):
        read(str(tmp_path / "gone"))
