"""What a page is read as: signs that are no part of a word do not join it."""

from __future__ import annotations

import pytest

from healthlint.fold import fold_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Eraser™ drops", ("eraser", "drops"), id="a trade mark sign is no letter"),
        pytest.param("Eraser℠ drops", ("eraser", "drops"), id="nor is a service mark"),
        pytest.param("Eraser® drops", ("eraser", "drops"), id="nor a registered mark"),
        pytest.param("ⓒure", ("cure",), id="a letter in a circle is one"),
    ],
)
def test_marks_do_not_join_the_word_before_them(text: str, words: tuple[str, ...]) -> None:
    assert fold_words(text) == words
