"""Plain data in packed form: what a book holds by the thousand and a page needs a little of."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar, overload

_Value = TypeVar("_Value")


def pack(value: Any) -> bytes:
    """Return `value` packed: strings, numbers, None, and tuples, lists, dicts and frozensets of these.

    A named tuple becomes a tuple: who unpacks it says of which kind it is.
    """
    return marshal.dumps(_plain(value))


def unpack(data: bytes | memoryview) -> Any:
    """Return what was packed.

    Raises:
        ValueError, EOFError, TypeError: it is no packed data.
    """
    return marshal.loads(data)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    if isinstance(value, list):
        return list(map(_plain, value))
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


class PackedTuple(Sequence[_Value], Generic[_Value]):
    """A few values that are unpacked together, when one of them is first asked for."""

    __slots__ = ("_made", "_make", "_packed")

    def __init__(self, packed: bytes, make: Callable[[Any], _Value]) -> None:
        """Take a packed tuple; `make` turns the plain data of one item into what it stands for."""
        self._packed = packed
        self._make = make
        self._made: tuple[_Value, ...] | None = None

    @property
    def values(self) -> tuple[_Value, ...]:
        """Return the values."""
        if self._made is None:
            self._made = tuple(map(self._make, unpack(self._packed)))
        return self._made

    @overload
    def __getitem__(self, index: int) -> _Value: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[_Value, ...]: ...
    def __getitem__(self, index: int | slice) -> _Value | tuple[_Value, ...]:
        """Return a value, or some."""
        return self.values[index]

    def __len__(self) -> int:
        """Return how many values there are."""
        return len(self.values)

    def __eq__(self, other: object) -> bool:
        """Return whether these are the same values."""
        return isinstance(other, Sequence) and self.values == tuple(other)

    def __hash__(self) -> int:
        """Return a hash of the values."""
        return hash(self.values)


class PackedList(Sequence[_Value], Generic[_Value]):
    """A sequence whose items are unpacked one by one, each when it is first asked for."""

    def __init__(self, items: Sequence[bytes], make: Callable[[Any], _Value]) -> None:
        """Take the packed `items`; `make` turns the plain data of one into what it stands for."""
        self.items = items
        self._make = make
        self._known: dict[int, _Value] = {}

    @classmethod
    def of(cls, values: Iterable[_Value], make: Callable[[Any], _Value]) -> PackedList[_Value]:
        """Return `values` packed."""
        return cls([pack(value) for value in values], make)

    @overload
    def __getitem__(self, index: int) -> _Value: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[_Value]: ...
    def __getitem__(self, index: int | slice) -> _Value | Sequence[_Value]:
        """Return an item."""
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        known = self._known.get(index)
        if known is None:
            known = self._known[index] = self._make(unpack(self.items[index]))
        return known

    def __len__(self) -> int:
        """Return how many items there are."""
        return len(self.items)


class PackedMap(Mapping[str, _Value], Generic[_Value]):
    """A mapping whose values are unpacked one by one, each when it is first asked for."""

    def __init__(self, items: Mapping[str, bytes], make: Callable[[Any], _Value]) -> None:
        """Take the packed `items`; `make` turns the plain data of one into what it stands for."""
        self.items_packed = items
        self._make = make
        self._known: dict[str, _Value] = {}

    @classmethod
    def of(cls, values: Mapping[str, _Value], make: Callable[[Any], _Value]) -> PackedMap[_Value]:
        """Return `values` packed."""
        return cls({key: pack(value) for key, value in values.items()}, make)

    def __getitem__(self, key: str) -> _Value:
        """Return a value."""
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._make(unpack(self.items_packed[key]))
        return known

    def __iter__(self) -> Iterator[str]:
        """Yield the keys."""
        return iter(self.items_packed)

    def __len__(self) -> int:
        """Return how many values there are."""
        return len(self.items_packed)
