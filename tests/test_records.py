"""Records are named tuples as `typing` makes them."""

from __future__ import annotations

import pickle
import typing

import pytest

from healthlint.records import NamedTuple


class Place(NamedTuple):
    """Where something is."""

    line: int
    column: int = 1
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return both numbers."""
        return f"{self.line}:{self.column}"

    @classmethod
    def first(cls) -> Place:
        """Return the first place there is."""
        return cls(1)


def test_it_is_a_tuple_with_names():
    place = Place(3, notes=("a",))
    assert place == (3, 1, ("a",))
    assert (place.line, place.column, place.notes, place.text, Place.first()) == (3, 1, ("a",), "3:1", (1, 1, ()))
    assert place._replace(column=7).text == "3:7"
    assert repr(place) == "Place(line=3, column=1, notes=('a',))"


def test_it_knows_what_typing_would():
    assert Place._fields == ("line", "column", "notes")
    assert Place._field_defaults == {"column": 1, "notes": ()}
    assert typing.get_type_hints(Place) == {"line": int, "column": int, "notes": tuple[str, ...]}
    assert (Place.__doc__, Place.__module__, Place.__bases__) == ("Where something is.", __name__, (tuple,))


def test_it_comes_back_from_another_process():
    assert pickle.loads(pickle.dumps(Place(3))) == Place(3)


def test_a_field_without_default_stands_first():
    with pytest.raises(TypeError, match="defaults stand last"):
        type(NamedTuple)("Odd", (NamedTuple,), {"__module__": "m", "__annotations__": {"a": "int", "b": "int"}, "a": 1})


def test_it_has_no_other_base():
    with pytest.raises(TypeError, match="no other base"):
        type(NamedTuple)("Odd", (NamedTuple, int), {"__module__": "m", "__annotations__": {"a": "int"}})
