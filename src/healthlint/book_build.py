"""Rule files, lexicons, frames, speaker and affiliate data to one Book, with every fault of every file."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Mapping

from healthlint.book import Book, Frames, Networks, PhraseCode
from healthlint.checks._builder import Builder
from healthlint.clause_check import ClauseCheck
from healthlint.covered import covered
from healthlint.errors import RuleError, nearest
from healthlint.frames_file import WrittenCue, read_frames
from healthlint.language.cues import Cue
from healthlint.language.speaker import Signs
from healthlint.lexicon_check import dead, needless
from healthlint.lexicon_file import Lexicon, unknown_slots
from healthlint.marked_yaml import Faults, Marked, load
from healthlint.patterns import word_data
from healthlint.patterns.crossing import Crossing
from healthlint.patterns.nodes import Code, Sequence
from healthlint.patterns.phrase import slots_of
from healthlint.patterns.slots import Sense, Slot, Special
from healthlint.rule import Rule
from healthlint.rule_code import Duty, RuleCode
from healthlint.rule_file import read_rule
from healthlint.speaker_file import read_signs

_SPECIAL_FILES = ("frames.yaml", "speaker.yaml", "affiliate.yaml")


class _Draft:
    """A book while it is being put together."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.lexicon = Lexicon()
        self.special: dict[str, str] = {}
        """Which file says what of frames, speakers and networks there is."""
        self.builder = Builder()
        self.frames = Frames((), 8, (), ())
        self.cues: list[WrittenCue] = []
        self.signs = Signs(0, (), (), ())
        self.networks = Networks()
        self.rules: dict[str, tuple[Rule, RuleCode, Duty]] = {}
        self.marked: dict[str, Marked] = {}


def build(files: Iterable[tuple[str, str, os.stat_result]], shipped: str) -> Book:
    """Return the book of `files`: (root, path, stat) each; `shipped` is the root of the shipped rules.

    Raises:
        RuleError: with every fault of every file.
    """
    # What is made is kept to the end: to look through it for garbage, again and again, would take a third of the time.
    collects = gc.isenabled()
    gc.disable()
    try:
        return _build(files, shipped)
    finally:
        if collects:
            gc.enable()


def _build(files: Iterable[tuple[str, str, os.stat_result]], shipped: str) -> Book:
    from hashlib import sha256

    draft, digest, rule_texts = _Draft(), sha256(), []
    for root, path, _ in files:
        shown = _shown(path, root, shipped)
        try:
            with open(path, encoding="utf-8") as opened:
                text = opened.read()
        except (OSError, UnicodeDecodeError) as error:
            draft.faults.append(f"{shown}:1: cannot be read: {error}")
            continue
        # Not as it lies from here: the book is the same whichever folder the command runs in.
        inside = os.path.relpath(path, root).replace(os.sep, "/")
        digest.update(f"{'rules' if root == shipped else 'own'}/{inside}\0{len(text)}\0{text}".encode())
        if os.path.basename(os.path.dirname(path)) == "lexicon":
            _add_lexicon(draft, shown, os.path.basename(path), text)
        else:
            rule_texts.append((shown, text))
    for shown, text in rule_texts:
        _add_rule(draft, shown, text)
    return _finish(draft, f"sha256:{digest.hexdigest()}")


def _shown(path: str, root: str, shipped: str) -> str:
    """Return how a rule file is named: from "rules/" on for a shipped one, else as it lies from here."""
    if root == shipped:
        return "rules/" + os.path.relpath(path, root).replace(os.sep, "/")
    return os.path.relpath(path).replace(os.sep, "/")


def _add_lexicon(draft: _Draft, shown: str, name: str, text: str) -> None:
    if name not in _SPECIAL_FILES:
        draft.lexicon.add(shown, text)
        return
    faults = Faults(shown)
    draft.builder.at(faults)
    first = draft.special.setdefault(name, shown)
    if first != shown:
        draft.faults.append(f"{shown}:1: {name} is given by {first}, which another would replace as a whole")
        return
    marked = load(text, faults)
    if marked is not None and name == "frames.yaml":
        draft.frames, draft.cues = read_frames(marked, faults)
    elif marked is not None and name == "speaker.yaml":
        draft.signs = read_signs(marked, faults, draft.builder)
    elif marked is not None:
        draft.networks = _networks(marked, faults)
    draft.faults += faults.found


def _networks(marked: Marked, faults: Faults) -> Networks:
    keys = faults.mapping(marked, "affiliate", ("networks", "params", "paths", "never", "trusted", "shorteners"))

    def texts(key: str, within: Mapping[str, Marked] = keys) -> tuple[str, ...]:
        return faults.texts(within[key], key) if key in within else ()

    hosts = []
    for name, network in faults.mapping(keys["networks"], "networks").items():
        parts = faults.mapping(network, name, ("hosts", "params", "paths"))
        hosts.append((name, texts("hosts", parts), tuple(param.lower() for param in texts("params", parts))))
    params = frozenset(param.lower() for param in texts("params"))
    return Networks(tuple(hosts), params, texts("paths"), texts("never"), texts("trusted"), texts("shorteners"))


