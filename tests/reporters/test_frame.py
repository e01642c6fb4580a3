"""The underlined words of a frame are those of the finding, whatever stands round them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.reporters._frame import columns, frame
from healthlint.text import Source, Span

LONG = "word " * 40


def framed(text: str, words: str, width: int = 60) -> list[str]:
    start = text.index(words)
    return list(frame(Source("a.md", text), Span(start, start + len(words)), width))


@pytest.mark.parametrize(
    ("text", "words", "lines"),
    [
        pytest.param("It cures gout.", "cures", ["   |", " 1 | It cures gout.", "   |    ^^^^^"], id="a short line"),
        pytest.param("\r\nIt\tcures.\r\n", "cures", ["   |", " 2 | It cures.", "   |    ^^^^^"], id="a tab and CRLF"),
        pytest.param("漢字 cures", "cures", ["   |", " 1 | 漢字 cures", "   |      ^^^^^"], id="wide text before"),
        pytest.param("a 漢字 b", "漢字", ["   |", " 1 | a 漢字 b", "   |   ^^^^"], id="wide words"),
        pytest.param("cafe\u0301 cures", "cures", ["   |", " 1 | cafe\u0301 cures", "   |      ^^^^^"], id="an accent"),
        pytest.param("👩\u200d⚕\ufe0f ok", "ok", ["   |", " 1 | 👩\u200d⚕\ufe0f ok", "   |     ^^"], id="emoji"),
        pytest.param("\ufeffIt cures", "It", ["   |", " 1 | \ufeffIt cures", "   | ^^"], id="a BOM"),
        pytest.param("", "", ["   |", " 1 |", "   | ^"], id="an empty file"),
        pytest.param("\n" * 9 + "It", "It", ["    |", " 10 | It", "    | ^^"], id="a number of two digits"),
        pytest.param(
            "It cures\n  > gout.", "cures\n  > gout",
            ["   |", " 1 | It cures", "   |    ^^^^^", " 2 |   > gout.", "   |   ^^^^^^"],
            id="words over a line break",
        ),
        pytest.param(
            "a\nb\nc\nd\n", "a\nb\nc\nd",
            ["   |", " 1 | a", "   | ^", "   …", " 4 | d", "   | ^"],
            id="many lines",
        ),
        pytest.param(
            LONG + "cures " + LONG, "cures",
            ["   |", " 1 | …word word word word cures word word word word…", "   |                      ^^^^^"],
            id="a long line is cut at words",
        ),
        pytest.param(
            "cures " + LONG, "cures",
            ["   |", " 1 | cures word word word word word word word word word…", "   | ^^^^^"],
            id="a long line, at its start",
        ),
        pytest.param(
            LONG + "cures", "cures",
            ["   |", " 1 | …word word word word word word word word word cures", "   |" + " " * 47 + "^^^^^"],
            id="a long line, at its end",
        ),
        pytest.param(
            "x" * 99, "x" * 99, ["   |", " 1 | " + "x" * 53 + "…", "   | " + "^" * 53], id="words wider than the screen"
        ),
    ],
)  # fmt: skip
def test_the_words_are_underlined(text: str, words: str, lines: list[str]) -> None:
    assert framed(text, words) == lines


def test_a_huge_line_is_not_measured_for_each_of_its_findings() -> None:
    text = "word " * 400_000
    source = Source("a.md", text)
    for start in range(0, len(text), 2000):
        assert list(frame(source, Span(start, start + 4), 80))[2].strip(" |") == "^^^^"


@given(st.text(min_size=1), st.data(), st.integers(20, 120))
def test_a_frame_never_leaves_the_screen(text: str, data: st.DataObject, width: int) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    for line in frame(Source("a.md", text), Span(start, end), width):
        assert columns(line) <= max(width, 20 + 8)
