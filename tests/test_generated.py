"""What is made from the rules is as they are: pages, index, and the schema of a rule file, which editors go by."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "docs" / "rules"
FILES = sorted(path for path in (ROOT / "rules").glob("*/*.yaml") if path.parent.name != "lexicon")
SCHEMA = json.loads((ROOT / "src" / "healthlint" / "schema" / "rule-1.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)


def faults(rule: object) -> list[str]:
    """Return what an editor would underline, with the key it stands under."""
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(rule)]


def rule_with(**keys: object) -> dict[str, Any]:
    """Return a shipped rule with some of its keys changed; "_" in their names stands for "-"."""
    rule: dict[str, Any] = yaml.safe_load((ROOT / "rules" / "cure" / "cure-named-disease.yaml").read_text("utf-8"))
    return rule | {key.replace("_", "-"): value for key, value in keys.items()}


def test_nothing_is_stale() -> None:
    ran = subprocess.run(
        [sys.executable, ROOT / "scripts" / "generate.py", "--check"], capture_output=True, text=True, check=False
    )
    assert (ran.stdout, ran.stderr, ran.returncode) == ("", "", 0), "run python scripts/generate.py"


def test_every_rule_has_its_page() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == {path.stem for path in FILES} | {"index"}


def test_every_link_between_pages_leads_somewhere() -> None:
    linked = {
        target for path in PAGES.glob("*.md") for target in re.findall(r"\]\(([\w-]+\.md)", path.read_text("utf-8"))
    }
    assert sorted(name for name in linked if not (PAGES / name).is_file()) == []


def test_the_schema_is_one() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_editor_underlines_nothing_in(path: Path) -> None:
    assert faults(yaml.safe_load(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param(
            {"extends": "cure-named-disease", "id": "cure-named-disease", "severity": "warning"}, id="a change"
        ),
        pytest.param(rule_with(packs=["us"], frames=["assert"]), id="a group of packs"),
        pytest.param(
            rule_with(find={"together": {"of": ["{cure_verb}", "tea"], "in-one": "block", "within": 12}}), id="a group"
        ),
        pytest.param(rule_with(find={"links": [{"affiliate": True, "not-in": ["heading"]}]}), id="a link"),
        pytest.param(
            rule_with(find={"require": {"when": {"always": True}, "need": {"phrases": "tea"}, "where": {"words": 60}}}),
            id="a requirement",
        ),
    ],
)
def test_an_editor_lets_pass(rule: object) -> None:
    assert faults(rule) == []


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        pytest.param(rule_with(messge="x"), "'messge' was unexpected", id="a key that there is not"),
        pytest.param(rule_with(severity="high"), "'high' is not one of", id="a severity that there is not"),
        pytest.param(rule_with(frames=["assertion"]), r"\$.frames", id="a frame that there is not"),
        pytest.param(rule_with(since=0.1), "0.1 is not of type 'string'", id="a number where text is meant"),
        pytest.param(rule_with(message="m" * 81), "is too long", id="a message too long"),
        pytest.param(rule_with(message="It cures."), "does not match", id="a message that ends in a period"),
        pytest.param(rule_with(law={"mars": []}), "'mars' was unexpected", id="a pack that there is not"),
        pytest.param(rule_with(law={"uk": [{"cite": "CAP 12.1"}]}), r"\$.law.uk", id="a citation nobody checked"),
        pytest.param(rule_with(find={}), "should be non-empty|does not have enough", id="nothing to find"),
        pytest.param(rule_with(find={"phrases": [{"frames": ["assert"]}]}), r"\$.find.phrases", id="a phrase without words"),
        pytest.param({"id": "half-a-rule"}, "is not valid under any of the given", id="half a rule"),
    ],
)  # fmt: skip
def test_an_editor_underlines(rule: object, fault: str) -> None:
    assert any(re.search(fault, found) for found in faults(rule)), faults(rule)


CLAIMS = json.loads((ROOT / "src" / "healthlint" / "schema" / "claims-1.schema.json").read_text("utf-8"))
REGISTER = """\
claims:
  - id: bones
    wording: Calcium is what our bones are made of
    evidence:
      - {doi: "https://doi.org/10.1000/182", says: "what it shows"}
      - file: evidence/opinion.pdf
    markets: [eu, us]
    products: supplement
    rules: [structure-function-claim]
    with: {nearby: ["in a 12-week trial"]}
    approver: Head of Regulatory Affairs
    approved: 2026-01-31
    expires: 2027-01-31
"""


def underlined(register: str) -> list[str]:
    """Return what an editor would underline in a register; days are text to it, as they are to us."""
    found = jsonschema.Draft7Validator(CLAIMS).iter_errors(yaml.load(register, yaml.BaseLoader))
    return [f"{error.json_path}: {error.message}" for error in found]


def test_the_schema_of_a_register_is_one_and_lets_a_register_pass() -> None:
    jsonschema.Draft7Validator.check_schema(CLAIMS)
    assert underlined(REGISTER) == []
    assert underlined("claims: []") == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param("wording:", "wordin:", "'wordin' was unexpected", id="a key that there is not"),
        pytest.param("    rules:", "    pattern: x\n    rules:", "is valid under each of", id="wording and pattern"),
        pytest.param("[eu, us]", "[france]", "is not valid under any", id="a market that there is not"),
        pytest.param("[structure-function-claim]", "all", "is not valid under any", id="all rules"),
        pytest.param("2027-01-31", "soon", "'soon' does not match", id="no day"),
        pytest.param("10.1000/182", "182", "is not valid under any", id="no DOI"),
        pytest.param("Head of Regulatory Affairs", "jo@example.com", "does not match", id="a person"),
        pytest.param("    expires: 2027-01-31\n", "", "'expires' is a required property", id="no end"),
    ],
)  # fmt: skip
def test_an_editor_underlines_in_a_register(old: str, new: str, fault: str) -> None:
    assert old in REGISTER
    assert any(fault in found for found in underlined(REGISTER.replace(old, new))), underlined(
        REGISTER.replace(old, new)
    )
