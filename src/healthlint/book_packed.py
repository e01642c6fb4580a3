"""A book as bytes: what every page needs in front, everything else behind it, to be unpacked when it is asked for."""

from __future__ import annotations

from healthlint.book import Book, Frames, Networks, PhraseCode
from healthlint.hints import Any
from healthlint.language.cues import Cue
from healthlint.language.speaker import ClassSign, Sign, Signs, Tones
from healthlint.packed import PackedList, PackedMap, PackedTuple, Packer, pack, places, unpack
from healthlint.patterns.nodes import as_code
from healthlint.patterns.slots import Special
from healthlint.patterns.vocabulary import WordData, WordFacts
from healthlint.rule import Citation, Example, Rule
from healthlint.rule_code import Duty, as_rule_code

_LAW, _EXAMPLES = Rule._fields.index("law"), Rule._fields.index("examples")
_SIZE = 8
"""Bytes of the size of the front part."""


def packed(book: Book) -> bytes:
    """Return a book as bytes."""
    packer, words = Packer(), book.words
    front = pack((
        book.digest,
        [_with(rule, packer.add(tuple(rule.law)), packer.add(tuple(rule.examples))) for rule in book.rules],
        dict(book.duties),
        packer.add_each(book.code),
        packer.add_all(book.phrases),
        packer.add_all(book.needs),
        packer.add_each({word: _within(facts) for word, facts in words.words.items()}),
        packer.add_all(words.kinds),
        (words.groups, words.slots, packer.add_all(words.inner), words.anywhere),
        packer.add_all(book.specials),
        (packer.add_all(book.frames.cues), *book.frames[1:]),
        book.signs,
        book.networks,
        packer.add(book.warnings),
    ))  # fmt: skip
    return len(front).to_bytes(_SIZE, "little") + front + packer.data


def unpacked(data: memoryview) -> Book:
    """Return the book that `data` holds.

    Raises:
        ValueError, TypeError, EOFError, KeyError, IndexError: it holds none.
    """
    size = _SIZE + int.from_bytes(data[:_SIZE], "little")
    back = data[size:]
    digest, rules, duties, code, phrases, needs, words, kinds, slots, specials, frames, signs, networks, warnings = (
        unpack(data[_SIZE:size])
    )
    groups, names, inner, anywhere = slots
    cues, *breaks = frames
    return Book(
        digest,
        {rule.id: rule for fields in rules for rule in (_rule(fields, back),)},
        {rule_id: Duty._make(duty) for rule_id, duty in duties.items()},
        PackedMap(back, code, as_rule_code),
        PackedList(back, places(back, *phrases), _phrase),
        PackedList(back, places(back, *needs), tuple),
        WordData(
            PackedMap(back, words, _facts),
            PackedList(back, places(back, *kinds), tuple),
            groups,
            names,
            PackedList(back, places(back, *inner), as_code),
            anywhere,
        ),
        PackedList(back, places(back, *specials), _special),
        Frames(PackedList(back, places(back, *cues), _cue), *breaks),
        _signs(*signs),
        Networks(*networks),
        PackedTuple(back, warnings, str),
    )


def _with(rule: Rule, law: object, examples: object) -> tuple[object, ...]:
    """Return the fields of a rule with others for its law and examples."""
    fields: list[object] = list(rule)
    fields[_LAW], fields[_EXAMPLES] = law, examples
    return tuple(fields)


def _rule(fields: Any, data: memoryview) -> Rule:
    law = PackedTuple(data, fields[_LAW], Citation._make)
    return Rule._make(_with(fields, law, PackedTuple(data, fields[_EXAMPLES], Example._make)))


def _phrase(fields: Any) -> PhraseCode:
    code, plain = fields
    return PhraseCode(as_code(code), plain)


def _within(facts: WordFacts) -> tuple[object, ...]:
    """Return what is known of a word with its terms as bytes within: few of them are asked for."""
    kind, longer, terms, *others = facts
    return kind, longer, pack(terms), *others


def _facts(fields: Any) -> WordFacts:
    kind, longer, terms, starts, begun, cues = fields
    return WordFacts(kind, longer, PackedTuple(terms, 0, tuple) if starts >= 0 else (), starts, begun, cues)


def _special(fields: Any) -> Special:
    exact, near, vetoes, then, within = fields
    return Special(exact, near, tuple(map(as_code, vetoes)), then, within)


def _cue(fields: Any) -> Cue:
    frame, where, phrase = fields
    return Cue(frame, where, as_code(phrase))


def _signs(needed: int, commercial: Any, editorial: Any, products: Any, tones: Any) -> Signs:
    least, margin, *either = tones
    return Signs(
        needed,
        tuple(map(Sign._make, commercial)),
        tuple(map(Sign._make, editorial)),
        tuple((name, tuple(map(ClassSign._make, signs))) for name, signs in products),
        Tones(least, margin, *(tuple(map(Sign._make, tone)) for tone in either)),
    )
