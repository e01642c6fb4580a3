"""Whole documents of our own, each with what is found in it beside it; `pytest --accept` writes that anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthlint import run
from healthlint.planning import Asked, plan
from healthlint.report import FileReport, Report
from healthlint.reporters import Options, concise

FIXTURES = Path(__file__).parents[1] / "fixtures"
SUFFIXES = (".md", ".mdx", ".txt")


def names(folder: str) -> list[str]:
    """Return the documents of a folder of fixtures, as "folder/name", in order."""
    return [f"{folder}/{path.name}" for path in sorted((FIXTURES / folder).iterdir()) if path.suffix in SUFFIXES]


DOCUMENTS, CLEAN = names("documents"), names("clean")

MARKED_WRONGLY: dict[str, str] = {}
"""Documents in which something is marked all the same, and what kind of thing it is: known faults of the rules."""


@pytest.fixture(scope="module")
def report() -> Report:
    """What a run with nothing but defaults finds in all of them, on a day of our choice."""
    paths = [str(FIXTURES / name) for name in (*DOCUMENTS, *CLEAN)]
    return run.check(plan(Asked(tuple(paths), isolated=True)), "2026-01-01")


@pytest.fixture
def file(request: pytest.FixtureRequest, report: Report) -> FileReport:
    """What is found in the document that a test names."""
    return next(file for file in report.files if file.path.endswith(f"/{request.param}"))


def shown(file: FileReport) -> str:
    """Return a file's report as it is kept: what it was taken for, then its findings, a line each."""
    name = file.path.rpartition("/")[2]
    alone = Report((file._replace(path=name),), version="", rules_digest="", today="")
    taken = f"{file.status}: {file.context}, {file.product or 'no product'}"
    notes = (note.replace(file.path, name) for note in file.notes)
    return "".join(f"{line}\n" for line in (taken, *notes, *concise.report(alone, Options())))


@pytest.mark.parametrize("file", DOCUMENTS + CLEAN, indirect=True)
def test_a_document_gives_the_findings_kept_beside_it(file: FileReport, accept: bool) -> None:
    golden = Path(f"{file.path}.findings")
    if accept:
        golden.write_text(shown(file), encoding="utf-8")
    assert shown(file).split("\n") == golden.read_text(encoding="utf-8").split("\n")


@pytest.mark.parametrize("file", CLEAN, indirect=True)
def test_a_clean_document_has_no_error_and_no_warning(file: FileReport, request: pytest.FixtureRequest) -> None:
    known = MARKED_WRONGLY.get(file.path.rpartition("/")[2])
    if known:
        request.applymarker(pytest.mark.xfail(reason=known))
    marked = [finding for finding in file.findings if finding.severity != "info"]
    assert [f"{finding.rule.id}: {finding.words}" for finding in marked] == []


def test_no_findings_are_kept_of_a_document_that_is_gone() -> None:
    kept = [path.relative_to(FIXTURES).as_posix() for path in FIXTURES.glob("*/*.findings")]
    assert sorted(kept) == sorted(f"{name}.findings" for name in DOCUMENTS + CLEAN)


def test_there_are_documents_for_every_reader_that_we_have() -> None:
    assert {Path(name).suffix for name in DOCUMENTS} == set(SUFFIXES)
