"""`fragment`: words that stand by themselves, or nearly so."""

import pytest

from healthlint.errors import RuleError


@pytest.mark.parametrize(
    ("most", "text", "marked"),
    [
        pytest.param(0, "Zorbs shine.", True, id="a sentence of their own"),
        pytest.param(0, "**Zorbs shine!**", True, id="with signs round them"),
        pytest.param(0, "- Zorbs shine", True, id="an item of a list"),
        pytest.param(0, "Our zorbs shine.", False, id="not with another word before"),
        pytest.param(0, "Zorbs shine here.", False, id="nor behind"),
        pytest.param(1, "Our zorbs shine.", True, id="with one, where one may be"),
        pytest.param(1, "Our zorbs shine here.", False, id="not with one on either side"),
        pytest.param(2, "Our zorbs shine here.", True, id="with one on either side, where two may be"),
        pytest.param(0, "What they are for: zorbs shine.", True, id="behind a colon"),
        pytest.param(0, "Zorbs shine: that is all.", True, id="before a colon"),
        pytest.param(0, "Round and blue – zorbs shine – and cheap.", True, id="between dashes"),
        pytest.param(0, "Round and blue - zorbs shine", True, id="behind a hyphen that is a dash"),
        pytest.param(0, "Round and blue (zorbs shine) and cheap.", True, id="in brackets"),
        pytest.param(0, "Round, zorbs shine.", False, id="not behind a comma"),
        pytest.param(0, "Well-known zorbs shine.", False, id="not behind a hyphen in a word"),
        pytest.param(0, "They are blue. Zorbs shine. They are cheap.", True, id="between sentences"),
    ],
)
def test_it_stands_in_a_fragment(run, most, text, marked):
    found = run(text, f"find:\n  phrases: [{{phrase: 'zorbs shine', fragment: {most}}}]\n")
    assert [finding.words.lower() for finding in found] == ["zorbs shine"] * marked


@pytest.mark.parametrize("value", ["few", "-1", "1.5"])
def test_it_asks_for_a_number_of_words(run, value):
    with pytest.raises(RuleError, match=f"'fragment' is '{value}': a number of words is wanted"):
        run("Tea.", f"find:\n  phrases: [{{phrase: 'zorbs shine', fragment: {value}}}]\n")
