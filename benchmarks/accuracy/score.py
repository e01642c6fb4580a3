"""Measure healthlint on the labelled corpus that HEALTHLINT_CORPUS names, and on our own documents.

Writes results.md and results.json beside this file. The numbers are those that the corpus's own scorer gives; no word of
the corpus is in what is written. With `--own`, only our own documents are measured, nothing is written, and what is
missed or marked wrongly in them is listed.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import labelled
import measure
import own
from measure import Quiet, RuleScore, Score, Seen

from healthlint.rulebook import load_book

HERE = Path(__file__).parent


class Result(NamedTuple):
    """All that is measured."""

    digest: str
    """Of the rules."""
    categories: dict[str, Score]
    documents: dict[str, Score]
    rules: tuple[RuleScore, ...]
    """In order of category and id."""
    quiet: Quiet
    seen: dict[str, Seen]
    own: dict[str, Score]
    """By category, in our own documents."""


def main() -> int:
    """Write both files and print the first; 2 where there is no corpus."""
    if sys.argv[1:] == ["--own"]:
        pages = own.pages()
        for line in (*own.faults(pages), "", *_table("category", measure.by_category(pages.values()))):
            print(line)
        return 0
    folder = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("HEALTHLINT_CORPUS", "")
    if not Path(folder or "?").is_dir():
        print("name the folder of the labelled corpus, as argument or in HEALTHLINT_CORPUS", file=sys.stderr)
        return 2
    result = measured(Path(folder))
    text = "".join(f"{line}\n" for line in as_markdown(result))
    (HERE / "results.md").write_text(text, encoding="utf-8")
    (HERE / "results.json").write_text("".join(f"{line}\n" for line in as_json(result)), encoding="utf-8")
    print(text, end="")
    return 0


def measured(folder: Path) -> Result:
    """Return what is measured on the corpus in `folder`; strict rules are measured in a run of their own."""
    book = load_book()
    corpus, strict = labelled.load(folder), labelled.load(folder, strict=True)
    rules = measure.by_rule([rule for rule in book.rules if rule.tier != "strict"], corpus)
    rules += measure.by_rule([rule for rule in book.rules if rule.tier == "strict"], strict)
    return Result(
        book.digest,
        measure.by_category(corpus.pages),
        measure.by_document(corpus.pages),
        tuple(sorted(rules, key=lambda one: (one.rule.category, one.rule.id))),
        measure.quiet(corpus.reputable),
        {"enforcement": measure.seen(corpus.enforcement), "acceptable": measure.seen(corpus.acceptable)},
        measure.by_category(own.pages().values()),
    )


def as_markdown(result: Result) -> Iterator[str]:
    """Yield the tables, for people."""
    yield from (
        "# Accuracy on the labelled corpus",
        "",
        "Written by `python benchmarks/accuracy/score.py`; [README.md](README.md) says what is measured and how.",
        "",
        "## Categories",
        "",
    )
    yield from _table("category", result.categories)
    yield from ("", "## Document rules", "")
    yield from _table("rule", result.documents)
    yield from ("", "## Texts that should be left alone, and claims", "")
    yield from _loudness(result)
    yield from ("", "## Our own documents", "")
    yield from _table("category", result.own)
    yield from (
        "",
        "## Rules",
        "",
        "*Recall share*: how much of what must be marked in its category a rule marks. *Noise*: its errors and warnings",
        "in 1,000 reputable words. *(!)*: with ten marks or more, less precise than its confidence claims. Strict rules",
        "were measured in a run of their own; where nothing is given, the readers' labels do not tell.",
        "",
    )
    yield from _rules(result)


def _table(title: str, scores: Mapping[str, Score]) -> Iterator[str]:
    yield from _head(title, "must", "recall", "marked", "precision", "lenient", "F1")
    for name, score in scores.items():
        bold = f"**{name[2:]}**" if name.startswith("* ") else name
        lenient = score.lenient / score.marked if score.marked else None
        shares = map(_share, (score.recall, score.precision, lenient, score.f1))
        recall, *others = shares
        yield _row(bold, str(score.must), recall, str(score.marked), *others)


def _head(*titles: str) -> Iterator[str]:
    yield _row(*titles)
    yield _row(*("---" for _ in titles))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _loudness(result: Result) -> Iterator[str]:
    quiet = result.quiet
    rates = ", ".join(f"{quiet.rate(severity):.2f} {severity}" for severity in ("error", "warning", "info"))
    yield f"- Reputable: {quiet.documents} documents, {quiet.words} words; {rates} in 1,000 words;"
    yield f"  {quiet.without_error / quiet.documents:.0%} of the documents without an error."
    for name, seen in result.seen.items():
        shares = ", ".join(f"{getattr(seen, field) / seen.claims:.1%} {field}" for field in ("any", "warning", "error"))
        yield f"- {name.capitalize()}: {seen.claims} claims; {shares} (each with what is worse)."


def _rules(result: Result) -> Iterator[str]:
    yield from _head("rule", "category", "tier", "confidence", "marks", "precision", "95 %", "recall share", "noise")
    for one in result.rules:
        rule, score = one.rule, one.score
        confidence = rule.confidence if one.agrees else f"{rule.confidence} (!)"
        judged = (
            (str(score.marked), _share(score.precision), _interval(score), _share(score.recall)) if score else ("",) * 4
        )
        noise = f"{1000 * one.reputable / result.quiet.words:.2f}"
        yield _row(f"`{rule.id}`", rule.category, rule.tier, confidence, *judged, noise)


def _interval(score: Score) -> str:
    if not score.marked:
        return ""
    low, high = measure.precision_bounds(score.right, score.marked)
    return f"{low:.2f}–{high:.2f}"


def as_json(result: Result) -> Iterator[str]:
    """Yield one object, a line for each thing measured, for whoever compares two runs."""
    sections = {
        "categories": {name: score._asdict() for name, score in result.categories.items()},
        "own": {name: score._asdict() for name, score in result.own.items()},
        "documents": {name: score._asdict() for name, score in result.documents.items()},
        "claims": {name: seen._asdict() for name, seen in result.seen.items()},
        "reputable": {**result.quiet._asdict()},
        "rules": {
            one.rule.id: {
                "confidence": one.rule.confidence, "tier": one.rule.tier, "reputable": one.reputable,
                **(one.score._asdict() if one.score else {}),
            }
            for one in result.rules
        },
    }  # fmt: skip
    yield f'{{"digest": "{result.digest}",'
    for count, (name, entries) in enumerate(sections.items(), 1):
        lines = [f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in entries.items()]
        yield f' "{name}": {{'
        yield ",\n".join(lines)
        yield " }," if count < len(sections) else " }"
    yield "}"


if __name__ == "__main__":
    sys.exit(main())
