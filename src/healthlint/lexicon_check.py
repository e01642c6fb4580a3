"""What a lexicon says to no effect: what can never be found, and what is there already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Sequence as Listed
from collections.abc import Set as AbstractSet

from healthlint.lexicon_file import Draft, Lexicon, Words
from healthlint.patterns.nodes import Sequence, branches, word_set
from healthlint.patterns.phrase import slots_of, spellings
from healthlint.patterns.slots import Slot


def dead(lexicon: Lexicon, slots: Mapping[str, Slot]) -> Iterator[str]:
    """Yield what no text can ever answer; `slots` are the lexicon's, as a whole."""
    inner = {name: {each for phrase in slot.phrases for each in slots_of(phrase)} for name, slot in slots.items()}
    for name, draft in lexicon.drafts.items():
        if inner[name] and name in _reached(name, inner):
            yield f"{draft.place}: slot '{name}' stands in its own phrases, in a circle"
        yield from _about_senses(draft, lexicon)


def needless(lexicon: Lexicon, slots: Mapping[str, Slot]) -> Iterator[str]:
    """Yield what changes nothing, since it is there already or there is nothing to change; `slots` as for `dead`.

    That is no fault: a release of the shipped lexicon may bring what a folder of one's own has had before.
    """
    yield from lexicon.repeated
    named = {included for draft in lexicon.drafts.values() if draft.excepts for included in draft.includes}
    spelled = {name: _spelled(slots[name]) for name in named}
    for draft in lexicon.drafts.values():
        yield from _about_includes(draft, lexicon, slots)
        yield from _about_excepts(draft, [spelled[included] for included in draft.includes if draft.excepts])


def _reached(name: str, inner: Mapping[str, AbstractSet[str]]) -> set[str]:
    """Return the slots that stand in the phrases of a slot, or in theirs."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        fresh = inner[waiting.pop()] - found
        found |= fresh
        waiting += fresh
    return found


def _about_includes(draft: Draft, lexicon: Lexicon, slots: Mapping[str, Slot]) -> Iterator[str]:
    """Yield terms, phrases and includes that another include brings along."""
    holds = {included: slots[included] for included in draft.includes}
    for included, place in draft.includes.items():
        for other in draft.includes:
            if other != included and included in _included(other, lexicon):
                yield f"{place}: slot '{included}' comes with '{other}', which includes it"
    for term in draft.terms:
        for included, slot in holds.items():
            if term.special < 0 and all(_plainly_holds(slot, words) for words in term.forms):
                yield f"{term.place}: term '{term.written}' comes with slot '{included}', which is included"
                break
    for phrase, (place, text) in draft.phrases.items():
        for included, slot in holds.items():
            if phrase in slot.phrases:
                yield f"{place}: phrase {text!r} comes with slot '{included}', which is included"
                break


def _included(name: str, lexicon: Lexicon) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        inner = lexicon.drafts[waiting.pop()].includes.keys() - found
        found |= inner
        waiting += inner
    return found


def _about_excepts(draft: Draft, included: Listed[AbstractSet[Words]]) -> Iterator[str]:
    """Yield exceptions that take out nothing of what is `included`, or what the slot itself puts in."""
    for term, place in draft.excepts.items():
        forms = spellings(term)
        if not draft.spelled.keys().isdisjoint(forms):
            yield f"{place}: '{term}' is a term of this slot, and excepted from it"
        elif all(spelled.isdisjoint(forms) for spelled in included):
            yield f"{place}: '{term}' is excepted, and no slot that is included has it"


def _plainly_holds(slot: Slot, words: Words) -> bool:
    """Return whether a slot has a term that asks for no more than its words."""
    return (list(words), -1) in slot.terms.get(words[0], ())


def _spelled(slot: Slot) -> set[Words]:
    return {tuple(words) for entries in slot.terms.values() for words, _ in entries}


def _about_senses(draft: Draft, lexicon: Lexicon) -> Iterator[str]:
    """Yield terms of which every form is another sense wherever it stands."""
    for term in draft.terms:
        vetoes = lexicon.specials[term.special].vetoes if term.special >= 0 else ()
        if vetoes and all(any(_stands(veto, words) for veto in vetoes) for words in term.forms):
            yield f"{term.place}: a 'not' of '{term.written}' stands wherever it does, so it is never found"


def _stands(veto: Sequence, words: Words) -> bool:
    """Return whether a phrase stands in a term, whatever stands round the term."""
    return any(_ends(veto, words, first) - {first} for first in range(len(words)))


def _ends(sequence: Sequence, words: Words, first: int) -> set[int]:
    """Return where a phrase that begins at a word may end; slots and quantities are held for what is not there."""
    ends = {first}
    for kind, value in sequence:
        if kind == "words":
            ends = {at + 1 for at in ends if at < len(words) and words[at] in word_set(value)}
        elif kind == "gap":
            ends = {to for at in ends for to in range(at, len(words) + 1) if to - at <= int(str(value))}
        else:
            ways = {end for branch in branches(kind, value) for at in ends for end in _ends(branch, words, at)}
            ends = ends | ways if kind == "maybe" else ways
    return ends
