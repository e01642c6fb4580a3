"""What stands wherever a raw pattern matches, words, capitals and signs, so that it is tried on few sentences.

Python's own parser of regular expressions reads the pattern; where it does not know what `regex` does, or what it tells is
not understood here, nothing is known of the pattern, and that is never wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import import_module

from healthlint.hints import Any
from healthlint.records import NamedTuple

_MOST = 64
"""Of how many words one set may be."""
BEHIND = 4
"""How far before what a pattern matches a sign may stand that must be there."""
LONGEST_PLAIN = 250
"""Characters of a text that may be left to `re`, which knows no time limit."""
_LONGEST_SHAPE = 3
"""How many repetitions of a sign are asked for."""
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_SIGNS = str.maketrans("%$#&\x7f", "     ")
"""Signs that are part of folded words, and no part of words for a pattern."""


class Needed(NamedTuple):
    """What stands wherever a raw pattern matches."""

    words: tuple[frozenset[str], ...]
    """Sets of texts as `spaced` has them, of each of which one does."""
    shapes: tuple[str, ...]
    """Patterns of fixed length, for `re`, that match there or just before it: for what must be in capitals, and for signs."""
    longest: int = 0
    """How many characters a sentence has at most, as `spaced` has it, if the pattern is for whole sentences; else 0."""


def is_plain_text(text: str) -> bool:
    """Return whether `re` finds in a text what `regex` does: all of it printable ASCII; and whether it is short."""
    # Beyond ASCII they differ in what is a word, and of the signs that control a printer in what is white space.
    return len(text) <= LONGEST_PLAIN and text.isascii() and text.isprintable()


def spaced(folded: str) -> str:
    """Return the letters and digits of a folded text, single spaces between and around."""
    return f" {' '.join(folded.translate(_SIGNS).split())} "


def needed(source: str) -> Needed:
    """Return what stands wherever a pattern matches."""
    try:
        tree = import_module("re._parser").parse(_anchored(source), re.IGNORECASE)
    except (ImportError, AttributeError, re.error, RecursionError, OverflowError):
        return Needed((), ())
    reader = _Reader()
    reader.read(tree)
    return Needed(tuple(reader.found), tuple(_shapes(tree)), _longest(list(tree)))


def _anchored(source: str) -> str:
    """Return a pattern with the sign for where it is tried from, at its beginning, as `re` has it."""
    return rf"\A{source[2:]}" if source.startswith(r"\G") else source


def _longest(tree: list[tuple[Any, Any]]) -> int:
    """Return how long a sentence may be, as `spaced` has it, if a pattern is for a whole one; 0 where it may be any."""
    names = [(str(kind), str(value)) for kind, value in tree]
    if not names or names[0] != ("AT", "AT_BEGINNING_STRING"):
        return 0
    longest = 2
    for at, (kind, value) in enumerate(tree):
        if names[at] == ("AT", "AT_END"):
            return longest
        if names[at][0] == "ASSERT" and value[0] > 0 and [str(each[1]) for each in value[1][-1:]] == ["AT_END"]:
            return longest if all(_may_part_words(str(name), each) for name, each in value[1][:-1]) else 0
        if _parts_words(kind, value) or _may_part_words(names[at][0], value):
            longest += 1
        elif names[at][0] != "AT":
            texts = _spellings([(kind, value)])
            if texts is None:
                return 0
            longest += max(len(text) for text in texts)
    return 0


class _Reader:
    """Goes through the parts of a pattern that are always there, and gathers whole words."""

    def __init__(self) -> None:
        self.found: list[frozenset[str]] = []
        self._run: frozenset[str] | None = None
        """What the word that is being read may be so far; None while its beginning is not known."""

    def read(self, tree: Iterable[tuple[Any, Any]]) -> None:
        parts = list(tree)
        for (kind, value), after in zip(parts, [*parts[1:], ("", "")], strict=True):
            name = str(kind)
            if name == "AT" and str(value) in ("AT_BOUNDARY", "AT_BEGINNING_STRING"):
                self.end(at_edge=True)
            elif name == "SUBPATTERN" and self._is_one(value[3]):
                self.read(value[3])
            elif name == "ASSERT" and value[0] > 0:
                ahead = _Reader()
                ahead.read(value[1])
                self.found += ahead.found
            elif name in ("ASSERT", "ASSERT_NOT", "AT"):
                # What is looked at but not passed says nothing of where a word begins or ends.
                continue
            elif _parts_words(kind, value) or (
                _may_part_words(name, value) and (self._run == frozenset({""}) or str(after[1]) == "AT_END")
            ):
                self.end(at_edge=True)
            else:
                self._spell(_spellings([(kind, value)]))

    def _is_one(self, tree: Any) -> bool:
        """Return whether a group can be read as if its brackets were not there."""
        return _spellings(tree) is None and all(str(kind) != "BRANCH" for kind, _ in tree)

    def _spell(self, written: frozenset[str] | None) -> None:
        """Go on with what is `written`, one of some texts; None where that is not known."""
        if written is None:
            self._run = None
            return
        texts = written
        if all(text and text[0] not in _LETTERS for text in texts):
            self.end(at_edge=True)
        run = {before + text for before in self._run for text in texts} if self._run is not None else None
        if run is None or len(run) > _MOST:
            self._run = None
            if all(text and text[-1] not in _LETTERS for text in texts):
                self._run = frozenset({""})
            return
        self._run = frozenset(run)
        if all(text and text[-1] not in _LETTERS for text in run):
            self.end(at_edge=True)

    def end(self, *, at_edge: bool) -> None:
        """End the word that is being read; at the edge of a word it counts, and another may begin."""
        run = self._run
        if run is not None and at_edge:
            words = frozenset(map(_spaced, run))
            if "  " not in words:
                self.found.append(words)
        self._run = frozenset({""}) if at_edge else None


def _parts_words(kind: Any, value: Any) -> bool:
    """Return whether a part is one or more signs that no word holds: white space, or anything that is no word."""
    name = str(kind)
    if name in ("MAX_REPEAT", "MIN_REPEAT"):
        return value[0] > 0 and len(value[2]) == 1 and _parts_words(*value[2][0])
    if name == "IN":
        return all(_parts_words(*each) for each in value)
    return name == "CATEGORY" and str(value) in ("CATEGORY_SPACE", "CATEGORY_NOT_WORD")


def _may_part_words(name: str, value: Any) -> bool:
    """Return whether a part is any number of such signs, or none."""
    return name in ("MAX_REPEAT", "MIN_REPEAT") and len(value[2]) == 1 and _parts_words(*value[2][0])


def _spaced(text: str) -> str:
    return spaced("".join(sign if sign in _LETTERS else " " for sign in text))


def _spellings(tree: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """Return every text that a part may match, lower case, or None where that is not known."""
    texts = frozenset({""})
    for kind, value in tree:
        more = _of_part(str(kind), value)
        if more is None or len(texts) * len(more) > _MOST:
            return None
        texts = frozenset(before + after for before in texts for after in more)
    return texts


def _of_part(name: str, value: Any) -> frozenset[str] | None:
    if name == "LITERAL":
        return frozenset({chr(value).lower()}) if value < 128 else None
    if name == "BRANCH":
        return _union(_spellings(branch) for branch in value[1])
    if name == "SUBPATTERN":
        return _spellings(value[3])
    if name == "MAX_REPEAT" and tuple(value[:2]) == (0, 1):
        once = _spellings(value[2])
        return once | {""} if once is not None else None
    if name == "IN" and all(str(kind) == "LITERAL" for kind, _ in value):
        return _union(_of_part("LITERAL", code) for _, code in value)
    return None


def _union(parts: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    found: set[str] = set()
    for part in parts:
        if part is None:
            return None
        found |= part
    return frozenset(found)


def _shapes(tree: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    """Yield a pattern for each group that minds capitals, and for each sign."""
    for kind, value in tree:
        if str(kind) == "SUBPATTERN":
            begun = _begun(value[3]) if value[2] & re.IGNORECASE else ""
            if begun:
                yield begun
            else:
                yield from _shapes(value[3])
        elif str(kind) == "ASSERT" and value[0] < 0 and len(value[1]) <= BEHIND:
            yield from filter(None, (_signs(str(kind), each) for kind, each in value[1]))
        elif signs := _signs(str(kind), value):
            yield signs


def _signs(name: str, value: Any) -> str:
    """Return a pattern for one of some signs that are no letters, digits or white space, or "" for anything else."""
    signs = [(name, value)] if name == "LITERAL" else value if name == "IN" else []
    if not signs or not all(str(kind) == "LITERAL" and _is_sign(chr(code)) for kind, code in signs):
        return ""
    return f"[{''.join(re.escape(chr(code)) for _, code in signs)}]"


def _is_sign(character: str) -> bool:
    return not (character.isalnum() or character.isspace() or character == "_")


def _begun(tree: Iterable[tuple[Any, Any]]) -> str:
    """Return a pattern of fixed length for the beginning of what a group matches; "" where it cannot be said."""
    signs = ""
    for kind, value in tree:
        name, times, ends = str(kind), 1, False
        if name == "AT":
            continue
        if name == "BRANCH" and not signs:
            ways = [_begun(branch) for branch in value[1]]
            return f"(?:{'|'.join(ways)})" if all(ways) else ""
        if name in ("MAX_REPEAT", "MIN_REPEAT") and len(value[2]) == 1:
            ends = bool(signs) and (value[0] != value[1] or value[0] > _LONGEST_SHAPE)
            times, (kind, value) = value[0], value[2][0]
        sign = _sign(str(kind), value)
        if not sign or not times:
            break
        signs += sign * min(times, _LONGEST_SHAPE)
        if ends:
            # What was before stands no longer side by side with what comes next.
            break
    return signs


def _sign(name: str, value: Any) -> str:
    """Return a pattern for one ASCII sign, or "" where more may match."""
    if name == "LITERAL" and 32 < value < 127:
        return re.escape(chr(value))
    if name == "CATEGORY" and str(value) == "CATEGORY_DIGIT":
        return r"\d"
    if name != "IN":
        return ""
    parts = []
    for kind, each in value:
        if str(kind) == "RANGE" and each[1] < 127:
            parts.append(f"{re.escape(chr(each[0]))}-{re.escape(chr(each[1]))}")
        elif part := _sign(str(kind), each):
            parts.append(part)
        else:
            return ""
    return f"[{''.join(parts)}]"
