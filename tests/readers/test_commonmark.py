"""The reader shows the same words as another implementation of CommonMark, on each of the spec's examples."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from healthlint.text import HIDDEN

EXAMPLES = json.loads((Path(__file__).parents[1] / "data" / "commonmark-0.31.2.json").read_text("utf-8"))

DIFFERENT = {
    173: "<style> is never closed: the reader reads on and says so, where a page would show nothing",
    180: "the HTML parser of the standard library ends <?php at the first >, the specification at ?>",
    602: "an address in text is hidden",
    606: "an address in text is hidden",
    608: "an address in text is hidden",
    611: "an address in text is hidden",
    612: "an address in text is hidden",
    626: "the HTML parser of the standard library takes <!--> for the beginning of a comment; it is a whole one",
}
"""Examples on which the two differ, each with its reason."""

ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S+|[\w.+-]+@[\w.-]+")
BLOCKS = frozenset(
    "address blockquote br dd del div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre table tbody td th tr ul".split()
)
NO_COPY = frozenset({"script", "style", "pre", "svg", "template"})


class Visible(HTMLParser):
    """Collects the words a page shows; code, and the text of an autolink, as one hidden character."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.beside: list[str] = []
        self._hidden: list[str] = []
        self._url = ""
        self._link: int | None = None
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.text.append("\n")
        if tag in NO_COPY or tag == "code":
            if tag == "code" and not self._hidden:
                self.text.append(HIDDEN)
            self._hidden.append(tag)
        given = dict(attrs)
        if tag == "a":
            self._url, self._link = given.get("href") or "", len(self.text)
        self.beside += [" ".join((given[name] or "").split()) for name in ("alt", "title") if given.get(name)]

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.text.append("\n")
        if tag in self._hidden:
            while self._hidden.pop() != tag:
                pass
        if tag == "a" and self._link is not None:
            words = "".join(self.text[self._link :])
            # The text of an autolink is its address; the reader hides it, as it does code.
            if ADDRESS.fullmatch(words):
                self.text[self._link :] = [HIDDEN]
            self._link = None

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.text.append(data)


def visible(markup: str) -> tuple[list[str], list[str]]:
    page = Visible(markup)
    return "".join(page.text).split(), sorted(filter(None, page.beside))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["example"]))
def test_shows_the_same_words(example, read):
    document = read(example["markdown"])
    texts = {True: [], False: []}
    for block in document.blocks:
        texts[block.kind in ("alt_text", "link_title")].append(document.prose.text[block.start : block.end])
    ours = ("\n".join(texts[False]).split(), sorted(texts[True]))
    theirs = visible(MarkdownIt("commonmark").render(example["markdown"]))
    assert (ours != theirs) == (example["example"] in DIFFERENT), (ours, theirs)
