"""What turns the phrases and conditions of a rule file into plain data that can be kept and loaded again."""

from __future__ import annotations

from healthlint.checks._conditions import CLAUSE, WIDER, Conditions
from healthlint.document import BLOCK_KINDS, INLINE_KINDS
from healthlint.errors import RuleError
from healthlint.marked_yaml import Faults, Marked
from healthlint.patterns.nodes import Sequence
from healthlint.patterns.phrase import parse, slots_of
from healthlint.records import NamedTuple

SCOPES = ("clause", "sentence", "after", "nearby", "block", "section", "heading", "columns", "lead", "document")
PLACES = tuple(sorted(BLOCK_KINDS | INLINE_KINDS | {"title"}))
BY_CLAUSE = frozenset({"clause", "section", "document"})
"""The scopes in which phrases are looked for clause by clause."""


class Use(NamedTuple):
    """Where a phrase is written, and what it is looked for in: one of CLAUSE, COUNTED, WIDER."""

    phrase: int
    path: str
    line: int
    text: str
    unit: str

    @property
    def place(self) -> str:
        """Return the place, as faults begin with it."""
        return f"{self.path}:{self.line}: phrase {self.text!r}"


class Builder:
    """Numbers the phrases of all rules, equal ones once, and notes which must be looked for in every page."""

    def __init__(self) -> None:
        """Begin with no phrase."""
        self.sequences: list[Sequence] = []
        self.slots: list[set[str]] = []
        """For each phrase the slots it names."""
        self.uses: list[Use] = []
        """Of every phrase as often as it is written."""
        self.lists: list[list[tuple[int, object]]] = []
        """Phrases any one of which will do: the numbers of their uses, each with what it asks for besides."""
        self.scanned: set[int] = set()
        self._numbers: dict[Sequence, int] = {}
        self._current: list[int] = []
        self._all: list[int] = []
        self.faults = Faults("")

    def at(self, faults: Faults) -> None:
        """Note what is wrong in `faults` from now on."""
        self.faults = faults

    def begin(self) -> None:
        """Begin a rule: `end` and `current` speak of the phrases from here on."""
        self._current, self._all = [], []

    def end(self) -> tuple[int, ...]:
        """Return the phrases of the rule that every page is searched for."""
        return tuple(dict.fromkeys(self._current))

    def current(self) -> tuple[int, ...]:
        """Return all phrases of the rule."""
        return tuple(dict.fromkeys(self._all))

    def phrase(self, text: str, line: int, *, scan: bool = False, unit: str = WIDER) -> int:
        """Return the number of a phrase, -1 where it is faulty; with `scan`, every page is searched for it.

        `unit` says what it is looked for in.
        """
        if not text.strip():
            return -1
        try:
            sequence = parse(text)
        except RuleError as error:
            self.faults.add(line, str(error))
            return -1
        number = self._numbers.setdefault(sequence, len(self.sequences))
        if number == len(self.sequences):
            self.sequences.append(sequence)
            self.slots.append(slots_of(sequence))
        self.uses.append(Use(number, self.faults.path, line, text, unit))
        self._all.append(number)
        if scan:
            self.scanned.add(number)
            self._current.append(number)
        return number

    def phrases(
        self, marked: Marked, key: str, *, scan: bool = False, unit: str = WIDER, any_of: bool = True
    ) -> tuple[int, ...]:
        """Return the numbers of a list of phrases, which are looked for in a `unit`; `any_of` them will do, or all count."""
        items = marked.items if marked.items is not None else (marked,)
        first = len(self.uses)
        numbers = tuple(self.phrase(self.faults.text(item, key), item.line, scan=scan, unit=unit) for item in items)
        if any_of:
            self.lists.append([(use, None) for use in range(first, len(self.uses))])
        return tuple(number for number in numbers if number >= 0)

    def conditions(self, keys: dict[str, Marked]) -> Conditions:
        """Return the conditions that a part of a rule gives."""
        return Conditions(
            self.phrases(keys["except"], "except") if "except" in keys else (),
            self._scoped(keys, "with"),
            self._scoped(keys, "unless"),
            self._places(keys, "in"),
            self._places(keys, "not-in"),
            self.faults.texts(keys["name"], "name") if "name" in keys else (),
            self.number(keys["fragment"], "fragment") if "fragment" in keys else -1,
        )

    def number(self, marked: Marked, key: str) -> int:
        """Return a number of words."""
        written = self.faults.text(marked, key)
        if written.isdigit():
            return int(written)
        self.faults.add(marked.line, f"'{key}' is '{written}': a number of words is wanted")
        return 0

    def _scoped(self, keys: dict[str, Marked], key: str) -> tuple[tuple[str, tuple[int, ...]], ...]:
        if key not in keys:
            return ()
        scopes = self.faults.mapping(keys[key], key, SCOPES)
        return tuple(
            (scope, self._in_scope(scope, phrases, key)) for scope, phrases in scopes.items() if scope in SCOPES
        )

    def _in_scope(self, scope: str, phrases: Marked, key: str) -> tuple[int, ...]:
        unit = CLAUSE if scope in BY_CLAUSE else WIDER
        return self.phrases(phrases, key, scan=scope in ("document", "section"), unit=unit)

    def _places(self, keys: dict[str, Marked], key: str) -> tuple[str, ...]:
        if key not in keys:
            return ()
        marked = keys[key]
        items = marked.items if marked.items is not None else (marked,)
        return tuple(self.faults.choice(item, key, PLACES) for item in items)
