"""Time grows with the length of a text, not with its square, and depth breaks nothing."""

from __future__ import annotations

import gc
import sys
import time
from types import FrameType

import pytest

LEAST = 0.05
"""Seconds that are too few to judge by."""


@pytest.mark.parametrize(("suffix", "unit", "count"), [
    pytest.param(".md", "> ", 20_000, id="nested quotes"),
    pytest.param(".md", "- ", 20_000, id="nested items"),
    pytest.param(".md", "- item\n", 10_000, id="a long list"),
    pytest.param(".md", "word ", 100_000, id="a long line"),
    pytest.param(".md", "[", 40_000, id="brackets"),
    pytest.param(".md", "[a](b 'c", 8_000, id="links that do not end"),
    pytest.param(".md", "![", 30_000, id="images that do not end"),
    pytest.param(".md", "<div>\n", 8_000, id="tags that are not closed"),
    pytest.param(".md", "<p a='\n", 8_000, id="tags that do not end"),
    pytest.param(".md", "<blockquote></td>", 5_000, id="tags that close nothing"),
    pytest.param(".md", "a <!-- b\n\n", 8_000, id="comments that are not closed"),
    pytest.param(".md", "<svg>a\n\n", 5_000, id="drawings that are not closed"),
    pytest.param(".md", "a <code>b ", 8_000, id="code that is not closed"),
    pytest.param(".md", "{{< a \" ", 8_000, id="shortcodes that do not end"),
    pytest.param(".md", "{% comment %} ", 5_000, id="Liquid comments that are not closed"),
    pytest.param(".md", "**a *b _c ", 8_000, id="emphasis that is not closed"),
    pytest.param(".md", "a\u00a0 \u200b", 10_000, id="white space of all kinds"),
    pytest.param(".md", "\u200b", 100_000, id="characters that are not shown"),
    pytest.param(".md", "a@b.c)", 10_000, id="mail addresses"),
    pytest.param(".md", "http://a)", 10_000, id="web addresses"),
    pytest.param(".md", "---\ntitle: a\n", 8_000, id="front matter that is not closed"),
    pytest.param(".mdx", "{ ", 10_000, id="braces that are not closed"),
    pytest.param(".mdx", "{`${", 10_000, id="template strings that are not closed"),
    pytest.param(".mdx", "<A b={", 8_000, id="props that do not end"),
    pytest.param(".mdx", "<A>\n", 8_000, id="components that are not closed"),
    pytest.param(".mdx", "<!-- ", 8_000, id="comments of HTML that are not closed"),
    pytest.param(".mdx", "`a ``b ", 8_000, id="ticks"),
    pytest.param(".mdx", "export const a = {\n\n", 5_000, id="exports that are not closed"),
    pytest.param(".txt", "- a\n    - b\n", 5_000, id="items"),
    pytest.param(".txt", "Upper case lines of text go on and on\n", 5_000, id="one paragraph"),
    pytest.param(".txt", "*a _b [c](d ", 8_000, id="marks without a mate"),
    pytest.param(".txt", "\r", 100_000, id="carriage returns"),
])  # fmt: skip
def test_time_is_linear(suffix, unit, count, read):
    def seconds(text: str) -> float:
        start = time.process_time()
        read(text, suffix)
        return time.process_time() - start

    few = min(seconds(unit * (count // 8)) for _ in range(3))
    # Eight times for eight times the text, sixty-four times for quadratic time; the least of several runs, as others work here.
    limit = max(24 * few, LEAST)
    assert any(seconds(unit * count) <= limit for _ in range(5))


@pytest.mark.parametrize("text", [
    pytest.param("---\na: " + "[" * 100_000 + "\n---\n", id="brackets of YAML"),
    pytest.param("---\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" if n else "a0: &a0 x\n" for n in range(60)) + "---\n", id="a bomb of aliases"),
    pytest.param("---\n" + "- " * 50_000 + "a\n---\n", id="lists of YAML"),
    pytest.param("+++\na = " + "[" * 20_000 + "\n+++\n", id="brackets of TOML"),
    pytest.param("+++\na = " + "{a=" * 3_000 + "\n+++\n", id="tables of TOML"),
])  # fmt: skip
def test_front_matter_breaks_nothing(text, read):
    calls = 0

    def count(_frame: FrameType, _event: str, _argument: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    assert calls < 5_000 + 50 * len(text)


@pytest.mark.parametrize("suffix", [".md", ".mdx", ".txt"])
def test_nothing_is_left_to_the_collector(suffix, read):
    """Where it is off, as on the command line, what it would have to collect would stay in memory."""
    text = "---\ntitle: a\n---\n\n# A\n\n- b **c** [d](/e 'f') <b>g</b>\n\n<ul><li>h</ul>\n\n|i|\n|-|\n\n{{< j >}} {k} <L>m</L>\n"
    read(text, suffix)
    gc.collect()
    gc.disable()
    try:
        read(text, suffix)
        assert gc.collect() == 0
    finally:
        gc.enable()
