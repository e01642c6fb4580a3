"""`fragment`: words that stand by themselves, or nearly so."""

import pytest

from healthlint.errors import RuleError


@pytest.mark.parametrize(
    ("most", "text", "found"),
    [
        pytest.param(0, "Zorbs shine.", "Zorbs shine", id="a sentence of their own"),
        pytest.param(0, "**Zorbs shine!**", "Zorbs shine", id="with signs round them"),
        pytest.param(0, "- Zorbs shine", "Zorbs shine", id="an item of a list"),
        pytest.param(0, "Our zorbs shine.", "", id="not with another word before"),
        pytest.param(0, "Zorbs shine here.", "", id="nor behind"),
        pytest.param(1, "Our zorbs shine.", "Our zorbs shine", id="with one, where one may be"),
        pytest.param(1, "Our zorbs shine here.", "", id="not with one on either side"),
        pytest.param(
            2, "Our zorbs shine here.", "Our zorbs shine here", id="with one on either side, where two may be"
        ),
        pytest.param(0, "What they are for: zorbs shine.", "zorbs shine", id="behind a colon"),
        pytest.param(0, "Zorbs shine: that is all.", "Zorbs shine", id="before a colon"),
        pytest.param(0, "Round and blue – zorbs shine – and cheap.", "zorbs shine", id="between dashes"),
        pytest.param(0, "Round and blue - zorbs shine", "zorbs shine", id="behind a hyphen that is a dash"),
        pytest.param(0, "Round and blue (zorbs shine) and cheap.", "", id="not in brackets"),
        pytest.param(0, "Round, zorbs shine.", "", id="not behind a comma"),
        pytest.param(0, "Well-known zorbs shine.", "", id="not behind a hyphen in a word"),
        pytest.param(0, "They are blue. Zorbs shine. They are cheap.", "Zorbs shine", id="between sentences"),
    ],
)
def test_it_stands_in_a_fragment_and_all_of_that_is_found(run, most, text, found):
    rule = f"find:\n  phrases: [{{phrase: 'zorbs shine', fragment: {most}}}]\n"
    assert [finding.words for finding in run(text, rule)] == ([found] if found else [])


@pytest.mark.parametrize("value", ["few", "-1", "1.5"])
def test_it_asks_for_a_number_of_words(run, value):
    with pytest.raises(RuleError, match=f"'fragment' is '{value}': a number of words is wanted"):
        run("Tea.", f"find:\n  phrases: [{{phrase: 'zorbs shine', fragment: {value}}}]\n")
