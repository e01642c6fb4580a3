"""A raw pattern is left to `re` only where it finds what `regex` would, and soon."""

import re
from pathlib import Path

import pytest
import regex
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from healthlint.patterns.raw import LONGEST_PLAIN, is_plain_text
from healthlint.patterns.raw_engine import is_plain

RULES = Path(__file__).parents[2] / "rules"


def shipped():
    """Yield the raw patterns of the shipped rules."""
    for path in sorted(RULES.rglob("*.yaml")):
        waiting = [yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)]
        while waiting:
            value = waiting.pop()
            if isinstance(value, str) and value.startswith("re:"):
                yield value[3:].strip()
            elif isinstance(value, dict | list):
                waiting += value.values() if isinstance(value, dict) else value


PATTERNS = sorted({source for source in shipped() if is_plain(source)})
LETTERS = "".join({letter for source in PATTERNS for letter in re.findall(r"[ -~]", source)} | set(" Ab1.,:!")) or "a"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(r"\bcan (?:really |also )?help(?=\s*[.!])", id="words that may be there, and what comes next"),
        pytest.param(r"\buse (?-i:[A-Z][a-z]+[A-Z]\w*)", id="capitals, and letters without end"),
        pytest.param(r"(?<=: )(?:gone|healed|healing)\b", id="what comes before"),
        pytest.param(r"\d{1,2}:\d{2}", id="so many digits"),
        pytest.param(r"\{\d+\}", id="braces that are signs"),
    ],
)
def test_it_may_be_left_to_re(source):
    assert is_plain(source)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(r"(?:a+)+b", id="a loop in a loop"),
        pytest.param(r"(?:a|aa){40}b", id="many times one of two that begin alike"),
        pytest.param(r"a?" * 30 + "a" * 30, id="many letters that may be there"),
        pytest.param(r"(?:a|a)" * 20 + "b", id="the same again and again"),
        pytest.param(r"a*a*a*b", id="three loops side by side"),
        pytest.param(r"(?:cure){e<=1}", id="what nearly matches"),
        pytest.param(r"\p{Lu}+", id="a class of Unicode"),
        pytest.param(r"\Gsave", id="where the search begins"),
        pytest.param(r"[[:alpha:]]+", id="a class of POSIX"),
        pytest.param(r"(?P<a>x)(?P=a)", id="the same as before"),
        pytest.param(r"(", id="nothing that can be read"),
    ],
)
def test_it_is_left_to_regex(source):
    assert not is_plain(source)


@given(data=st.data())
def test_both_find_the_same_in_short_ascii_text(data):
    source = data.draw(st.sampled_from(PATTERNS))
    piece = st.one_of(
        st.text(LETTERS, max_size=12),
        st.from_regex(re.compile(source), alphabet=st.characters(min_codepoint=32, max_codepoint=126)),
    )
    text = " ".join(data.draw(st.lists(piece, max_size=5)))[:LONGEST_PLAIN]
    assume(is_plain_text(text))
    start = data.draw(st.integers(0, len(text)))
    by_re = re.compile(source, re.IGNORECASE).finditer(text, start)
    by_regex = regex.compile(source, regex.IGNORECASE).finditer(text, start)
    assert [found.span() for found in by_re] == [found.span() for found in by_regex]
