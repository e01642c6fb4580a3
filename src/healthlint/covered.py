"""Phrases that find nothing of their own: another of the same list finds all that they do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from healthlint.checks._builder import Builder, Use
from healthlint.checks._conditions import Conditions
from healthlint.checks.phrases import PLAIN, Entry
from healthlint.patterns.coding import Coder
from healthlint.patterns.covering import Covering
from healthlint.patterns.slots import Slot

_Listed = list[tuple[int, object]]
NONE = Conditions()


def covered(builder: Builder, slots: Mapping[str, Slot], coder: Coder) -> Iterator[str]:
    """Yield each phrase that another covers which asks for the same besides, or for nothing; of two alike the second."""
    covering = Covering(slots)
    for listed in builder.lists:
        if len(listed) > 1:
            yield from _of_list(listed, builder, covering, _Beginnings(listed, builder, slots, coder))


def _of_list(listed: _Listed, builder: Builder, covering: Covering, beginnings: _Beginnings) -> Iterator[str]:
    uses, sequences = builder.uses, builder.sequences
    for number, (use, asks) in enumerate(listed):
        narrow = uses[use]
        for other in beginnings.alike(number):
            wide, wanted = uses[listed[other][0]], listed[other][1]
            if other == number or not (wanted == asks or (wanted is None and _only_asks_more(asks))):
                continue
            same = wide.phrase == narrow.phrase
            if same and wanted == asks and other > number:
                continue
            if same or covering.covers(sequences[wide.phrase], sequences[narrow.phrase]):
                if (
                    other > number
                    and wanted == asks
                    and covering.covers(sequences[narrow.phrase], sequences[wide.phrase])
                ):
                    continue
                yield _told(narrow, wide)
                break


def _only_asks_more(asks: object) -> bool:
    """Return whether a phrase finds in fewer places than it would by itself, and no otherwise."""
    return isinstance(asks, Entry) and asks._replace(where=(), conditions=NONE) == PLAIN


def _told(narrow: Use, wide: Use) -> str:
    return f"{narrow.place} finds nothing that {wide.text!r} in line {wide.line} does not"


class _Beginnings:
    """What the phrases of a list can begin with, to compare none that begin otherwise."""

    def __init__(self, listed: _Listed, builder: Builder, slots: Mapping[str, Slot], coder: Coder) -> None:
        self._begins = [coder.begins(builder.sequences[builder.uses[use].phrase]) for use, _ in listed]
        self._slots = slots
        self._by_word: dict[str, list[int]] = {}
        self._by_slot: dict[str, list[int]] = {}
        self._anyhow: list[int] = []
        for number, begins in enumerate(self._begins):
            for word in begins[0] if begins else ():
                self._by_word.setdefault(word, []).append(number)
            for name in begins[1] if begins else ():
                self._by_slot.setdefault(name, []).append(number)
            if begins is None:
                self._anyhow.append(number)

    def alike(self, number: int) -> Iterable[int]:
        """Return those that may begin with something with which a phrase may."""
        begins = self._begins[number]
        slot = self._slots.get(begins[1][0]) if begins and begins[1] and not begins[0] else None
        first = next(iter((begins[0] if begins else ()) or (slot.terms if slot else ())), "")
        if not first:
            return range(len(self._begins))
        found = {*self._by_word.get(first, ()), *self._anyhow}
        for name, numbers in self._by_slot.items():
            other = self._slots.get(name)
            if other is None or other.phrases or first in other.terms:
                found.update(numbers)
        return sorted(found)
