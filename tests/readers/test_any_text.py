"""What holds of every text, however broken: nothing is raised, and every word is where it was written."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from healthlint.document import BLOCK_KINDS, Document
from healthlint.readers import ReadOptions, reader_for
from healthlint.readers._runs import runs_beyond_ascii
from healthlint.readers._view import Mask, View
from healthlint.text import NEXT_BLOCK, Source

MARKS = (
    "# ", "## ", "- ", "* ", "1. ", "> ", "    ", "\t", "\n", "\n\n", "\r\n", "\r", "  \n", "\\\n", "---\n", "===\n", "```\n", "`",
    "**", "*", "_", "~~", "[", "](", "](u 'T')", "![", ")", "]: /u \"t\"\n", "<", ">", "<div>", "</div>", "<b>", "</b>", "<br>",
    "<p title='x &amp; y'>", "<a href='/u'>", "</a>", "<li>", "<ul>", "</ul>", "<blockquote>", "</blockquote>", "<table><tr><td>",
    "<img alt='two words' src=x>", "<svg>", "</svg>", "<code>", "</code>", "<pre>", "</pre>", "<script>", "</script>",
    "<!-- ", "-->", "<!-->", "<?", "?>", "<![CDATA[", "]]>", "&amp;", "&nbsp;", "&#8203;", "&#0;", "&x", "&NotEqualTilde;", "|", "|-|-|\n",
    "[^1]", "[^1]: ", ": ", "- [x] ", "{{< x \"two words\" >}}", "{{%", "%}}", "{{", "}}", "{% if %}", "{% comment %}",
    "{% endcomment %}", "{", "}", "{/* ", " */}", "<Card title=\"two words\">", "</Card>", "<Icon />", "<>", "</>", "{`a ${b} c`}",
    "{'s'}", "import x from 'y'\n", "export const a = {", "+++\n", "title: ", "a = \"", "key: [", "healthlint-disable-line x -- y",
    "https://example.org/a_b?c=d", "www.example.org", "me@example.org", "• ", "\ufeff", "\u00a0", "\u200b", "\u00ad", "\u2011", "\u2028",
    "\0", "\x0b", "\x1c", "é", "“", "’", "漢字", "😀", "👩\u200d⚕️", "word", "Two words", " ", "  ", ".", ":", "?",
)  # fmt: skip
SOUP = st.lists(st.sampled_from(MARKS) | st.text(max_size=6), max_size=40).map("".join)
OPENED = st.sampled_from(("", "---\n", "+++\n", "\ufeff---\n", "\ufeff", "---\ntitle: x\n---\n")).flatmap(
    lambda opening: SOUP.map(lambda text: opening + text)
)
ODD = re.compile("[\t\x0b\x0c\r\x1c-\x1f\x85\xa0\xad\u200b-\u200f\u2028\u2029\u2060\ufeff]|  | \n|\n |\n\n\n")


def read(text: str, suffix: str) -> Document:
    reader = reader_for(suffix)
    assert reader is not None
    document = reader.read(Source(f"page{suffix}", text), ReadOptions())
    assert isinstance(document, Document)
    return document


def examine(document: Document) -> None:
    """Hold a document against everything its docstrings promise."""
    text, prose, blocks = document.source.text, document.prose, document.blocks
    at = 0
    for number, block in enumerate(blocks):
        words = prose.text[block.start : block.end]
        assert block.start == at, "blocks are in order, and nothing but NEXT_BLOCK parts them"
        assert words, "no block is empty"
        assert words == words.strip(" \n"), "no block begins or ends in white space"
        assert NEXT_BLOCK not in words
        assert {block.kind, *block.inside} <= BLOCK_KINDS
        assert -1 <= block.heading < number
        assert -1 <= block.lead < number
        assert block.heading == -1 or blocks[block.heading].kind == "heading"
        at = block.end + len(NEXT_BLOCK)
    assert at == (len(prose.text) + len(NEXT_BLOCK) if blocks else 0)
    assert not ODD.search(prose.text), "white space is tidy, and what is not shown is not there"
    for block in blocks:
        examine_places(document, block.start, block.end)
    for link in document.links:
        assert text[link.span.start : link.span.end], "a link stands somewhere"
        assert (link.start == link.end) == (link.block == -1)
        if link.block >= 0:
            assert blocks[link.block].start <= link.start < link.end <= blocks[link.block].end
    assert list(document.strong) == sorted(document.strong)
    assert all(0 <= start < end <= len(prose.text) for start, end in document.strong)
    assert all(text[span.start : span.end].find(comment) >= 0 or "\n" in text or "\r" in text
               for comment, span in ((one.text, one.span) for one in document.comments))  # fmt: skip
    assert all(0 <= span.start <= span.end <= len(text) for span, _ in document.notes)
    for value in document.meta.values():
        assert 0 <= value.span.start <= value.span.end <= len(text)


def examine_places(document: Document, start: int, end: int) -> None:
    """Hold the places of a block's characters against the source."""
    text, prose = document.source.text, document.prose
    before = 0
    for offset in range(start, end):
        span = prose.span(offset, offset + 1)
        assert 0 <= span.start <= span.end <= len(text)
        if span.end - span.start == 1 and not prose.text[offset].isspace():
            assert text[span.start] in (prose.text[offset], "\0"), "a character is where it was written"
        assert span.start >= before, "a block is written in the order in which it is read"
        before = span.start
    whole = prose.span(start, end)
    assert whole.start <= whole.end <= len(text)


