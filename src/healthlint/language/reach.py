"""How far a cue reaches: where a denial ends, and where a seller begins to speak of what is his own."""

from __future__ import annotations

from healthlint.language.cues import Found
from healthlint.language.reading import Words

_CONTRASTS = frozenset(("of", "than"))
_VERBS_DENIED = frozenset(("t", "not", "never", "cannot"))
"""Last words of "instead of" and "rather than", and of what denies a verb."""
_DENIALS = frozenset(("no", "without", "zero"))
_FINITE = frozenset("is are was were has have had will can could would may might".split())
_SUBJECTS = frozenset("it this these you we they i he she".split())
_OWN = frozenset(("our", "we"))
_BEFORE_OWN = frozenset("but yet and so now how why which because while when if".split())
"""Words of a seller about what is his; words before them with which he begins to speak for himself."""
_FARTHEST = 60
"""How many words before another a seller may have begun: a sentence without end is no reason to look through all of it."""
_CLAUSE_IN_OBJECT = frozenset("that which who whom whose whether if what how".split())


def in_turn(cue: Found, sentence: Words, first: int) -> bool:
    """Return whether words that deny for themselves follow a denial as its next item: "no drowsiness, no hangover"."""
    words = sentence.words
    alike = words[cue.first] in _DENIALS and not _DENIALS.isdisjoint(words[first : first + 2])
    if not alike and words[first] != words[cue.first]:
        return False
    after = max(cue.last, first - 2)
    between = sentence.text[sentence.ends[after - 1] : sentence.starts[first]]
    return "," in between or not {"and", "or", "&"}.isdisjoint(words[after:first])


def left_behind(cue: Found, sentence: Words, first: int) -> bool:
    """Return whether what "without" takes away ends before a word: a verb follows it, or "and" with a subject of its own."""
    words = sentence.words
    between = words[cue.last : first + 1]
    if words[cue.last - 1] != "without" or not _CLAUSE_IN_OBJECT.isdisjoint(between):
        return False
    return not _FINITE.isdisjoint(between) or any(
        word == "and" and after in _SUBJECTS
        for word, after in zip(between, words[cue.last + 1 : first + 2], strict=False)
    )


def begun_anew(cue: Found, sentence: Words, first: int) -> bool:
    """Return whether a new statement begins between a denial and a word.

    "No dream: it works"; "rather than mask it, the gel heals it"; "it does not hurt and can be had at once".
    """
    words, text = sentence.words, sentence.text
    contrasts = words[cue.last - 1] in _CONTRASTS and cue.first == sentence.lead
    for at in range(max(cue.last, sentence.lead + 1), first + 1):
        word, before, sign = words[at], words[at - 1], text[sentence.ends[at - 1] : sentence.starts[at]]
        if ":" in sign and (word in _SUBJECTS or word in _OWN):
            return True
        if "," in sign and (contrasts or word == "we"):
            return True
        if word == "who" and before in ("and", "or"):
            return True
        if before == "and" and word in _FINITE and words[cue.last - 1] in _VERBS_DENIED:
            return _CLAUSE_IN_OBJECT.isdisjoint(words[cue.last : at])
    return False


def own_statement(sentence: Words, clause: Words, first: int) -> int:
    """Return with which word before word `first` a seller begins to speak of what is his own; 0 where he does not.

    Before it he may have told of others: "The FDA warned about pills, but our oil cures gout".
    """
    words, begin = sentence.words, max(clause.first, sentence.lead, first - _FARTHEST, 1)
    for at in range(min(first, len(words) - 1), begin - 1, -1):
        if words[at] in _OWN and (
            at == clause.first
            or words[at - 1] in _BEFORE_OWN
            or any(mark in sentence.text[sentence.ends[at - 1] : sentence.starts[at]] for mark in ",:;")
        ):
            return at
    return 0
