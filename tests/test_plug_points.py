"""What can be added with one file and no other edit: a rule, a term, an output format, an input format."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from healthlint import plugs, readers
from healthlint.cli import main

RULE = """
id: vague-vigour
title: "Promise of vigour"
category: miracle
severity: error
confidence: high
tier: extended
packs: [uk]
since: "0.1"
message: "“{match}” promises vigour"
instead: "Say what the tea contains"
rewrite: "A tea of mint and lemon balm."
why: >-
  Nobody can check what vigour is.
law:
  uk: [{cite: "House rule 1", status: "house rule"}]
find:
  phrases: ["{vigour_word} for {patients}"]
examples:
  flag: ["[[Zest for patients]]."]
  pass: ["Zest of one lemon for patients."]
"""
LEXICON = 'slots: {vigour_word: {about: "Words of vigour", terms: [zest, pep]}}\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_rule_and_a_term_are_a_yaml_file_each(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "own" / "miracle").mkdir(parents=True)
    (folder / "own" / "lexicon").mkdir()
    (folder / "own" / "miracle" / "vague-vigour.yaml").write_text(RULE)
    (folder / "own" / "lexicon" / "vigour.yaml").write_text(LEXICON)
    (folder / ".healthlint.yaml").write_text("rule-folders: [own]\n")
    (folder / "tea.md").write_text("Pep for patients.\n")
    assert main(["check", "--format", "json", "tea.md"]) == 1
    assert [(f["rule"], f["match"]) for f in json.loads(capsys.readouterr().out)["findings"]] == [
        ("vague-vigour", "Pep for patients")
    ]
    assert main(["test", "own"]) == 0


@pytest.fixture
def dropped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that is part of both plug packages, so that a file in it is as good as one beside the others."""
    import healthlint.reporters

    for package in (readers, healthlint.reporters):
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(folder)])
    for known in (plugs.names, readers.reader_for, readers.suffixes):
        known.cache_clear()
    yield folder
    for known in (plugs.names, readers.reader_for, readers.suffixes):
        known.cache_clear()


def test_an_output_format_is_a_file(dropped: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (dropped / "shout.py").write_text(
        textwrap.dedent(
            '''
            """Findings as shouts."""
            SUFFIXES = ()
            def report(report, options):
                for finding in report.findings:
                    yield finding.words.upper()
            '''
        )
    )
    (dropped / "tea.md").write_text("Our tea cures gout.\n")
    assert main(["check", "--format", "shout", "tea.md"]) == 1
    assert "CURES GOUT" in capsys.readouterr().out


def test_an_input_format_is_a_file(dropped: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (dropped / "lines.py").write_text(
        textwrap.dedent(
            '''
            """A file of lines, each a paragraph."""
            from healthlint.document import Block, Document
            from healthlint.text import Piece, Prose
            SUFFIXES = (".lines",)
            def read(source, options):
                prose = Prose(source, [Piece(0, len(source.text))])
                blocks, at = [], 0
                for line in source.text.split("\\n"):
                    if line:
                        blocks.append(Block("paragraph", at, at + len(line)))
                    at += len(line) + 1
                return Document(source, prose, tuple(blocks))
            '''
        )
    )
    (dropped / "tea.lines").write_text("One line.\nOur tea cures gout.\n")
    assert main(["check", "--format", "json", "tea.lines"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [(f["line"], f["match"]) for f in found if f["rule"] == "cure-named-disease"] == [(2, "cures gout")]
