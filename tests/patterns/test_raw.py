"""What is needed of a raw pattern stands wherever it matches."""

from __future__ import annotations

import re

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from healthlint.fold import fold
from healthlint.patterns.raw import needed, spaced

PATTERNS = (
    r"\bsave (?:\S+ ){0,3}with (?:code )?(?-i:[A-Z][A-Z0-9]{3,})",
    r"\bbefore[_-]?(?:and[_-]?)?after[\w-]*\.(?:png|jpe?g)\b",
    r"(?-i:\b[A-Z]{3,}\d{1,3}) (?:gets|saves|knocks)(?: you)?",
    r"\b\d{1,2}:\d{2}(?::\d{2})?\s+(?:left|remaining|to go)\b",
    r"\b(?:promo |my |use )+code:? [\"']?(?-i:[A-Z][A-Z0-9]{2,})",
    r"\btea(?=.{0,9}\bcures? gout\b)",
    r"(?:all |completely )?(?:gone|healed)(?!\w)",
    r"\bcaf[eé]s?\b\s+(?-i:Rex|Max)",
    r"100% (?:pure|natural)|\bno (?:more )?pain\b",
    r"a&b's? \$\d+",
    r"\buse (?-i:[A-Z][a-z]+[A-Z]\w*)",
    r"[×✗🚫]\s*(?:no )?sugar: (?:none)?!",
    r"\A\W*(?:pure|fast|long-lasting)\s+acts\W*$",
    r"(?-i:[A-Z]{2,}7?-[A-Z]{4}x)",
)


@pytest.mark.parametrize(
    ("source", "words", "capitals"),
    [
        pytest.param(r"\bsave now\b", [{"save"}, {"now"}], [], id="words with their edges"),
        pytest.param(r"\bsave\s+now\b", [{"save"}, {"now"}], [], id="words with white space between"),
        pytest.param(r"\b(?:gets|saves)\b", [{"gets", "saves"}], [], id="one of some words"),
        pytest.param(r"\bcures?\b", [{"cure", "cures"}], [], id="a letter that may be there"),
        pytest.param(r"save", [], [], id="no word where the edges are not asked for"),
        pytest.param(r"\b(?:now )?\b", [], [], id="no word that may be missing"),
        pytest.param(r"\buse (?-i:[A-Z]{2,}7)", [{"use"}], ["[A-Z][A-Z]7"], id="capitals"),
        pytest.param(
            r"\buse (?-i:[A-Z][a-z]+[A-Z])", [{"use"}], ["[A-Z][a-z]"], id="capitals as far as their place is known"
        ),
        pytest.param(
            r"\buse (?-i:[A-Z]\d{4}[A-Z])", [{"use"}], [r"[A-Z][\d][\d][\d]"], id="no more digits than are asked for"
        ),
        pytest.param(r"\buse (?i:[A-Z]{2})", [{"use"}], [], id="letters whose case does not matter"),
        pytest.param(r"\b\p{L}+ now\b", [], [], id="nothing of a pattern that only `regex` knows"),
        pytest.param(r"(?!\bno\b)\byes\b", [{"yes"}], [], id="nothing of what must not be there"),
        pytest.param(r"\b(?:to go|left)\b", [{"to go", "left"}], [], id="words side by side"),
        pytest.param(r"\G\W*(?:pure|fast) acts", [{"pure", "fast"}], [], id="the words a sentence begins with"),
        pytest.param(
            r"\G\W*(?:pure|fast)\s+acts\W*$", [{"pure", "fast"}, {"acts"}], [], id="the words a sentence is of"
        ),
        pytest.param(r"a\Gb\b", [], [], id="nothing where it is tried from in its midst"),
        pytest.param(r"[×✗]\s*\bno\b", [{"no"}], ["[×✗]"], id="a sign"),
        pytest.param(r"(?<=: )\bno\b", [{"no"}], ["[:]"], id="a sign before it"),
        pytest.param(r"(?:- )?\bno\b", [{"no"}], [], id="no sign that may be missing"),
        pytest.param(r"\b(?:off|)\b", [], [], id="nothing where one way has no word"),
    ],
)
def test_whole_words_and_capitals_are_needed(source: str, words: list[set[str]], capitals: list[str]) -> None:
    found = needed(source)
    assert ([{word.strip() for word in each} for each in found.words], list(found.shapes)) == (words, capitals)


@given(data=st.data(), source=st.sampled_from(PATTERNS), before=st.text(" .a-%é", max_size=2), after=st.text(" .a-%s", max_size=2))  # fmt: skip
def test_it_stands_wherever_the_pattern_matches(data: st.DataObject, source: str, before: str, after: str) -> None:
    text = before + data.draw(st.from_regex(re.compile(source, re.IGNORECASE))) + after
    if regex.search(source, text, regex.IGNORECASE) is None:
        return
    folded = spaced(fold(text).decode())
    words, shapes, longest = needed(source)
    for each in words:
        assert any(word in folded for word in each), (each, folded)
    for shape in shapes:
        assert re.search(shape, text), (shape, text)
    if longest and regex.fullmatch(source, text, regex.IGNORECASE):
        assert len(folded) <= longest, folded


@pytest.mark.parametrize(
    ("source", "longest"),
    [
        pytest.param(r"\G\W*(?:all )?gone\W*$", len("  all gone  "), id="words for a whole sentence"),
        pytest.param(r"\G\W*gone\b(?=\W*$)", len(" gone  "), id="words with what follows looked at"),
        pytest.param(r"\G\W*gone", 0, id="a sentence that may go on"),
        pytest.param(r"gone\W*$", 0, id="a sentence that may begin before"),
        pytest.param(r"\G\W*\w+\W*$", 0, id="a word that may be any"),
    ],
)
def test_a_whole_sentence_has_a_longest(source: str, longest: int) -> None:
    assert needed(source).longest == longest
