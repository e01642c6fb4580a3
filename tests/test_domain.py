"""The passages and documents that healthlint was conceived from; they are not part of the project.

`HEALTHLINT_CORPUS` names a folder of labelled copy beside which `seeds/` and `domain/` lie; without it these tests skip.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from healthlint.config import Settings, expanded_packs
from healthlint.files import Input, read_source
from healthlint.finding import Finding
from healthlint.linter import Linter
from healthlint.readers import ReadOptions, reader_for
from healthlint.rule import TIERS
from healthlint.rulebook import load_book


@pytest.fixture(scope="module")
def domain(corpus: Path) -> Path:
    return corpus.parent / "domain"


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(load_book())


def lint(path: Path, linter: Linter, settings: Settings) -> tuple[Finding, ...]:
    reader = reader_for(path.suffix)
    assert reader is not None
    return linter.lint(reader.read(read_source(Input(str(path))), ReadOptions()), settings).findings


def spans_of(text: str, row: Mapping[str, Any]) -> tuple[int, int]:
    """Return where a passage stands: on its line, from its column on."""
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: row["line"] - 1]) + row["col"] - 1
    return start, start + len(row["text"])


def test_every_passage_to_mark_bears_a_finding_on_its_words(domain: Path, linter: Linter) -> None:
    rows = yaml.safe_load((domain / "seeds.yaml").read_text(encoding="utf-8"))["findings"]
    missed = []
    severities = {rule.id: rule.severity for rule in linter.book.rules}
    for name in sorted({row["file"] for row in rows}):
        path = domain.parent / "seeds" / name
        found = lint(path, linter, Settings())
        text = path.read_bytes().decode("utf-8")
        for row in (row for row in rows if row["file"] == name and row["verdict"] == "mark"):
            level = row.get("level", max((severities.get(rule, "") for rule in row["rules"]), key=_rank, default=""))
            if level != "error":
                continue
            start, end = spans_of(text, row)
            if not any(finding.span.start < end and start < finding.span.end for finding in found):
                missed.append((name[:3], row["line"], row["col"], row["rules"]))
    assert missed == []


def test_no_acceptable_passage_is_an_error(domain: Path, linter: Linter) -> None:
    seeds = yaml.safe_load((domain / "seeds.yaml").read_text(encoding="utf-8"))
    rows, of_the_whole = seeds["findings"], {(row["file"], rule) for row in seeds["document"] for rule in row["rules"]}
    wrong = []
    for name in sorted({row["file"] for row in rows}):
        path = domain.parent / "seeds" / name
        errors = [
            finding
            for finding in lint(path, linter, Settings())
            if finding.severity == "error" and (name, finding.rule.id) not in of_the_whole
        ]
        text = path.read_bytes().decode("utf-8")
        for row in (row for row in rows if row["file"] == name and row["verdict"] == "acceptable"):
            start, end = spans_of(text, row)
            wrong += [
                (name[:3], row["line"], row["col"], finding.rule.id)
                for finding in errors
                if finding.span.start < end and start < finding.span.end
            ]
    assert wrong == []


def _rank(severity: str) -> int:
    return ("", "info", "warning", "error").index(severity)


def test_every_document_of_the_domain_is_found_as_expected(domain: Path, linter: Linter) -> None:
    expected = yaml.safe_load((domain / "documents" / "expected.yaml").read_text(encoding="utf-8"))
    wrong = []
    for name, want in expected.items():
        settings = Settings(packs=expanded_packs(want["packs"]), tiers=TIERS, product=want["product"])
        found = lint(domain / "documents" / name, linter, settings)
        lines: dict[str, set[int]] = {}
        related: dict[str, set[int]] = {}
        for finding in found:
            lines.setdefault(finding.rule.id, set()).add(finding.source.position(finding.span.start).line)
            for other in finding.related:
                related.setdefault(finding.rule.id, set()).add(finding.source.position(other.span.start).line)
        for one in want["expect"]:
            if one["line"] not in lines.get(one["rule"], ()):
                wrong.append(f"{name}: {one['rule']} should stand on line {one['line']}")
            if not set(one.get("related", ())) <= related.get(one["rule"], set()):
                wrong.append(f"{name}: {one['rule']} should point to lines {one['related']}")
        wrong += [f"{name}: {rule} should be silent" for rule in want["must_stay_silent"] if rule in lines]
    assert wrong == []
