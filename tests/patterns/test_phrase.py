"""The phrase language: what a line means, and what is refused."""

from __future__ import annotations

import pytest

from healthlint.errors import RuleError
from healthlint.patterns.inflect import verb_forms
from healthlint.patterns.phrase import Node, parse, spellings


def words(*each: str) -> Node:
    return Node("words", frozenset(each))


@pytest.mark.parametrize(
    ("phrase", "tree"),
    [
        pytest.param("side effects", (words("side"), words("effects")), id="words stand one after another"),
        pytest.param("side-effects", (words("side"), words("effects")), id="a hyphen is a space"),
        pytest.param("Can't", (words("can"), words("t")), id="case and apostrophes fold"),
        pytest.param("100% safe", (words("100%"), words("safe")), id="a percent sign stays"),
        pytest.param(
            "(say|wave) goodbye", (words("say", "wave"), words("goodbye")), id="single words in brackets are a set"
        ),
        pytest.param("{condition}", (Node("slot", "condition"),), id="braces are a slot"),
        pytest.param("{weight}", (Node("quantity", "weight"),), id="a quantity is no slot"),
        pytest.param("a ... b", (words("a"), Node("gap", 8), words("b")), id="three dots are a gap of eight"),
        pytest.param("a ...3 b", (words("a"), Node("gap", 3), words("b")), id="a gap may say how many words"),
        pytest.param("(the)? end", (Node("maybe", (words("the"),)), words("end")), id="a question mark is maybe"),
        pytest.param("(a|) b", (Node("maybe", (words("a"),)), words("b")), id="an empty branch is maybe"),
        pytest.param("<treat>", (words("treat", "treats", "treated", "treating"),), id="angle brackets are every form"),
        pytest.param("effect+s", (words("effect", "effects"),), id="a plus is both forms"),
        pytest.param(
            "(side effects|harm)",
            (Node("either", ((words("side"), words("effects")), (words("harm"),))),),
            id="branches of several words stay apart",
        ),
        pytest.param(
            "a (... b)?",
            (words("a"), Node("maybe", (Node("either", ((Node("gap", 8), words("b")),)),))),
            id="a gap that may be there has an end",
        ),
    ],
)
def test_a_phrase_means(phrase: str, tree: tuple[Node, ...]) -> None:
    assert parse(phrase) == tree


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        pytest.param("", "holds no word", id="nothing"),
        pytest.param("...", "holds no word", id="a gap alone"),
        pytest.param("... a", "begins or ends with a gap", id="a gap before all words"),
        pytest.param("a ...2", "begins or ends with a gap", id="a gap behind all words"),
        pytest.param("(a)? ... b", "begins or ends with a gap", id="a gap before all words that must be there"),
        pytest.param("a ...1 (b)? (c)?", "begins or ends with a gap", id="a gap behind all words that must be there"),
        pytest.param("(... a|b) c", "begins or ends with a gap", id="a way that begins with a gap"),
        pytest.param("a (b|c (d ...2))", "begins or ends with a gap", id="a way that ends with a gap"),
        pytest.param("(a|b", "'(' too many", id="an open bracket"),
        pytest.param("a)", "')' too many", id="a closing bracket"),
        pytest.param("a|b", "in brackets", id="alternatives without brackets"),
        pytest.param("? a", "follows nothing", id="maybe of nothing"),
        pytest.param("(|) a", "empty brackets", id="empty brackets"),
        pytest.param("{a", "means nothing", id="an open brace"),
    ],
)
def test_a_faulty_phrase_is_refused(phrase: str, why: str) -> None:
    with pytest.raises(RuleError, match=why.replace("(", r"\(").replace(")", r"\)")):
        parse(phrase)


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        pytest.param("treat", "treat treats treated treating", id="regular"),
        pytest.param("cure", "cure cures cured curing", id="ends in e"),
        pytest.param("banish", "banish banishes banished banishing", id="hisses"),
        pytest.param("remedy", "remedy remedies remedied remedying", id="ends in a consonant and y"),
        pytest.param("destroy", "destroy destroys destroyed destroying", id="ends in a vowel and y"),
        pytest.param("stop", "stop stops stopped stopping", id="doubles"),
        pytest.param("lose", "lose loses lost losing", id="irregular"),
    ],
)
def test_forms_of_a_verb(verb: str, forms: str) -> None:
    assert set(verb_forms(verb)) == set(forms.split())


def test_a_verb_with_a_particle_inflects_its_first_word() -> None:
    assert "clears up" in verb_forms("clear up")


@pytest.mark.parametrize(
    ("term", "found"),
    [
        pytest.param(
            "alzheimer's disease",
            {("alzheimer", "s", "disease"), ("alzheimers", "disease")},
            id="with and without apostrophe",
        ),
        pytest.param("migraine+s", {("migraine",), ("migraines",)}, id="singular and plural"),
        pytest.param("get <rid>", {("get", "rid"), ("get", "rids"), ("get", "ridding")}, id="a verb anywhere"),
    ],
)
def test_spellings_of_a_term(term: str, found: set[tuple[str, ...]]) -> None:
    assert set(spellings(term)) == found
