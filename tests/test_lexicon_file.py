"""Lexicons: how terms are written, and what is refused."""

from __future__ import annotations

import pytest

from healthlint.errors import RuleError
from healthlint.lexicon_check import dead, needless
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


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("extends: {aa: {terms: [gout]}}", "'extends' names no slot: 'aa'; did you mean 'a'?", id="of no slot"),
        pytest.param("extends: {a: {about: x, terms: [gout]}}", "unknown key 'about'", id="with another description"),
        pytest.param("extends: {a: {terms: [b1, b1]}}", "term 'b1' stands twice in this slot; the first is in more.yaml:1", id="a term twice in one file"),
    ],
)  # fmt: skip
def test_a_faulty_extension_is_refused_with_its_place(text: str, fault: str) -> None:
    lexicon = lexicon_of("slots: {a: {terms: [a1]}}")
    lexicon.add("more.yaml", text)
    with pytest.raises(RuleError) as raised:
        lexicon.slots()
    (told,) = raised.value.faults
    assert told.startswith("more.yaml:1: ")
    assert fault in told


def test_a_slot_includes_others_but_not_what_it_excepts() -> None:
    text = (
        "slots: {a: {about: x, terms: [gout, stress]}, b: {about: y, includes: [a], except: [stress], terms: [acne]}}"
    )
    assert terms_of(text, "b") == {"gout", "acne"}


@pytest.mark.parametrize(
    "files", [pytest.param("ab", id="a file before it"), pytest.param("ba", id="a file behind it")]
)
def test_a_file_extends_the_slot_of_another(files: str) -> None:
    lexicon = Lexicon()
    texts = {
        "a": "slots: {a: {about: x, terms: [gout, stress]}, b: {terms: [zorbs]}}",
        "b": "extends: {a: {terms: [acne], includes: [b], except: [zorbs]}}",
    }
    for name in files:
        lexicon.add(f"{name}.yaml", texts[name])
    assert set(lexicon.slots()["a"].terms) == {"gout", "acne", "stress"}


def test_a_slot_is_defined_once() -> None:
    lexicon = lexicon_of("slots:\n  b: {terms: [acne]}\n  a: {terms: [gout]}\n")
    lexicon.add("more.yaml", "slots:\n  a: {about: x, terms: [acne]}\n")
    with pytest.raises(RuleError) as raised:
        lexicon.slots()
    assert raised.value.faults == (
        "more.yaml:2: slot 'a' is defined in words.yaml:3; what adds to it stands under 'extends:'",
    )


def test_what_a_file_brings_that_another_has_is_told_and_no_fault() -> None:
    """A release of the shipped lexicon may bring a word that a folder has had for long."""
    lexicon = lexicon_of("slots: {a: {terms: [gout], phrases: [no gout]}}")
    lexicon.add("more.yaml", "extends: {a: {terms: [Gout], phrases: [no gout]}}")
    slots = lexicon.slots()
    assert [told.partition(";")[0] for told in needless(lexicon, slots)] == [
        "more.yaml:1: term 'gout' stands twice in this slot",
        "more.yaml:1: phrase 'no gout' stands twice in this slot",
    ]


def test_a_word_may_have_several_senses_side_by_side() -> None:
    slots = lexicon_of("slots: {a: {terms: [{term: Ad, case: exact}, {term: AD, case: exact}]}}").slots()
    assert slots["a"].terms == {"ad": ((["ad"], 0), (["ad"], 1))}


@pytest.mark.parametrize(
    ("slots", "told"),
    [
        pytest.param("{a: {terms: [gout]}, b: {includes: [a], terms: [Gout]}}", "term 'Gout' comes with slot 'a', which is included", id="a term"),
        pytest.param("{a: {terms: [gout]}, b: {includes: [a], terms: [gout+s]}}", "", id="a form of a term"),
        pytest.param("{a: {terms: [gout]}, b: {includes: [a], terms: [{term: gout, near: [toe]}]}}", "", id="a term in another sense"),
        pytest.param("{a: {terms: [{term: gout, near: [toe]}]}, b: {includes: [a], terms: [gout]}}", "", id="a term in any sense"),
        pytest.param("{a: {phrases: [no gout]}, b: {includes: [a], phrases: [no Gout]}}", "phrase 'no Gout' comes with slot 'a', which is included", id="a phrase"),
        pytest.param("{a: {terms: [gout]}, c: {includes: [a]}, b: {includes: [a, c]}}", "slot 'a' comes with 'c', which includes it", id="a slot"),
        pytest.param("{a: {terms: [gout]}, b: {includes: [a], except: [acne], terms: [flu]}}", "'acne' is excepted, and no slot that is included has it", id="an exception"),
        pytest.param("{a: {terms: [gout]}, b: {includes: [a], except: [gout+s], terms: [flu]}}", "", id="an exception of one form"),
        pytest.param("{a: {terms: [gout]}, b: {includes: [a], except: [flu], terms: [flu]}}", "'flu' is a term of this slot, and excepted from it", id="an exception of its own"),
    ],
)  # fmt: skip
def test_what_changes_nothing_is_told(slots: str, told: str) -> None:
    lexicon = lexicon_of(f"slots: {slots}")
    assert list(needless(lexicon, lexicon.slots())) == ([f"words.yaml:1: {told}"] if told else [])


