"""speaker.yaml to the signs of who is speaking and of what."""

from __future__ import annotations

from collections.abc import Mapping

from healthlint.checks._builder import Builder
from healthlint.checks._conditions import COUNTED
from healthlint.language.speaker import ClassSign, Sign, Signs, Tones
from healthlint.marked_yaml import Faults, Marked
from healthlint.rule import PRODUCTS

_SIGN_KEYS = ("name", "weight", "most", "phrases", "marks")
_CLASS_KEYS = ("weight", "most", "phrases")


def read_signs(marked: Marked, faults: Faults, builder: Builder) -> Signs:
    """Return the signs that the file gives; what is wrong with it is added to `faults`."""
    keys = faults.mapping(marked, "speaker", ("context", "product"))
    context = faults.mapping(keys["context"], "context", ("needed", "commercial", "editorial", "tones"))
    tones = faults.mapping(context["tones"], "tones", ("needed", "margin", "commercial", "editorial"))

    def signs(of: Mapping[str, Marked], name: str) -> tuple[Sign, ...]:
        return tuple(_sign(faults.mapping(item, name, _SIGN_KEYS), builder) for item in of[name].items or ())

    products = faults.mapping(keys["product"], "product", PRODUCTS)
    return Signs(
        _number(context, "needed", faults),
        signs(context, "commercial"),
        signs(context, "editorial"),
        tuple(
            (name, tuple(_class_sign(faults.mapping(item, name, _CLASS_KEYS), builder) for item in listed.items or ()))
            for name, listed in products.items()
        ),
        Tones(
            _number(tones, "needed", faults),
            _number(tones, "margin", faults),
            signs(tones, "commercial"),
            signs(tones, "editorial"),
        ),
    )


def _sign(keys: Mapping[str, Marked], builder: Builder) -> Sign:
    faults = builder.faults
    return Sign(
        faults.text(keys["name"], "name"),
        _number(keys, "weight", faults),
        _number(keys, "most", faults),
        builder.phrases(keys["phrases"], "phrases", scan=True, unit=COUNTED, any_of=False) if "phrases" in keys else (),
        "".join(faults.texts(keys["marks"], "marks")) if "marks" in keys else "",
    )


def _class_sign(keys: Mapping[str, Marked], builder: Builder) -> ClassSign:
    faults = builder.faults
    phrases = builder.phrases(keys["phrases"], "phrases", scan=True, unit=COUNTED, any_of=False)
    return ClassSign(_number(keys, "weight", faults), _number(keys, "most", faults), phrases)


def _number(keys: Mapping[str, Marked], key: str, faults: Faults) -> int:
    written = faults.text(keys[key], key)
    if not written.isdigit():
        faults.add(keys[key].line, f"'{key}' is '{written}': a whole number is wanted")
        return 0
    return int(written)
