from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.exact_words import exact_words, placed_words, places_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("It helps you sleep.", "it HELPS  you\nsleep", id="case, white space and stops"),
        pytest.param("“It’s calm”, they say", "'It's calm' they say", id="quotes and commas"),
        pytest.param("side-effects", "side effects", id="hyphens"),
        pytest.param("by 30 %", "by 30%", id="a blank before the sign"),
        pytest.param("It helps*†", "It helps", id="signs of footnotes"),
        pytest.param("It helps¹", "It helps", id="raised numbers of footnotes"),
        pytest.param("Moonleaf™ helps", "Moonleaf helps", id="trade marks"),
        pytest.param("5 μg", "5 µg", id="the two micro signs"),
        pytest.param("２ mg", "2 mg", id="full width"),
        pytest.param("−5 kg", "-5 kg", id="two signs of minus"),
        pytest.param("5–10 kg", "5-10 kg", id="two dashes"),
        pytest.param("Ω-3", "ω-3", id="another alphabet in another case"),
    ],
)
def test_alike(one: str, other: str) -> None:
    assert exact_words(one) == exact_words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("It helps you sleep", "It may help you sleep", id="a word more"),
        pytest.param("It helps you sleep", "You sleep it helps", id="another order"),
        pytest.param("≥ 50 mg", "< 50 mg", id="comparisons"),
        pytest.param("≥ 50 mg", "50 mg", id="a comparison that is gone"),
        pytest.param("1.5 mg", "15 mg", id="a decimal point that is gone"),
        pytest.param("1.5 mg", "1-5 mg", id="a decimal point and a hyphen"),
        pytest.param("£5", "€5", id="currencies"),
        pytest.param("10⁹ CFU", "10 CFU", id="powers"),
        pytest.param("10⁹ CFU", "10⁶ CFU", id="other powers"),
        pytest.param("½ tablet", "¼ tablet", id="fractions"),
        pytest.param("30 %", "30 ‰", id="percent and per mille"),
        pytest.param("5 µg", "5 mg", id="units"),
        pytest.param("B₁₂", "B₆", id="lowered numbers"),
        pytest.param("±5", "5", id="a tolerance"),
        pytest.param("by -5 kg", "by 5 kg", id="a minus"),
        pytest.param("β-carotene", "α-carotene", id="letters of another alphabet"),
        pytest.param("a `code` b", "a b", id="what stands between"),
    ],
)
def test_not_alike(one: str, other: str) -> None:
    assert exact_words(one) != exact_words(other)


@given(st.text(), st.text(), st.text(min_size=1))
def test_words_are_found_where_they_stand(before: str, after: str, words: str) -> None:
    text = f"{before} | {words} | {after}"
    wanted = exact_words(words)
    if wanted:
        found = [text[start:end] for start, end in places_of(wanted, placed_words(text, 0, len(text)))]
        assert found
        assert {exact_words(place) for place in found} == {wanted}


@given(st.text())
def test_places_are_in_order_and_apart(text: str) -> None:
    words, starts, ends = placed_words(text, 0, len(text))
    assert len(words) == len(starts) == len(ends)
    assert all(start < end for start, end in zip(starts, ends, strict=True))
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))
