"""Lexicons: how terms are written, and what is refused."""

from __future__ import annotations

import pytest

from healthlint.errors import RuleError
from healthlint.lexicon_file import Lexicon


def lexicon_of(text: str) -> Lexicon:
    lexicon = Lexicon()
    lexicon.add("words.yaml", text)
    return lexicon


def terms_of(text: str, slot: str) -> set[str]:
    terms = lexicon_of(text).slots()[slot].terms
    return {" ".join(words) for entries in terms.values() for words, _ in entries}


@pytest.mark.parametrize(
    ("terms", "found"),
    [
        pytest.param("[gout, back pain]", {"gout", "back pain"}, id="words and phrases"),
        pytest.param("[migraine+s]", {"migraine", "migraines"}, id="singular and plural"),
        pytest.param("[<treat>]", {"treat", "treats", "treated", "treating"}, id="forms of a verb"),
        pytest.param("[[remedy, remedies]]", {"remedy", "remedies"}, id="variants"),
        pytest.param('["Alzheimer\'s"]', {"alzheimer s", "alzheimers"}, id="with and without apostrophe"),
        pytest.param("[self-harm]", {"self harm"}, id="a hyphen is a space"),
    ],
)
def test_terms(terms: str, found: set[str]) -> None:
    assert terms_of(f"slots: {{a: {{about: x, terms: {terms}}}}}", "a") == found


def test_a_slot_includes_others_but_not_what_it_excepts() -> None:
    text = (
        "slots: {a: {about: x, terms: [gout, stress]}, b: {about: y, includes: [a], except: [stress], terms: [acne]}}"
    )
    assert terms_of(text, "b") == {"gout", "acne"}


def test_two_files_add_to_one_slot() -> None:
    lexicon = lexicon_of("slots: {a: {about: x, terms: [gout]}}")
    lexicon.add("more.yaml", "slots: {a: {terms: [acne]}}")
    assert set(lexicon.slots()["a"].terms) == {"gout", "acne"}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("{a: {about: x, terms: []}}", "slot 'a' holds no term", id="an empty slot"),
        pytest.param("{a: {terms: [gout, Gout]}}", "term 'gout' stands twice in this slot", id="a term twice"),
        pytest.param("{a: {includes: [b]}, b: {includes: [a]}}", "include each other in a circle", id="a circle"),
        pytest.param("{a: {includes: [bb], terms: [x1]}, b: {terms: [y1]}}", "unknown slot 'bb'; did you mean 'b'?", id="an unknown include"),
        pytest.param("{a: {terms: [{term: stroke, not: [luck of the draw]}]}}", "holds no form of it", id="a veto that can never apply"),
        pytest.param("{a: {trems: [x1]}}", "unknown key 'trems'; did you mean 'terms'?", id="an unknown key"),
        pytest.param("{a: {terms: ['--']}}", "holds no word", id="a term without a word"),
        pytest.param("{a: {phrases: ['(a|b']}}", "'(' too many", id="a faulty phrase"),
        pytest.param("{a: {phrases: ['{zz} x1']}}", "unknown slot '{zz}'", id="a phrase with an unknown slot"),
        pytest.param("{weight: {terms: [kg1]}}", "a slot cannot be called 'weight'", id="the name of a quantity"),
    ],
)  # fmt: skip
def test_a_faulty_lexicon_is_refused_with_its_place(text: str, fault: str) -> None:
    with pytest.raises(RuleError) as raised:
        lexicon_of(f"slots: {text}").slots()
    assert any(fault in told and told.startswith("words.yaml:") for told in raised.value.faults)
