"""What the tests of readers share: reading a text, and looking at what came out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from healthlint.document import Document
from healthlint.readers import ReadOptions, reader_for
from healthlint.text import Source

Read = Callable[..., Document]


@pytest.fixture(scope="session")
def read() -> Read:
    """A function that reads a text as a file with this suffix."""

    def read_text(text: str, suffix: str = ".md", options: ReadOptions | None = None) -> Document:
        reader = reader_for(suffix)
        assert reader is not None
        document = reader.read(Source(f"page{suffix}", text), options or ReadOptions())
        assert isinstance(document, Document)
        return document

    return read_text


@pytest.fixture(scope="session")
def shown(read: Read) -> Callable[..., list[tuple[str, str]]]:
    """A function that gives the blocks of a text, as pairs of kind and text."""

    def show(text: str, suffix: str = ".md") -> list[tuple[str, str]]:
        document = read(text, suffix)
        return [(block.kind, document.prose.text[block.start : block.end]) for block in document.blocks]

    return show


@pytest.fixture(scope="session")
def place(read: Read) -> Callable[..., tuple[str, int, int]]:
    """A function that finds words in the prose, and gives what stands at their place, its line and its column."""

    def find(text: str, words: str, suffix: str = ".md") -> tuple[str, int, int]:
        document = read(text, suffix)
        at = document.prose.text.index(words)
        span = document.prose.span(at, at + len(words))
        return (text[span.start : span.end], *document.source.position(span.start))

    return find
