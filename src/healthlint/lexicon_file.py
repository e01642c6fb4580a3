"""Lexicon files to slots: terms with their spellings, senses and phrases; every fault of every file at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from healthlint.errors import RuleError, nearest
from healthlint.fold import fold_words
from healthlint.marked_yaml import Faults, Marked, load
from healthlint.patterns.nodes import Sequence, branches, word_set
from healthlint.patterns.phrase import QUANTITIES, parse, slots_of, spellings
from healthlint.patterns.slots import Sense, Slot, make_slot
from healthlint.records import NamedTuple

_TOP_KEYS = ("slots", "extends")
_EXTENDING_KEYS = ("includes", "except", "terms", "phrases")
_SLOT_KEYS = ("about", *_EXTENDING_KEYS)
_TERM_KEYS = ("term", "not", "case", "near", "then", "within")
_WITHIN = 5
Words = tuple[str, ...]
"""A term as it is written, in folded words."""


class Place(NamedTuple):
    """Where something is written."""

    path: str
    line: int

    def __str__(self) -> str:
        """Return the place as faults begin with it."""
        return f"{self.path}:{self.line}"


class Term(NamedTuple):
    """A term of a slot as it is written, the forms that it stands for, and the index of its Sense or -1."""

    written: str
    place: Place
    forms: tuple[Words, ...]
    special: int


@dataclass
class Draft:
    """What is a slot's own, gathered from files, each part with its place."""

    place: Place
    terms: list[Term] = field(default_factory=list)
    spelled: dict[Words, list[Term]] = field(default_factory=dict)
    """Every form of its terms, with those it is a form of."""
    phrases: dict[Sequence, tuple[Place, str]] = field(default_factory=dict)
    includes: dict[str, Place] = field(default_factory=dict)
    excepts: dict[str, Place] = field(default_factory=dict)


