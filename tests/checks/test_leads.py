"""The scope `lead`: the words that lead into the block that a place stands in."""

from __future__ import annotations

import pytest

FIND = """\
find:
  phrases:
    - {phrase: "gout", in: [list_item, table_cell, paragraph], with: {lead: ["good for"]}}
"""


@pytest.mark.parametrize(
    ("page", "words"),
    [
        pytest.param("The tea is good for:\n\n- gout", ["gout"], id="the paragraph over its list"),
        pytest.param("The tea is good for:\n\n- warmth\n- sleep\n- gout", ["gout"], id="of the third item too"),
        pytest.param("The tea is good for you. It may bring on:\n\n- gout", [], id="the last sentence alone"),
        pytest.param("The tea is good for gout.", [], id="no lead-in"),
        pytest.param("- good for gout", [], id="the item's own words are none"),
        pytest.param("## Good for\n\n- gout", ["gout"], id="a heading over its list"),
        pytest.param("The tea is good for:\n\n- legs\n  - gout", ["gout"], id="the lead-in of its lead-in"),
        pytest.param("| Good for | Price |\n|---|---|\n| gout | 5 |", [], id="heads of columns are another scope"),
    ],
)
def test_the_words_that_lead_in(run, page, words):
    assert [finding.words for finding in run(page, FIND)] == words
