"""Where phrases may stand: a scan misses no sentence in which one does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.book import Book
from healthlint.config import Settings
from healthlint.document import Block, Document
from healthlint.language.breaks import Breaks
from healthlint.language.reading import Reading
from healthlint.linter import Linter
from healthlint.patterns.matcher import Matcher
from healthlint.patterns.vocabulary import Vocabulary
from healthlint.rulebook import load_book
from healthlint.scan import Scanner
from healthlint.text import NEXT_BLOCK, Piece, Prose, Source

BOOK = load_book()
WORDS = (
    "it cures cure our drops gout eczema pain back no side effects side-effects 100% safe 30 days 30days in two weeks $25 lose "
    "10lb doctors hate this guaranteed results never fail buy now boosts your immune system and the of may help with . , ; (x) "
    "studies show"
).split()
TEXT = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)


def page(blocks: list[str], leads: dict[int, int]) -> Document:
    made, at = [], 0
    for number, text in enumerate(blocks):
        made.append(Block("paragraph", at, at + len(text), lead=leads.get(number, -1)))
        at += len(text) + len(NEXT_BLOCK)
    source = Source("page.md", NEXT_BLOCK.join(blocks))
    return Document(source, Prose(source, [Piece(0, len(source.text))]), tuple(made))


@given(st.lists(TEXT.filter(str.strip), min_size=1, max_size=4), st.booleans())
def test_a_scan_misses_no_sentence_in_which_a_phrase_stands(blocks: list[str], led: bool) -> None:
    vocabulary = Vocabulary(BOOK.words)
    matcher = Matcher(vocabulary, BOOK.specials)
    searched = sorted({number for duty in BOOK.duties.values() for number in duty.phrases})
    reading = Reading(page(blocks, {1: 0} if led and len(blocks) > 1 else {}), Breaks((), ()), vocabulary)
    standing = Scanner(vocabulary, searched).scan(reading)
    for number in searched[::7]:
        phrase = matcher.phrase(BOOK.phrases[number].code)
        for block in range(len(blocks)):
            for at in range(len(reading.sentences(block))):
                sentence = reading.sentence(block, at)
                if phrase.search(sentence):
                    assert sentence in standing[number], BOOK.phrases[number].code


def test_a_rule_that_is_off_is_not_looked_for() -> None:
    vocabulary = Vocabulary(BOOK.words)
    reading = Reading(page(["It cures gout."], {}), Breaks((), ()), vocabulary)
    assert Scanner(vocabulary, {3, 4}).scan(reading).keys() <= {3, 4}


@pytest.mark.parametrize("first", ["It cures gout.", "Tea.", ""])
def test_what_was_read_before_changes_nothing(first: str) -> None:
    linter, fresh = Linter(BOOK), Linter(BOOK)
    text = "Our drops cure gout in 30days and have no side effects."
    linter.lint(page([first], {}), Settings())
    assert linter.lint(page([text], {}), Settings()) == fresh.lint(page([text], {}), Settings())


def test_a_book_from_the_cache_is_the_book_that_was_built() -> None:
    built: Book = load_book(cache=False)
    assert built.by_id == BOOK.by_id
    # Word by word: to show how two books differ as a whole takes an hour.
    words = built.words.words
    assert words.keys() == BOOK.words.words.keys()
    assert [word for word, facts in BOOK.words.words.items() if facts != words[word]] == []
    assert [number for number, phrase in enumerate(BOOK.phrases) if phrase != built.phrases[number]] == []
    assert len(built.phrases) == len(BOOK.phrases)


def test_a_page_of_more_sentences_than_are_remembered_is_checked_to_its_end() -> None:
    claim = "It cures gout."
    found = Linter(BOOK).lint(page([claim, *["Tea."] * 20_001, claim], {}), Settings()).findings
    places = [finding.span.start for finding in found if finding.rule.id == "cure-named-disease"]
    assert [place < 20_001 for place in places] == [True, False]
