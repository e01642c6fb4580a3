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
from mmap import ACCESS_READ, mmap

from healthlint._version import __version__
from healthlint.book import Book
from healthlint.book_packed import packed, unpacked

FORMAT = 24
"""Raised when what is stored changes its shape."""
_HEAD = 12
"""Bytes of the checksum and the size that stand before all else."""
BUILDERS = ("", "checks", "patterns")
"""The folders of the modules that make a book: a developer's change to one makes a stored book stale."""
BROKEN = (ValueError, TypeError, EOFError, KeyError, IndexError)
"""What is raised by what is no packed book."""
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
    parts: list[object] = [FORMAT, __version__, sys.hexversion, *roots]
    for _, path, stat in files:
        parts += (path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
    here = os.path.dirname(os.path.abspath(__file__))
    for name in BUILDERS:
        with os.scandir(os.path.join(here, name)) as entries:
            modules = [entry for entry in entries if entry.name.endswith(".py")]
        for module in sorted(modules, key=lambda entry: entry.name):
            stat = module.stat()
            parts += (module.name, stat.st_size, stat.st_mtime_ns)
    return repr(parts).encode("utf-8", "surrogateescape")


def load(roots: Sequence[str], files: Sequence[File]) -> Book | None:
    """Return the stored book, or None where there is none that fits."""
    try:
        with open(_place(roots), "rb") as stored:
            data = memoryview(mmap(stored.fileno(), 0, access=ACCESS_READ))
    except (OSError, ValueError):  # An empty file cannot be mapped.
        return None
    key = _key(roots, files)
    start = _HEAD + len(key)
    if data[_HEAD:start] != key or int.from_bytes(data[4:_HEAD], "little") != len(data):
        return None
    if int.from_bytes(data[:4], "little") != zlib.crc32(data[4:]):
        return None
    try:
        return unpacked(data[start:])
    except BROKEN:
        return None


def store(roots: Sequence[str], files: Sequence[File], book: Book) -> None:
    """Keep the book; a cache that cannot be written is no fault."""
    keep(roots, files, packed(book))


def keep(roots: Sequence[str], files: Sequence[File], book: bytes | memoryview) -> None:
    """Keep a book that is packed already."""
    body = b"".join((_key(roots, files), book))
    data = (len(body) + _HEAD).to_bytes(_HEAD - 4, "little") + body
    data = zlib.crc32(data).to_bytes(4, "little") + data
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
