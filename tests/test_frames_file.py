"""frames.yaml: what is refused, and the places of cues."""

from __future__ import annotations

import pytest

from healthlint.frames_file import read_frames
from healthlint.marked_yaml import Faults, load


def faults(text: str) -> list[str]:
    told = Faults("frames.yaml")
    marked = load(text, told)
    assert marked is not None
    read_frames(marked, told)
    return told.found


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("hedge: {before: [may]}", "unknown key 'before'; allowed: clause, start, not", id="a place where nobody looks"),
        pytest.param("report: {sentences: [said]}", "unknown key 'sentences'; did you mean 'sentence'?", id="a place that is none"),
        pytest.param("assert: {clause: [is]}", "unknown key 'assert'", id="a frame without cues"),
        pytest.param("hedge: {reach: 8}", "unknown key 'reach'", id="a reach of what has none"),
        pytest.param("negate: {reach: far}", "'reach' is 'far': a number of words is wanted", id="a reach that is no number"),
        pytest.param("negate: {before: ['... not']}", "phrase '... not' begins or ends with a gap", id="a cue that begins in a gap"),
        pytest.param("breaks: {before: [but]}", "unknown key 'before'; allowed: words, after-comma, never", id="another kind of break"),
        pytest.param("breaks: {words: [but], never: [all the same]}", "'all the same' in 'never' holds no word of a break", id="words without a break"),
    ],
)  # fmt: skip
def test_what_does_nothing_is_refused(text: str, fault: str) -> None:
    (told,) = faults(text)
    assert told.startswith(f"frames.yaml:1: {fault}")


def test_every_break_may_be_kept_off() -> None:
    breaks = "{words: [but, even though], after-comma: [which], never: [all but, what even, of which]}"
    assert faults(f"breaks: {breaks}") == []


def test_a_cue_knows_its_place() -> None:
    told = Faults("frames.yaml")
    marked = load("breaks: {words: [but]}\nnegate:\n  reach: 5\n  before:\n    - never\n    - not yet\n", told)
    assert marked is not None
    frames, cues = read_frames(marked, told)
    assert (frames.reach, frames.break_words) == (5, ("but",))
    assert [(cue.frame, cue.where, cue.text, cue.place) for cue in cues] == [
        ("negate", "before", "never", "frames.yaml:5"),
        ("negate", "before", "not yet", "frames.yaml:6"),
    ]
