"""Whose voice it is: reviews by their marks, and one author's sentence among many customers'."""

import pytest

from healthlint.config import Settings
from healthlint.linter import Linter
from healthlint.readers import ReadOptions, markdown
from healthlint.rulebook import load_book
from healthlint.text import Source

STORY = "My back stopped hurting within a week and I sleep through the night."
AUTHOR = "I am a nutritionist and I formulate every blend myself."


@pytest.fixture(scope="module")
def linter():
    return Linter(load_book())


def frames(linter, page):
    """Return the frames of what is found on a page that sells."""
    outcome = linter.lint(markdown.read(Source("page.md", page), ReadOptions()), Settings(context="commercial"))
    return {finding.frame for finding in outcome.findings if finding.rule.category == "testimonial"}


@pytest.mark.parametrize(
    ("page", "told"),
    [
        pytest.param(f"## What customers say\n\n{STORY}", True, id="a story"),
        pytest.param(f"{AUTHOR}\n\n{STORY}", False, id="the author's own, where nobody else says I"),
        pytest.param(f"{AUTHOR}\n\n" + f"{STORY}\n\n" * 9, True, id="many stories beside one author"),
        pytest.param(
            "★★★★★ “Gentle stuff, and the rash went away in a week” – Joan", True, id="stars before a quotation"
        ),
        pytest.param(
            "“Gentle stuff, and the rash went away in a week”\n\nVerified buyer",
            True,
            id="a quotation over a mark of reviews",
        ),
        pytest.param("★★★★½ Gentle stuff, and the rash went away in a week", True, id="stars and a half"),
    ],
)
def test_a_customer_tells_it(linter, page, told):
    assert ("testimonial" in frames(linter, page)) == told
