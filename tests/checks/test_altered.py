"""Mandated texts: unchanged they are silent, changed they are found from their first word to their last."""

import pytest

FIND = """\
find:
  altered:
    text:
      - "This statement has not been evaluated by the Food and Drug Administration. This product is not intended to diagnose, treat, cure, or prevent any disease."
      - "These statements have not been evaluated by the Food and Drug Administration. This product is not intended to diagnose, treat, cure, or prevent any disease."
    anchors: [evaluated by, reviewed by, intended to diagnose, meant to treat]
    short-for: {fda: food and drug administration}
    changes-meaning: [fully, yet]
"""
FIRST = "This statement has not been evaluated by the Food and Drug Administration."
SECOND = "This product is not intended to diagnose, treat, cure, or prevent any disease."


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f"{FIRST} {SECOND}", id="as it must be"),
        pytest.param(f"{FIRST} {SECOND}".upper(), id="in capitals"),
        pytest.param(f"**\\*{FIRST} {SECOND}**", id="with star and bold"),
        pytest.param(f"{FIRST}  \n{SECOND}", id="over two lines"),
        pytest.param(f"{FIRST}\n\n{SECOND}", id="over two paragraphs"),
        pytest.param(f"Tea is nice. {FIRST} {SECOND} Enjoy it.", id="with other words around it"),
        pytest.param(f"Disclaimer: {FIRST} {SECOND}", id="behind a word that names it"),
        pytest.param("The bridge was evaluated by the town council in May.", id="another thing evaluated"),
        pytest.param("Evaluated by the FDA: three new tests for flu.", id="news of the agency"),
    ],
)
def test_silent(run, page):
    assert [finding.words for finding in run(page, FIND)] == []


@pytest.mark.parametrize(
    ("page", "words", "severity"),
    [
        pytest.param(
            f"This claim has not been evaluated by the FDA. {SECOND}",
            f"This claim has not been evaluated by the FDA. {SECOND}"[:-1],
            "warning",
            id="other words, the same sense",
        ),
        pytest.param(
            "This statement has not been fully evaluated by the FDA. " + SECOND,
            "This statement has not been fully evaluated by the FDA. " + SECOND[:-1],
            "error",
            id="a word that changes the sense",
        ),
        pytest.param(FIRST, FIRST[:-1], "error", id="the first sentence alone"),
        pytest.param(SECOND, SECOND[:-1], "error", id="the second sentence alone"),
        pytest.param(
            "Tea. Not reviewed by the FDA, this statement has not been evaluated by them.",
            None,
            "",
            id="too unlike",
        ),
    ],
)
def test_found(run, page, words, severity):
    found = run(page, FIND)
    assert [finding.words for finding in found] == ([words] if words else [])
    assert [finding.severity for finding in found] == ([severity] if words else [])


def test_each_altered_text_is_found_once(run):
    page = f"This claim was not evaluated by the FDA. {SECOND}\n\nTea.\n\n{FIRST} {SECOND}"
    assert len(run(page, FIND)) == 1
