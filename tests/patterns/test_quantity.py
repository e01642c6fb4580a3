"""Numbers with units, read as values."""

from __future__ import annotations

import pytest

from healthlint.patterns.quantity import read_amount


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        pytest.param("weight", "10 lb", 4.53592, id="pounds become kilograms"),
        pytest.param("weight", "5kg", 5.0, id="no space is needed"),
        pytest.param("weight", "two stone", 12.70058, id="a number in words"),
        pytest.param("weight", "1.5 kilos", 1.5, id="a decimal point"),
        pytest.param("weight", "10-20 lbs", 9.07184, id="of a range the larger end"),
        pytest.param("duration", "30 days", 30.0, id="days"),
        pytest.param("duration", "a fortnight", 14.0, id="an article is one"),
        pytest.param("duration", "90 minutes", 0.0625, id="minutes are parts of a day"),
        pytest.param("percent", "90 %", 90.0, id="a percent sign apart"),
        pytest.param("percent", "97.5 percent", 97.5, id="percent as a word"),
        pytest.param("money", "$1,299.00", 1299.0, id="thousands and pence"),
        pytest.param("money", "£20", 20.0, id="pounds of money"),
        pytest.param("sizes", "two dress sizes", 2.0, id="dress sizes"),
        pytest.param("sizes", "2 full dress sizes", 2.0, id="a word of emphasis before the unit"),
        pytest.param("duration", "three short weeks", 21.0, id="a word that belittles it"),
        pytest.param("times", "3x", 3.0, id="times"),
        pytest.param("number", "12,000", 12000.0, id="a bare number"),
    ],
)
def test_a_quantity_is_read(kind: str, text: str, value: float) -> None:
    amount = read_amount(kind, text, 0)
    assert amount is not None
    assert amount.value == pytest.approx(value)
    assert amount.end == len(text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        pytest.param("weight", "10 days", id="another unit"),
        pytest.param("weight", "5 kgx", id="a unit inside a word"),
        pytest.param("duration", "days", id="no number"),
        pytest.param("money", "20", id="no currency"),
    ],
)
def test_what_is_no_quantity(kind: str, text: str) -> None:
    assert read_amount(kind, text, 0) is None
