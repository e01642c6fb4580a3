"""The scope `columns`: the cells at the head of the table that a cell stands in."""

from __future__ import annotations

import pytest

FIND = """\
find:
  phrases:
    - {phrase: "none", in: [table_cell], with: {columns: ["side effects"]}}
"""


@pytest.mark.parametrize(
    ("page", "words"),
    [
        pytest.param("| Tea | Side effects |\n|---|---|\n| Mint | None |", ["None"], id="below its head"),
        pytest.param("| Tea | Pests |\n|---|---|\n| Mint | None |", [], id="below another head"),
        pytest.param(
            "| Tea | Side effects |\n|---|---|\n| Mint | Some |\n\nText.\n\n| Tea | Pests |\n|---|---|\n| Mint | None |",
            [],
            id="the head of a table above does not count",
        ),
        pytest.param("## Side effects\n\nNone.", [], id="no table"),
        pytest.param(
            "<table><tr><th>Tea</th><th>Side effects</th></tr><tr><td>Mint</td><td>None</td></tr></table>",
            ["None"],
            id="a table of HTML",
        ),
    ],
)
def test_heads_of_columns(run, page, words):
    assert [finding.words for finding in run(page, FIND)] == words
