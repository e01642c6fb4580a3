"""Whether what is needed stands where it is needed: before, nearby, in the section, or tied to it by a symbol."""

from __future__ import annotations

from healthlint.checks._match import Match
from healthlint.checks._page import Page
from healthlint.regexes import pattern

WHERE = ("anywhere", "before", "near", "block", "section", "words", "symbol")
_SYMBOL = pattern(r"[*†‡§¶^⁺¹²³]")
_OPENING_STAR = pattern(r"(?:^|[^*])\*(?:\*\*)?$")
"""One star, or one and two: Markdown takes it for emphasis where another stands at the end of the statement."""
_IN_ROWS = frozenset({"list_item", "table_cell"})
_REACH = 5
"""How far from a claim or statement its symbol may stand, in characters: "**\\* " at most."""


def is_there(where: tuple[tuple[str, int], ...], match: Match, place: Match, page: Page) -> bool:
    """Return whether `place` stands where `match` needs it, in one of the ways; the document needs it anywhere."""
    return match.whole or any(_is_there(name, words, match, place, page) for name, words in where)


def _is_there(where: str, words: int, match: Match, place: Match, page: Page) -> bool:
    if where == "anywhere":
        return True
    if where == "before":
        return place.start <= match.start
    if where == "words":
        return _words_between(match, place, page) <= words
    mine, its = page.reading.block_at(match.start), page.reading.block_at(place.start)
    if where == "section":
        first, last = page.section(mine)
        return first <= place.start < last
    if where == "symbol":
        return _is_adjacent(mine, its, page) or _shares_symbol(mine, its, match, place, page)
    return mine == its or (where == "near" and its == mine - 1)


def _words_between(match: Match, place: Match, page: Page) -> int:
    if place.start < match.end and match.start < place.end:
        return 0
    start, end = (match.end, place.start) if match.end <= place.start else (place.end, match.start)
    return len(page.reading.view[start:end].split())


def _is_adjacent(mine: int, its: int, page: Page) -> bool:
    """Return whether nothing but the rest of its list stands between a claim and a statement below it."""
    between = page.document.blocks[mine:its]
    return mine <= its <= mine + 1 or (bool(between) and all(block.kind in _IN_ROWS for block in between))


def _shares_symbol(mine: int, its: int, match: Match, place: Match, page: Page) -> bool:
    """Return whether the same symbol stands behind the claim, in its sentence, and before the statement."""
    prose, source = page.document.prose, page.document.source
    sentence = page.reading.sentence_at(match.start)
    block = page.document.blocks[its]
    end = min(sentence.end + 2, page.document.blocks[mine].end)
    behind = set(_SYMBOL.findall(prose.text, match.end, end))
    if "footnote" in (block.kind, *block.inside):
        written = prose.span(match.start, max(match.end, sentence.end))
        return bool(behind) or "[^" in source.text[written.start : written.end + _REACH]
    before = set(_SYMBOL.findall(prose.text, max(block.start, place.start - _REACH), place.start))
    begin = prose.span(place.start, place.end).start
    if _OPENING_STAR.search(source.text[max(0, begin - _REACH) : begin]):
        before.add("*")
    return not behind.isdisjoint(before)
