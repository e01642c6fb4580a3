"""Text that knows where it was written."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.text import Piece, Prose, Source, Span


@pytest.mark.parametrize(("text", "offset", "place"), [
    pytest.param("", 0, (1, 1), id="an empty text has a line"),
    pytest.param("a\nb", 2, (2, 1), id="LF"),
    pytest.param("a\r\nb", 3, (2, 1), id="CRLF is one end"),
    pytest.param("a\rb", 2, (2, 1), id="CR alone"),
    pytest.param("a\r\r\n\nb", 5, (4, 1), id="each end counts once"),
    pytest.param("a\n", 2, (2, 1), id="the end of the text"),
    pytest.param("a\r\nb", 2, (1, 3), id="inside of a line end"),
    pytest.param("\ufeffa", 1, (1, 2), id="a byte order mark counts"),
    pytest.param("😀a", 1, (1, 2), id="columns count code points"),
    pytest.param("a\x0b\x0c\x1c\x85\u2028b", 6, (1, 7), id="no other sign ends a line"),
])  # fmt: skip
def test_position(text, offset, place):
    assert Source("a", text).position(offset) == place


@pytest.mark.parametrize(("text", "number", "line"), [
    ("a\r\nb", 1, "a"), ("a\r\nb", 2, "b"), ("a\n", 2, ""), ("a\rb\n", 1, "a"), ("", 1, ""),
])  # fmt: skip
def test_line(text, number, line):
    assert Source("a", text).line(number) == line


@given(st.text(alphabet="a\r\né", max_size=30))
def test_lines_are_those_of_the_text(text):
    source = Source("a", text)
    parts = re.split("\r\n|\r|\n", text)
    assert [source.line(number + 1) for number in range(len(source.line_starts))] == parts
    for offset in range(len(text) + 1):
        line, column = source.position(offset)
        assert source.line_starts[line - 1] + column - 1 == offset


@st.composite
def proses(draw):
    """Make a source and a prose of pieces that skip some of it and replace some of it, in order."""
    text = draw(st.text(alphabet="ab é漢😀\n", max_size=30))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12)))
    pieces = []
    for start, end in pairwise(cuts):
        shown = draw(st.sampled_from((None, None, "", "&", " ", "xyz")))
        if draw(st.booleans()) and (start < end or shown):
            pieces.append(Piece(start, end, shown))
    source = Source("a", text)
    return source, Prose(source, pieces)


@given(proses())
def test_prose_is_its_pieces(made):
    _, prose = made
    assert all(isinstance(piece, Piece) for piece in prose.pieces)
    at = 0
    for number, piece in enumerate(prose.pieces):
        assert prose.piece_starts[number] == at
        at += piece.end - piece.start if piece.shown is None else len(piece.shown)
    assert prose.piece_starts[-1] == at == len(prose.text)


@given(proses())
def test_a_character_leads_back_to_its_piece(made):
    _, prose = made
    at = 0
    for piece in prose.pieces:
        for offset in range(piece.end - piece.start if piece.shown is None else len(piece.shown)):
            place = piece.start + offset
            expected = Span(place, place + 1) if piece.shown is None else Span(piece.start, piece.end)
            assert prose.span(at, at + 1) == expected
            at += 1


@given(made=proses(), data=st.data())
def test_a_stretch_leads_back_to_its_ends(made, data):
    _, prose = made
    if prose.text:
        start = data.draw(st.integers(0, len(prose.text) - 1))
        end = data.draw(st.integers(start + 1, len(prose.text)))
        first, last = prose.span(start, start + 1), prose.span(end - 1, end)
        assert prose.span(start, end) == Span(first.start, max(first.start, last.end))


@given(made=proses(), data=st.data())
def test_what_is_replaced_stands_at_the_place_of_what_was_there(made, data):
    source, prose = made
    cuts = sorted(data.draw(st.lists(st.integers(0, len(prose.text)), max_size=6)))
    edits = [
        (start, end, data.draw(st.sampled_from(("", " ", "xy"))))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
        if start < end
    ]
    after = prose.replaced(edits)
    assert after.text == Prose(source, after.pieces).text
    assert list(after.piece_starts) == list(Prose(source, after.pieces).piece_starts)
    expected, at = [], 0
    for start, end, shown in edits:
        expected += [(prose.text[n], prose.span(n, n + 1)) for n in range(at, start)]
        expected += [(character, prose.span(start, end)) for character in shown]
        at = end
    expected += [(prose.text[n], prose.span(n, n + 1)) for n in range(at, len(prose.text))]
    assert [(after.text[n], after.span(n, n + 1)) for n in range(len(after.text))] == expected
