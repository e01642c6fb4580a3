"""A raw pattern whose repetitions multiply is refused before it is compiled: no time limit would hold for that."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from healthlint.patterns.raw_size import MOST_STEPS, steps


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(r"zorbs? [0-9]+", id="a short one"),
        pytest.param(r"\b(cure|heal)s?\b.{0,40}\bdiabetes\b", id="a gap of some characters"),
        pytest.param(r"(a|aa)+$", id="one that is slow to match, which time limits"),
        pytest.param(r"\p{Lu}{3,40}!{2,}", id="classes that Python's own parser does not know"),
        pytest.param("|".join(f"word{number}" for number in range(200)), id="a list of words"),
        pytest.param("x{3,}", id="a repetition without an end"),
    ],
)
def test_what_people_write_is_taken(source):
    assert steps(source) <= MOST_STEPS
    regex.compile(source)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("(?:" + "()" * 80 + "){500}", id="empty groups, many times"),
        pytest.param("(?:a{1000}){1000}", id="a thousand times a thousand"),
        pytest.param("(?:(?:(?:a{9}){9}){9}){9}", id="small numbers, nested"),
        pytest.param("(?:" * 40 + "a" + "{2})" * 40, id="twos, nested deeply"),
        pytest.param("(?:a{0,99}){0,99}", id="repetitions that may be none"),
        pytest.param("(?:a{99,}){99,}", id="repetitions without an end"),
        pytest.param("(?=(?:a{50}){50})b", id="in a lookahead"),
        pytest.param(r"(?:\p{L}{99}){99}", id="with classes that Python's own parser does not know"),
        pytest.param("|".join(f"word{number}" for number in range(3000)), id="three thousand words"),
        pytest.param("(" * 5000 + "a" + ")" * 5000, id="brackets without a floor"),
    ],
)
def test_what_multiplies_is_not(source):
    assert steps(source) > MOST_STEPS


@given(st.text("ab(){}?*+|[]\\,0123456789", max_size=40))
def test_any_text_has_a_size(source):
    assert steps(source) >= 0
