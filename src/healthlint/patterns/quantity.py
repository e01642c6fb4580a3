"""Numbers with units, as values: "two stone" is 12.7 kg, "within a fortnight" 14 days."""

from __future__ import annotations

import re

from healthlint.records import NamedTuple
from healthlint.regexes import pattern

_WORDS = {
    "half a": 0.5, "half an": 0.5, "a couple of": 2, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
    "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "hundred": 100, "a dozen": 12, "dozens of": 24, "a few": 3, "several": 3,
    "thousands of": 2000, "hundreds of": 200,
}  # fmt: skip
NUMBER_WORDS = frozenset(words.split()[0] for words in _WORDS)
"""The words that a quantity can begin with."""
DIGITS = "\0"
"""Stands among words, or slots, for every folded word that begins as a number in digits does."""
_NO_DIGITS = "abcdefghijklmnopqrstuvwxyz%$#&\x7f"
"""What folded words are made of besides digits."""
UNITS: dict[str, dict[str, float]] = {
    "weight": {
        "kg": 1, "kgs": 1, "kilo": 1, "kilos": 1, "kilogram": 1, "kilograms": 1, "kilogramme": 1, "kilogrammes": 1,
        "lb": 0.453592, "lbs": 0.453592, "pound": 0.453592, "pounds": 0.453592, "stone": 6.35029, "stones": 6.35029,
        "st": 6.35029,
    },
    "length": {"cm": 1, "centimetre": 1, "centimetres": 1, "centimeters": 1, "inch": 2.54, "inches": 2.54, "in": 2.54},
    "duration": {
        "second": 1 / 86400, "seconds": 1 / 86400, "secs": 1 / 86400, "minute": 1 / 1440, "minutes": 1 / 1440,
        "mins": 1 / 1440, "hour": 1 / 24, "hours": 1 / 24, "hrs": 1 / 24, "day": 1, "days": 1, "night": 1, "nights": 1,
        "week": 7, "weeks": 7, "fortnight": 14, "month": 30, "months": 30, "year": 365, "years": 365, "session": 1,
        "sessions": 1, "visit": 1, "visits": 1,
    },
    "percent": {"%": 1, "percent": 1, "per cent": 1, "pc": 1},
    "sizes": {
        "dress size": 1, "dress sizes": 1, "jeans sizes": 1, "jeans size": 1, "trouser sizes": 1, "size": 1, "sizes": 1,
        "waist size": 1, "waist sizes": 1, "belt notches": 1, "notches": 1,
    },
    "times": {"x": 1, "times": 1, "fold": 1},
}  # fmt: skip
"""Unit words by kind, each with its value in the kind's first unit: kg, cm, day, percentage point."""
BASE_UNITS = {"weight": "kg", "length": "cm", "duration": "day"}
QUANTITY_NAMES = frozenset({*UNITS, "money", "number"})
_WRITTEN = rf"\d+(?:[.,]\d+)*(?:\s?/\s?\d+)?|{'|'.join(sorted(_WORDS, key=len, reverse=True))}"


class Amount(NamedTuple):
    """A quantity that was read: its kind, its value in the kind's base unit, and where it ends (offset, exclusive)."""

    kind: str
    value: float
    end: int


_MONEY = pattern(r"(?:[$£€]\s?(\d[\d.,]*)|(\d[\d.,]*)\s?(?:dollars|pounds|euros|usd|gbp|eur|aud|cad)\b)", re.IGNORECASE)
_NUMBER = pattern(_WRITTEN, re.IGNORECASE)
_WHOLE_NUMBER = pattern(rf"(?:{_WRITTEN})\b", re.IGNORECASE)
_TO = pattern(r"\s?(?:-|–|to|or)\s?", re.IGNORECASE)
_UNIT = pattern(
    r"(?:\s|-|–|\+){0,2}(?:(?:full|whole|short)[\s-]+)?(%(?![a-z])|[a-z]+)(?:(\s+)([a-z]+))?", re.IGNORECASE
)


def read_amount(kind: str, text: str, at: int) -> Amount | None:
    """Return the quantity of `kind` that starts at offset `at` of `text`, or None. Of a range the larger end counts."""
    if kind == "money":
        money = _MONEY.match(text, at)
        return Amount(kind, _value(money[1] or money[2]), money.end()) if money else None
    first = _NUMBER.match(text, at)
    if first is None:
        return None
    to = _TO.match(text, first.end())
    if kind == "number":
        second = to and _WHOLE_NUMBER.match(text, to.end())
        if second:
            return Amount(kind, max(_value(first[0]), _value(second[0])), second.end())
        whole = _WHOLE_NUMBER.match(text, at)
        return Amount(kind, _value(whole[0]), whole.end()) if whole else None
    second = to and _NUMBER.match(text, to.end())
    unit = _unit(kind, text, second.end() if second else first.end())
    if unit is None:
        return None
    size, end = unit
    return Amount(kind, max(_value(number[0]) for number in (first, second) if number) * size, end)


def _unit(kind: str, text: str, at: int) -> tuple[float, int] | None:
    """Return the size of the unit that stands at an offset, and where it ends; a unit of two words before one of one."""
    found = _UNIT.match(text, at)
    if found is None:
        return None
    units, word = UNITS[kind], found[1].lower()
    if found[3] and (pair := f"{word} {found[3].lower()}") in units:
        return units[pair], found.end()
    return (units[word], found.end(1)) if word in units else None


def _value(written: str) -> float:
    word = " ".join(written.lower().split())
    if word in _WORDS:
        return _WORDS[word]
    if "/" in word:
        above, below = word.split("/", 1)
        return _value(above) / (_value(below) or 1)
    whole = re.sub(r"[.,](?=\d{3}(?!\d))", "", word).replace(",", ".").rstrip(".")
    head, _, tail = whole.partition(".")
    return float(f"{head}.{tail.replace('.', '') or 0}")


def anchors(kind: str) -> frozenset[str]:
    """Return words one of which stands wherever a quantity of `kind` does, as `shapes` has them; none for any number."""
    if kind == "number":
        return frozenset()
    if kind == "money":
        return frozenset({"$0", "$", "dollars", "pounds", "euros"})
    units = UNITS[kind]
    return frozenset({*units, *(f"0{unit}" for unit in units if " " not in unit)})


def shapes(word: str) -> tuple[str, ...]:
    """Return what a folded word such as "30days" or "$25" is looked up as besides itself: "0days", "$0", "$"."""
    number = word.rstrip(_NO_DIGITS)
    found = [f"0{word[len(number) :]}"] if 0 < len(number) < len(word) else []
    if word[-1] == "$":
        found.append("$")
    if word[0] == "$" and word[1:2].isdigit():
        found.append("$0")
    return tuple(found)


def is_number(word: str) -> bool:
    """Return whether a folded word begins as a number in digits does, or an amount of money."""
    return word[0] in "0123456789$"


def may_begin(kind: str, word: str) -> bool:
    """Return whether a quantity of `kind` may begin with a folded word."""
    return word[0] in "0123456789$" or (kind != "money" and word in NUMBER_WORDS)
