"""Many files come to one report; faults of config and rules are found before anything is checked."""

import io
from pathlib import Path

import pytest

from healthlint.errors import HealthlintError
from healthlint.planning import Asked, plan
from healthlint.report import FileReport, Report
from healthlint.run import check

RULE = """\
id: zorb-cure
title: "Promise of zorbs"
category: cure
severity: error
confidence: high
tier: core
packs: [us-fda, uk]
since: "0.1"
message: "“{match}” promises what zorbs cannot do"
instead: "Leave the zorbs alone"
rewrite: "Zorbs are round."
why: "Zorbs do nothing."
law: {uk: [{cite: "Zorb Code 2", url: "https://example.com", checked: "2026-11-20"}]}
find: {phrases: ["zorbs mend socks"]}
frames: [assert]
examples:
  flag: ["Our [[zorbs mend socks]].", "We say [[zorbs mend socks]].", "Blue [[zorbs mend socks]] at night."]
  pass: ["Zorbs are round.", "No socks on zorbs.", "Zorbs mend roads."]
"""
BAD, GOOD = "Our zorbs mend socks.\n", "Zorbs are round.\n"
TODAY = "2026-11-20"


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory):
    """A folder with one rule, for all these tests: the book is built once."""
    folder = tmp_path_factory.mktemp("house")
    (folder / "zorb-cure.yaml").write_text(RULE, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def site(tmp_path: Path, rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".healthlint.yaml").write_text(f"rule-folders: [{rules}]\nselect: [zorb-cure]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def run(*paths: str, **more: object) -> Report:
    return check(plan(Asked(paths or (".",), **more)), TODAY)  # type: ignore[arg-type]


def test_each_file_has_its_own_report() -> None:
    write("b.md", BAD)
    write("a.md", GOOD)
    report = run(".", "gone.md")
    assert [(file.path, file.status, len(file.findings)) for file in report.files] == [
        ("a.md", "checked", 0), ("b.md", "checked", 1), ("gone.md", "failed", 0),
    ]  # fmt: skip
    assert report.today == TODAY


def test_what_fails_is_judged_by_the_settings_of_its_file(rules) -> None:
    write("strict/.healthlint.yaml", f"rule-folders: [{rules}]\nrules: {{zorb-cure: info}}\nfail-on: info\n")
    write("lax/.healthlint.yaml", f"rule-folders: [{rules}]\nfail-on: never\n")
    for path in ("strict/a.md", "lax/a.md", "a.md"):
        write(path, BAD)
    assert [(file.path, file.failing) for file in run().files] == [
        ("a.md", True), ("lax/a.md", False), ("strict/a.md", True),
    ]  # fmt: skip


def test_the_packs_in_force_are_kept() -> None:
    write("a.md", "---\nhealthlint: {packs: [uk, platform]}\n---\n" + BAD)
    assert run().files[0].packs == ("uk", "platform")


def test_a_page_that_says_nonsense_of_itself_has_failed() -> None:
    write("a.md", "---\nhealthlint:\n  product: drug\n  rules: {zorb-cure: off}\n---\n" + BAD)
    (file,) = run().files
    assert (file.status, file.findings) == ("failed", ())
    first, second = file.error.split("; a.md:")
    assert first == "a.md:4: unknown key 'rules'; allowed: product, context, packs"
    assert second.startswith("3: 'product' is 'drug': choose supplement")


@pytest.mark.parametrize("language", ["de", "fr-CH", "zh_Hans"])
def test_a_page_in_another_language_is_not_checked(language) -> None:
    write("a.md", f"---\nlang: {language}\n---\n{BAD}")
    (file,) = run().files
    assert (file.status, file.findings) == ("not-checked", ())
    assert file.reasons == (f"its language is {language.lower()}, not English",)


@pytest.mark.parametrize("language", ["en", "en-GB", "EN_us", "eng", '""'])
def test_a_page_in_english_is_checked(language) -> None:
    write("a.md", f"---\nlang: {language}\n---\n{BAD}")
    assert len(run().files[0].findings) == 1


def test_faults_of_all_configs_and_rules_are_told_at_once_and_nothing_is_checked() -> None:
    write("a/.healthlint.yaml", "paks: uk\n")
    write("b/.healthlint.yaml", "rule-folders: [own]\n")
    write("b/own/x.yaml", "id: [x]\n")
    write("c/.healthlint.yaml", "rules: {zorb-cur: off}\n")
    for folder in "abc":
        write(f"{folder}/a.md", BAD)
    with pytest.raises(HealthlintError) as raised:
        plan(Asked((".",)))
    told = [fault.partition(" ")[0] for fault in raised.value.faults]
    assert {"a/.healthlint.yaml:1:", "c/.healthlint.yaml:1:"} < set(told)
    assert any(place.startswith("b/own/x.yaml:1:") for place in told)


def test_no_file_hides_no_fault() -> None:
    write(".healthlint.yaml", "ignore: [no-such-rule]\n")
    with pytest.raises(HealthlintError, match="'no-such-rule' is no rule, category or pack"):
        plan(Asked((".",)))


def test_configs_that_play_no_part_are_not_read() -> None:
    write("a/.healthlint.yaml", "paks: uk\n")
    write("b/x.md", GOOD)
    assert run("b").files[0].status == "checked"
    assert run("b/x.md", isolated=True).files[0].status == "checked"


def test_a_file_that_breaks_is_answered_for_and_the_rest_is_checked() -> None:
    for path in ("a.md", "b.md"):
        write(path, BAD)

    def attempt(path, work):
        return FileReport(path, "failed", error="broken", internal=True) if path == "a.md" else work()

    report = check(plan(Asked((".",))), TODAY, attempt=attempt)
    assert [(file.status, file.internal, len(file.findings)) for file in report.files] == [
        ("failed", True, 0), ("checked", False, 1),
    ]  # fmt: skip


def test_progress_is_told() -> None:
    for path in ("a.md", "b.md", "c.md"):
        write(path, GOOD)
    told: list[int] = []
    check(plan(Asked((".",))), TODAY, progress=told.append)
    assert told == [0, 1, 2, 3]


def test_standard_input_is_read_once() -> None:
    report = check(plan(Asked(("-",), stdin_name="x/y.md")), TODAY, stdin=io.BytesIO(BAD.encode()))
    assert [(file.path, len(file.findings)) for file in report.files] == [("x/y.md", 1)]


def test_a_place_that_was_not_read_as_meant_is_noted() -> None:
    write("a.md", "---\ntitle: Tea\n\n" + BAD)
    (file,) = run().files
    assert all(note.startswith("a.md:1: ") for note in file.notes)
    assert len(file.notes) == 1
