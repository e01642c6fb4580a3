"""Where a clause ends inside a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from healthlint.fold import fold_words
from healthlint.hints import TYPE_CHECKING
from healthlint.regexes import pattern

if TYPE_CHECKING:
    from healthlint.language.reading import Words

_SIGN = pattern(r"[;()\[\]—\n]|\s[–-]\s|–\s")
"""What ends a clause where it stands between two words."""
_PICTURES = "\u2600-\u27bf\u2b50\u2b55\U0001f300-\U0001faff"
_PICTURE = pattern(f"[{_PICTURES}]")
_MAY_BE_SIGN = re.compile(f"[;()\\[\\]—\\n–{_PICTURES}-]")


class Breaks:
    """Where a clause ends inside a sentence: signs, and words that begin another."""

    def __init__(self, words: Iterable[str], after_comma: Iterable[str], never: Iterable[str] = ()) -> None:
        """Break before `words`, and before those `after_comma` where a comma precedes them; inside of `never`, nowhere."""
        self._always = _by_first_word(words)
        self._after_comma = _by_first_word(after_comma)
        self._begin = {*self._always, *self._after_comma}
        self._never: dict[str, list[tuple[int, list[str]]]] = {}
        """A word that may begin a clause, to the words in which it begins none, with its number among them."""
        for kept in map(list, map(fold_words, never)):
            for number, word in enumerate(kept):
                if word in self._begin:
                    self._never.setdefault(word, []).append((number, kept))

    def in_sentence(self, sentence: Words) -> list[int]:
        """Return the numbers of the words that begin another clause, in order; none is the first."""
        words, lead, text = sentence.words, sentence.lead, sentence.text
        signed = _MAY_BE_SIGN.search(text, sentence.start, sentence.end) is not None
        if not signed and self._begin.isdisjoint(words):
            return []
        starts, ends = sentence.starts, sentence.ends
        found = []
        for at in range(max(lead, 1), len(words)):
            between = text[ends[at - 1] : starts[at]] if at != lead else " "
            sign = (
                signed and between != " " and (_SIGN.search(between) is not None or _parts(text, starts, at, between))
            )
            if sign or self._is_broken(words, at, between):
                found.append(at)
        return found

    def _is_broken(self, words: list[str], at: int, between: str) -> bool:
        """Return whether word `at` begins another clause by itself, or after the comma `between` it and the last."""
        word = words[at]
        if word not in self._begin or (word in self._never and _is_among(self._never[word], words, at)):
            return False
        if word in self._always and _begins(self._always[word], words, at):
            return True
        return "," in between and word in self._after_comma and _begins(self._after_comma[word], words, at)


def _parts(text: str, starts: list[int], at: int, between: str) -> bool:
    """Return whether a picture stands where one statement ends and another begins: before a capital, behind none."""
    return text[starts[at]].isupper() and text[starts[at - 1]].islower() and _PICTURE.search(between) is not None


def _by_first_word(phrases: Iterable[str]) -> dict[str, list[list[str]]]:
    by_word: dict[str, list[list[str]]] = {}
    for phrase in phrases:
        words = list(fold_words(phrase))
        by_word.setdefault(words[0], []).append(words)
    return by_word


def _begins(phrases: list[list[str]], words: list[str], at: int) -> bool:
    """Return whether one of the phrases stands at word `at`."""
    return any(len(phrase) == 1 or words[at : at + len(phrase)] == phrase for phrase in phrases)


def _is_among(kept: list[tuple[int, list[str]]], words: list[str], at: int) -> bool:
    """Return whether word `at` stands among some words, as so and so many of them."""
    return any(number <= at and words[at - number : at - number + len(each)] == each for number, each in kept)
