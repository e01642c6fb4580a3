"""Matching: what a phrase finds in a clause, and that its anchors are there whenever it is."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.fold import fold
from healthlint.patterns.anchors import AnchorFinder
from healthlint.patterns.coding import Coder
from healthlint.patterns.matcher import Matcher
from healthlint.patterns.phrase import parse
from healthlint.patterns.quantity import shapes
from healthlint.patterns.slots import Slot, Special, make_slot
from healthlint.patterns.vocabulary import Vocabulary
from healthlint.patterns.word_data import index

SPECIALS = (
    Special(vetoes=(Coder({}).code(parse("stroke of luck")),)),
    Special(exact="MS", near=("nerves",)),
    Special(then="up", within=4),
)
SLOTS: dict[str, Slot] = {
    "condition": make_slot(
        [(("gout",), -1), (("back", "pain"), -1), (("pain",), -1), (("stroke",), 0), (("ms",), 1)], []
    ),
    "cure": make_slot([(("cures",), -1), (("cure",), -1), (("clears",), 2)], [parse("gets rid of")]),
}


@dataclass
class Line:
    """A line of text as a unit of its own."""

    text: str

    def __post_init__(self) -> None:
        view = fold(self.text).decode("ascii")
        self.words = view.split()
        self.starts, self.ends, at = [], [], 0
        for word in self.words:
            at = view.index(word, at)
            self.starts.append(at)
            at += len(word)
            self.ends.append(at)
        self.lead = 0
        self.allowed, self.slot_ends = {}, {}

    def block_words(self) -> str:
        return f" {' '.join(self.words)} "


def matcher(line: Line) -> Matcher:
    vocabulary = Vocabulary(index([], [], SLOTS, []).data)
    vocabulary.introduce(set(line.words))
    return Matcher(vocabulary, SPECIALS)


CODER = Coder(SLOTS)


def found(phrase: str, text: str) -> list[str]:
    line = Line(text)
    return [
        text[line.starts[hit.first] : line.ends[hit.last - 1]]
        for hit in matcher(line).phrase(CODER.code(parse(phrase))).search(line)
    ]


@pytest.mark.parametrize(
    ("phrase", "text", "places"),
    [
        pytest.param("side effects", "No Side-Effects at all", ["Side-Effects"], id="words, any case, hyphen or space"),
        pytest.param(
            "{cure} ... {condition}", "it cures most back pain", ["cures most back pain"], id="slots with a gap"
        ),
        pytest.param("{cure} ...1 {condition}", "it cures all of the gout", [], id="a gap that is too long"),
        pytest.param("{cure} {condition}", "cures gout, cure pain", ["cures gout", "cure pain"], id="every place"),
        pytest.param("(the|a)? cure", "the cure", ["the cure"], id="what may be there is taken"),
        pytest.param("{condition}", "back pain", ["back pain"], id="the longest term"),
        pytest.param("{condition}", "a stroke of luck", [], id="a veto of another sense"),
        pytest.param("{condition}", "a stroke", ["stroke"], id="no veto"),
        pytest.param("{condition}", "MS harms nerves", ["MS"], id="an acronym as written, in its company"),
        pytest.param("{condition}", "ms harms nerves", [], id="an acronym in lower case"),
        pytest.param("{condition}", "MS Word", [], id="an acronym in other company"),
        pytest.param("{cure} ... {condition}", "clears your gout up", ["clears your gout"], id="a split particle"),
        pytest.param("{cure} ... {condition}", "clears your gout", [], id="a missing particle"),
        pytest.param("{cure} {condition}", "gets rid of gout", ["gets rid of gout"], id="a phrase in a slot"),
        pytest.param("lose {weight}", "lose 10 lb now", ["lose 10 lb"], id="a quantity"),
        pytest.param("{number} people", "12,000 people", ["12,000 people"], id="a number of two folded words"),
    ],
)
def test_a_phrase_finds(phrase: str, text: str, places: list[str]) -> None:
    assert found(phrase, text) == places


def test_a_capture_holds_what_a_slot_stood_for() -> None:
    line = Line("it cures back pain")
    [hit] = matcher(line).phrase(CODER.code(parse("{cure} {condition}"))).search(line)
    assert hit.captures == (("cure", 1, 2, None), ("condition", 2, 4, None))


PHRASES = [
    "{cure} ... {condition}", "(say|wave) goodbye to ...2 {condition}", "no (more)? {condition}", "{weight} in {duration}",
    "(gets rid of|cures) it", "{condition} (is|was) history", "100% safe",
]  # fmt: skip
VOCABULARY = (
    "it cures cure gets rid of clears up gout back pain stroke luck say wave goodbye to no more is was history 100% safe 10 "
    "lb kg in 3 days two weeks it , . 5kg the"
).split()


@given(st.sampled_from(PHRASES), st.lists(st.sampled_from(VOCABULARY), max_size=14))
def test_wherever_a_phrase_stands_one_of_its_anchors_does(phrase: str, words: list[str]) -> None:
    text = " ".join(words).replace(" ,", ",").replace(" .", ".")
    anchors = AnchorFinder(SLOTS).of(parse(phrase))
    assert anchors is not None
    if found(phrase, text):
        folded = fold(text).decode("ascii").split()
        shown = f" {' '.join(folded)} "
        alike = {shape for word in folded for shape in shapes(word)}
        for literals in (
            way for one in anchors.ways for way in (anchors.literals, *(one.also if len(anchors.ways) == 1 else ()))
        ):
            assert not alike.isdisjoint(literals) or any(f" {literal} " in shown for literal in literals)