@pytest.mark.parametrize("suffix", [".md", ".mdx", ".txt"])
@settings(max_examples=250)
@given(text=OPENED)
@example(text="")
@example(text="\ufeff")
@example(text="\0")
@example(text="a<br><br>b<br>")
@example(text="é*é*é **“b”** c")
def test_any_text_is_read(suffix: str, text: str) -> None:
    examine(read(text, suffix))


@settings(max_examples=150)
@given(text=st.text())
def test_any_characters_are_read(text: str) -> None:
    for suffix in (".md", ".mdx", ".txt"):
        examine(read(text, suffix))


WORDS = st.lists(
    st.sampled_from(("tea", "Ruhe", "café", "漢字", "**bold**", "*it*", "`x`", "[a](u)", "\n", "\n\n", "- ", "# ")),
    max_size=20,
)


@given(text=WORDS.map(" ".join), opening=st.sampled_from((
    "---\ndate: 2026-01-02\n---\n", "---\ndraft: true\nslug: a-b\n---\n\n", "+++\nweight = 3\n+++\n", "\ufeff---\nlayout: post\n---\r\n",
)))  # fmt: skip
def test_front_matter_without_copy_changes_places_alone(text: str, opening: str) -> None:
    plain, fronted = read("\n" + text, ".md"), read(opening + "\n" + text, ".md")
    assert fronted.prose.text == plain.prose.text
    assert fronted.blocks == plain.blocks
    shift = len(opening)
    for block in plain.blocks:
        bare, moved = plain.prose.span(block.start, block.end), fronted.prose.span(block.start, block.end)
        assert (moved.start, moved.end) == (bare.start + shift, bare.end + shift)


@given(data=st.data(), text=st.text(alphabet="ab \né“漢😀", max_size=30))
def test_a_view_leads_back_to_the_source(data: st.DataObject, text: str) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    masks = [
        Mask(start, end, data.draw(st.sampled_from(("", "x"))))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
        if start < end
    ]
    view = View(text, masks, 0, runs_beyond_ascii(text))
    hidden = {at for mask in masks for at in range(mask.start, mask.end)}
    fillers = {mask.start: mask.filler for mask in masks}
    offset = 0
    for at, character in enumerate(text):
        if fillers.get(at):
            assert view.source(offset) == at
            offset += 1
        if at not in hidden:
            # Of a run of characters beyond ASCII the parser names the beginning and the end alone.
            if character.isascii():
                assert view.source(offset) == at
            offset += len(character.encode())
    assert len(view.text.encode()) == offset + (1 if fillers.get(len(text)) else 0)
