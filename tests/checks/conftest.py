"""Rules written in a test, run on a page written in a test."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from healthlint import book_build, rulebook
from healthlint.config import Settings
from healthlint.finding import Finding
from healthlint.linter import Linter
from healthlint.readers import ReadOptions, markdown
from healthlint.rule import PACKS, TIERS
from healthlint.text import Source

HEAD = """\
id: {id}
title: "A rule"
category: {category}
severity: {severity}
confidence: high
tier: extended
packs: [us-ftc]
since: "0.1"
message: "found"
instead: "Write otherwise"
rewrite: "Otherwise."
why: "It must be so."
law: {{us-ftc: [{{cite: "A law", checked: "2026-11-20"}}]}}
examples: {{flag: ["[[a]]"], pass: ["b"]}}
"""
LEXICON = {
    "frames.yaml": """\
breaks: {words: [but], after-comma: [which]}
negate: {reach: 9, before: ["(no|not|never|without)"]}
hedge: {clause: ["may"]}
question: {before: ["whether"]}
""",
    "speaker.yaml": """\
context:
  needed: 3
  commercial: []
  editorial: []
  tones: {needed: 3, margin: 1, commercial: [], editorial: []}
product: {}
""",
    "affiliate.yaml": """\
networks:
  shorty: {hosts: ["pays.example"]}
  store: {hosts: ["store.*"], params: [tag]}
params: [affid]
paths: ["/hop/"]
never: [health.example]
trusted: [doi.example]
shorteners: []
""",
}

Run = Callable[..., list[Finding]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a function that runs rules, each given by its `find`, on a page and returns the findings of the first."""

    def run_rules(page: str, finds: Mapping[str, str] | str, **settings: object) -> list[Finding]:
        rules = {"first": finds} if isinstance(finds, str) else dict(finds)
        (tmp_path / "lexicon").mkdir(exist_ok=True)
        (tmp_path / "own").mkdir(exist_ok=True)
        for name, text in LEXICON.items():
            (tmp_path / "lexicon" / name).write_text(text, "utf-8")
        for rule_id, find in rules.items():
            head = HEAD if not find.startswith("severity:") else HEAD.replace("severity: {severity}\n", "")
            body = head.format(id=rule_id, category="cure" if rule_id == "cures" else "disclosure", severity="warning")
            (tmp_path / "own" / f"{rule_id}.yaml").write_text(body + find, "utf-8")
        root = str(tmp_path)
        linter = Linter(book_build.build(rulebook.rule_files((root,)), root))
        document = markdown.read(Source("page.md", page), ReadOptions())
        outcome = linter.lint(
            document, Settings(**{"packs": PACKS, "tiers": TIERS, "context": "commercial", **settings})
        )
        assert outcome.faults == ()
        return [finding for finding in outcome.findings if finding.rule.id == next(iter(rules))]

    return run_rules
