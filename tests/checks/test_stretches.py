"""What stretches and matches are asked is what a look at each of them would tell."""

from hypothesis import given
from hypothesis import strategies as st

from healthlint.checks._match import Match
from healthlint.checks._stretches import Stretches, between

PAIRS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: tuple(sorted(pair))), max_size=12)
PLACE = st.integers(-1, 32)


@given(PAIRS, PLACE, PLACE)
def test_a_stretch_holds_what_stands_in_it(pairs, start, end):
    assert Stretches(pairs).hold(start, end) is any(first <= start and end <= last for first, last in pairs)


@given(PAIRS, PLACE, PLACE)
def test_matches_between_two_places_start_there(pairs, first, last):
    matches = sorted(Match(start, end) for start, end in pairs)
    assert list(between(matches, first, last)) == [match for match in matches if first <= match.start < last]