@pytest.mark.parametrize(
    ("slots", "told"),
    [
        pytest.param("{a: {terms: [{term: luck, not: [luck]}]}}", "a 'not' of 'luck' stands wherever it does, so it is never found", id="a veto of the term itself"),
        pytest.param("{a: {terms: [{term: good luck, not: ['(bad|good) (old)?']}]}}", "a 'not' of 'good luck' stands wherever", id="a veto of a part"),
        pytest.param("{a: {terms: [{term: luck+s, not: [luck]}]}}", "", id="a veto of one form"),
        pytest.param("{a: {terms: [{term: luck, not: [bad luck]}]}}", "", id="a veto of more"),
        pytest.param("{a: {phrases: ['no {b}']}, b: {phrases: ['all {a}']}}", "slot 'a' stands in its own phrases, in a circle", id="a circle of phrases"),
    ],
)  # fmt: skip
def test_what_can_never_be_found_is_told(slots: str, told: str) -> None:
    lexicon = lexicon_of(f"slots: {slots}")
    found = list(dead(lexicon, lexicon.slots()))
    assert bool(found) is bool(told)
    assert not told or found[0].startswith(f"words.yaml:1: {told}")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("{a: {about: x, terms: []}}", "slot 'a' holds no term", id="an empty slot"),
        pytest.param("{a: {terms: [gout, Gout]}}", "term 'gout' stands twice in this slot; the first is in words.yaml:1", id="a term twice"),
        pytest.param("{a: {terms: [gout, {term: gout, near: [toe]}]}}", "term 'gout' stands twice", id="a term with a sense and without"),
        pytest.param("{a: {terms: [{term: gout, near: [toe]}, gout]}}", "term 'gout' stands twice", id="a term without a sense and with one"),
        pytest.param("{a: {phrases: [no gout, no Gout]}}", "phrase 'no Gout' stands twice in this slot; the first is in words.yaml:1", id="a phrase twice"),
        pytest.param("{a: {terms: [{term: <turn>, then: back on}]}}", "'then' is one word", id="two words that must follow"),
        pytest.param("{a: {terms: [{term: <turn>, within: 3}]}}", "'then' is one word", id="a reach of nothing"),
        pytest.param("{a: {terms: [{term: ED+s, case: exact}]}}", "no text says 'ED+s' to the letter", id="an exact term with a sign"),
        pytest.param("{a: {terms: [{term: ED, near: [man+s]}]}}", "'near' has 'man+s': words alone are wanted", id="a word with a sign"),
        pytest.param("{a: {terms: [{term: ED, not: ['{zz} ED']}]}}", "unknown slot '{zz}'", id="a veto with an unknown slot"),
        pytest.param("{a: {includes: [b]}, b: {includes: [a]}}", "include each other in a circle", id="a circle"),
        pytest.param("{a: {includes: [bb], terms: [x1]}, b: {terms: [y1]}}", "unknown slot 'bb'; did you mean 'b'?", id="an unknown include"),
        pytest.param("{a: {terms: [{term: stroke, not: [luck of the draw]}]}}", "holds no form of it", id="a veto that can never apply"),
        pytest.param("{a: {trems: [x1]}}", "unknown key 'trems'; did you mean 'terms'?", id="an unknown key"),
        pytest.param("{a: {terms: ['--']}}", "holds no word", id="a term without a word"),
        pytest.param("{a: {phrases: ['(a|b']}}", "'(' too many", id="a faulty phrase"),
        pytest.param("{a: {phrases: ['... x1']}}", "1: phrase '... x1' begins or ends with a gap", id="a phrase that begins in a gap"),
        pytest.param("{a: {terms: [{term: x1, not: ['x1 ...']}]}}", "1: phrase 'x1 ...' begins or ends with a gap", id="a veto that ends in a gap"),
        pytest.param("{a: {phrases: ['{zz} x1']}}", "unknown slot '{zz}'", id="a phrase with an unknown slot"),
        pytest.param("{weight: {terms: [kg1]}}", "a slot cannot be called 'weight'", id="the name of a quantity"),
    ],
)  # fmt: skip
def test_a_faulty_lexicon_is_refused_with_its_place(text: str, fault: str) -> None:
    with pytest.raises(RuleError) as raised:
        lexicon_of(f"slots: {text}").slots()
    assert any(fault in told and told.startswith("words.yaml:") for told in raised.value.faults)
