"""Findings and reports written by hand, for the reporters."""

from collections.abc import Callable
from functools import partial

import pytest

from healthlint.finding import Finding, Related
from healthlint.report import FileReport, Report
from healthlint.rule import Citation, Rule
from healthlint.text import Source, Span

RULE = Rule(
    id="cure-named-disease", title="Promise of a cure", category="cure", severity="error", confidence="high",
    tier="core", packs=("us-fda", "uk"), since="0.1", message="“{match}” promises a cure",
    instead="Say what was studied, in whom, and what was seen", rewrite="In a trial, 40 adults reported less pain.",
    why="Words of cure make a product an unapproved drug, e.g. a tea. That is the law.",
    law=(
        Citation("us-fda", "21 CFR 101.93(g)(2)(i)", "https://example.com/cfr"),
        Citation("uk", "CAP Code 12.2", "https://example.com/cap"),
    ),
    frames=frozenset({"assert"}), hedge="lower", context="any", products=(), severity_by_pack={}, folds=(), examples=(),
    path="rules/cure/cure-named-disease.yaml", line=1,
)  # fmt: skip


def finding_in(text: str, words: str, severity: str = "error", related: str = "", message: str = "") -> Finding:
    """Return a finding on the first `words` of `text`, related to the first `related`."""
    start = text.index(words)
    others = (Related(Span(text.index(related), text.index(related) + len(related)), "see here"),) if related else ()
    return Finding(
        RULE, Source("tea.md", text), Span(start, start + len(words)), message or f"“{words}” promises a cure",
        severity, related=others, fingerprint="0" * 32,
    )  # fmt: skip


def report_on(*files: FileReport) -> Report:
    return Report(files, "0.1.0", "sha256:" + "0" * 64, "2026-11-20")


@pytest.fixture
def checked() -> Callable[..., FileReport]:
    """A checked file of findings."""
    return lambda *findings, **more: FileReport(**{"path": "tea.md", "status": "checked", "findings": findings, **more})


@pytest.fixture
def found() -> Callable[..., Finding]:
    return partial(finding_in)


@pytest.fixture
def report() -> Callable[..., Report]:
    return report_on
