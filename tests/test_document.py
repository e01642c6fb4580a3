"""The types a reader gives: what must not change under those who share them, and what their kinds are."""

from __future__ import annotations

import pytest

from healthlint.document import BLOCK_KINDS, INLINE_KINDS, Block, Comment, Document, Link, MetaValue
from healthlint.text import Prose, Source, Span

SOURCE = Source("a.md", "Tea")
DOCUMENT = Document(SOURCE, Prose(SOURCE, [(0, 3, None)]), (Block("paragraph", 0, 3),))


@pytest.mark.parametrize("value", [
    pytest.param(DOCUMENT, id="a document"),
    pytest.param(DOCUMENT.blocks[0], id="a block"),
    pytest.param(Link("/u", Span(0, 1), 0, 1), id="a link"),
    pytest.param(Comment("a", Span(0, 1)), id="a comment"),
    pytest.param(MetaValue("a", Span(0, 1)), id="a value"),
    pytest.param(SOURCE, id="a source"),
])  # fmt: skip
def test_nothing_is_changed_after_it_is_made(value):
    for name in value.__match_args__:
        # FrozenInstanceError is one too.
        with pytest.raises(AttributeError):
            setattr(value, name, None)


def test_a_document_needs_no_more_than_its_words():
    assert (DOCUMENT.links, DOCUMENT.comments, DOCUMENT.strong, DOCUMENT.notes) == ((), (), (), ())
    assert DOCUMENT.meta == {}
    assert DOCUMENT.language is None


def test_a_block_stands_by_itself_unless_it_says_otherwise():
    block = DOCUMENT.blocks[0]
    assert (block.level, block.inside, block.heading, block.lead, block.name) == (0, (), -1, -1, "")


def test_kinds_are_of_blocks_or_inside_of_them():
    assert not BLOCK_KINDS & INLINE_KINDS
