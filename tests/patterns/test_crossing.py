"""Whether one clause can hold a phrase."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.document import Block, Document
from healthlint.language.breaks import Breaks
from healthlint.language.reading import Reading
from healthlint.patterns.crossing import Crossing
from healthlint.patterns.phrase import parse, spellings
from healthlint.patterns.slots import Slot, make_slot
from healthlint.patterns.vocabulary import Vocabulary
from healthlint.patterns.word_data import index
from healthlint.text import Piece, Prose, Source

BREAKS = ("but", "if", "because", "so that", "even though")
NEVER = ("anything but", "because of")


def slot(*terms: str, phrases: tuple[str, ...] = ()) -> Slot:
    return make_slot([(words, -1) for term in terms for words in spellings(term)], map(parse, phrases))


SLOTS = {
    "tea": slot("tea", "green tea"),
    "doubt": slot("but why", "if so"),
    "either": slot("but why", "tea"),
    "split": slot("safe but slow"),
    "spoken": slot(phrases=("tea if cold",)),
}
CROSSING = Crossing(SLOTS, BREAKS, NEVER)


@pytest.mark.parametrize(
    ("phrase", "held"),
    [
        pytest.param("safe and sound", True, id="no word of a break"),
        pytest.param("but why", True, id="a break before the first word"),
        pytest.param("safe but slow", False, id="a break between words"),
        pytest.param("safe but", False, id="a break before the last word"),
        pytest.param("safe ... but slow", False, id="a break behind a gap"),
        pytest.param("safe (and|but) slow", True, id="one way without a break"),
        pytest.param("safe (but|if) slow", False, id="every way with a break"),
        pytest.param("safe (but)? slow", True, id="a break that may lack"),
        pytest.param("(safe)? but slow", True, id="the first word may lack"),
        pytest.param("(safe|so) that", True, id="half of a break of two words"),
        pytest.param("is so that", False, id="a break of two words"),
        pytest.param("so that", True, id="a break of two words, the first of all"),
        pytest.param("is so (very)? that", True, id="a word between the two"),
        pytest.param("{tea} if", False, id="a break behind a slot"),
        pytest.param("no {doubt}", False, id="a slot of which every term begins a clause"),
        pytest.param("{doubt}", True, id="such a slot, the first of all"),
        pytest.param("no {either}", True, id="a slot of which one term does not"),
        pytest.param("{split}", False, id="a term with a break in it"),
        pytest.param("{spoken}", False, id="a phrase of a slot with a break in it"),
        pytest.param("{duration} if", False, id="a break behind a quantity"),
        pytest.param("is anything but safe", True, id="words inside of which nothing breaks"),
        pytest.param("anything (but|if)", True, id="such words and others"),
        pytest.param("is anything if safe", False, id="words that only begin like them"),
        pytest.param("is safe but slow anything", False, id="words of them elsewhere"),
        pytest.param("safe because of it", True, id="words that go on so that nothing breaks"),
        pytest.param("safe because (of|it)", True, id="words that may go on so"),
        pytest.param("safe because it", False, id="words that do not go on so"),
        pytest.param("safe because", False, id="words that would have to go on"),
        pytest.param("safe because ... of", True, id="a gap of nothing"),
        pytest.param("safe because {tea}", False, id="a slot that does not go on so"),
        pytest.param("safe because {duration}", False, id="a quantity that does not go on so"),
    ],
)
def test_one_clause_can_hold(phrase: str, held: bool) -> None:
    assert CROSSING.is_within(parse(phrase)) is held


@pytest.mark.parametrize(
    ("phrase", "parted"),
    [
        pytest.param("safe (and|but) slow", [("but", ["but"])], id="a word"),
        pytest.param("safe (and|but not) slow", [("but not", ["but"])], id="a way of several words"),
        pytest.param("safe (even though|so that|and)", [("even though", ["even though"]), ("so that", ["so that"])], id="ways of two words"),
        pytest.param("safe (but)? slow", [("but", ["but"])], id="what may be there"),
        pytest.param("safe (slow (and|but) tea|but (if|so) tea)", [("but", ["but"]), ("but (if|so) tea", ["but"])], id="a way of a way, and of a way that falls none"),
        pytest.param("(but|if) slow", [], id="ways at the start"),
        pytest.param("(safe|but) slow", [], id="a way that may begin a clause"),
        pytest.param("is (anything|nothing) (and|but) slow", [], id="a way that one other lets stand"),
        pytest.param("is (anything|nothing) but slow", [("nothing", ["but"])], id="a way that a word behind it breaks"),
    ],
)  # fmt: skip
def test_ways_that_no_clause_can_hold(phrase: str, parted: list[tuple[str, list[str]]]) -> None:
    assert CROSSING.is_within(parse(phrase))
    assert CROSSING.parted(parse(phrase)) == parted


@given(
    st.lists(
        st.sampled_from(["but", "if", "so", "that", "even", "though", "anything", "because", "of", "tea"]),
        min_size=1,
        max_size=7,
    )
)
def test_words_are_held_where_the_sentence_has_one_clause(words: list[str]) -> None:
    """What is said of phrases is what becomes of sentences."""
    source = Source("a.md", " ".join(words))
    size = len(source.text)
    document = Document(source, Prose(source, [Piece(0, size)]), (Block("paragraph", 0, size),))
    reading = Reading(document, Breaks(BREAKS, (), NEVER), Vocabulary(index([], [], {}, []).data))
    clauses = reading.clauses(reading.sentence(0, 0))
    assert CROSSING.is_within(parse(source.text)) is (len(clauses) == 1)
