"""frames.yaml to the cues of the frames, and to what ends a clause."""

from __future__ import annotations

from healthlint.book import Frames
from healthlint.errors import RuleError
from healthlint.fold import fold_words
from healthlint.marked_yaml import Faults, Marked
from healthlint.patterns.nodes import Sequence
from healthlint.patterns.phrase import parse
from healthlint.records import NamedTuple

PLACES = {
    "negate": ("before", "after", "inside", "not"),
    "hedge": ("clause", "start", "not"),
    "question": ("before", "rhetorical", "answers", "not"),
    "report": ("sentence", "heading", "not"),
    "quote": ("sentence", "denied", "not"),
    "testimonial": ("sentence", "heading", "author", "person", "named", "review", "not"),
    "instruct": ("clause", "start", "not"),
    "define": ("clause", "start", "not"),
    "attribute": ("sentence", "not"),
    "regulate": ("sentence", "not"),
    "disclaimer": ("sentence", "not"),
}
"""For each frame that has cues, where they are looked at."""
_BREAKS = ("words", "after-comma", "never")
_REACH = 8


class WrittenCue(NamedTuple):
    """A cue as it is written: its frame, where it counts, its phrase as a tree and as text, and where it stands."""

    frame: str
    where: str
    phrase: Sequence
    text: str
    place: str


def read_frames(marked: Marked, faults: Faults) -> tuple[Frames, list[WrittenCue]]:
    """Return what the file says but for the cues, and the cues; what is wrong with it is added to `faults`."""
    keys = faults.mapping(marked, "frames", ("breaks", *PLACES))
    breaks = faults.mapping(keys["breaks"], "breaks", _BREAKS) if "breaks" in keys else {}
    words, after_comma, never = (faults.texts(breaks[key], key) if key in breaks else () for key in _BREAKS)
    begin = {word for each in (*words, *after_comma) for word in fold_words(each)[:1]}
    for each in never:
        if begin.isdisjoint(fold_words(each)):
            faults.add(breaks["never"].line, f"'{each}' in 'never' holds no word of a break")
    cues: list[WrittenCue] = []
    reach = _REACH
    for frame, places in keys.items():
        if frame not in PLACES:
            continue
        allowed = (*PLACES[frame], "reach") if frame == "negate" else PLACES[frame]
        for place, phrases in faults.mapping(places, frame, allowed).items():
            if place == "reach":
                reach = _number(phrases, faults)
                continue
            for phrase in phrases.items or ():
                text = faults.text(phrase, place)
                try:
                    cues.append(WrittenCue(frame, place, parse(text), text, f"{faults.path}:{phrase.line}"))
                except RuleError as error:
                    faults.add(phrase.line, str(error))
    return Frames((), reach, words, after_comma, never), cues


def _number(marked: Marked, faults: Faults) -> int:
    written = faults.text(marked, "reach")
    if not written.isdigit():
        faults.add(marked.line, f"'reach' is '{written}': a number of words is wanted")
        return _REACH
    return int(written)
