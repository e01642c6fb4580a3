"""Every example of every shipped rule, and what holds of all rules."""

from __future__ import annotations

import pytest

from healthlint.book import Book
from healthlint.examples import check_examples
from healthlint.rulebook import load_book

BOOK = load_book()


@pytest.fixture(scope="module")
def book() -> Book:
    return BOOK


@pytest.mark.parametrize("rule_id", [rule.id for rule in BOOK.rules])
def test_the_examples_hold(rule_id: str) -> None:
    assert [fault.message for fault in check_examples(BOOK, [rule_id])] == []


def test_no_two_rules_share_a_title(book: Book) -> None:
    titles = [rule.title for rule in book.rules]
    assert sorted({title for title in titles if titles.count(title) > 1}) == []


def test_no_rule_folds_in_a_circle(book: Book) -> None:
    folds = {rule.id: set(rule.folds) for rule in book.rules}
    for rule_id, folded in folds.items():
        assert not any(rule_id in folds.get(other, ()) for other in folded), rule_id


def test_every_rule_cites_law_for_a_pack_it_is_in(book: Book) -> None:
    for rule in book.rules:
        assert {law.pack for law in rule.law} <= {*rule.packs, "all"}, rule.id


def test_nothing_is_written_to_no_effect(book: Book) -> None:
    assert book.warnings == ()
