"""Phrases that no clause can hold: refused where they are looked for in clauses, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthlint.book_build import build
from healthlint.errors import RuleError
from healthlint.rulebook import rule_files

from .zorbs import HEAD

EXAMPLES = 'examples: {flag: ["[[a]]"], pass: ["b"]}\n'
FRAMES = """\
breaks: {words: [but, if, even though], after-comma: [which], never: [anything but]}
negate: {before: [never]}
"""
SPEAKER = """\
context: {needed: 3, commercial: [], editorial: [], tones: {needed: 1, margin: 1, commercial: [], editorial: []}}
product: {}
"""
WORDS = "slots: {zorb: {about: zorbs, terms: [zorb+s]}}\n"
BUT = "'but' begins another clause, and one clause must hold all of it"


def faults(folder: Path, find: str, **files: str) -> list[str]:
    """Return what the loader says of a rule that finds so, with these lexicon files, the last folder's name taken off."""
    (folder / "lexicon").mkdir()
    lexicon = {"frames": FRAMES, "speaker": SPEAKER, "words": WORDS, **files}
    for name, text in lexicon.items():
        (folder / "lexicon" / f"{name}.yaml").write_text(text, "utf-8")
    found = "".join(f"  {line}\n" for line in find.split("\n"))
    (folder / "zorb-claim.yaml").write_text(f"{HEAD}{EXAMPLES}find:\n{found}", "utf-8")
    try:
        build(rule_files([str(folder)]), str(folder))
    except RuleError as error:
        return [fault.removeprefix("rules/") for fault in error.faults]
    return []


@pytest.mark.parametrize(
    ("find", "told"),
    [
        pytest.param('phrases: ["zorbs but wet"]', BUT, id="a phrase to find"),
        pytest.param('phrases: ["zorbs even though wet"]', "'even though' begins another clause", id="a break of two words"),
        pytest.param('phrases: ["zorbs (and|but) wet"]', f"'but' in it never stands: {BUT}", id="a way through a phrase"),
        pytest.param('phrases: ["zorbs (but|but not|and) wet"]', f"'but', 'but not' in it never stand: {BUT}", id="two ways"),
        pytest.param('phrases: ["but zorbs (if|and)"]', "'if' in it never stands: 'if' begins", id="by one break of two"),
        pytest.param('phrases: ["zorbs but if wet"]', "'but' and 'if' begin another clause", id="by two breaks"),
        pytest.param('phrases: [{phrase: zorbs, with: {clause: ["wet but dry"]}}]', BUT, id="what must stand in the clause"),
        pytest.param('phrases: [{phrase: zorbs, unless: {section: ["wet but dry"]}}]', BUT, id="what may not in the section"),
        pytest.param('phrases: [{phrase: zorbs, with: {document: ["wet but dry"]}}]', BUT, id="what must in the document"),
        pytest.param('together: [{of: [zorbs, "wet but dry"], in-one: clause}]', BUT, id="together in a clause"),
        pytest.param('require: {when: {phrases: [zorbs]}, need: {phrases: ["wet but dry"]}}', BUT, id="what is required"),
        pytest.param('require: {when: {phrases: ["zorbs but wet"]}, need: {phrases: [dry]}}', BUT, id="what asks for it"),
        pytest.param('require: {when: {phrases: [zorbs]}, need: {phrases: [dry]}, if-page-has: ["{zorb} but wet"]}', BUT, id="what the page must have"),
        pytest.param('contradiction: {statement: ["zorbs but wet"], against: {phrases: [dry]}}', BUT, id="a statement"),
        pytest.param('phrases: ["zorbs; wet"]', "';' is no word and ends a clause", id="a sign"),
        pytest.param('phrases: ["zorbs, which shine"]', "', which' begins another clause", id="a word behind a comma"),
    ],
)  # fmt: skip
def test_what_is_looked_for_in_clauses_is_refused(tmp_path: Path, find: str, told: str) -> None:
    (fault,) = faults(tmp_path, find)
    assert fault.startswith("zorb-claim.yaml:18: phrase ")
    assert told in fault