def _add_rule(draft: _Draft, shown: str, text: str) -> None:
    faults = Faults(shown)
    marked = load(text, faults)
    if marked is not None:
        keys = dict(faults.mapping(marked, "rule"))
        if "extends" in keys:
            keys = _extended(draft, keys, faults)
        read = read_rule(keys, marked, faults, draft.builder) if keys else None
        if read is not None:
            rule = read[0]
            if rule.id in draft.rules and "extends" not in (marked.keys or {}):
                faults.add(
                    marked.line,
                    f"id '{rule.id}' is taken by {draft.rules[rule.id][0].path}; to change that rule write 'extends: {rule.id}'",
                )
            draft.rules[rule.id] = read
            draft.marked[rule.id] = Marked(marked.line, keys=keys, key_lines=marked.key_lines)
    draft.faults += faults.found


def _extended(draft: _Draft, keys: dict[str, Marked], faults: Faults) -> dict[str, Marked]:
    """Return the keys of the rule that `extends` names, with those given here instead of them."""
    base = faults.text(keys["extends"], "extends")
    if base not in draft.marked:
        faults.add(
            keys["extends"].line, f"'extends' names no rule loaded before: '{base}'{nearest(base, draft.marked)}"
        )
        return {}
    own = {key: value for key, value in keys.items() if key != "extends"}
    return {**(draft.marked[base].keys or {}), **own}


def _finish(draft: _Draft, digest: str) -> Book:
    slots = _slots(draft)
    builder = draft.builder
    for use in builder.uses:
        draft.faults += unknown_slots(use.place, builder.slots[use.phrase], slots)
    cues = [cue.phrase for cue in draft.cues]
    for cue in draft.cues:
        draft.faults += unknown_slots(f"{cue.place}: phrase {cue.text!r}", slots_of(cue.phrase), slots)
    _check_references(draft)
    if not draft.faults:
        draft.faults += dead(draft.lexicon, slots)
        _, _, words, after_comma, never = draft.frames
        check = ClauseCheck(slots, Crossing(slots, words, never), after_comma)
        draft.faults += check.faults(builder, draft.lexicon, draft.cues)
    if draft.faults:
        raise RuleError(*draft.faults)
    indexed = _indexed(builder, slots, cues)
    code = indexed.coder.code
    rules = dict(sorted(draft.rules.items()))
    return Book(
        digest,
        {rule_id: rule for rule_id, (rule, _, _) in rules.items()},
        {rule_id: duty for rule_id, (_, _, duty) in rules.items()},
        {rule_id: found for rule_id, (_, found, _) in rules.items()},
        tuple(map(PhraseCode, map(code, builder.sequences), indexed.plain)),
        indexed.needs,
        indexed.data,
        tuple(_special(sense, code) for sense in draft.lexicon.specials),
        draft.frames._replace(cues=tuple(Cue(cue.frame, cue.where, code(cue.phrase)) for cue in draft.cues)),
        draft.signs,
        draft.networks,
        (
            *covered(builder, slots, indexed.coder),
            *needless(draft.lexicon, slots),
            *_unused(draft.lexicon, slots, [*builder.slots, *map(slots_of, cues)]),
        ),
    )


def _special(sense: Sense, code: Callable[[Sequence], Code]) -> Special:
    exact, near, vetoes, then, within = sense
    return Special(exact, near, tuple(map(code, vetoes)), then, within)


def _slots(draft: _Draft) -> dict[str, Slot]:
    try:
        return draft.lexicon.slots()
    except RuleError as error:
        draft.faults += error.faults
        raise RuleError(*draft.faults) from None


def _check_references(draft: _Draft) -> None:
    """Note rules that name rules which are not there, and ids of old that are somebody's."""
    called: dict[str, str] = {}
    for rule, _, duty in draft.rules.values():
        for name in rule.formerly:
            owner = name if name in draft.rules else called.setdefault(name, rule.id)
            if owner != rule.id:
                draft.faults.append(
                    f"{rule.path}:{rule.line}: 'formerly' names '{name}', which is '{owner}': ids are used once"
                )
        asked = [name for name in duty.asks if not name.startswith("category:")]
        for key, names in (("folds", rule.folds), ("find", asked)):
            for name in names:
                if name not in draft.rules:
                    draft.faults.append(
                        f"{rule.path}:{rule.line}: '{key}' names no rule: '{name}'{nearest(name, draft.rules)}"
                    )


def _indexed(builder: Builder, slots: Mapping[str, Slot], cues: Iterable[Sequence]) -> word_data.Indexed:
    """Return what the book knows of each word.

    Raises:
        RuleError: a phrase that every page is searched for holds no rare word.
    """
    indexed = word_data.index(builder.sequences, builder.scanned, slots, cues)
    faults = [
        f"{use.place} holds no rare word and would be tried everywhere: give it one, or use a smaller slot"
        for phrase in indexed.common
        for use in [next(use for use in builder.uses if use.phrase == phrase)]
    ]
    if faults:
        raise RuleError(*faults)
    return indexed


def _unused(lexicon: Lexicon, slots: Mapping[str, Slot], named: Iterable[set[str]]) -> Iterable[str]:
    used: set[str] = set()
    waiting = [name for names in named for name in names]
    while waiting:
        name = waiting.pop()
        if name not in used:
            used.add(name)
            waiting += [inner for phrase in slots[name].phrases for inner in slots_of(phrase)]
            waiting += lexicon.drafts[name].includes
    return [f"slot '{name}' is used by no rule" for name in sorted(set(slots) - used)]
