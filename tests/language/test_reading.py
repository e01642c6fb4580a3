"""Folding, sentences, clauses and lead-ins."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.document import Block, Document
from healthlint.fold import fold
from healthlint.language.breaks import Breaks
from healthlint.language.reading import Reading
from healthlint.language.sentences import split_sentences
from healthlint.patterns.vocabulary import Vocabulary
from healthlint.patterns.word_data import index
from healthlint.text import NEXT_BLOCK, Piece, Prose, Source

NO_WORDS = Vocabulary(index([], [], {}, []).data)
BREAKS = Breaks(["but", "however"], ["which", "while"], ["anything but", "but a few"])


def reading_of(*blocks: str, leads: tuple[int, ...] = ()) -> Reading:
    """Return a reading of paragraphs; `leads` gives for each the number of the block that leads into it."""
    source = Source("page.md", NEXT_BLOCK.join(blocks))
    made, at = [], 0
    for number, text in enumerate(blocks):
        made.append(Block("paragraph", at, at + len(text), lead=leads[number] if leads else -1))
        at += len(text) + len(NEXT_BLOCK)
    return Reading(Document(source, Prose(source, [Piece(0, len(source.text))]), tuple(made)), BREAKS, NO_WORDS)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("Side-Effects", "side effects", id="case and hyphens"),
        pytest.param("don’t", "don t", id="a curly apostrophe is a space, as a straight one"),
        pytest.param("сure", "cure", id="a Cyrillic letter that looks Latin"),
        pytest.param("ｃｕｒｅ", "cure", id="full width"),
        pytest.param("naïve", "naive", id="accents"),
        pytest.param("pain²", "pain ", id="a superscript is no part of the word"),
        pytest.param("no\xa0side", "no side", id="a no-break space"),
        pytest.param("£20, 90%", "$20  90%", id="money and percent stay"),
        pytest.param("side‑effects", "side effects", id="a non-breaking hyphen"),
        pytest.param("日本", "\x7f\x7f", id="letters of another script stay letters"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text).decode("ascii") == folded


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("It works. Try it.", ["It works.", " Try it."], id="a full stop and a capital"),
        pytest.param("Dr. Hill said so. Yes.", ["Dr. Hill said so.", " Yes."], id="a title"),
        pytest.param("Take 1.5 g. Rest.", ["Take 1.5 g.", " Rest."], id="a decimal point, a unit"),
        pytest.param("Tired? Try tea!", ["Tired?", " Try tea!"], id="question and exclamation"),
        pytest.param("“Stop.” She did.", ["“Stop.”", " She did."], id="a closing quote"),
        pytest.param("“Wow!” she said. Then.", ["“Wow!” she said.", " Then."], id="speech goes on in lower case"),
        pytest.param("Herbs, e.g. mint, help. Ok.", ["Herbs, e.g. mint, help.", " Ok."], id="an abbreviation"),
        pytest.param("By J. Smith. Read on.", ["By J. Smith.", " Read on."], id="an initial"),
        pytest.param("It helps.* Try it.¹² Rest.", ["It helps.*", " Try it.¹²", " Rest."], id="marks of footnotes"),
        pytest.param("one\ntwo", ["one\n", "two"], id="a line break"),
        pytest.param("no end", ["no end"], id="no end mark"),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text, 0, len(text))] == sentences


@given(st.text(alphabet='aB .!?\n"”', min_size=1))
def test_sentences_hold_all_words_in_order(text: str) -> None:
    spans = split_sentences(text, 0, len(text))
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert "".join("".join(text[a:b] for a, b in spans).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "at", "clause"),
    [
        pytest.param("It cures gout, but not flu.", "gout", "it cures gout", id="but"),
        pytest.param("It cures gout, but not flu.", "flu", "but not flu", id="after but"),
        pytest.param("It works, which helps sleep.", "sleep", "which helps sleep", id="a comma and which"),
        pytest.param(
            "It cures gout, flu and warts.", "warts", "it cures gout flu and warts", id="a comma alone does not end it"
        ),
        pytest.param(
            "It is anything but safe.", "safe", "it is anything but safe", id="words inside of which nothing breaks"
        ),
        pytest.param("All but a few.", "few", "all but a few", id="such words, of which a break is the first"),
        pytest.param(
            "It is anything, but safe.", "safe", "it is anything but safe", id="such words with a sign between"
        ),
        pytest.param("It works, but a lot.", "lot", "but a lot", id="words that only begin like them"),
        pytest.param("It works (for gout) well.", "gout", "for gout", id="brackets"),
        pytest.param("It works – for gout.", "gout", "for gout", id="a dash"),
        pytest.param("Uses: gout", "gout", "uses gout", id="a colon does not end it"),
        pytest.param("Not for gout 😉 Great for flu.", "flu", "great for flu", id="a picture before a capital"),
        pytest.param("Say goodbye 👋 to gout.", "gout", "say goodbye to gout", id="a picture within a phrase"),
        pytest.param("Say Goodbye 👋 To Gout", "Gout", "say goodbye to gout", id="a picture among capitals"),
    ],
)
def test_clauses(text: str, at: str, clause: str) -> None:
    assert reading_of(text).clause_at(text.index(at)).joined() == clause


def test_the_lead_in_stands_before_the_first_clause_of_an_item() -> None:
    reading = reading_of("It does not cure:", "gout. Nor flu.", leads=(-1, 0))
    item = reading.clause_at(reading.text.index("gout"))
    assert item.words == ["it", "does", "not", "cure", "gout"]
    assert item.lead == 4
    assert reading.clause_at(reading.text.index("flu")).words == ["nor", "flu"]


def test_words_know_their_places() -> None:
    reading = reading_of("First.", "It  cures “gout”.")
    clause = reading.clause_at(reading.text.index("cures"))
    shown = [reading.text[start:end] for start, end in zip(clause.starts, clause.ends, strict=True)]
    assert shown == ["It", "cures", "gout"]
