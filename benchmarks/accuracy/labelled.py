"""The labelled corpus, and what healthlint marks in it: data for `measure`."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from healthlint import run
from healthlint.config import Said
from healthlint.finding import Finding
from healthlint.planning import Asked, plan
from healthlint.rule import TIERS

Labels = dict[str, str]
"""Category to "must" or "may"."""


class Marked(NamedTuple):
    """A file and what is marked in it."""

    text: str
    findings: tuple[Finding, ...]


class Page(NamedTuple):
    """A labelled document."""

    marked: Marked
    units: tuple[tuple[int, int], ...]
    """Sentences, bullets and headings: half-open, in code points of the text."""
    labels: tuple[Labels, ...]
    """For each unit."""
    wanted: Labels
    """Document rules, by id."""
    complete: bool
    """Whether the document rules can be judged: it is no excerpt."""


class Corpus(NamedTuple):
    """All that is measured on."""

    pages: tuple[Page, ...]
    reputable: tuple[Marked, ...]
    """Documents that should be left alone."""
    enforcement: tuple[Marked, ...]
    """Claims that an authority objected to."""
    acceptable: tuple[Marked, ...]
    """Wordings that an authority accepts."""


def lint(paths: Iterable[Path], *, strict: bool = False) -> tuple[Marked, ...]:
    """Return what a run with the default settings (or, with `strict`, all tiers) marks in each of the files.

    Raises:
        RuntimeError: a file could not be checked.
    """
    names = [str(path) for path in paths]
    said = (Said("tiers", TIERS, "the benchmark"),) if strict else ()
    report = run.check(plan(Asked(tuple(names), said, isolated=True)), "2026-01-01") if names else None
    files = {file.path: file for file in report.files} if report else {}
    broken = [file.error for file in files.values() if file.status == "failed"]
    if broken:
        raise RuntimeError(broken[0])
    return tuple(Marked(Path(name).read_bytes().decode("utf-8"), files[name].findings) for name in names)


def load(folder: Path, *, strict: bool = False) -> Corpus:
    """Return the corpus in `folder`, linted."""
    return Corpus(
        _pages(folder, strict=strict),
        lint(sorted((folder / "reputable").glob("*.txt")), strict=strict),
        _claims(folder / "enforcement.jsonl", strict=strict),
        _claims(folder / "acceptable.jsonl", strict=strict),
    )


def _pages(folder: Path, *, strict: bool) -> tuple[Page, ...]:
    rows = _rows(folder / "gold.jsonl")
    files = {path.stem: path for path in (folder / "documents").iterdir()}
    marked = lint([files[row["doc"]] for row in rows], strict=strict)
    return tuple(
        Page(
            one,
            tuple((start, end) for start, end in row["units"]),
            tuple(row["labels"].get(str(number), {}) for number in range(1, len(row["units"]) + 1)),
            row["labels"].get("doc", {}),
            row.get("complete", True),
        )
        for row, one in zip(rows, marked, strict=True)
    )


def _claims(path: Path, *, strict: bool) -> tuple[Marked, ...]:
    """Return what is marked in each claim, as the only line of a text file."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, row in enumerate(_rows(path)):
            files.append(Path(folder) / f"{number:05}.txt")
            files[-1].write_text(row["claim"] + "\n", encoding="utf-8")
        return lint(files, strict=strict)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
