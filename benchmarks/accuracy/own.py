"""Our own documents with the labels of one reader, in the shape of the corpus: units, and what each should be marked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from labelled import Labels, Marked, Page, lint
from measure import marks

ROOT = Path(__file__).parents[2]
_BREAK = re.compile(
    r"""
    \n\s*\n                                                           # a blank line
    | \n(?=[ ]*(?:[-*+•☑>|<\#{:]|\d+[.)/]|[QA]\.|(?:POST|Subject)\b|\w+:))      # a bullet, row, quote, tag, key
    | (?<!\bDr\.)(?<!\bMr\.)(?<=[.!?…])["”’*_)]*\s+(?=["“‘'(*_\[A-Z0-9])  # the end of a sentence
    """,
    re.VERBOSE,
)


def pages() -> dict[str, Page]:
    """Return the labelled documents, and those in which nothing should be marked, by name."""
    labels = yaml.safe_load((Path(__file__).parent / "own.yaml").read_text(encoding="utf-8"))
    paths = [ROOT / "fixtures" / "documents" / name for name in sorted(labels)]
    paths += [path for path in sorted((ROOT / "fixtures" / "clean").iterdir()) if path.suffix != ".findings"]
    return {
        path.name: _page(path.name, marked, labels.get(path.name, {}))
        for path, marked in zip(paths, lint(paths), strict=True)
    }


def _page(name: str, marked: Marked, passages: dict[str, str]) -> Page:
    units = tuple(_units(marked.text))
    labels: list[Labels] = [{} for _ in units]
    for passage, said in passages.items():
        if marked.text.count(passage) != 1:
            raise ValueError(f"{name}: {passage!r} stands {marked.text.count(passage)} times")
        at = marked.text.index(passage)
        unit = next(number for number, (start, end) in enumerate(units) if start <= at < end)
        must, _, may = said.partition("/")
        labels[unit] = {**dict.fromkeys(may.split(), "may"), **labels[unit], **dict.fromkeys(must.split(), "must")}
    return Page(marked, units, tuple(labels), {}, complete=False)


def _units(text: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences, bullets, rows and headings of a text."""
    start = 0
    for found in _BREAK.finditer(text):
        yield start, found.start() + 1
        start = found.end()
    yield start, len(text)


def faults(pages: dict[str, Page]) -> Iterator[str]:
    """Yield what is missed, and what is marked and should not be: document, categories or rules, and the words."""
    for name, page in pages.items():
        for (start, end), labels, here in zip(page.units, page.labels, marks(page), strict=True):
            words = " ".join(page.marked.text[start:end].split())
            must = {category for category, label in labels.items() if label == "must"}
            missed = sorted(must.difference(here.values()))
            wrong = sorted(rule for rule, category in here.items() if category not in labels)
            if missed:
                yield f"{name}\tmissed\t{', '.join(missed)}\t{words}"
            if wrong:
                yield f"{name}\twrong\t{', '.join(wrong)}\t{words}"
