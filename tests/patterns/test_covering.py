"""Whether one phrase covers another."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.patterns.covering import Covering
from healthlint.patterns.nodes import Sequence, branches, word_set
from healthlint.patterns.phrase import parse, spellings
from healthlint.patterns.slots import Slot, make_slot


def slot(*terms: str, special: str = "", phrases: tuple[str, ...] = ()) -> Slot:
    spelled = [(words, 0 if term == special else -1) for term in terms for words in spellings(term)]
    return make_slot(spelled, map(parse, phrases))


SLOTS = {
    "tea": slot("tea", "green tea"),
    "drink": slot("tea", "green tea", "cold milk"),
    "ed": slot("ed", "gout", special="ed"),
    "spoken": slot("tea", phrases=("cup of milk",)),
    "more_spoken": slot("tea", "milk", phrases=("cup of milk",)),
}
COVERING = Covering(SLOTS)


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        pytest.param("green tea", "green tea", id="the same"),
        pytest.param("green tea", "(green|black) tea", id="one of two"),
        pytest.param("(green|black) tea", "(green|black|red) (tea|milk)", id="two of three"),
        pytest.param("green tea", "green (hot)? tea", id="what may be there, without it"),
        pytest.param("green hot tea", "green (hot)? tea", id="what may be there, with it"),
        pytest.param("green tea", "green ... tea", id="a gap of nothing"),
        pytest.param("green and hot tea", "green ...2 tea", id="a gap of words"),
        pytest.param("green ...1 hot ...1 tea", "green ...3 tea", id="a gap of gaps"),
        pytest.param("no ...2 tea", "no ...3 tea", id="a longer gap"),
        pytest.param("(no|not any) tea", "(no|not any|without) tea", id="ways of several words"),
        pytest.param("hot green tea", "hot {tea}", id="a term of a slot"),
        pytest.param("hot (green tea|tea)", "hot {tea}", id="terms of a slot"),
        pytest.param("hot {tea}", "hot {drink}", id="a slot of which another has all terms"),
        pytest.param("{tea} bags", "(green)? tea bags", id="all terms of a slot"),
        pytest.param("hot {spoken}", "hot {more_spoken}", id="a slot with phrases"),
        pytest.param("no gout", "no {ed}", id="a term that asks for no more"),
        pytest.param("{duration} of tea", "{duration} (of)? tea", id="a quantity"),
    ],
)
def test_a_phrase_covers(narrow: str, wide: str) -> None:
    assert COVERING.covers(parse(wide), parse(narrow))


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        pytest.param("green tea", "black tea", id="other words"),
        pytest.param("green tea", "tea", id="more words"),
        pytest.param("tea", "green tea", id="fewer words"),
        pytest.param("(green|black) tea", "green tea", id="one of two"),
        pytest.param("green (hot)? tea", "green hot tea", id="what must be there"),
        pytest.param("green ...3 tea", "green ...2 tea", id="a shorter gap"),
        pytest.param("green ... tea", "green (hot|cold)? tea", id="any word"),
        pytest.param("hot {drink}", "hot {tea}", id="a slot of which another has some terms"),
        pytest.param("hot tea bags", "hot {tea}", id="more than a term"),
        pytest.param("no ed", "no {ed}", id="a term that asks for more"),
        pytest.param("no {more_spoken}", "no {spoken}", id="a slot with phrases and more terms"),
        pytest.param("{duration} of tea", "{weight} of tea", id="another quantity"),
    ],
)
def test_a_phrase_does_not_cover(narrow: str, wide: str) -> None:
    assert not COVERING.covers(parse(wide), parse(narrow))


WORDS = ("a", "b", "c")
OTHER = "z"
PARTS = st.recursive(
    st.sampled_from(WORDS),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" ".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda ways: f"({'|'.join(ways)})"),
        inner.map(lambda way: f"({way})?"),
        st.tuples(inner, st.integers(1, 2), inner).map(lambda parts: f"{parts[0]} ...{parts[1]} {parts[2]}"),
    ),
    max_leaves=4,
)
PHRASES = st.tuples(st.sampled_from(WORDS), PARTS, st.sampled_from(WORDS)).map(" ".join)


def texts(sequence: Sequence) -> set[tuple[str, ...]]:
    """Return all that a phrase can be, of the words there are and one more."""
    found: set[tuple[str, ...]] = {()}
    for kind, value in sequence:
        if kind == "words":
            ways = {(word,) for word in word_set(value)}
        elif kind == "gap":
            ways = {words for size in range(int(str(value)) + 1) for words in product((*WORDS, OTHER), repeat=size)}
        else:
            ways = {words for branch in branches(kind, value) for words in texts(branch)} | (
                {()} if kind == "maybe" else set()
            )
        found = {before + behind for before in found for behind in ways}
    return found


@given(PHRASES, PHRASES)
def test_what_covers_can_be_all_that_the_other_can(wide: str, narrow: str) -> None:
    covers = COVERING.covers(parse(wide), parse(narrow))
    assert covers is (texts(parse(narrow)) <= texts(parse(wide)))
