"""The compiled book that comes in a wheel, so that a first run need not build one.

It stands for the shipped rules alone, and is taken only where they and the modules that make a book are, byte for byte,
those it was made with. It is plain data, without code, so it serves any Python there is.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from hashlib import sha256
from mmap import ACCESS_READ, mmap

from healthlint._version import __version__
from healthlint.book_cache import BROKEN, BUILDERS, FORMAT, File
from healthlint.book_packed import packed, unpacked

NAME = "shipped.book"
"""The file in the package; a checkout has none."""
_KEY = 32
_HEAD = _KEY + 4
"""Bytes of the key and the checksum that stand before the book."""


def load(root: str, files: Sequence[File]) -> memoryview | None:
    """Return the packed book of the shipped rules, which are `files` below `root`; None where there is none that fits."""
    try:
        with open(os.path.join(_package(), NAME), "rb") as shipped:
            data = memoryview(mmap(shipped.fileno(), 0, access=ACCESS_READ))
    except (OSError, ValueError):  # An empty file cannot be mapped.
        return None
    if int.from_bytes(data[_KEY:_HEAD], "little") != zlib.crc32(data[_HEAD:]) or data[:_KEY] != _key(root, files):
        return None
    try:
        unpacked(data[_HEAD:])
    except BROKEN:
        return None
    return data[_HEAD:]


def made(root: str, files: Sequence[File]) -> bytes:
    """Return what the file is to hold, for the rules `files` below `root`: the same bytes each time.

    Raises:
        RuleError: the rules are faulty: all faults.
    """
    from healthlint.book_build import build

    body = packed(build(files, root))
    return _key(root, files) + zlib.crc32(body).to_bytes(_HEAD - _KEY, "little") + body


def _key(root: str, files: Sequence[File]) -> bytes:
    """Return a digest of the rules and of the modules that make a book, wherever they lie."""
    digest = sha256(f"{FORMAT}\0{__version__}\0".encode())
    modules = [path for folder in (*BUILDERS, "language") for path in _modules(os.path.join(_package(), folder))]
    for base, paths in ((root, [path for _, path, _ in files]), (_package(), modules)):
        for path in paths:
            with open(path, "rb") as file:
                data = file.read()
            name = os.path.relpath(path, base).replace(os.sep, "/")
            digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return digest.digest()


def _modules(folder: str) -> list[str]:
    with os.scandir(folder) as entries:
        return sorted(entry.path for entry in entries if entry.name.endswith(".py"))


def _package() -> str:
    return os.path.dirname(os.path.abspath(__file__))
