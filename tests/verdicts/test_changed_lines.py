"""What of a file's findings a change has to answer for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.finding import Finding, Related
from healthlint.git import Change, Hunk
from healthlint.report import FileReport, Report, Suppressed
from healthlint.text import Source, Span
from healthlint.verdicts.changed_lines import changed_stretches, judge

from .test_baseline import RULES


def touched(text: str, *hunks: tuple[int, int, tuple[bool, ...]], whole: bool = False) -> list[str]:
    """Return which of the findings on "bad1", "bad2" … a change touches; a sentence ends with a period."""
    source = Source("a.md", text)
    found = tuple(
        Finding(
            RULES["bad"], source, Span(*match.span()), "m", "error", context="c", sentence=sentence(text, match.start())
        )
        for match in re.finditer(r"bad\d", text)
    )
    files = (FileReport("a.md", "checked", failing=True, findings=found), FileReport("b.md", "checked", failing=True))
    change = Change("a.md", whole, tuple(Hunk(*hunk) for hunk in hunks))
    first, second = judge(Report(files, "0.1", "", ""), {"a.md": change}).files
    assert first.failing is (bool(first.findings) or whole)
    assert second is files[1]
    return [finding.words for finding in first.findings]


def sentence(text: str, at: int) -> Span:
    start = text.rfind(".", 0, at) + 1
    return Span(start + len(text[start:]) - len(text[start:].lstrip()), text.index(".", at) + 1)


TEXT = "bad1.\nOne two\nthree bad2.\n\nbad3.\n"


@pytest.mark.parametrize(
    ("hunks", "words"),
    [
        pytest.param([], [], id="no line"),
        pytest.param([(1, 1, ())], ["bad1"], id="its line"),
        pytest.param([(2, 1, (True,))], ["bad2"], id="another line of the sentence"),
        pytest.param([(3, 1, (True,))], ["bad2"], id="its line below"),
        pytest.param([(5, 1, (True,))], ["bad3"], id="the last line"),
        pytest.param([(6, 9, ())], [], id="lines behind the end"),
        pytest.param([(1, 5, (True,))], ["bad1", "bad2", "bad3"], id="all lines"),
        pytest.param([(2, 0, (True,))], ["bad2"], id="a line went from within a paragraph"),
        pytest.param([(4, 0, (True, False))], [], id="a paragraph went, and the blank line below"),
        pytest.param([(3, 0, (False, True))], [], id="a paragraph went, and the blank line above"),
        pytest.param([(4, 0, (True,))], ["bad3"], id="a paragraph lost its beginning"),
        pytest.param([(3, 0, (True,))], ["bad2"], id="a paragraph lost its end"),
        pytest.param([(0, 0, (True,))], ["bad1"], id="the page lost its beginning"),
        pytest.param([(0, 0, (True, False))], [], id="the page lost a paragraph"),
        pytest.param([(5, 0, (True,))], ["bad3"], id="the page lost its end"),
        pytest.param([(4, 1, ())], ["bad2", "bad3"], id="a paragraph was cut in two"),
        pytest.param([(4, 1, (True,))], ["bad2", "bad3"], id="a line became blank"),
        pytest.param([(4, 1, (False,))], [], id="a line stayed blank"),
    ],
)
def test_a_finding_is_touched_by(hunks, words):
    assert touched(TEXT, *hunks) == words


def test_all_of_an_added_file_is_touched():
    assert touched(TEXT, whole=True) == ["bad1", "bad2", "bad3"]


@pytest.mark.parametrize(
    ("context", "related", "kept"),
    [
        pytest.param("", (), True, id="one about the whole document"),
        pytest.param("c", (), False, id="one about other words"),
        pytest.param("c", (Related(Span(4, 7), "see"),), True, id="one that speaks of the changed words too"),
    ],
)
def test_what_else_is_kept(context, related, kept):
    found = Finding(
        RULES["bad"], Source("a.md", "bad\ntwo\n"), Span(0, 3), "m", "error", related=related, context=context
    )
    file = FileReport("a.md", "checked", (found,), (Suppressed(found, "suppression", "why"),))
    judged = judge(Report((file,), "0.1", "", ""), {"a.md": Change("a.md", whole=False, hunks=(Hunk(2, 1),))}).files[0]
    assert (len(judged.findings), len(judged.suppressed)) == (kept, kept)


@given(st.text(st.sampled_from("ab\r\n\u2028"), max_size=30), st.integers(1, 8), st.integers(1, 8))
def test_lines_are_counted_as_git_does(text, first, count):
    stretch = next(changed_stretches(Source("a.md", text), [Hunk(first, count)]))
    lines = [f"{line}\n" for line in text.split("\n")]
    assert (text + "\n")[slice(*stretch)] == "".join(lines[first - 1 : first - 1 + count])
