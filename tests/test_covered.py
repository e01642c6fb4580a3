"""Phrases that find nothing of their own are told, with their places."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthlint.book_build import build
from healthlint.rulebook import rule_files

from .zorbs import HEAD

EXAMPLES = 'examples: {flag: ["[[zorbs shine]]"], pass: ["zorbs"]}\n'
BY_WIDER = "zorb-claim.yaml:19: phrase 'zorbs shine' finds nothing that 'zorbs (shine|glow)' in line 20 does not"


def warnings(folder: Path, find: str) -> list[str]:
    (folder / "zorb-claim.yaml").write_text(f"{HEAD}{EXAMPLES}find:\n{find}", "utf-8")
    return list(build(rule_files([str(folder)]), "").warnings)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        pytest.param("zorbs shine", "zorbs (shine|glow)", BY_WIDER, id="by a wider one"),
        pytest.param("zorbs (shine|glow)", "zorbs shine", "19", id="by a wider one before it"),
        pytest.param("zorbs shine", "Zorbs shine", "19", id="by the same, the second"),
        pytest.param("(zorbs|orbs) shine", "(orbs shine|zorbs shine)", "19", id="by one that is as wide, the second"),
        pytest.param("zorbs shine", "zorbs glow", "", id="by none"),
        pytest.param("{phrase: zorbs shine, in: [heading]}", "zorbs (shine|glow)", "19", id="by one without a condition"),
        pytest.param("zorbs shine", "{phrase: zorbs (shine|glow), in: [heading]}", "", id="not by one with a condition"),
        pytest.param("{phrase: zorbs shine, in: [heading]}", "{phrase: zorbs (shine|glow), in: [heading]}", "19", id="by one with the same"),
        pytest.param("{phrase: zorbs shine, in: [heading]}", "{phrase: zorbs (shine|glow), in: [quote]}", "", id="not by one with another"),
        pytest.param("{phrase: zorbs shine, severity: error}", "zorbs (shine|glow)", "", id="not where it is more severe"),
        pytest.param("{phrase: zorbs shine, frames: [question]}", "zorbs (shine|glow)", "", id="not where it counts in other frames"),
        pytest.param("{phrase: zorbs shine, hedge: keep}", "zorbs (shine|glow)", "", id="not where a hedge is no matter"),
        pytest.param("{phrase: 're: zorbs', requires: [zorbs]}", "zorbs", "", id="not a raw pattern"),
    ],
)  # fmt: skip
def test_a_phrase_that_another_covers(tmp_path: Path, first: str, second: str, told: str) -> None:
    found = warnings(tmp_path, f"  phrases:\n    - {first}\n    - {second}\n")
    assert len(found) == bool(told)
    assert not told or told in found[0]


@pytest.mark.parametrize(
    ("find", "found"),
    [
        pytest.param("phrases: [{phrase: zorbs, except: [zorbs of wood, 'zorbs of (wood|glass)']}]", 1, id="exceptions"),
        pytest.param("phrases: [{phrase: zorbs, with: {block: [wood, '(wood|glass)']}}]", 1, id="what must stand there as well"),
        pytest.param("phrases: [{phrase: zorbs, with: {block: [wood], section: [wood]}}]", 0, id="in one scope and in another"),
        pytest.param("together: [{of: [zorbs, '(zorbs|glass)']}]", 0, id="phrases that must stand together"),
        pytest.param("require: {when: {phrases: [zorbs]}, need: {phrases: [wood, '(wood|glass)'], headings: [wood]}}", 1, id="what is required"),
    ],
)  # fmt: skip
def test_every_list_of_which_any_will_do_is_looked_at(tmp_path: Path, find: str, found: int) -> None:
    assert len(warnings(tmp_path, f"  {find}\n")) == found
