"""Plain data in packed form, in one buffer: what a book holds by the thousand and a page needs a little of."""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence

from healthlint.hints import Any, Generic, TypeVar, overload

_Value = TypeVar("_Value")
Buffer = bytes | memoryview


def pack(value: Any) -> bytes:
    """Return `value` packed: strings, numbers, None, and tuples, lists, dicts and frozensets of these.

    A named tuple becomes a tuple: who unpacks it says of which kind it is.
    """
    held: list[object] = []
    return marshal.dumps(_plain(value, held))


def unpack(data: Buffer) -> Any:
    """Return what is packed at the start of `data`.

    Raises:
        ValueError, EOFError, TypeError: it is no packed data.
    """
    return marshal.loads(data)


def _plain(value: Any, held: list[object]) -> Any:
    """Return `value` without named tuples; its texts are `held` as well.

    marshal tells what only one holds from what several hold: that there is one more makes its bytes the same each time.
    """
    if isinstance(value, str):
        held.append(value)
    elif isinstance(value, frozenset):
        held.extend(value)
    elif isinstance(value, tuple):
        return tuple([_plain(item, held) for item in value])
    elif isinstance(value, list):
        return [_plain(item, held) for item in value]
    elif isinstance(value, dict):
        held.extend(value)
        return {key: _plain(item, held) for key, item in value.items()}
    return value


class Packer:
    """Packs values one after another."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.data = bytearray()

    def add(self, value: Any) -> int:
        """Pack `value` and return where it is."""
        place = len(self.data)
        self.data += pack(value)
        return place

    def add_all(self, values: Sequence[Any]) -> tuple[int, int]:
        """Pack each of `values`, then where they are as an array; return where that is, and how many there are."""
        places = array("I", map(self.add, values))
        self.data += bytes(-len(self.data) % places.itemsize)
        place = len(self.data)
        self.data += places.tobytes()
        return place, len(places)

    def add_each(self, values: Mapping[str, Any]) -> dict[str, int]:
        """Pack each value of a mapping and return where they are."""
        return {key: self.add(value) for key, value in values.items()}


def places(data: memoryview, place: int, count: int) -> Sequence[int]:
    """Return the places in an array that `Packer.add_all` made."""
    return data[place : place + 4 * count].cast("I")


class PackedMap(Mapping[str, _Value], Generic[_Value]):
    """A mapping whose values are unpacked each time they are asked for."""

    def __init__(self, data: Buffer, places: Mapping[str, int], make: Callable[[Any], _Value]) -> None:
        """Take the `places` of values in `data`; `make` turns the plain data of one into what it stands for."""
        self._data = data
        self._places = places
        self._make = make

    def __getitem__(self, key: str) -> _Value:
        """Return a value."""
        return self._make(unpack(self._data[self._places[key] :]))

    def __contains__(self, key: object) -> bool:
        """Return whether there is such a value."""
        return key in self._places

    def __iter__(self) -> Iterator[str]:
        """Yield the keys."""
        return iter(self._places)

    def __len__(self) -> int:
        """Return how many values there are."""
        return len(self._places)


class PackedList(Sequence[_Value], Generic[_Value]):
    """A sequence whose items are unpacked each time they are asked for."""

    def __init__(self, data: Buffer, places: Sequence[int], make: Callable[[Any], _Value]) -> None:
        """Take the `places` of items in `data`; `make` turns the plain data of one into what it stands for."""
        self._data = data
        self._places = places
        self._make = make

    @overload
    def __getitem__(self, index: int) -> _Value: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[_Value]: ...
    def __getitem__(self, index: int | slice) -> _Value | Sequence[_Value]:
        """Return an item, or some."""
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        return self._make(unpack(self._data[self._places[index] :]))

    def __len__(self) -> int:
        """Return how many items there are."""
        return len(self._places)


class PackedTuple(Sequence[_Value], Generic[_Value]):
    """A few values that are unpacked together, when one of them is first asked for."""

    __slots__ = ("_data", "_made", "_make", "_place")

    def __init__(self, data: Buffer, place: int, make: Callable[[Any], _Value]) -> None:
        """Take the `place` of a tuple in `data`; `make` turns the plain data of one item into what it stands for."""
        self._data = data
        self._place = place
        self._make = make
        self._made: tuple[_Value, ...] | None = None

    @property
    def values(self) -> tuple[_Value, ...]:
        """Return the values."""
        if self._made is None:
            self._made = tuple(map(self._make, unpack(self._data[self._place :])))
        return self._made

    @overload
    def __getitem__(self, index: int) -> _Value: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[_Value, ...]: ...
    def __getitem__(self, index: int | slice) -> _Value | tuple[_Value, ...]:
        """Return a value, or some."""
        return self.values[index]

    def __iter__(self) -> Iterator[_Value]:
        """Yield the values."""
        return iter(self.values)

    def __len__(self) -> int:
        """Return how many values there are."""
        return len(self.values)

    def __eq__(self, other: object) -> bool:
        """Return whether these are the same values."""
        return isinstance(other, Sequence) and self.values == tuple(other)

    def __hash__(self) -> int:
        """Return a hash of the values."""
        return hash(self.values)
