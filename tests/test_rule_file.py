"""Rule files: what is refused, and how it is told; what a rule may change of another."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthlint.book import Book
from healthlint.book_build import build
from healthlint.config import Settings
from healthlint.errors import RuleError
from healthlint.linter import Linter
from healthlint.readers import ReadOptions, reader_for
from healthlint.rule_file import unmark
from healthlint.rulebook import load_book, rule_files
from healthlint.text import Source

from .zorbs import HEAD

RULE = f"""\
{HEAD}find:
  phrases: ["zorbs (shine|glow)"]
examples:
  flag: ["Our [[zorbs shine]]."]
  pass: ["Zorbs are round."]
"""


def alone(folder: Path) -> Book:
    """Return the book of a folder without the shipped rules, which take seconds to compile."""
    return build(rule_files([str(folder)]), "")


def faults_of(text: str, folder: Path, name: str = "zorb-claim.yaml", *, shipped: bool = False) -> tuple[str, ...]:
    """Return what the loader says of a rule file, alone or on top of the shipped rules, after the file's name."""
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(RuleError) as raised:
        load_book([str(folder)], cache=False) if shipped else alone(folder)
    return tuple(fault.partition(name + ":")[2] for fault in raised.value.faults if name in fault)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param("message:", "messge:", "unknown key 'messge'; did you mean 'message'?", id="an unknown key"),
        pytest.param("severity: warning", "severity: high", "4: 'severity' is 'high': choose info, warning or error", id="a wrong value"),
        pytest.param('why: >-\n  Nobody knows what a zorb is.\n', "", "missing: why", id="a missing part"),
        pytest.param("tier: extended", "tier: extended\ntier: core", "7: key 'tier' stands twice; the first is in line 6", id="a doubled key"),
        pytest.param("packs: [us]", "packs: [usa]", "7: 'packs' is 'usa'", id="an unknown pack"),
        pytest.param("zorbs (shine|glow)", "zorbs (shine|glow", "'(' too many", id="a phrase with an open bracket"),
        pytest.param("zorbs (shine|glow)", "{zorbs} shine", "unknown slot '{zorbs}'", id="an unknown slot"),
        pytest.param("zorbs (shine|glow)", "(you|the|it)", "holds no rare word", id="a phrase of common words alone"),
        pytest.param("zorbs (shine|glow)", "... zorbs", "begins or ends with a gap", id="a gap at an end"),
        pytest.param('["zorbs (shine|glow)"]', '["re: zorbs+"]', "needs 'requires'", id="a raw pattern without its words"),
        pytest.param('["zorbs (shine|glow)"]', '[{phrase: "re: (zorbs", requires: [zorbs]}]', "no regular expression", id="a raw pattern that is none"),
        pytest.param('["zorbs (shine|glow)"]', '[{phrase: "re: (?:zorbs{999}){999}", requires: [zorbs]}]', "steps or more, of 2000 that are allowed", id="a raw pattern that would be large"),
        pytest.param("phrases:", "phrase:", "unknown key 'phrase'; did you mean 'phrases'?", id="an unknown way to find"),
        pytest.param('status: "house rule"', "says: yes", "needs 'checked: ", id="law that nobody read"),
        pytest.param('status: "house rule"', "checked: 20 Nov", "write the day as 2026-11-20", id="a day in another form"),
        pytest.param("praises zorbs", "praises zorbs, which are not known to anybody who has ever looked at them closely", "characters: at most 80", id="a long message"),
        pytest.param("praises zorbs", "praises zorbs.", "ends in a period", id="a message with a period"),
        pytest.param("{match}", "{mtch}", "names '{mtch}', which is no slot of its phrases; did you mean 'match'?", id="a message with an unknown slot"),
        pytest.param("[[zorbs shine]]", "zorbs shine", "marks the words it is about", id="a flag example without marks"),
        pytest.param("Zorbs are round.", "[[Zorbs]] are round.", "a 'pass' example marks nothing", id="a pass example with marks"),
        pytest.param('pass: ["Zorbs are round."]', "pass: []", "1 'flag' but 0 'pass' examples", id="too few near misses"),
        pytest.param("tier: extended", "tier: core", "1 'flag' examples: a core rule needs 3", id="a core rule with too few examples"),
        pytest.param("id: zorb-claim", "id: zorb-praise", "must be the file's name, 'zorb-claim'", id="an id that is not the file's name"),
        pytest.param("packs: [us]", "packs: [us]\nfolds: [cure-claim]", "'folds' names no rule: 'cure-claim'", id="a fold of no rule"),
        pytest.param("id: zorb-claim", "id: [", "not YAML", id="no YAML"),
    ],
)  # fmt: skip
def test_a_faulty_rule_is_refused_with_its_place(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in RULE
    assert any(fault in told for told in faults_of(RULE.replace(old, new), tmp_path))


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    faults = faults_of(
        RULE.replace("severity: warning", "severity: bad").replace("confidence: high", "confidence: bad"), tmp_path
    )
    assert [fault.partition(":")[0] for fault in faults] == ["4", "5"]


def test_what_yaml_would_change_stays_as_written(tmp_path: Path) -> None:
    (tmp_path / "zorb-claim.yaml").write_text(RULE.replace('since: "0.1"', "since: 0.10"), encoding="utf-8")
    assert alone(tmp_path).rule("zorb-claim").since == "0.10"


def test_an_id_cannot_be_taken_twice(tmp_path: Path) -> None:
    text = RULE.replace("zorb-claim", "cure-named-disease")
    told = faults_of(text, tmp_path, "cure-named-disease.yaml", shipped=True)
    assert any(
        "is taken by rules/cure/cure-named-disease.yaml; to change that rule write 'extends:" in one for one in told
    )


def test_extends_changes_a_shipped_rule_without_copying_it(tmp_path: Path) -> None:
    (tmp_path / "cure-named-disease.yaml").write_text("extends: cure-named-disease\nseverity: info\n", encoding="utf-8")
    shipped, changed = load_book(), load_book([str(tmp_path)], cache=False)
    assert changed.rule("cure-named-disease").severity == "info"
    assert changed.rule("cure-named-disease").law == shipped.rule("cure-named-disease").law
    assert changed.digest != shipped.digest


def test_a_book_has_one_digest_wherever_its_folder_lies_and_the_command_runs(tmp_path: Path, monkeypatch) -> None:
    digests = set()
    for folder in ("a/rules", "b/c/own"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "zorb-claim.yaml").write_text(RULE, encoding="utf-8")
        monkeypatch.chdir(tmp_path / folder.partition("/")[0])
        digests.add(alone(tmp_path / folder).digest)
    assert len(digests) == 1


def test_whoever_names_a_rule_as_it_was_called_is_told_the_new_name(tmp_path: Path) -> None:
    (tmp_path / "zorb-claim.yaml").write_text(RULE + "formerly: [orb-claim]\n", encoding="utf-8")
    with pytest.raises(RuleError, match="no rule 'orb-claim'; it is 'zorb-claim' now"):
        alone(tmp_path).rule("orb-claim")


def test_a_name_is_given_once(tmp_path: Path) -> None:
    (tmp_path / "zorb-claim.yaml").write_text(RULE + "formerly: [orb-claim]\n", encoding="utf-8")
    other = RULE.replace("zorb-claim", "zerb-claim")
    (tmp_path / "zerb-claim.yaml").write_text(other + "formerly: [orb-claim]\n", encoding="utf-8")
    with pytest.raises(RuleError, match="'formerly' names 'orb-claim', which is 'zerb-claim': ids are used once"):
        alone(tmp_path)
    (tmp_path / "zerb-claim.yaml").write_text(other + "formerly: [zorb-claim]\n", encoding="utf-8")
    with pytest.raises(RuleError, match="'formerly' names 'zorb-claim', which is 'zorb-claim': ids are used once"):
        alone(tmp_path)


def test_extends_of_no_rule_is_refused(tmp_path: Path) -> None:
    told = faults_of("extends: cure-named-diseases\nseverity: info\n", tmp_path, shipped=True)
    assert any("'extends' names no rule loaded before" in one and "did you mean" in one for one in told)


@pytest.mark.parametrize(
    ("written", "text", "marks"),
    [
        pytest.param("a [[b]] c", "a b c", ((2, 3),), id="one mark"),
        pytest.param("[[a]] [[b]]", "a b", ((0, 1), (2, 3)), id="two marks"),
        pytest.param("none", "none", (), id="no mark"),
        pytest.param("[[[x]]](u)", "[x](u)", ((1, 2),), id="the words of a link"),
    ],
)
def test_marks_of_an_example(written: str, text: str, marks: tuple[tuple[int, int], ...]) -> None:
    assert unmark(written) == (text, marks)


def test_a_raw_pattern_finds_within_a_sentence_that_holds_its_words(tmp_path: Path) -> None:
    rule = RULE.replace('["zorbs (shine|glow)"]', '[{phrase: "re: zorbs? [0-9]+", requires: [zorb, zorbs]}]')
    rule = rule.replace("Our [[zorbs shine]].", "Our [[zorbs 12]].")
    (tmp_path / "zorb-claim.yaml").write_text(rule, encoding="utf-8")
    reader = reader_for(".md")
    assert reader is not None
    document = reader.read(Source("a.md", "Buy Zorbs 12 now. Zorbs are round."), ReadOptions())
    found = Linter(alone(tmp_path)).lint(document, Settings(context="commercial")).findings
    assert [f.words for f in found if f.rule.id == "zorb-claim"] == ["Zorbs 12"]


def test_a_raw_pattern_that_runs_out_of_time_is_a_fault_that_names_its_rule(tmp_path: Path) -> None:
    rule = RULE.replace('["zorbs (shine|glow)"]', '[{phrase: "re: (x|xx)+y", requires: [zorb, zorbs]}]')
    rule = rule.replace("Our [[zorbs shine]].", "Our zorbs [[xxy]].")
    (tmp_path / "zorb-claim.yaml").write_text(rule, encoding="utf-8")
    reader = reader_for(".md")
    assert reader is not None
    (tmp_path / "zorb-other.yaml").write_text(RULE.replace("zorb-claim", "zorb-other"), encoding="utf-8")
    document = reader.read(Source("a.md", f"Zorbs {'x' * 5000}. Our zorbs shine."), ReadOptions())
    outcome = Linter(build(rule_files([str(tmp_path)]), "")).lint(document, Settings(context="commercial"))
    assert outcome.faults == ("rule zorb-claim: a.md: a pattern ran out of time",)
    assert [finding.rule.id for finding in outcome.findings] == ["zorb-other"]
