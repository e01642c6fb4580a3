"""Nothing that a document holds is obeyed by a terminal or a build server."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.reporters._safe import neutralise

HOSTILE = st.text(st.sampled_from("ab #:[]vso\t\r\n\x1b\x07\x00\x85\u202e\u2066\u2028\udc80é漢😀")) | st.text()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param("plain words, ü and 漢字", "plain words, ü and 漢字", id="text stays"),
        pytest.param("\x1b[31mred", "␛[31mred", id="an escape"),
        pytest.param("a\r\nb", "a␍␊b", id="line ends"),
        pytest.param("a\tb", "a b", id="a tab is a blank"),
        pytest.param("a\u202eb\u2066c\u061c", "a�b�c�", id="turned writing"),
        pytest.param("a\x9bb\x7f\u2028", "a�b␡�", id="controls beyond ASCII"),
        pytest.param("\udcff.md", "�.md", id="a byte of an odd file name"),
        pytest.param(
            "a ##[error]b ##VSO[x] ##teamcity[y]", "a ＃#[error]b ＃#VSO[x] ＃#teamcity[y]", id="log commands"
        ),
        pytest.param("  ::error::x", "  ：:error::x", id="a workflow command"),
        pytest.param("a::b ## c", "a::b ## c", id="what is no command"),
    ],
)
def test_hostile_text_is_made_harmless(written: str, shown: str) -> None:
    assert neutralise(written) == shown


@given(HOSTILE)
def test_text_keeps_its_length_and_loses_its_sting(text: str) -> None:
    shown = neutralise(text)
    assert len(shown) == len(text)
    assert not [character for character in shown if unicodedata.category(character) in ("Cc", "Cs")]
    assert "##[" not in shown
    assert "##vso[" not in shown
    assert not shown.lstrip().startswith("::")
    shown.encode()
