"""The compiled book on disk: rebuilt when any rule file, healthlint or Python has changed, or when it is broken.

It is a file of its own for each set of folders, written beside its place and moved there, so two processes at once do no
harm; where it cannot be written, the book is built again each time.
"""

from __future__ import annotations

import marshal
import os
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from healthlint._version import __version__
from healthlint.book import Book, Frames, Networks
from healthlint.checks._builder import Conditions
from healthlint.language.frames import Cue
from healthlint.language.speaker import ClassSign, Sign, Signs
from healthlint.patterns.slots import Slot, Special
from healthlint.rule import Citation, Example, Rule
from healthlint.rule_file import RuleCode

_FORMAT = 8
"""Raised when what is stored changes its shape."""
_RULE_FIELDS = tuple(Rule.__slots__)
_BUILDERS = (
    "book_build.py",
    "rule_file.py",
    "lexicon_file.py",
    "patterns",
    "patterns/phrase.py",
    "patterns/anchors.py",
    "checks",
)
"""What a stored book was made by: a developer's change to one of these makes it stale."""
File = tuple[str, str, os.stat_result]


def folder() -> str:
    """Return the folder of the cache: $HEALTHLINT_CACHE_DIR, or healthlint under $XDG_CACHE_HOME or ~/.cache."""
    named = os.environ.get("HEALTHLINT_CACHE_DIR")
    if named:
        return named
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(base, "healthlint")


def _place(roots: Sequence[str]) -> str:
    return os.path.join(folder(), f"book-{zlib.crc32(chr(0).join(roots).encode('utf-8', 'surrogateescape')):08x}")


def _key(roots: Sequence[str], files: Sequence[File]) -> bytes:
    """Return what the stored book must agree with: every file's place, size and times, and the programs' versions."""
    parts: list[object] = [_FORMAT, __version__, sys.hexversion, *roots]
    for _, path, stat in files:
        parts += (path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
    here = os.path.dirname(os.path.abspath(__file__))
    for module in _BUILDERS:
        try:
            stat = os.stat(os.path.join(here, module))
            parts += (stat.st_size, stat.st_mtime_ns)
        except OSError:
            parts.append(module)
    return repr(parts).encode("utf-8", "surrogateescape")


def load(roots: Sequence[str], files: Sequence[File]) -> Book | None:
    """Return the stored book, or None where there is none that fits."""
    try:
        with open(_place(roots), "rb") as stored:
            data = stored.read()
    except OSError:
        return None
    key = _key(roots, files)
    head = 8 + len(key)
    if len(data) < head or data[8:head] != key:
        return None
    if int.from_bytes(data[:4], "little") != zlib.crc32(data[8:]) or int.from_bytes(data[4:8], "little") != len(data):
        return None
    try:
        return _from_plain(marshal.loads(data[head:]))
    except (ValueError, TypeError, EOFError, KeyError, IndexError):
        return None


def store(roots: Sequence[str], files: Sequence[File], book: Book) -> None:
    """Keep the book; a cache that cannot be written is no fault."""
    key = _key(roots, files)
    body = key + marshal.dumps(_to_plain(book))
    size = (len(body) + 8).to_bytes(4, "little")
    data = zlib.crc32(body).to_bytes(4, "little") + size + body
    place = _place(roots)
    unfinished = f"{place}.{os.getpid()}"
    try:
        os.makedirs(folder(), exist_ok=True)
        with open(unfinished, "wb") as out:
            out.write(data)
        os.replace(unfinished, place)
    except OSError:
        try:
            os.unlink(unfinished)
        except OSError:
            pass


class _StoredSlots(Mapping[str, Slot]):
    """The slots of a stored book, each unpacked when it is first asked for."""

    def __init__(self, stored: dict[str, bytes]) -> None:
        self._stored = stored
        self._slots: dict[str, Slot] = {}

    def __getitem__(self, name: str) -> Slot:
        slot = self._slots.get(name)
        if slot is None:
            slot = self._slots[name] = Slot(*marshal.loads(self._stored[name]))
        return slot

    def __iter__(self) -> Iterator[str]:
        return iter(self._stored)

    def __len__(self) -> int:
        return len(self._stored)


def _plain(value: Any) -> Any:
    """Return `value` with every named tuple as a tuple, which is all that marshal takes."""
    if isinstance(value, tuple):
        return tuple(_plain(item) for item in value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


def _to_plain(book: Book) -> Any:
    rules = [
        tuple(
            tuple(_fields(item) for item in value) if name in ("law", "examples") else value
            for name in _RULE_FIELDS
            for value in (getattr(rule, name),)
        )
        for rule in book.rules
    ]
    return _plain((
        rules, dict(book.code), book.sequences, book.anchor_sets, dict(book.anchors), dict(book.counted),
        {name: marshal.dumps(_plain(slot)) for name, slot in book.slots.items()}, book.specials,
        _fields(book.frames), book.signs, _fields(book.networks), book.vocabulary, book.digest, book.warnings,
    ))  # fmt: skip


def _fields(value: Any) -> tuple[object, ...]:
    return tuple(getattr(value, name) for name in value.__dataclass_fields__)


def _from_plain(data: Any) -> Book:
    (
        rules,
        code,
        sequences,
        sets,
        anchors,
        counted,
        slots,
        specials,
        frames,
        signs,
        networks,
        vocabulary,
        digest,
        warnings,
    ) = data
    law, examples = _RULE_FIELDS.index("law"), _RULE_FIELDS.index("examples")
    made = []
    for fields in rules:
        values = list(fields)
        values[law] = tuple(Citation(*citation) for citation in values[law])
        values[examples] = tuple(Example(*example) for example in values[examples])
        made.append(Rule(**dict(zip(_RULE_FIELDS, values, strict=True))))
    cues, reach, words, comma = frames
    needed, commercial, editorial, products = signs
    return Book(
        tuple(made),
        {
            name: RuleCode(checks, Conditions(*where), phrases, asks)
            for name, (checks, where, phrases, asks) in code.items()
        },
        sequences,
        sets,
        anchors,
        counted,
        _StoredSlots(slots),
        tuple(Special(*special) for special in specials),
        Frames(tuple(Cue(*cue) for cue in cues), reach, words, comma),
        Signs(
            needed,
            tuple(Sign(*sign) for sign in commercial),
            tuple(Sign(*sign) for sign in editorial),
            tuple((name, tuple(ClassSign(*sign) for sign in class_signs)) for name, class_signs in products),
        ),
        Networks(*networks),
        vocabulary,
        digest,
        warnings,
    )