@pytest.mark.parametrize(
    "find",
    [
        pytest.param('phrases: ["but zorbs"]', id="a break before all words"),
        pytest.param('phrases: ["anything but zorbs"]', id="words inside of which nothing breaks"),
        pytest.param('phrases: ["zorbs which shine"]', id="what breaks behind a comma alone"),
        pytest.param('phrases: [{phrase: zorbs, except: ["zorbs but wet"]}]', id="an exception"),
        pytest.param('phrases: [{phrase: zorbs, with: {sentence: ["wet but dry"]}}]', id="in the sentence"),
        pytest.param('phrases: [{phrase: zorbs, unless: {nearby: ["wet but dry"]}}]', id="nearby"),
        pytest.param('phrases: [{phrase: zorbs, with: {block: ["wet but dry"], heading: ["wet but dry"]}}]', id="in the block and the headings"),
        pytest.param('together: [{of: [zorbs, "wet but dry"]}]', id="together in a sentence"),
        pytest.param('together: [{of: [zorbs, "wet but dry"], in-one: block}]', id="together in a block"),
        pytest.param('links: [{words: ["zorbs but wet"]}]', id="the words of a link"),
        pytest.param('phrases: [{phrase: "re: zorbs.but.wet", requires: ["zorbs but wet"]}]', id="what a pattern requires"),
        pytest.param('require: {when: {phrases: [zorbs]}, need: {phrases: [dry]}, if-page-has: ["zorbs but wet"]}', id="words that are counted in the page"),
    ],
)  # fmt: skip
def test_what_is_looked_for_in_more_is_not(tmp_path: Path, find: str) -> None:
    assert faults(tmp_path, find) == []


SLOT = 'slots: {wet: {about: x, terms: [damp, wet but dry], phrases: ["wet if dry"]}}\n'


@pytest.mark.parametrize(
    ("find", "told"),
    [
        pytest.param('phrases: ["zorbs {wet}"]', ["term 'wet but dry': 'but' begins", "phrase 'wet if dry': 'if' begins"], id="looked for in clauses"),
        pytest.param('phrases: [{phrase: "zorbs {wet}", except: ["{wet}"]}]', [], id="looked for in sentences as well"),
        pytest.param('phrases: [zorbs]', [], id="looked for nowhere, which is another matter"),
    ],
)  # fmt: skip
def test_a_slot_is_looked_for_where_its_phrases_are(tmp_path: Path, find: str, told: list[str]) -> None:
    found = faults(tmp_path, find, wet=SLOT)
    assert len(found) == len(told)
    for fault, wanted in zip(found, told, strict=True):
        assert fault.startswith(f"lexicon/wet.yaml:1: {wanted}")


@pytest.mark.parametrize(
    ("cues", "told"),
    [
        pytest.param('negate: {after: ["is but a myth"]}', ["lexicon/frames.yaml:2: phrase 'is but a myth': 'but' begins another clause"], id="a cue for the words before it"),
        pytest.param('negate: {before: ["never but"]}', [], id="a cue for the words behind it, in the clause that it ends in"),
        pytest.param('report: {sentence: ["he said but"]}', [], id="a cue for its sentence"),
    ],
)  # fmt: skip
def test_a_cue_is_refused_where_it_cannot_count(tmp_path: Path, cues: str, told: list[str]) -> None:
    found = faults(tmp_path, 'phrases: ["zorbs shine"]', frames=FRAMES.partition("\n")[0] + f"\n{cues}\n")
    assert [fault[: len(told[0])] for fault in found] == told if told else found == []


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        pytest.param("zorbs but wet", 0, id="words, which are counted in sentences"),
        pytest.param("{zorb} but wet", 1, id="a phrase that is looked for in clauses"),
    ],
)
def test_a_sign_of_who_speaks_is_refused_where_it_cannot_stand(tmp_path: Path, phrase: str, told: int) -> None:
    sign = f'commercial: [{{name: x, weight: 1, most: 1, phrases: ["{phrase}"]}}], editorial: [], tones'
    speaker = SPEAKER.replace("commercial: [], editorial: [], tones", sign, 1)
    found = faults(tmp_path, 'phrases: ["zorbs shine"]', speaker=speaker)
    assert [fault.partition(": ")[0] for fault in found] == ["lexicon/speaker.yaml:1"] * told
