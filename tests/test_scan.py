"""Where phrases may stand: their anchors are found whatever parts the words, at the places they stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from healthlint.fold import fold
from healthlint.scan import squeeze


@given(st.text(alphabet="ab,. \n“-1%"))
def test_every_word_of_the_squeezed_text_leads_back_to_the_page(text: str) -> None:
    folded = fold(text)
    squeezed = squeeze(folded)
    assert b"  " not in squeezed.text.strip()
    assert squeezed.text.split() == folded.split()
    at = 0
    for word in folded.split():
        at = squeezed.text.index(word, at)
        there = squeezed.offset(at - 1)
        assert folded[there : there + len(word)] == word
        at += len(word)
