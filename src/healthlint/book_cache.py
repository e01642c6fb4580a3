"""The compiled book on disk: rebuilt when any rule file, healthlint or Python has changed, or when it is broken.

It is a file of its own for each set of folders, written beside its place and moved there, so two processes at once do no
harm; where it cannot be written, the book is built again each time.
"""

from __future__ import annotations

import contextlib
import os
import sys
import zlib
from collections.abc import Sequence
from typing import Any

from healthlint._version import __version__
from healthlint.book import Book, Frames, Networks, PhraseCode
from healthlint.language.frames import Cue
from healthlint.language.speaker import ClassSign, Sign, Signs
from healthlint.packed import PackedList, PackedMap, PackedTuple, pack, unpack
from healthlint.patterns.nodes import as_sequence
from healthlint.patterns.slots import Special
from healthlint.patterns.vocabulary import WordData
from healthlint.rule import Citation, Example, Rule
from healthlint.rule_code import as_rule_code

_FORMAT = 8
"""Raised when what is stored changes its shape."""
_LAW, _EXAMPLES = Rule._fields.index("law"), Rule._fields.index("examples")
_BUILDERS = (
    "book_build.py",
    "rule_file.py",
    "lexicon_file.py",
    "patterns",
    "patterns/phrase.py",
    "patterns/anchors.py",
    "patterns/frequency.py",
    "patterns/quantity.py",
    "patterns/word_data.py",
    "checks",
)
"""What a stored book was made by: a developer's change to one of these makes it stale."""
_BROKEN = (ValueError, TypeError, EOFError, KeyError, IndexError)
"""What unpacking what is no packed book may raise."""
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
        return _unpacked(unpack(memoryview(data)[head:]))
    except _BROKEN:
        return None


def store(roots: Sequence[str], files: Sequence[File], book: Book) -> None:
    """Keep the book; a cache that cannot be written is no fault."""
    key = _key(roots, files)
    body = key + _packed(book)
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
        with contextlib.suppress(OSError):
            os.unlink(unfinished)


def _packed(book: Book) -> bytes:
    words = book.words
    return pack((
        book.digest,
        [(*rule[:_LAW], pack(tuple(rule.law)), *rule[_LAW + 1 : _EXAMPLES], pack(tuple(rule.examples)),
          *rule[_EXAMPLES + 1 :]) for rule in book.rules],
        {rule_id: pack(code) for rule_id, code in book.code.items()},
        list(map(pack, book.phrases)),
        (dict(words.words), words.masks, words.groups, words.slots, list(map(pack, words.inner)), words.anywhere),
        list(map(pack, book.specials)),
        book.frames, book.signs, book.networks, book.warnings,
    ))  # fmt: skip


def _unpacked(data: Any) -> Book:
    digest, rules, code, phrases, words, specials, frames, signs, networks, warnings = data
    cues, *breaks = frames
    needed, commercial, editorial, products = signs
    packed, masks, groups, slots, inner, anywhere = words
    return Book(
        digest,
        {fields[0]: _rule(fields) for fields in rules},
        PackedMap(code, as_rule_code),
        PackedList(phrases, lambda fields: PhraseCode(*fields)),
        WordData(packed, masks, groups, slots, PackedList(inner, as_sequence), anywhere),
        PackedList(specials, lambda fields: Special(*fields)),
        Frames(tuple(Cue(*cue) for cue in cues), *breaks),
        Signs(
            needed,
            tuple(Sign(*sign) for sign in commercial),
            tuple(Sign(*sign) for sign in editorial),
            tuple((name, tuple(ClassSign(*sign) for sign in class_signs)) for name, class_signs in products),
        ),
        Networks(*networks),
        warnings,
    )


def _rule(fields: Any) -> Rule:
    values = list(fields)
    values[_LAW] = PackedTuple(fields[_LAW], _citation)
    values[_EXAMPLES] = PackedTuple(fields[_EXAMPLES], _example)
    return Rule._make(values)


def _citation(fields: Any) -> Citation:
    return Citation(*fields)


def _example(fields: Any) -> Example:
    return Example(*fields)
