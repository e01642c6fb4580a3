"""Words spelled to evade review ("c u r e", "cur3s", a Cyrillic "с"), read as meant, and where they stand.

What a quotation changed or left out, "[r]elieves", "help [with] colds", "treats . . . colds", is read as meant too; that is
no evasion.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container

from healthlint.document import Document
from healthlint.fold import fold, fold_character
from healthlint.records import NamedTuple
from healthlint.regexes import pattern
from healthlint.text import Piece, Prose

_SPACED = pattern(r"(?<![\w@$])(?:[A-Za-z](?:[ .·*_-][A-Za-z]){3,})(?!\w)")
"""c u r e, c.u.r.e"""
_SWAPPED = pattern(r"(?<![\w@$#&/.])(?=[\w@$!|]*[A-Za-z])(?=[\w@$!|]*[0-9@$!|])[A-Za-z0-9@$!|]{4,}(?<!!)(?![\w@/.]\w)")
"""cur3s, h3al"""
_QUOTED = pattern(
    r"(?<![\w\[\]!])\[(?P<letter>[A-Za-z])\](?P<rest>[a-z]+)(?![\w\[(])"
    r"|(?<=\s)\[(?:sic|…|(?:\.\s?){3}|(?P<words>[a-z]{2,}(?: [a-z]+){0,3}))\](?=[\s.,;!?”\"])"
    r"|(?<=\w )\. \. \.(?= [a-z])"
)
"""[r]elieves; [sic], […], [with]; . . . before what goes on"""
_MIXED = pattern(r"[A-Za-z]+[^\x00-\x7f][A-Za-z]*|[^\x00-\x7f][A-Za-z]+")
_MAY_BE_SPACED = pattern(r"(?:[ .·*_-][A-Za-z]){3}[^A-Za-z]")
_MAY_BE_SWAPPED = pattern(r"[0-9@$!|][A-Za-z]")
_LETTER_FOR = str.maketrans("013457@$!|", "oieastasil")
_SECOND_LETTER_FOR = str.maketrans("013457@$!|", "oleastasll")


class Evasions(NamedTuple):
    """A document with evasive spellings read as meant, and where they stand in its prose."""

    document: Document
    places: tuple[tuple[int, int], ...]


def read_as_meant(document: Document, vocabulary: Container[str]) -> Evasions:
    """Return `document` with each evasive spelling of a word of `vocabulary` shown as that word.

    Every place keeps its source: the replaced stretch is one piece of the prose. Look-alike letters are folded anyway
    (`fold`), so their words stay as they are and are only reported.
    """
    text = document.prose.text
    replaced: list[tuple[int, int, str]] = []
    alike: list[tuple[int, int]] = []
    for spelling, may_be in ((_SPACED, _MAY_BE_SPACED), (_SWAPPED, _MAY_BE_SWAPPED)):
        for found in spelling.finditer(text) if may_be.search(text) else ():
            meant = _meant(found[0], vocabulary)
            if meant and not any(start < found.end() and found.start() < end for start, end, _ in replaced):
                replaced.append((found.start(), found.end(), meant))
    evasive = [(start, end) for start, end, _ in sorted(replaced)]
    if "]" in text or ". . ." in text:
        replaced += ((found.start(), found.end(), _quoted(found)) for found in _QUOTED.finditer(text))
    replaced.sort()
    if not text.isascii() and any(map(_is_foreign, set(text))):
        alike = [
            _word_round(text, found.start(), found.end())
            for found in _MIXED.finditer(text)
            if _is_lookalike(text, found.start(), found.end(), vocabulary)
        ]
    if not replaced:
        return Evasions(document, tuple(dict.fromkeys(alike)))
    moved = _Moved(replaced)
    places = [(moved.offset(start), moved.offset(end)) for start, end in evasive]
    places += [(moved.offset(start), moved.offset(end)) for start, end in alike]
    return Evasions(_rebuilt(document, replaced, moved), tuple(sorted(set(places))))


def _quoted(found: re.Match[str]) -> str:
    """Return what stood there before somebody quoted it, as far as that is told; a space where it is not."""
    if found["letter"]:
        return found["letter"] + found["rest"]
    return found["words"] or " "


def _meant(written: str, vocabulary: Container[str]) -> str:
    """Return the word of `vocabulary` that an evasive spelling stands for, or ""."""
    if written.isalpha():
        return ""
    if not any(character.isdigit() or character in "@$!|" for character in written):
        letters = re.sub(r"[^A-Za-z]", "", written).lower()
        return letters if letters in vocabulary else ""
    lower = written.lower()
    # "@everyone" is who is addressed; "@nxiety" is none.
    if lower.removeprefix("@") in vocabulary:
        return ""
    for meant in (lower.translate(_LETTER_FOR), lower.translate(_SECOND_LETTER_FOR), re.sub(r"[^a-z]", "", lower)):
        if meant.isalpha() and len(meant) >= 4 and meant in vocabulary:
            return meant
    return ""


def _word_round(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    return start, end


def _is_lookalike(text: str, start: int, end: int, vocabulary: Container[str]) -> bool:
    """Return whether a word mixes Latin letters with ones of another script that look like them."""
    start, end = _word_round(text, start, end)
    word = text[start:end]
    foreign = [c for c in word if _is_foreign(c)]
    if not foreign or not any(c.isascii() for c in word):
        return False
    return all(fold_character(c).isascii() and fold_character(c).isalpha() for c in foreign) and (
        fold(word).decode("ascii") in vocabulary
    )


def _is_foreign(character: str) -> bool:
    """Return whether a character is a letter of another script."""
    return not character.isascii() and character.isalpha() and not _is_latin(character)


def _is_latin(character: str) -> bool:
    import unicodedata

    return "LATIN" in unicodedata.name(character, "") or unicodedata.normalize("NFKD", character)[0].isascii()


class _Moved:
    """Leads offsets of the old prose to the new one."""

    def __init__(self, replaced: list[tuple[int, int, str]]) -> None:
        self._starts = [start for start, _, _ in replaced]
        self._replaced = replaced
        self._shift = [0]
        for start, end, meant in replaced:
            self._shift.append(self._shift[-1] + len(meant) - (end - start))

    def offset(self, old: int) -> int:
        """Return where offset `old` is now; inside a replaced stretch, its start."""
        number = bisect_right(self._starts, old)
        if number and old < self._replaced[number - 1][1]:
            return self._replaced[number - 1][0] + self._shift[number - 1]
        return old + self._shift[number]


def _rebuilt(document: Document, replaced: list[tuple[int, int, str]], moved: _Moved) -> Document:
    pieces: list[Piece] = []
    at = 0
    waiting = list(replaced)
    for piece in document.prose.pieces:
        size = piece.end - piece.start if piece.shown is None else len(piece.shown)
        pieces += _cut(piece, at, size, waiting, document.prose)
        at += size
    prose = Prose(document.source, pieces)
    return document._replace(
        prose=prose,
        blocks=tuple(b._replace(start=moved.offset(b.start), end=moved.offset(b.end)) for b in document.blocks),
        links=tuple(k._replace(start=moved.offset(k.start), end=moved.offset(k.end)) for k in document.links),
        strong=tuple((moved.offset(start), moved.offset(end)) for start, end in document.strong),
        struck=tuple((moved.offset(start), moved.offset(end)) for start, end in document.struck),
    )


def _cut(piece: Piece, at: int, size: int, waiting: list[tuple[int, int, str]], prose: Prose) -> list[Piece]:
    """Return what is left of a piece at offset `at`, with the replacements that begin in it; done ones leave `waiting`."""
    parts: list[Piece] = []
    begin, end = at, at + size
    for start, stop, meant in list(waiting):
        if start >= end:
            break
        if start >= at:
            parts += _part(piece, at, begin, start)
            source = prose.span(start, stop)
            parts.append(Piece(source.start, source.end, meant))
        begin = max(begin, min(stop, end))
        if stop <= end:
            waiting.remove((start, stop, meant))
    return parts + _part(piece, at, begin, end)


def _part(piece: Piece, at: int, begin: int, end: int) -> list[Piece]:
    if begin >= end and not (piece.shown is not None and not piece.shown):
        return []
    if piece.shown is None:
        return [Piece(piece.start + begin - at, piece.start + end - at)]
    return [Piece(piece.start, piece.end, piece.shown[begin - at : end - at])]
