"""What may be claimed of accuracy, held against the labelled corpus; without `HEALTHLINT_CORPUS` these tests skip."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]
FOLDER, FIXTURES = ROOT / "benchmarks" / "accuracy", ROOT / "fixtures"


def imported(name: str) -> ModuleType:
    """Import a module of the benchmark, which is no package."""
    from importlib import import_module

    sys.path.insert(0, str(FOLDER))
    try:
        return import_module(name)
    finally:
        sys.path.remove(str(FOLDER))


measure, labelled = imported("measure"), imported("labelled")


@pytest.fixture(scope="module")
def result(corpus: Path) -> Any:
    """All that the benchmark measures."""
    return imported("score").measured(corpus)


def shipped(result: Any) -> Iterator[Any]:
    """Yield the scores of the rules that are on by default and have enough marks to be judged."""
    for one in result.rules:
        if one.rule.tier != "strict" and one.score and one.score.marked >= measure.ENOUGH:
            yield one


@pytest.mark.parametrize(
    ("severity", "most"),
    [pytest.param("error", 0.3, id="0.3 errors"), pytest.param("warning", 1.5, id="1.5 warnings")],
)
def test_in_1000_words_of_reputable_text_there_are_at_most(severity: str, most: float, result: Any) -> None:
    assert result.quiet.rate(severity) <= most


def test_nine_of_ten_reputable_documents_have_no_error(result: Any) -> None:
    assert result.quiet.without_error >= 0.9 * result.quiet.documents


def test_no_rule_that_is_on_by_default_is_more_often_wrong_than_right(result: Any) -> None:
    wrong = {one.rule.id: round(one.score.precision, 2) for one in shipped(result) if one.score.precision < 0.5}
    assert wrong == {}


def test_a_rule_is_as_sure_as_it_was_measured_to_be(result: Any) -> None:
    too_sure = {
        one.rule.id: f"{one.rule.confidence}, but {one.score.precision:.2f} of {one.score.marked}"
        for one in shipped(result)
        if not one.agrees
    }
    assert too_sure == {}


def test_the_numbers_are_those_of_the_corpus_own_scorer(result: Any, corpus: Path) -> None:
    scorer = corpus.parent / "tools" / "score.py"
    if not scorer.is_file():
        pytest.skip(f"there is no {scorer}")
    command = f"{sys.executable} -m healthlint check --format json --exit-zero --isolated"
    ran = subprocess.run(
        [sys.executable, scorer, corpus, "--command", command, "--json"], capture_output=True, text=True, check=True
    )
    theirs = json.loads(ran.stdout)
    assert {name: (k["must"], k["marked"], k["recall"], k["precision"]) for name, k in theirs["units"].items()} == {
        name: (one.must, one.marked, pytest.approx(one.recall), pytest.approx(one.precision))
        for name, one in result.categories.items()
    }
    assert theirs["reputable"]["error per 1000 words"] == pytest.approx(result.quiet.rate("error"))


@pytest.fixture
def page(tmp_path: Path) -> Any:
    """A page of four units: a cure seen, one missed, one that is none, and an offer."""
    path = tmp_path / "page.txt"
    units = ("Our drops cure gout.", "The gout went on holiday.", "Our tea cures migraine.", "Order yours today.")
    path.write_text("\n\n".join(units), encoding="utf-8")
    starts = [path.read_text(encoding="utf-8").index(unit) for unit in units]
    labels = ({"cure": "must"}, {"cure": "must"}, {}, {"promotion": "must"})
    spans = tuple((start, start + len(unit)) for start, unit in zip(starts, units, strict=True))
    return labelled.Page(labelled.lint([path])[0], spans, labels, {"missing-medical-disclaimer": "must"}, True)


def test_a_category_counts_what_must_be_and_what_is_marked(page: Any) -> None:
    assert measure.by_category([page])["cure"] == measure.Score(must=2, hit=1, marked=2, right=1, lenient=1)


def test_plain_offers_are_part_of_no_total(page: Any) -> None:
    scores = measure.by_category([page])
    assert scores["promotion"].must == 1
    assert scores["* micro"].must == scores["* any"].must == 2


def test_document_rules_are_judged_in_complete_documents(page: Any) -> None:
    rule = "missing-medical-disclaimer"
    assert measure.by_document([page])[rule] == measure.Score(must=1, hit=1, marked=1, right=1, lenient=1)
    assert measure.by_document([page._replace(complete=False)])[rule].must == 0


def test_every_label_of_our_own_documents_is_about_words_that_stand_there() -> None:
    pages = imported("own").pages()
    assert {path.name for folder in ("documents", "clean") for path in (FIXTURES / folder).iterdir()} == {
        file for name in pages for file in (name, f"{name}.findings")
    }


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [
        pytest.param(0, 10, 0.0, 0.278, id="never right"),
        pytest.param(5, 10, 0.237, 0.763, id="half the time"),
        pytest.param(10, 10, 0.722, 1.0, id="always right, in ten"),
        pytest.param(90, 100, 0.826, 0.945, id="nearly always, in a hundred"),
    ],
)
def test_the_interval_of_a_precision_is_wilsons(right: int, total: int, low: float, high: float) -> None:
    assert measure.precision_bounds(right, total) == pytest.approx((low, high), abs=0.001)


def test_a_precision_of_nothing_has_no_interval() -> None:
    with pytest.raises(ValueError, match="nothing was judged"):
        measure.precision_bounds(0, 0)
