"""SHA-256, without the other algorithms, which take ten times as long to load."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module

from healthlint.hints import Protocol, cast


class Digest(Protocol):
    """A digest that may be carried on."""

    def copy(self) -> Digest:
        """Return another one that has come as far."""

    def update(self, data: bytes, /) -> None:
        """Carry it on over `data`."""

    def hexdigest(self) -> str:
        """Return it, as hexadecimal digits."""


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of `data`, as hexadecimal digits."""
    return _sha256()(data).hexdigest()


def sha256(data: bytes) -> Digest:
    """Return the SHA-256 of `data`, to be carried on."""
    return _sha256()(data)


@cache
def _sha256() -> Callable[[bytes], Digest]:
    for name in ("_sha256", "_sha2", "hashlib"):  # Python 3.11, later ones, and any that has neither.
        try:
            return cast("Callable[[bytes], Digest]", import_module(name).sha256)
        except ImportError:
            continue
    raise ImportError("no SHA-256")
