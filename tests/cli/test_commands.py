"""The other commands."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from healthlint.config import Settings
from healthlint.config_file import read_config
from healthlint.rulebook import builtin_rules

from .conftest import BAD, CONFIG, GOOD, RULE, SOURCES


def test_explain_tells_what_why_law_and_how_else(healthlint_run) -> None:
    assert healthlint_run("explain", "zorb-cure").out == (
        "Promise of zorbs (zorb-cure)\n"
        "error, confidence high, tier core, category cure, for us-fda, uk\n"
        "\n"
        "Why\n"
        "  Zorbs do nothing. Nobody has shown otherwise.\n"
        "\n"
        "What to do\n"
        "  Leave the zorbs alone\n"
        "\n"
        "Law\n"
        "  - 21 CFR 1 (us-fda; read 2026-11-20)\n"
        "    No zorbs.\n"
        "    https://example.com/cfr\n"
        "  - Zorb Code 2 (uk; unverified)\n"
        "    https://example.com/code\n"
        "\n"
        "Marked\n"
        "  - Our [zorbs mend socks].\n"
        "  - We say [zorbs heal socks].\n"
        "  - Blue [zorbs heal socks] at night.\n"
        "\n"
        "Not marked\n"
        "  - Zorbs are round.\n"
        "  - No socks on zorbs.\n"
        "  - Zorbs mend roads.\n"
        "\n"
        "A way to say it\n"
        "  Zorbs are round.\n"
    )


def test_every_rule_can_be_explained_on_a_narrow_screen(healthlint_run) -> None:
    for rule in json.loads(healthlint_run("rules", "--format", "json").out):
        told = healthlint_run("explain", rule["id"])
        assert told.status == 0
        assert [line for line in told.out.splitlines() if len(line) > 80 and "http" not in line] == []


def test_rules_are_listed_in_a_table(healthlint_run) -> None:
    line = next(line for line in healthlint_run("rules").out.splitlines() if line.startswith("zorb-cure"))
    assert line.split() == ["zorb-cure", "error", "core", "Promise", "of", "zorbs"]


@pytest.mark.parametrize(
    ("arguments", "listed"),
    [
        pytest.param(["--category", "cure"], True, id="its category"),
        pytest.param(["--category", "lint"], False, id="another category"),
        pytest.param(["--pack", "us"], True, id="a group with its pack"),
        pytest.param(["--pack", "eu,au"], False, id="other packs"),
        pytest.param(["--tier", "core", "--severity", "error"], True, id="its tier and severity"),
        pytest.param(["--tier", "strict"], False, id="another tier"),
        pytest.param(["ZORB", "21 cfr 1"], True, id="words of its title and law"),
        pytest.param(["zorb", "unheard-of"], False, id="a word it lacks"),
    ],
)
def test_rules_are_filtered(arguments, listed, healthlint_run) -> None:
    result = healthlint_run("rules", "--format", "json", *arguments)
    assert ("zorb-cure" in [rule["id"] for rule in json.loads(result.out)]) is listed


def test_rules_as_json_hold_what_a_dashboard_wants(healthlint_run) -> None:
    (rule,) = json.loads(healthlint_run("rules", "--format", "json", "zorb-cure").out)
    assert (rule["title"], rule["packs"], rule["law"][1]["status"]) == (
        "Promise of zorbs",
        ["us-fda", "uk"],
        "unverified",
    )


def test_no_rule_is_like_that(healthlint_run) -> None:
    assert healthlint_run("rules", "unheard-of")[:] == (0, "", "note: no rule is like that\n")


def test_examples_that_hold(house: Path, healthlint_run) -> None:
    assert healthlint_run("test", str(house))[:] == (0, "6 examples hold, in 1 rule\n", "")


@pytest.mark.parametrize("here", [pytest.param(True, id="from the checkout"), pytest.param(False, id="from elsewhere")])
def test_a_folder_of_the_shipped_rules_is_tested_by_itself(here: bool, healthlint_run, monkeypatch) -> None:
    rules = Path(builtin_rules()).resolve()
    if here:
        monkeypatch.chdir(rules.parent)
    result = healthlint_run("test", "rules/safety" if here else str(rules / "safety"))
    ids = len(list((rules / "safety").glob("*.yaml")))
    assert (result.status, result.err) == (0, "")
    assert re.fullmatch(rf"\d+ examples hold, in {ids} rules\n", result.out)


def test_slots_of_ones_own_that_no_rule_uses_are_noted(write, healthlint_run) -> None:
    write("own/zorb-cure.yaml", RULE)
    write("own/lexicon/zorbs.yaml", 'slots:\n  zorb_word:\n    about: "Zorbs"\n    terms: [zorb]\n')
    result = healthlint_run("test", "own")
    assert (result.status, result.err) == (0, "note: slot 'zorb_word' is used by no rule\n")
    assert healthlint_run("test", "own", "-q")[:] == (0, "", "")


def test_what_changes_nothing_is_noted(write, healthlint_run) -> None:
    """With both places, where there are two; a word that the shipped lexicon has as well is no fault."""
    write("own/zorb-cure.yaml", RULE)
    write("own/lexicon/zorbs.yaml", "extends:\n  condition:\n    terms: [zorb flu, neoplasia]\n")
    result = healthlint_run("test", "own")
    assert result.status == 0
    assert result.err == (
        "note: own/lexicon/zorbs.yaml:3: term 'neoplasia' comes with slot 'cancer', which is included\n"
    )


def test_a_slot_of_the_shipped_lexicon_is_not_defined_anew(write, healthlint_run) -> None:
    write("own/zorb-cure.yaml", RULE)
    write("own/lexicon/zorbs.yaml", "slots:\n  condition:\n    terms: [zorb flu]\n")
    result = healthlint_run("test", "own")
    assert result.status == 2
    assert "own/lexicon/zorbs.yaml:2: slot 'condition' is defined in rules/lexicon/conditions.yaml:" in result.err
    assert "what adds to it stands under 'extends:'" in result.err


def test_the_shipped_cues_are_not_replaced_without_a_word(write, healthlint_run) -> None:
    write("own/zorb-cure.yaml", RULE)
    write("own/lexicon/frames.yaml", "hedge: {clause: [maybe]}\n")
    result = healthlint_run("test", "own")
    assert result.status == 2
    told = "frames.yaml is given by rules/lexicon/frames.yaml, which another would replace as a whole"
    assert f"own/lexicon/frames.yaml:1: {told}" in result.err


def test_examples_that_do_not_hold_are_listed(write, healthlint_run) -> None:
    write("own/zorb-cure.yaml", RULE.replace("No socks on zorbs.", "Say: zorbs mend socks."))
    result = healthlint_run("test", "own")
    assert result.status == 1
    assert "zorb-cure.yaml:28: zorb-cure: 'zorbs mend socks' is marked and should not be" in result.out
    assert result.out.splitlines()[-1] == "1 of 6 examples fail, in 1 rule"


def test_a_folder_without_rules_is_no_success(write, healthlint_run) -> None:
    write("own/readme.txt", "")
    assert healthlint_run("test", "own")[:] == (2, "", "error: own: no rule in this folder\n")


def test_init_writes_a_config_that_changes_nothing(site: Path, healthlint_run) -> None:
    (site / CONFIG).unlink()
    assert healthlint_run("init").out == "wrote .healthlint.yaml\n"
    assert read_config(CONFIG).settings() == Settings()  # type: ignore[union-attr]


def test_every_line_of_the_written_config_can_be_used(site: Path, healthlint_run) -> None:
    (site / CONFIG).unlink()
    healthlint_run("init")
    (site / "rules").mkdir()
    keys = ("packs", "tiers", "product", "context", "rules", "select", "ignore", "min-confidence", "fail-on",
            "rule-folders", "exclude", "mdx-props", "jobs", "overrides", "  ")  # fmt: skip
    lines = (site / CONFIG).read_text("utf-8").splitlines()
    used = [line[2:] if line[2:].startswith(keys) else line for line in lines]
    (site / CONFIG).write_text("\n".join(used), encoding="utf-8")
    settings = read_config(CONFIG).settings()  # type: ignore[union-attr]
    default = Settings()
    assert [key for key, _ in settings.origins if "." not in key] == [
        "packs", "tiers", "product", "context", "rules", "select", "ignore", "min_confidence", "fail_on",
        "rule_folders", "exclude", "mdx_props", "jobs",
    ]  # fmt: skip
    for key in ("packs", "tiers", "product", "context", "select", "ignore", "min_confidence", "fail_on", "jobs"):
        assert getattr(settings, key) == getattr(default, key)


def test_init_overwrites_nothing(site: Path, healthlint_run) -> None:
    before = (site / CONFIG).read_text("utf-8")
    assert healthlint_run("init")[:] == (2, "", "error: .healthlint.yaml is there already\n")
    assert (site / CONFIG).read_text("utf-8") == before


def test_init_says_where_it_cannot_write(site: Path, healthlint_run, monkeypatch) -> None:
    (site / "gone").mkdir()
    monkeypatch.chdir(site / "gone")
    (site / "gone").rmdir()
    assert healthlint_run("init").err == "error: .healthlint.yaml cannot be written: no such file or directory\n"


def test_config_tells_what_holds_and_who_said_so(write, healthlint_run) -> None:
    write(CONFIG, "overrides: [{paths: ['posts/'], product: food, rules: {zorb-cure: info}}]\n")
    write("posts/a.md", "---\nhealthlint: {context: editorial}\n---\n" + GOOD)
    out = healthlint_run("config", "posts/a.md").out
    rows = {line.split("  ")[0]: line.split("  ")[-1].strip() for line in out.splitlines() if "  " in line}
    assert rows["packs"] == "default"
    assert rows["product"] == rows["rules: zorb-cure"] == ".healthlint.yaml:3"
    assert rows["context"] == "posts/a.md:2"
    assert "1  .healthlint.yaml:2: select zorb-cure: zorb-cure" in out
    assert "not selected: .healthlint.yaml:2" in out or "rules that are off: 0" in out


def test_config_of_a_folder_and_of_none(healthlint_run) -> None:
    assert "config file: .healthlint.yaml" in healthlint_run("config").out
    assert "config file: none" in healthlint_run("config", "--isolated").out


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        pytest.param(["gone.md"], "error: gone.md: no such file or folder\n", id="a missing file"),
        pytest.param(["a.docx"], "error: a.docx: no reader for '.docx' files", id="a file no reader knows"),
        pytest.param(["--config", "x.yaml"], "error: x.yaml: cannot be read", id="a missing config"),
        pytest.param(["--config", "x", "--isolated"], "error: --config and --isolated exclude", id="a config and none"),
    ],
)
def test_config_of_what_is_not_there(arguments, error, write, healthlint_run) -> None:
    write("a.docx", "")
    result = healthlint_run("config", *arguments)
    assert result.status == 2
    assert result.err.startswith(error)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_are_printed(shell, healthlint_run) -> None:
    assert f"_HEALTHLINT_COMPLETE={shell}_complete" in healthlint_run("completion", shell).out


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        pytest.param("healthlint ch", ["check"], id="a command"),
        pytest.param("healthlint explain zo", ["zorb-cure"], id="a rule"),
        pytest.param("healthlint check --packs uk,e", ["uk,eu", "uk,editorial"], id="one more pack"),
        pytest.param("healthlint check --format sa", ["sarif"], id="a format"),
        pytest.param("healthlint check --fail-on w", ["warning"], id="a severity"),
    ],
)
def test_words_are_completed(words, completed, healthlint_run, monkeypatch) -> None:
    monkeypatch.setenv("_HEALTHLINT_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(words.count(" ")))
    assert [line.partition(",")[2] for line in healthlint_run().out.splitlines()] == completed


def test_nothing_is_completed_while_the_config_is_faulty(write, healthlint_run, monkeypatch) -> None:
    write(CONFIG, "paks: uk\n")
    for name, value in (("_HEALTHLINT_COMPLETE", "bash_complete"), ("COMP_WORDS", "healthlint explain z")):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("COMP_CWORD", "2")
    assert healthlint_run()[:] == (0, "\n", "")


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes_for_real(site: Path) -> None:
    command = site / "bin" / "healthlint"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m healthlint "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    script = (
        'eval "$(healthlint completion bash)"; COMP_WORDS=(healthlint expl); COMP_CWORD=1; '
        "_healthlint_completion healthlint; echo ${COMPREPLY[@]}"
    )
    environment = {**os.environ, "PYTHONPATH": SOURCES, "PATH": f"{command.parent}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "explain\n"


def test_commands_see_faults_of_the_config(write, healthlint_run) -> None:
    write(CONFIG, "paks: 1\n")
    for arguments in (["rules"], ["explain", "zorb-cure"], ["config"], ["check"]):
        result = healthlint_run(*arguments)
        assert (result.status, result.out) == (2, "")
        assert result.err == "error: .healthlint.yaml:3: unknown key 'paks'; did you mean 'packs'?\n"


def test_a_check_of_nothing_prints_a_report_all_the_same(healthlint_run) -> None:
    result = healthlint_run("check", "--format", "json")
    assert json.loads(result.out)["files"] == []
    assert result.err.startswith("error: nothing to check")


def test_bad_is_bad() -> None:
    """The texts of these tests are what they are called, so that none of them passes for the wrong reason."""
    assert "zorbs mend socks" in BAD
    assert "zorbs mend socks" not in GOOD
