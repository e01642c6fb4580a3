"""MDX: Markdown with JSX. What is JavaScript is masked; the words between the tags are Markdown, and so read."""

from __future__ import annotations

from healthlint.document import Document
from healthlint.readers import ReadOptions
from healthlint.readers._finish import finish
from healthlint.readers._page import Page
from healthlint.readers.markdown import read_body, read_opening
from healthlint.text import Source

SUFFIXES = (".mdx",)


def read(source: Source, options: ReadOptions) -> Document:
    """Return what readers see of an MDX file."""
    from healthlint.readers._jsx import Jsx

    page = Page(source)
    body = read_opening(page)
    read_body(page, options, Jsx(source.text, body, options.props).masks(), body, indents_are_code=False)
    return finish(page)
