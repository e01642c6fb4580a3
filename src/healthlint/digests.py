"""SHA-256, without the other algorithms, which take ten times as long to load."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Protocol, cast


class _Digest(Protocol):
    def hexdigest(self) -> str: ...


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of `data`, as hexadecimal digits."""
    return _sha256()(data).hexdigest()


@cache
def _sha256() -> Callable[[bytes], _Digest]:
    for name in ("_sha256", "_sha2", "hashlib"):  # Python 3.11, later ones, and any that has neither.
        try:
            return cast("Callable[[bytes], _Digest]", import_module(name).sha256)
        except ImportError:
            continue
    raise ImportError("no SHA-256")
