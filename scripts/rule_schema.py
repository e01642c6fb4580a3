"""The JSON Schema of a rule file, for editors, made of the tables that the loader itself goes by.

Draft 7, for that is what editors' YAML servers know. It says what keys and values there may be; `healthlint test` says
the rest: that slots exist, that examples hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from healthlint import plugs, rule_file
from healthlint.checks import (
    _asked,
    _builder,
    _nearness,
    altered,
    contradiction,
    links,
    phrases,
    reported_by,
    require,
    voices,
)
from healthlint.checks import together as together_check
from healthlint.checks._conditions import CONDITION_KEYS
from healthlint.rule import (
    CATEGORIES,
    CONFIDENCES,
    CONTEXTS,
    COUNTRY_PACKS,
    FRAMES,
    PACK_GROUPS,
    PACKS,
    PRODUCTS,
    SEVERITIES,
    TIERS,
)

Schema = dict[str, object]

TEXT: Schema = {"type": "string", "minLength": 1}
WHOLE: Schema = {"type": ["integer", "string"]}


def _shared(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


TEXTS, FRAME, SEVERITY, PACK, PRODUCT, CATEGORY, PLACE = map(
    _shared, ("texts", "frame", "severity", "pack", "product", "category", "place")
)
CITATIONS, EXAMPLES, CONDITIONS, PHRASES, TOGETHER, LINKS, REQUIRE = map(
    _shared, ("citations", "examples", "conditions", "phrases", "together", "links", "require")
)

SAID = {
    "id": "Names the problem, so that allowing it makes sense; the file's name. Lower-case words joined by hyphens.",
    "title": "The problem in a few words.",
    "category": "What findings are grouped and measured by.",
    "severity": "How bad a finding is, if right.",
    "confidence": "How sure the rule is: high from a measured precision of 0.8, medium from 0.6.",
    "tier": "core and extended are on by default; strict on request.",
    "packs": "Where it holds; us stands for the three US packs.",
    "since": "The version it came with, in quotes.",
    "formerly": "Earlier ids of this rule.",
    "message": "One fact, at most 80 characters, no period; may name {match} or a slot of its phrases.",
    "instead": "What to do.",
    "rewrite": "A compliant sentence.",
    "why": "The reason, for a writer.",
    "law": "What it stands on, by pack.",
    "severity-by-pack": "For packs that see it otherwise; the strictest in force counts.",
    "find": "What to look for, in one way or several.",
    "frames": "Speech acts in which it may fire.",
    "hedge": "What a hedge does: lower by a step (the default), or keep.",
    "context": "any, commercial (silent on an editorial page) or lower (a step milder there).",
    "products": "Product classes it is for; default all.",
    "folds": "Rules that say less about the same words: there, this one speaks.",
    "examples": "What it marks, between [[ and ]], and at least as many near misses.",
    "extends": "The shipped rule to change: give only the keys that differ.",
    "phrases": "Words in order, in one clause.",
    "together": "Words in any order.",
    "links": "Links and images: all that is given must hold.",
    "require": "Something that must be there.",
    "contradiction": "A statement against what was found.",
    "altered": "A mandated text that was changed.",
    "voices": "Somebody's words as a whole: a quotation or a review, or the sentences of a story.",
    "reported-by": "A part of healthlint that finds it.",
    "except": "A match that one of these phrases overlaps is none.",
    "with": "One of these must stand in the scope as well.",
    "unless": "None of these may stand in the scope.",
    "in": "Only in these kinds of text.",
    "not-in": "Not in these kinds of text.",
    "name": "For front_matter and prop: which keys.",
    "fragment": "Only in a fragment with at most so many other words.",
}
"""What an editor shows beside a key."""


def rule_schema() -> Schema:
    """Return the schema."""
    ways = _ways()
    find = _mapping((*ways, *CONDITION_KEYS), {**ways, **_conditions()})
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A rule of healthlint",
        **_mapping(rule_file.KEYS, {**_rule_keys(), "find": {**find, "minProperties": 1}}),
        "anyOf": [{"required": ["extends"]}, {"required": list(rule_file.REQUIRED)}],
        "definitions": {
            "texts": _some(TEXT),
            "frame": _choice(FRAMES),
            "severity": _choice(SEVERITIES),
            "pack": _choice((*PACKS, *PACK_GROUPS)),
            "product": _choice(PRODUCTS),
            "category": _choice(CATEGORIES),
            "place": _choice(_builder.PLACES),
            "citations": _citations(),
            "examples": _examples(),
            "phrases": _some({"anyOf": [TEXT, {"$ref": "#/definitions/phrase"}]}),
            "phrase": {**_mapping(phrases.KEYS, _phrase_keys()), "required": ["phrase"]},
            "links": _some(_mapping(links.KEYS, _link_keys())),
            "together": _together(),
            "require": _require(),
            "conditions": _mapping(_builder.SCOPES, dict.fromkeys(_builder.SCOPES, TEXTS)),
        },
    }


def _rule_keys() -> Mapping[str, Schema]:
    packs = (*PACKS, "all")
    return {
        "id": _pattern(rule_file.ID.pattern),
        "category": CATEGORY,
        "severity": SEVERITY,
        "confidence": _choice(CONFIDENCES),
        "tier": _choice(TIERS),
        "packs": _some(PACK),
        "formerly": TEXTS,
        "message": {**TEXT, "maxLength": rule_file.LONGEST_MESSAGE, "pattern": r"[^.]$"},
        "law": {**_mapping(packs, dict.fromkeys(packs, CITATIONS)), "minProperties": 1},
        "severity-by-pack": _mapping(PACKS, dict.fromkeys(PACKS, SEVERITY)),
        "frames": _some(FRAME),
        "hedge": _choice(rule_file.HEDGES),
        "context": _choice(rule_file.IN_CONTEXT),
        "products": _some(PRODUCT),
        "folds": TEXTS,
        "examples": _mapping(rule_file.VERDICTS, dict.fromkeys(rule_file.VERDICTS, EXAMPLES)),
    }


def _citations() -> Schema:
    citation = {**_mapping(rule_file.LAW_KEYS, {"checked": _pattern(rule_file.DAY.pattern)}), "required": ["cite"]}
    return _some({**citation, "anyOf": [{"required": ["checked"]}, {"required": ["status"]}]})


def _examples() -> Schema:
    keys: Mapping[str, Schema] = {
        "product": PRODUCT,
        "context": _choice(CONTEXTS),
        "packs": _some(PACK),
        "as": _choice(rule_file.READ_AS),
    }
    return _some({"anyOf": [TEXT, {**_mapping(rule_file.EXAMPLE_KEYS, keys), "required": ["text"]}]})


def _conditions() -> Mapping[str, Schema]:
    places = _some(PLACE)
    scopes = {"except": TEXTS, "with": CONDITIONS, "unless": CONDITIONS}
    return {**scopes, "in": places, "not-in": places, "name": TEXTS, "fragment": WHOLE}


def _phrase_keys() -> Mapping[str, Schema]:
    shared = {"frames": _some(FRAME), "severity": SEVERITY}
    return {"requires": TEXTS, "where": TEXTS, **shared, **_conditions()}


def _link_keys() -> Mapping[str, Schema]:
    listed = dict.fromkeys(("host", "path", "param", "words", "url-words", "rel-lacks"), TEXTS)
    flags: dict[str, Schema] = {key: {"type": "boolean"} for key in ("affiliate", "trusted", "image")}
    return {**listed, **flags, **_conditions()}


def _together() -> Schema:
    of: Schema = {"type": "array", "items": TEXT, "minItems": 2}
    values: Mapping[str, Schema] = {
        **_phrase_keys(),
        "of": of,
        "in-one": _choice(together_check.UNITS),
        "within": WHOLE,
    }
    return _some({**_mapping(together_check.KEYS, values), "required": ["of"]})


def _require() -> Schema:
    frames = _some(FRAME)
    always: Schema = {"const": True}
    when = {**_asked_keys(), "links": LINKS, "front-matter": TEXTS, "always": always, "count": WHOLE}
    need = {"phrases": PHRASES, "links": LINKS, "front-matter": TEXTS, "headings": PHRASES}
    values: Mapping[str, Schema] = {
        "when": _mapping(require.WHEN_KEYS, when),
        "need": _mapping(require.NEED_KEYS, need),
        "if-page-has": TEXTS,
        "if-page-lacks": TEXTS,
        "at-home": _some(_choice(COUNTRY_PACKS)),
        "need-frames": frames,
        "where": _some({"anyOf": [_choice(_nearness.WHERE), _mapping(("words",), {"words": WHOLE})]}),
        "only-if": {"const": "elsewhere"},
        "at": _choice(require.AT),
        "severity": SEVERITY,
    }
    return _some({**_mapping(require.KEYS, values), "required": ["when", "need"]})


def _asked_keys() -> Mapping[str, Schema]:
    return {
        "rules": TEXTS,
        "categories": _some(CATEGORY),
        "severity": SEVERITY,
        "frames": _some(FRAME),
        "phrases": PHRASES,
    }


def _contradiction() -> Schema:
    values: Mapping[str, Schema] = {"statement": PHRASES, "against": _mapping(_asked.KEYS, _asked_keys())}
    return {**_mapping(contradiction.KEYS, values), "required": list(contradiction.KEYS)}


def _altered() -> Schema:
    values: Mapping[str, Schema] = {
        "text": TEXTS,
        "anchors": TEXTS,
        "similarity": {"type": ["number", "string"]},
        "short-for": {"type": "object", "additionalProperties": TEXT},
        "changes-meaning": TEXTS,
    }
    return {**_mapping(altered.KEYS, values), "required": ["text", "anchors"]}


def _voices() -> Schema:
    values: Mapping[str, Schema] = {"of": _choice(voices.SPEAKERS), **_conditions()}
    return _some({**_mapping(voices.KEYS, values), "required": ["of"]})


def _mapping(keys: Iterable[str], values: Mapping[str, Schema]) -> Schema:
    """Return an object of these keys alone: plain text where `values` says nothing."""
    properties = {key: {**values.get(key, TEXT)} for key in keys}
    for key in properties.keys() & SAID.keys():
        # Beside a reference, draft 7 reads nothing.
        value = {"allOf": [properties[key]]} if "$ref" in properties[key] else properties[key]
        properties[key] = {"description": SAID[key], **value}
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _choice(allowed: Iterable[str]) -> Schema:
    return {"enum": list(allowed)}


def _pattern(pattern: str) -> Schema:
    return {"type": "string", "pattern": f"^(?:{pattern})$"}


def _some(one: Schema) -> Schema:
    """Return one, or a list of them."""
    return {"anyOf": [one, {"type": "array", "items": one}]}


_WAYS: Mapping[str, Schema] = {
    "phrases": PHRASES,
    "together": TOGETHER,
    "links": LINKS,
    "require": REQUIRE,
    "contradiction": _contradiction(),
    "altered": _altered(),
    "voices": _voices(),
    "reported-by": _choice(reported_by.PARTS),
}
"""By the key of `find`."""


def _ways() -> dict[str, Schema]:
    """Return every check that there is, by the key of `find` that it answers to; of others, nothing but their keys."""
    found = {}
    for name in plugs.names("healthlint.checks"):
        key = name.replace("_", "-")
        keys: tuple[str, ...] = getattr(plugs.load("healthlint.checks", name), "KEYS", ())
        found[key] = _WAYS.get(key) or _mapping(keys, {**dict.fromkeys(keys, Schema()), **_conditions()})
    return found
