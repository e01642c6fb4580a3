"""A register of approved claims, claims.yaml, to a Register: every fault of it at once, each with line and column."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping

from healthlint.approval import Approval, Register
from healthlint.book import Book
from healthlint.checks._builder import BY_CLAUSE, SCOPES
from healthlint.days import is_day
from healthlint.encoding import read_named
from healthlint.errors import ConfigError, RuleError, nearest
from healthlint.evidence import KINDS, Evidence, bare, fault_of, guess
from healthlint.exact_words import exact_words
from healthlint.hints import TypeVar
from healthlint.marked_yaml import Faults, Marked, load
from healthlint.paths import with_slashes
from healthlint.patterns.crossing import Crossing
from healthlint.patterns.nodes import Sequence, branches
from healthlint.patterns.phrase import parse, slots_of
from healthlint.rule import CATEGORIES, PACK_GROUPS, PACKS, PRODUCTS, Rule
from healthlint.rule_file import ID
from healthlint.selection import hint
from healthlint.text import Source, Span

_Read = TypeVar("_Read")

KEYS = (
    "id", "wording", "pattern", "with", "evidence", "markets", "products", "product-names", "rules", "approver",
    "approved", "expires", "note",
)  # fmt: skip
REQUIRED = ("id", "evidence", "markets", "rules", "approver", "approved", "expires")
EVIDENCE_KEYS = (*KINDS, "says")
_EMPTY = "claims: []"


def read_register(path: str, book: Book) -> Register:
    """Return the register at `path`; the rules and slots that it names are those of `book`.

    Whether files of evidence are there is not looked at: see `lost_evidence`.

    Raises:
        ConfigError: it cannot be read or holds faults: all of them.
    """
    shown = with_slashes(path)
    data, text = read_named(path, "there is no such register of approved claims")
    from hashlib import sha256

    faults = Faults(shown, columns=True)
    approvals = approvals_of(text, faults, book)
    if faults.found:
        raise ConfigError(*faults.found)
    return Register(shown, f"sha256:{sha256(data).hexdigest()}", Source(shown, text), approvals)


def lost_evidence(register: Register) -> Iterator[tuple[Approval, str]]:
    """Yield the approvals of which a file of evidence is not there, each with what is wrong."""
    folder = os.path.dirname(register.path)
    for approval in register.approvals:
        for evidence in approval.evidence:
            if evidence.kind == "file" and not os.path.isfile(os.path.join(folder, evidence.text)):
                yield approval, f"“{approval.id}”: the evidence '{evidence.text}' is not there"


def approvals_of(text: str, faults: Faults, book: Book) -> tuple[Approval, ...]:
    """Return the approvals of a register whose text this is, with what is wrong with it added to `faults`."""
    if all(not line.strip() or line.lstrip().startswith("#") for line in text.split("\n")):
        faults.add(1, f"the register is empty: write '{_EMPTY}' if that is meant", 1)
        return ()
    marked = load(text, faults)
    keys = faults.mapping(marked, "register", ("claims",)) if marked is not None else {}
    if marked is not None and marked.keys is not None and "claims" not in keys:
        faults.at(marked, "missing: claims, the list of what is approved")
    entries = keys.get("claims", Marked(1, items=()))
    if entries.text == "":
        faults.at(entries, f"'claims' is empty: write '{_EMPTY}' if that is meant")
    elif entries.items is None:
        faults.at(entries, f"'claims' must be a list, not a {entries.kind}")
    found: dict[str, Approval] = {}
    for item in entries.items or ():
        approval = _Entry(item, faults, book).approval()
        if approval is None:
            continue
        if approval.id in found:
            first = Source("", text).position(found[approval.id].span.start).line
            faults.at((item.keys or {})["id"], f"id '{approval.id}' stands twice; the first is in line {first}")
        found.setdefault(approval.id, approval)
    return tuple(found.values())


class _Entry:
    """One entry of a register, while it is read."""

    def __init__(self, marked: Marked, faults: Faults, book: Book) -> None:
        self.marked = marked
        self.faults = faults
        self.book = book
        self.keys: Mapping[str, Marked] = {}

    def approval(self) -> Approval | None:
        """Return what it approves, or None where something is wrong with it."""
        before = len(self.faults.found)
        self.keys = self.faults.mapping(self.marked, "entry", KEYS)
        missing = [key for key in REQUIRED if key not in self.keys]
        if self.marked.keys is not None and missing:
            self.faults.at(self.marked, f"missing: {', '.join(missing)}")
        if self.marked.keys is not None and ("wording" in self.keys) == ("pattern" in self.keys):
            self.faults.at(self.marked, "an approval needs either 'wording' or 'pattern'")
        made = Approval(
            id=self._id(),
            wording=self._wording(),
            pattern=self._pattern(),
            evidence=self._each("evidence", self._evidence),
            markets=self._markets(),
            rules=tuple(dict.fromkeys(self._each("rules", self._rule))),
            products=self._each("products", lambda item: self.faults.choice(item, "products", PRODUCTS)),
            product_names=self._names(),
            qualifiers=self._qualifiers(),
            approver=self._approver(),
            approved=self._day("approved"),
            expires=self._day("expires"),
            note=self._line("note"),
            span=self._span("id"),
            expires_span=self._span("expires"),
        )
        if made.approved and made.expires and made.expires < made.approved:
            self.faults.at(self.keys["expires"], f"it expires on {made.expires}, before it is approved")
        return made if len(self.faults.found) == before else None

    def _line(self, key: str) -> str:
        """Return a text on one line, "" where the key is not there."""
        return " ".join(self.faults.text(self.keys[key], key).split()) if key in self.keys else ""

    def _each(self, key: str, read: Callable[[Marked], _Read]) -> tuple[_Read, ...]:
        """Return what `read` makes of each item of a list; one item stands for a list of one."""
        if key not in self.keys:
            return ()
        marked = self.keys[key]
        items = marked.items if marked.items is not None else (marked,)
        if not items:
            self.faults.at(marked, f"'{key}' is empty")
        return tuple(map(read, items))

    def _span(self, key: str) -> Span:
        marked = self.keys.get(key, self.marked)
        return Span(marked.start, marked.end)

    def _id(self) -> str:
        text = self._line("id")
        if text.strip() and not ID.fullmatch(text):
            self.faults.at(self.keys["id"], f"id '{text}' must be lower-case words joined by hyphens")
        return text

    def _wording(self) -> str:
        text = self._line("wording")
        if text and not exact_words(text):
            self.faults.at(self.keys["wording"], "'wording' holds no word")
        return text

    def _pattern(self) -> str:
        text = self._line("pattern")
        sequence = self._phrase(self.keys["pattern"], text) if text else ()
        if _has_gap(sequence):
            self.faults.at(
                self.keys["pattern"], "'pattern' has a gap '...', which would approve words that nobody has seen"
            )
        return text

    def _phrase(self, marked: Marked, text: str) -> Sequence:
        """Return the tree of a phrase; empty where it is faulty."""
        try:
            sequence = parse(text)
        except RuleError as error:
            self.faults.at(marked, str(error))
            return ()
        known = self.book.words.slots
        for name in sorted(slots_of(sequence).difference(known)):
            self.faults.at(marked, f"phrase {text!r}: no slot '{name}'{nearest(name, known)}")
        return sequence

    def _qualifiers(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        if "with" not in self.keys:
            return ()
        scopes = self.faults.mapping(self.keys["with"], "with", SCOPES)
        if not scopes and self.keys["with"].keys is not None:
            self.faults.at(self.keys["with"], f"'with' names no scope: {', '.join(SCOPES)}")
        for scope, marked in scopes.items():
            if marked.items is not None and not marked.items:
                self.faults.at(marked, f"'{scope}' is empty: say what must stand there")
        return tuple(
            (
                scope,
                tuple(
                    self._qualifier(item, scope) for item in (marked.items if marked.items is not None else (marked,))
                ),
            )
            for scope, marked in scopes.items()
        )

    def _qualifier(self, marked: Marked, scope: str) -> str:
        text = " ".join(self.faults.text(marked, "with").split())
        sequence = self._phrase(marked, text) if text else ()
        if sequence and scope in BY_CLAUSE:
            crossing = Crossing({}, self.book.frames.break_words, self.book.frames.break_never)
            if not crossing.is_within(sequence):
                words = " and ".join(f"'{each}'" for each in crossing.breaks_in(sequence))
                self.faults.at(
                    marked, f"phrase {text!r} goes on over {words}, where a clause begins: one clause must hold it"
                )
        return text

    def _markets(self) -> tuple[str, ...]:
        named = self._each("markets", lambda item: self.faults.choice(item, "markets", (*PACKS, *PACK_GROUPS)))
        wanted = {pack for name in named for pack in PACK_GROUPS.get(name, (name,))}
        return tuple(pack for pack in PACKS if pack in wanted)

    def _rule(self, marked: Marked) -> str:
        """Return the id or category of rules that words can be approved against."""
        name, rules = self.faults.text(marked, "rules"), self.book.by_id
        fault = ""
        if not name.strip():
            return name
        if name not in rules and name not in CATEGORIES:
            every = name in ("all", "*")
            meant = ": name each one, or a category" if every else hint(name, rules.values(), CATEGORIES)
            fault = f"'{name}' is no rule or category{meant}"
        elif name == "lint" or (name in rules and rules[name].category == "lint"):
            fault = f"'{name}' watches over spelling, suppressions and approvals: no approval answers it"
        elif not any(self._is_of_words(rule) for rule in rules.values() if name in (rule.id, rule.category)):
            fault = f"'{name}' speaks of whole pages, not of their words: no approved wording answers it"
        if fault:
            self.faults.at(marked, fault)
        return name

    def _is_of_words(self, rule: Rule) -> bool:
        return not self.book.code[rule.id].is_of_document

    def _names(self) -> tuple[str, ...]:
        return self._each("product-names", self._name)

    def _name(self, marked: Marked) -> str:
        text = " ".join(self.faults.text(marked, "product-names").split())
        if text and not exact_words(text):
            self.faults.at(marked, f"'{text}' holds no word")
        return text

    def _approver(self) -> str:
        text = self._line("approver")
        if "@" in text:
            self.faults.at(
                self.keys["approver"], "'approver' is a role such as 'Head of Regulatory Affairs', not a person"
            )
        return text

    def _day(self, key: str) -> str:
        text = self._line(key)
        if text and not is_day(text):
            self.faults.at(self.keys[key], f"'{key}' is '{text}': write the day as 2027-01-31")
            return ""
        return text

    def _evidence(self, marked: Marked) -> Evidence:
        if marked.text is not None:
            self.faults.at(marked, f"say what kind of evidence it is: {guess(marked.text)}")
            return Evidence("", "")
        keys = self.faults.mapping(marked, "evidence", EVIDENCE_KEYS)
        kinds = [kind for kind in KINDS if kind in keys]
        if marked.keys is not None and len(kinds) != 1:
            self.faults.at(marked, f"evidence is one of {', '.join(KINDS)}, and 'says' beside it")
        if len(kinds) != 1:
            return Evidence("", "")
        kind = kinds[0]
        text = bare(kind, self.faults.text(keys[kind], kind))
        if text and (fault := fault_of(kind, text)):
            self.faults.at(keys[kind], f"'{text}' {fault}")
        return Evidence(kind, text, " ".join(self.faults.text(keys["says"], "says").split()) if "says" in keys else "")


def _has_gap(sequence: Sequence) -> bool:
    return any(kind == "gap" or any(map(_has_gap, branches(kind, value))) for kind, value in sequence)
