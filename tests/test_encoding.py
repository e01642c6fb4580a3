"""Bytes become text, or an error that says what they are."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.encoding import decoded
from healthlint.errors import ReadError

SENTENCE = "A cup of tea a day is pleasant.\n"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"", "", id="an empty file"),
        pytest.param(b"\xef\xbb\xbfa", "\ufeffa", id="a BOM is kept"),
        pytest.param(b"a\r\nb\rc", "a\r\nb\rc", id="line ends are kept"),
        pytest.param(b"one NUL \x00 in a line of text", "one NUL \0 in a line of text", id="a NUL in a text"),
        pytest.param(b"a\0b", "a\0b", id="a NUL in hardly any text"),
        pytest.param("😀 ü".encode(), "😀 ü", id="more than ASCII"),
    ],
)
def test_text_is_decoded(data: bytes, text: str) -> None:
    assert decoded(data, "a.md") == text


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(SENTENCE.encode("utf-16"), "a.md: not UTF-8; the file looks like UTF-16LE", id="UTF-16 and BOM"),
        pytest.param(
            SENTENCE.encode("utf-16-be"), "a.md: not UTF-8; the file looks like UTF-16BE", id="UTF-16 without a BOM"
        ),
        pytest.param(SENTENCE.encode("utf-32"), "a.md: not UTF-8; the file looks like UTF-32LE", id="UTF-32"),
        pytest.param(
            "\ufeff漢字".encode("utf-16-be"),
            "a.md:1: byte 0xFE at offset 0 is not UTF-8; the file looks like UTF-16BE",
            id="UTF-16 without a NUL",
        ),
        pytest.param(
            b"one\r\ntwo\rthree\nit\x92s",
            "a.md:4: byte 0x92 at offset 17 is not UTF-8; the file looks like WINDOWS-1252",
            id="a curly quote of Windows",
        ),
        pytest.param(
            b"caf\xe9", "a.md:1: byte 0xE9 at offset 3 is not UTF-8; the file looks like ISO-8859-1", id="Latin-1"
        ),
        pytest.param(
            "ünd ".encode() + b"\xff",
            "a.md:1: byte 0xFF at offset 5 is not UTF-8, though the text before it is; mend or remove it there",
            id="a broken place in UTF-8",
        ),
        pytest.param(b"\xed\xa0\x80", "a.md:1: byte 0xED at offset 0 is not UTF-8", id="a lone surrogate"),
        pytest.param(b"\x7fELF\x02\x01\x01" + bytes(40), "a.md: a binary file, not text", id="a program"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(9), "a.md: a binary file, not text", id="picture"),
        pytest.param(bytes(10000), "a.md: a binary file, not text", id="nothing but NULs"),
    ],
)
def test_what_is_no_utf8_is_named(data: bytes, error: str) -> None:
    with pytest.raises(ReadError) as raised:
        decoded(data, "a.md")
    assert str(raised.value).startswith(error)


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_an_error(data: bytes) -> None:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        with pytest.raises(ReadError, match=r"^a\.md:"):
            decoded(data, "a.md")
    else:
        with contextlib.suppress(ReadError):
            assert decoded(data, "a.md") == text
