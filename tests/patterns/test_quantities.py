"""Numbers with units are read as values, in whatever way copy writes them."""

from __future__ import annotations

import pytest

from healthlint.patterns.quantity import read_amount


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        pytest.param("sizes", "2 full dress sizes", 2, id="a word of emphasis may stand before the unit"),
        pytest.param("duration", "three short weeks", 21, id="so may a word that belittles it"),
        pytest.param("duration", "10-day", 10, id="a hyphen joins number and unit"),
        pytest.param("weight", "5kg", 5, id="nothing need stand between them"),
        pytest.param("duration", "4-6 weeks", 42, id="of a range the larger end counts"),
    ],
)
def test_an_amount_is_read_with_its_unit(kind: str, text: str, value: float) -> None:
    amount = read_amount(kind, text, 0)
    assert amount is not None
    assert amount.value == pytest.approx(value)
    assert amount.end == len(text)


@pytest.mark.parametrize("text", ["full dress sizes", "2 fully sized rooms", "two shortweeks"])
def test_a_number_without_its_unit_is_no_amount(text: str) -> None:
    assert read_amount("sizes", text, 0) is None
    assert read_amount("duration", text, 0) is None
