"""A statement and the findings that contradict it."""

import pytest

RULES = {
    "first": "find: {contradiction: {statement: [not a cure], against: {categories: [cure], severity: error}}}\n",
    "cures": "severity: error\nfind: {phrases: [heals]}\n",
}


@pytest.mark.parametrize(
    ("page", "marked", "related"),
    [
        pytest.param("It heals.\n\nThis is not a cure.", ["not a cure"], ["heals"], id="below the claim"),
        pytest.param("Not a cure.\n\nIt heals. It heals.", ["Not a cure"], ["heals", "heals"], id="above two claims"),
        pytest.param("It heals. Not a cure. Not a cure.", ["Not a cure"], ["heals"], id="said twice, told once"),
        pytest.param("This is not a cure.", [], [], id="no claim"),
        pytest.param("It heals.", [], [], id="no statement"),
        pytest.param("It may heals. Not a cure.", [], [], id="the claim is milder than asked"),
        pytest.param("It never heals. Not a cure.", [], [], id="no claim, but its denial"),
    ],
)
def test_contradiction(run, page, marked, related):
    found = run(page, RULES)
    assert [finding.words for finding in found] == marked
    assert [page[slice(*other.span)] for finding in found for other in finding.related] == related


def test_phrases_beside_the_findings(run):
    find = "find: {contradiction: {statement: [not a cure], against: {phrases: [wipes out gout]}}}\n"
    assert [finding.words for finding in run("It wipes out gout. Not a cure.", find)] == ["Not a cure"]
    assert run("It never wipes out gout. Not a cure.", find) == []


def test_the_findings_stay(run):
    both = {"cures": RULES["cures"], "first": RULES["first"]}
    assert [finding.words for finding in run("It heals. Not a cure.", both)] == ["heals"]
