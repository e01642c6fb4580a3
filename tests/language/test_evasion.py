"""Spellings that evade review: read as meant, reported where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.document import Block, Document
from healthlint.language.evasion import read_as_meant
from healthlint.text import Piece, Prose, Source

WORDS = frozenset({"cure", "cures", "heals", "cancer", "tinnitus"})


def document_of(text: str) -> Document:
    source = Source("page.md", text)
    blocks = (Block("paragraph", 0, len(text)),) if text else ()
    return Document(source, Prose(source, [Piece(0, len(text))] if text else []), blocks)


@pytest.mark.parametrize(
    ("written", "read", "places"),
    [
        pytest.param("It c u r e s it.", "It cures it.", ["c u r e s"], id="spaced letters"),
        pytest.param("It c.u.r.e.s it.", "It cures it.", ["c.u.r.e.s"], id="dotted letters"),
        pytest.param("It cur3s c4ncer.", "It cures cancer.", ["cur3s", "c4ncer"], id="digits for letters"),
        pytest.param("It h3@ls.", "It heals.", ["h3@ls"], id="signs for letters"),
        pytest.param("Сures it", "Сures it", ["Сures"], id="a look-alike letter stays and is told"),
        pytest.param("vitamin B12 and omega3", "vitamin B12 and omega3", [], id="names with digits"),
        pytest.param("c a t s", "c a t s", [], id="spaced letters of another word"),
        pytest.param("Mail us@cures.example", "Mail us@cures.example", [], id="an address"),
        pytest.param("Thanks, @cures!", "Thanks, @cures!", [], id="somebody who is addressed"),
        pytest.param("It cures!", "It cures!", [], id="an exclamation"),
        pytest.param("ТУ-154", "ТУ-154", [], id="a word wholly in another script"),
        pytest.param("“[C]ures gout”, it said.", "“Cures gout”, it said.", [], id="a letter that a quotation changed"),
        pytest.param("It [h]eals c4ncer.", "It heals cancer.", ["c4ncer"], id="and beside it one for another reason"),
        pytest.param("It heals [sic] cancer.", "It heals   cancer.", [], id="a mark of one who quotes"),
        pytest.param("It heals […] warts, [. . .] cancer", "It heals   warts,   cancer", [], id="words left out"),
        pytest.param(
            "It heals . . . cancer. . . . No.",
            "It heals   cancer. . . . No.",
            [],
            id="dots for words within a sentence",
        ),
        pytest.param("It helps [with] cancer.", "It helps with cancer.", [], id="words that a quotation adds"),
        pytest.param(
            "- [x] Cures [Name] [1] [a](b) [see notes](c)",
            "- [x] Cures [Name] [1] [a](b) [see notes](c)",
            [],
            id="brackets for other things",
        ),
        pytest.param("Cures[a] gout, see [b] and [c].", "Cures[a] gout, see [b] and [c].", [], id="letters for notes"),
        pytest.param("![A]lt [A]gout[1]", "![A]lt [A]gout[1]", [], id="what stands in brackets for another reason"),
        pytest.param("naïve café", "naïve café", [], id="accents are no evasion"),
    ],
)
def test_evasive_spelling(written: str, read: str, places: list[str]) -> None:
    found = read_as_meant(document_of(written), WORDS)
    prose = found.document.prose
    assert prose.text == read
    assert [written[slice(*prose.span(start, end))] for start, end in found.places] == places


@given(st.text(alphabet="cure3s @.!ср1[]", max_size=40))
def test_every_place_stays_in_the_source(text: str) -> None:
    found = read_as_meant(document_of(text), WORDS)
    prose = found.document.prose
    for at, character in enumerate(prose.text):
        span = prose.span(at, at + 1)
        assert 0 <= span.start < span.end <= len(text)
        if span.end - span.start == 1:
            assert text[span.start] == character or text[span.start].isalnum() or text[span.start] in "@!|[."
    assert all(block.end <= len(prose.text) for block in found.document.blocks)
