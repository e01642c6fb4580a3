"""The words of an approved wording: alike whatever their case, quotes, markup and line breaks, and not otherwise.

The fold of rules is too coarse for it: there "≥ 50 mg" and "< 50 mg" are the same words, and so are "£5" and "€5".
"""

from __future__ import annotations

import re

from healthlint.fold import fold
from healthlint.records import NamedTuple

_SIGNS = {sign: sign for sign in "%‰<>≤≥=≠±+×÷~≈/°&$€£¥₤¼½¾⅓⅔⅛⅜⅝⅞₀₁₂₃₄₅₆₇₈₉"} | {"µ": "µ", "μ": "µ"}
"""What changes the meaning of a wording and is lost when it is folded, and how it is kept."""
_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
"""After a digit a power, elsewhere the mark of a footnote, which is no part of the wording."""
_MINUS = frozenset("-−–")
_LOST = "\x7f"
"""What a letter is folded to that is not of the alphabet: "α" and "β" alike."""
_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|[a-z0-9#\x7f]+|[^\sa-z0-9#\x7f]")


class Placed(NamedTuple):
    """Words, and where each starts and ends in the text they were taken from."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def exact_words(text: str) -> tuple[str, ...]:
    """Return the words and meaningful signs of `text`, in order."""
    return placed_words(text, 0, len(text)).words


def placed_words(text: str, start: int, end: int) -> Placed:
    """Return the words and meaningful signs of characters `start` to `end` of `text`; places count from its start."""
    found = list(_TOKEN.finditer(_kept(text[start:end])))
    return Placed(
        tuple(match[0] for match in found),
        tuple(start + match.start() for match in found),
        tuple(start + match.end() for match in found),
    )


def places_of(wording: tuple[str, ...], among: Placed) -> list[tuple[int, int]]:
    """Return where `wording`, which is not empty, stands among other words: start and end in their text, in order."""
    words, size = among.words, len(wording)
    return [
        (among.starts[at], among.ends[at + size - 1])
        for at, word in enumerate(words)
        if word == wording[0] and words[at : at + size] == wording
    ]


def _kept(text: str) -> str:
    """Return `text` folded, character for character, with the signs that count kept as they are."""
    view = fold(text).decode("ascii")
    shown = list(view)
    for at, sign in enumerate(text):
        if sign in _SIGNS:
            shown[at] = _SIGNS[sign]
        elif sign in _RAISED:
            shown[at] = sign if at and (text[at - 1].isdecimal() or shown[at - 1] in _RAISED) else " "
        elif (sign in ".," and _is_within_number(text, at)) or (sign in _MINUS and _is_minus(text, at)):
            shown[at] = "−" if sign in _MINUS else sign
        elif shown[at] == _LOST and sign.isalpha():
            shown[at] = sign.lower()[0]
    return "".join(shown)


def _is_minus(text: str, at: int) -> bool:
    """Return whether a dash stands before a number, and not between two."""
    return text[at + 1 : at + 2].isdecimal() and not text[max(at - 1, 0) : at].isalnum()


def _is_within_number(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isdecimal() and text[at + 1].isdecimal()