class Lexicon:
    """The slots of all lexicon files, gathered, then made whole by `slots`."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.drafts: dict[str, Draft] = {}
        self.specials: list[Sense] = []
        self.faults: list[str] = []
        self.repeated: list[str] = []
        """Terms and phrases that are added to a slot of another file which has them."""
        self._extending: list[tuple[str, Marked, Faults]] = []

    def add(self, path: str, text: str) -> None:
        """Add what a lexicon file says: slots of its own, and what is to be added to those of any file."""
        faults = Faults(path)
        marked = load(text, faults)
        if marked is not None:
            top = faults.mapping(marked, "lexicon", _TOP_KEYS)
            for name, slot in faults.mapping(top["slots"], "slots").items() if "slots" in top else ():
                self._add_slot(name, top["slots"].key_lines[name], slot, faults)
            for name, slot in faults.mapping(top["extends"], "extends").items() if "extends" in top else ():
                self._extending.append((name, slot, Faults(path)))
        self.faults += faults.found

    def _add_slot(self, name: str, line: int, marked: Marked, faults: Faults) -> None:
        if not name.replace("_", "").isalnum() or name in QUANTITIES:
            faults.add(line, f"a slot cannot be called '{name}'")
            return
        keys = faults.mapping(marked, name, _SLOT_KEYS)
        if name in self.drafts:
            there = self.drafts[name].place
            faults.add(line, f"slot '{name}' is defined in {there}; what adds to it stands under 'extends:'")
            return
        draft = self.drafts[name] = Draft(Place(faults.path, line))
        self._fill(draft, keys, faults)

    def _extend(self) -> None:
        """Add to slots what files have under `extends`; a slot may be defined behind it."""
        for name, marked, faults in self._extending:
            if name in self.drafts:
                self._fill(self.drafts[name], faults.mapping(marked, name, _EXTENDING_KEYS), faults)
            else:
                faults.add(marked.line, f"'extends' names no slot: '{name}'{nearest(name, self.drafts)}")
            self.faults += faults.found
        self._extending.clear()

    def _fill(self, draft: Draft, keys: Mapping[str, Marked], faults: Faults) -> None:
        for included in keys["includes"].items or () if "includes" in keys else ():
            draft.includes.setdefault(faults.text(included, "includes"), Place(faults.path, included.line))
        for term in keys["terms"].items or () if "terms" in keys else ():
            self._add_term(draft, term, faults)
        for marked in keys["phrases"].items or () if "phrases" in keys else ():
            phrase = faults.text(marked, "phrases")
            parsed = _parsed(phrase, marked.line, faults)
            if parsed in draft.phrases:
                self._repeat(f"phrase {phrase!r}", marked.line, draft.phrases[parsed][0], faults)
            elif parsed:
                draft.phrases[parsed] = Place(faults.path, marked.line), phrase
        for term in keys["except"].items or () if "except" in keys else ():
            draft.excepts.setdefault(faults.text(term, "except"), Place(faults.path, term.line))

    def _add_term(self, draft: Draft, marked: Marked, faults: Faults) -> None:
        variants = marked.items if marked.items is not None else (marked,)
        for variant in variants:
            special = -1
            written = variant
            if variant.keys is not None:
                faults.known(variant, _TERM_KEYS)
                if "term" not in variant.keys:
                    faults.add(variant.line, "a term given as a mapping needs 'term'")
                    continue
                written = variant.keys["term"]
                special = self._special(variant.keys, faults)
            for each in written.items if written.items is not None else (written,):
                self._spell(draft, faults.text(each, "term"), special, each.line, faults)

    def _spell(self, draft: Draft, term: str, special: int, line: int, faults: Faults) -> None:
        spelled = spellings(term) if term.strip() else ()
        if term.strip() and not all(spelled):
            faults.add(line, f"term '{term}' holds no word")
            return
        found = Term(term, Place(faults.path, line), spelled, special)
        draft.terms.append(found)
        for words in spelled:
            same = draft.spelled.setdefault(words, [])
            # Two senses of a word may stand side by side; beside a term that asks for none, another says nothing.
            if same and (special < 0 or same[0].special < 0):
                self._repeat(f"term '{' '.join(words)}'", line, same[0].place, faults)
            same.append(found)
        sense = self.specials[special] if special >= 0 else Sense()
        for veto in sense.vetoes:
            if not any(_may_hold(veto, words) for words in spelled):
                faults.add(line, f"a 'not' of '{term}' holds no form of it and can never apply")
        if sense.exact and fold_words(sense.exact) not in spelled:
            faults.add(line, f"no text says '{term}' to the letter: 'case: exact' is for words as they are written")

    def _repeat(self, what: str, line: int, first: Place, faults: Faults) -> None:
        """Note what stands twice: in one file that is a fault."""
        text = f"{what} stands twice in this slot; the first is in {first}"
        if first.path == faults.path:
            faults.add(line, text)
        else:
            self.repeated.append(f"{faults.path}:{line}: {text}")

    def _special(self, keys: Mapping[str, Marked], faults: Faults) -> int:
        exact = faults.text(keys["term"], "term") if "case" in keys else ""
        if "case" in keys:
            faults.choice(keys["case"], "case", ("exact",))
        near = faults.texts(keys["near"], "near") if "near" in keys else ()
        for word in near:
            if not fold_words(word) or not _SYNTAX.isdisjoint(word):
                faults.add(keys["near"].line, f"'near' has '{word}': words alone are wanted, each form by itself")
        vetoes = [
            parsed
            for veto in ((keys["not"].items or (keys["not"],)) if "not" in keys else ())
            if (parsed := _parsed(faults.text(veto, "not"), veto.line, faults))
        ]
        within = faults.text(keys["within"], "within") if "within" in keys else str(_WITHIN)
        if not within.isdigit():
            faults.add(keys["within"].line, f"'within' is '{within}': a number of words is wanted")
            within = "0"
        then = fold_words(faults.text(keys["then"], "then")) if "then" in keys else ()
        if len(then) > 1 or (not then and "within" in keys):
            faults.add(keys["term"].line, "'then' is one word, and 'within' says how far behind the term it stands")
        near = tuple(" ".join(fold_words(word)) for word in near)
        found = Sense(exact, near, tuple(vetoes), " ".join(then), int(within) if then else 0)
        if found == Sense():
            return -1
        self.specials.append(found)
        return len(self.specials) - 1

    def slots(self) -> dict[str, Slot]:
        """Return every slot whole, its includes in it; to be called once, when all files are added.

        Raises:
            RuleError: with every fault of every file added.
        """
        self._extend()
        made: dict[str, Slot] = {}
        for name, draft in self.drafts.items():
            spelled, phrases = self._gather(name, [])
            if not spelled and not phrases:
                self.faults.append(f"{draft.place}: slot '{name}' holds no term")
            made[name] = make_slot(
                [(words, term.special) for words, terms in spelled.items() for term in terms], phrases
            )
        for name, draft in self.drafts.items():
            for phrase in (*made[name].phrases, *self._vetoes(draft)):
                self.faults += unknown_slots(f"{draft.place}: slot '{name}'", slots_of(phrase), made)
        if self.faults:
            raise RuleError(*self.faults)
        return made

    def _vetoes(self, draft: Draft) -> Iterable[Sequence]:
        return (veto for term in draft.terms if term.special >= 0 for veto in self.specials[term.special].vetoes)

    def _gather(self, name: str, path: list[str]) -> tuple[dict[Words, list[Term]], list[Sequence]]:
        draft = self.drafts[name]
        if name in path:
            self.faults.append(f"{draft.place}: slots include each other in a circle: {' → '.join([*path, name])}")
            return {}, []
        spelled: dict[Words, list[Term]] = {}
        phrases: dict[Sequence, None] = {}
        for included, place in draft.includes.items():
            if included not in self.drafts:
                self.faults.append(f"{place}: unknown slot '{included}'{nearest(included, self.drafts)}")
                continue
            terms, more = self._gather(included, [*path, name])
            spelled = {**terms, **spelled}
            phrases.update(dict.fromkeys(more))
        spelled.update(draft.spelled)
        for term in draft.excepts:
            for words in spellings(term):
                spelled.pop(words, None)
        return spelled, [*dict.fromkeys((*phrases, *draft.phrases))]


def unknown_slots(place: str, names: set[str], slots: Mapping[str, Slot]) -> list[str]:
    """Return a fault for each slot that a phrase names and that is not there."""
    if names <= slots.keys():
        return []
    return [f"{place}: unknown slot '{{{name}}}'{nearest(name, slots)}" for name in sorted(names - slots.keys())]


def _may_hold(veto: Sequence, words: tuple[str, ...]) -> bool:
    """Return whether a veto can stand over a term: it holds the term's words, or a slot or gap that might."""
    held: set[str] = set()
    for kind, value in veto:
        if kind == "words":
            held |= word_set(value)
        elif kind == "slot":
            return True
        for branch in branches(kind, value):
            if _may_hold(branch, words):
                return True
            held |= {word for node in branch if node[0] == "words" for word in word_set(node[1])}
    return not held.isdisjoint(words)


def _parsed(phrase: str, line: int, faults: Faults) -> Sequence | None:
    if not phrase.strip():
        return None
    try:
        return parse(phrase)
    except RuleError as error:
        faults.add(line, str(error))
        return None


_SYNTAX = frozenset("+<>(){}|?")
"""What phrases and terms are written with, and plain words are not."""
