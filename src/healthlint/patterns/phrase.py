"""The phrase language: a line such as "{cure_verb} ...3 (the|your)? {condition}" to a tree of words, slots and gaps."""

from __future__ import annotations

import re
from functools import cache

from healthlint.errors import RuleError
from healthlint.fold import fold_words
from healthlint.patterns.inflect import verb_forms
from healthlint.patterns.nodes import Node, Sequence, branches, word_set

GAP = 8
"""How many words `...` may pass over."""
QUANTITIES = frozenset({"number", "percent", "weight", "length", "duration", "money", "sizes", "times"})
"""The slots that are numbers with a unit."""
_TOKEN = re.compile(
    r"\s*(?:(?P<gap>\.\.\.(?P<most>\d+)?|…)|(?P<slot>\{[^{}]*\})|(?P<verb><[^<>]*>)|(?P<open>\()|(?P<close>\))"
    r"|(?P<bar>\|)|(?P<maybe>\?)|(?P<word>[^\s(){}<>|?]+))"
)


def parse(phrase: str) -> Sequence:
    """Return the tree of `phrase`.

    Raises:
        RuleError: it is empty, begins or ends with a gap, has a bracket too many or too few, or a sign that means nothing.
    """
    parser = _Parser(phrase)
    sequence = parser.alternatives(depth=0)
    if not any(node.kind != "gap" for node in sequence):
        raise RuleError(f"phrase {phrase!r} holds no word")
    if _is_open(sequence, 1) or _is_open(sequence, -1):
        raise RuleError(f"phrase {phrase!r} begins or ends with a gap, which says nothing")
    return sequence


def _is_open(sequence: Sequence, step: int) -> bool:
    """Return whether a gap may be the first of a phrase, or the last with a `step` of -1: what may be left out is passed by."""
    for kind, value in sequence[::step]:
        if kind == "gap" or any(_is_open(branch, step) for branch in branches(kind, value)):
            return True
        if kind != "maybe":
            return False
    return False


class _Parser:
    """A recursive descent over the tokens of one phrase."""

    def __init__(self, phrase: str) -> None:
        self.phrase = phrase
        self.at = 0

    def alternatives(self, depth: int) -> Sequence:
        done, current = list[Sequence](), list[Node]()
        while (token := self.next()) is not None:
            kind, text = token
            if kind == "bar":
                done.append(tuple(current))
                current = []
            elif kind == "close":
                if not depth:
                    raise RuleError(f"phrase {self.phrase!r} has a ')' too many")
                done.append(tuple(current))
                return _either(done, self.phrase)
            elif kind == "open":
                current.extend(self.alternatives(depth + 1))
            elif kind == "maybe":
                if not current:
                    raise RuleError(f"phrase {self.phrase!r}: '?' follows nothing; write (word)?")
                current.append(Node("maybe", (current.pop(),)))
            else:
                current.extend(self.leaf(kind, text))
            if depth == 0 and kind == "bar":
                raise RuleError(f"phrase {self.phrase!r}: put alternatives in brackets: (a|b)")
        if depth:
            raise RuleError(f"phrase {self.phrase!r} has a '(' too many")
        return tuple(current)

    def next(self) -> tuple[str, str] | None:
        found = _TOKEN.match(self.phrase, self.at)
        if found is None:
            if self.phrase[self.at :].strip():
                raise RuleError(f"phrase {self.phrase!r}: {self.phrase[self.at :].strip()[0]!r} means nothing here")
            return None
        self.at = found.end()
        kind = found.lastgroup or ""
        kind = "gap" if kind == "most" else kind
        return kind, found[kind]

    def leaf(self, kind: str, text: str) -> Sequence:
        if kind == "gap":
            return (Node("gap", int(text[3:]) if len(text) > 3 else GAP),)
        if kind == "slot":
            name = text[1:-1].strip()
            return (Node("quantity" if name in QUANTITIES else "slot", name),)
        if kind == "verb":
            return forms_node(text)
        return word_nodes(text)


def _either(given: list[Sequence], phrase: str) -> Sequence:
    """Join branches; those of single words become one set, an empty branch makes the rest optional."""
    filled = [branch for branch in given if branch]
    if not filled:
        raise RuleError(f"phrase {phrase!r} has empty brackets")
    if all(len(branch) == 1 and branch[0].kind == "words" for branch in filled):
        words: frozenset[str] = frozenset().union(*(word_set(branch[0].value) for branch in filled))
        node: Sequence = (Node("words", words),)
    elif len(filled) == 1:
        node = filled[0] if len(filled[0]) == 1 else (Node("either", (filled[0],)),)
    else:
        node = (Node("either", tuple(filled)),)
    return (Node("maybe", node),) if len(filled) < len(given) else node


@cache
def word_nodes(text: str) -> Sequence:
    """Return the nodes of one written word: "side-effects" is two, "migraine+s" a set of both forms."""
    stem, plus, ending = text.partition("+")
    if plus and ending.isalpha() and stem:
        words = fold_words(stem)
        last = frozenset({words[-1], words[-1] + ending})
        return (*(Node("words", frozenset({word})) for word in words[:-1]), Node("words", last))
    words = fold_words(text)
    return tuple(Node("words", frozenset({word})) for word in words)


def forms_node(text: str) -> Sequence:
    """Return the nodes of `<verb>` or `<verb particle>`: any form of the verb, then the rest."""
    head, *rest = fold_words(text[1:-1])
    return (Node("words", frozenset(verb_forms(head))), *(Node("words", frozenset({word})) for word in rest))


def spellings(term: str) -> tuple[tuple[str, ...], ...]:
    """Return every way a lexicon term is written, as folded words: verb forms, plurals, with and without apostrophe."""
    found: dict[tuple[str, ...], None] = {}
    for form in _joined_forms(term):
        written: list[tuple[str, ...]] = [()]
        for part in re.findall(r"<[^<>]*>|\S+", form):
            nodes = forms_node(part) if part[0] == "<" else word_nodes(part)
            for node in nodes:
                written = [(*before, word) for before in written for word in sorted(word_set(node.value))]
        found.update(dict.fromkeys(written))
    return tuple(found)


def _joined_forms(term: str) -> tuple[str, ...]:
    """Return the term, and where a word ends in 's, also without the apostrophe ("alzheimers")."""
    bare = re.sub(r"[’']s\b", "s", term)
    return (term,) if bare == term else (term, bare)


def slots_of(sequence: Sequence) -> set[str]:
    """Return the names of the slots that a phrase names."""
    names: set[str] = set()
    for kind, value in sequence:
        if kind == "slot":
            names.add(str(value))
        for branch in branches(kind, value):
            names |= slots_of(branch)
    return names
