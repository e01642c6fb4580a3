"""Markdown for people: the worst first, as much as there is room for, and words that mark up nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from healthlint.reporters import Options, markdown
from healthlint.reporters._markdown import code, escaped, link, message
from healthlint.reporters._plain import plain

from .conftest import finding_in

PARSER = MarkdownIt("commonmark", {"html": True})


def inline(text: str) -> list[tuple[str, str]]:
    """Return the kinds and the content of what stands in a paragraph."""
    return [(token.type, token.content) for token in PARSER.parseInline(text)[0].children or ()]


@given(st.text(st.sampled_from("`a \\*_[]()<>&#~|!@\n")) | st.text())
def test_any_text_is_one_span_of_code(text: str) -> None:
    shown = code(text)
    spans = inline(f"x {shown} y")
    if shown:
        assert [kind for kind, _ in spans] == ["text", "code_inline", "text"]
        assert spans[1][1] == plain(text)


@given(st.text(st.sampled_from("`a \\*_[]<>&#~|@")))
def test_text_of_a_rule_is_shown_as_it_is(text: str) -> None:
    spans = inline(f"x{escaped(text)}y")
    assert {kind for kind, _ in spans} <= {"text", "text_special"}
    assert "".join(content for _, content in spans) == f"x{plain(text)}y"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        pytest.param("cures gout", "“`cures gout`” promises a cure", id="words"),
        pytest.param("a `b` c", "“``a `b` c``” promises a cure", id="words with ticks"),
        pytest.param("`b", "“`` `b ``” promises a cure", id="words that start with one"),
        pytest.param("” promises a cure", "“`” promises a cure`” promises a cure", id="words of the message itself"),
    ],
)
def test_a_message_has_its_words_as_code(words: str, shown: str) -> None:
    assert message(finding_in(words, words)) == shown


def test_a_message_that_is_not_the_rules_is_code_as_a_whole() -> None:
    assert message(finding_in("gout", "gout", message="see [x](y)")) == "`see [x](y)`"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        pytest.param("https://x.com/a_b", "[C \\[1\\]](<https://x.com/a_b>)", id="an address"),
        pytest.param("https://x.com/(a)>", "[C \\[1\\]](<https://x.com/%28a%29%3E>)", id="signs in an address"),
        pytest.param("javascript:alert(1)", "C \\[1\\]", id="a script"),
        pytest.param("https://x.com/ a", "C \\[1\\]", id="a blank"),
        pytest.param("", "C \\[1\\]", id="none"),
    ],
)
def test_only_the_web_is_linked(url: str, shown: str) -> None:
    assert link("C [1]", url) == shown


def test_the_worst_comes_first_and_the_rest_is_counted(report, checked) -> None:
    text = "gout " * 40
    files = [
        checked(*(finding_in(text, "gout", severity) for _ in range(10)), path=f"{severity}.md")
        for severity in ("info", "warning", "error")
    ]
    lines = list(markdown.report(report(*files), Options(room=3500)))
    page = "\n".join(lines)
    assert page.index("### Errors") < page.index("### Warnings")
    assert "### For information" not in page
    shown = page.count("promises a cure")
    assert lines[-1] == f"\n**{30 - shown} findings more: there was no room for them here.**"
    assert len(page.encode()) <= 3500
    whole = "\n".join(markdown.report(report(*files), Options(room=500_000)))
    assert whole.count("promises a cure") == 30
    assert "no room" not in whole


def test_a_comment_fits_by_default(report, checked) -> None:
    text = "gout 漢字 " * 2000
    page = "\n".join(markdown.report(report(checked(*[finding_in(text, "gout")] * 2000)), Options()))
    assert 50_000 < len(page.encode()) <= 60_000


def test_a_clean_page_says_so(report, checked) -> None:
    assert list(markdown.report(report(checked()), Options())) == ["## healthlint: no findings in 1 file"]
