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

_SLOT_KEYS = ("about", "includes", "except", "terms", "phrases")
_TERM_KEYS = ("term", "not", "case", "near", "then", "within")
_WITHIN = 5
_Spelled = dict[tuple[str, ...], int]


@dataclass
class _Draft:
    """A slot while its parts are gathered from files."""

    place: str
    spelled: _Spelled = field(default_factory=dict)
    phrases: list[Sequence] = field(default_factory=list)
    includes: list[tuple[str, str]] = field(default_factory=list)
    excepts: set[tuple[str, ...]] = field(default_factory=set)


class Lexicon:
    """The slots of all lexicon files, gathered, then made whole by `slots`."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._drafts: dict[str, _Draft] = {}
        self.specials: list[Sense] = []
        self.faults: list[str] = []

    def add(self, path: str, text: str) -> None:
        """Add what a lexicon file says: a slot that is there already gets the new terms as well."""
        faults = Faults(path)
        marked = load(text, faults)
        if marked is not None:
            top = faults.mapping(marked, "lexicon", ("slots",))
            for name, slot in faults.mapping(top["slots"], "slots").items() if "slots" in top else ():
                self._add_slot(name, slot, faults)
        self.faults += faults.found

    def _add_slot(self, name: str, marked: Marked, faults: Faults) -> None:
        if not name.replace("_", "").isalnum() or name in QUANTITIES:
            faults.add(marked.line, f"a slot cannot be called '{name}'")
            return
        keys = faults.mapping(marked, name, _SLOT_KEYS)
        draft = self._drafts.setdefault(name, _Draft(f"{faults.path}:{marked.line}"))
        for included in keys["includes"].items or () if "includes" in keys else ():
            draft.includes.append((faults.text(included, "includes"), f"{faults.path}:{included.line}"))
        for term in keys["terms"].items or () if "terms" in keys else ():
            self._add_term(draft, term, faults)
        for phrase in keys["phrases"].items or () if "phrases" in keys else ():
            parsed = _parsed(faults.text(phrase, "phrases"), phrase.line, faults)
            draft.phrases += [parsed] if parsed else []
        for term in keys["except"].items or () if "except" in keys else ():
            draft.excepts.update(spellings(faults.text(term, "except")))

    def _add_term(self, draft: _Draft, marked: Marked, faults: Faults) -> None:
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

    def _spell(self, draft: _Draft, term: str, special: int, line: int, faults: Faults) -> None:
        spelled = spellings(term) if term.strip() else ()
        if term.strip() and not all(spelled):
            faults.add(line, f"term '{term}' holds no word")
            return
        for words in spelled:
            if words in draft.spelled and draft.spelled[words] == special == -1:
                faults.add(line, f"term '{' '.join(words)}' stands twice in this slot")
            draft.spelled[words] = special
        vetoes = self.specials[special].vetoes if special >= 0 else ()
        for veto in vetoes:
            if not any(_may_hold(veto, words) for words in spelled):
                faults.add(line, f"a 'not' of '{term}' holds no form of it and can never apply")

    def _special(self, keys: Mapping[str, Marked], faults: Faults) -> int:
        exact = faults.text(keys["term"], "term") if "case" in keys else ""
        if "case" in keys:
            faults.choice(keys["case"], "case", ("exact",))
        near = faults.texts(keys["near"], "near") if "near" in keys else ()
        vetoes = [
            parsed
            for veto in ((keys["not"].items or (keys["not"],)) if "not" in keys else ())
            if (parsed := _parsed(faults.text(veto, "not"), veto.line, faults))
        ]
        within = faults.text(keys["within"], "within") if "within" in keys else str(_WITHIN)
        if not within.isdigit():
            faults.add(keys["within"].line, f"'within' is '{within}': a number of words is wanted")
            within = "0"
        then = " ".join(fold_words(faults.text(keys["then"], "then"))) if "then" in keys else ""
        found = Sense(
            exact, tuple(" ".join(fold_words(word)) for word in near), tuple(vetoes), then, int(within) if then else 0
        )
        if found == Sense():
            return -1
        self.specials.append(found)
        return len(self.specials) - 1

    def includes(self, name: str) -> tuple[str, ...]:
        """Return the slots that a slot includes by name."""
        return tuple(included for included, _ in self._drafts[name].includes)

    def slots(self) -> dict[str, Slot]:
        """Return every slot whole, its includes in it.

        Raises:
            RuleError: with every fault of every file added.
        """
        made: dict[str, Slot] = {}
        for name, draft in self._drafts.items():
            spelled, phrases = self._gather(name, [])
            if not spelled and not phrases:
                self.faults.append(f"{draft.place}: slot '{name}' holds no term")
            made[name] = make_slot(spelled.items(), phrases)
        self.faults += unknown_slots(
            ((f"{self._drafts[name].place}: slot '{name}'", slot.phrases) for name, slot in made.items()), made
        )
        if self.faults:
            raise RuleError(*self.faults)
        return made

    def _gather(self, name: str, path: list[str]) -> tuple[_Spelled, list[Sequence]]:
        draft = self._drafts[name]
        if name in path:
            self.faults.append(f"{draft.place}: slots include each other in a circle: {' → '.join([*path, name])}")
            return {}, []
        spelled: _Spelled = {}
        phrases: list[Sequence] = []
        for included, place in draft.includes:
            if included not in self._drafts:
                self.faults.append(f"{place}: unknown slot '{included}'{nearest(included, self._drafts)}")
                continue
            terms, more = self._gather(included, [*path, name])
            spelled.update((words, special) for words, special in terms.items() if words not in spelled)
            phrases += [phrase for phrase in more if phrase not in phrases]
        spelled.update(draft.spelled)
        return {words: special for words, special in spelled.items() if words not in draft.excepts}, [
            *phrases,
            *draft.phrases,
        ]


def unknown_slots(named: Iterable[tuple[str, Iterable[Sequence]]], slots: Mapping[str, Slot]) -> list[str]:
    """Return a fault for each slot that the phrases of a place name and that is not there."""
    return [
        f"{place}: unknown slot '{{{slot}}}'{nearest(slot, slots)}"
        for place, phrases in named
        for slot in sorted({slot for phrase in phrases for slot in slots_of(phrase)} - set(slots))
    ]


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
