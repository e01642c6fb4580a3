"""The JSON Schema of a register of approved claims, for editors, made of the tables that its loader goes by.

`healthlint claims check` says the rest: that days are in order, that rules, slots and files of evidence are there.
"""

from __future__ import annotations

from collections.abc import Iterable

from healthlint import claims_file, evidence
from healthlint.checks._builder import SCOPES
from healthlint.rule import PACK_GROUPS, PACKS, PRODUCTS
from healthlint.rule_file import DAY, ID

Schema = dict[str, object]

TEXT: Schema = {"type": "string", "minLength": 1}
SAID = {
    "id": "Names the approval: lower-case words joined by hyphens.",
    "wording": "The approved words. Case, quotes, markup and line breaks do not matter; everything else does.",
    "pattern": "Instead of a wording: a phrase of the rule language, without gaps.",
    "with": "A qualifier: for each scope, phrases of which one must stand there.",
    "evidence": "What the claim stands on.",
    "markets": "The packs under whose law it is approved; us stands for the three US packs.",
    "products": "Product classes that it is approved for; default all.",
    "product-names": "Products that it is approved for: one of the names must stand on the page.",
    "rules": "The rules it may answer, by id or category.",
    "approver": "Who approved it: a role, not a person.",
    "approved": "The first day on which it holds.",
    "expires": "The last day on which it holds.",
    "note": "What else there is to know.",
}
"""What an editor shows beside a key."""
EVIDENCE_SAID = {
    "doi": "A DOI such as 10.1000/182.",
    "url": "An address.",
    "file": "A file, as seen from the register.",
    "licence": f"A licence number such as {', '.join(evidence.LICENCES)}.",
    "says": "What it shows.",
}


def claims_schema() -> Schema:
    """Return the schema."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A register of approved claims of healthlint",
        "type": "object",
        "properties": {"claims": {"type": "array", "items": _entry()}},
        "required": ["claims"],
        "additionalProperties": False,
    }


def _entry() -> Schema:
    phrases = _some(TEXT)
    kinds: dict[str, Schema] = {
        "id": _pattern(ID.pattern),
        "wording": TEXT,
        "pattern": TEXT,
        "with": {"type": "object", "properties": dict.fromkeys(SCOPES, phrases), "additionalProperties": False,
                 "minProperties": 1},
        "evidence": _some(_evidence()),
        "markets": _some({"enum": [*PACKS, *PACK_GROUPS]}),
        "products": _some({"enum": list(PRODUCTS)}),
        "product-names": _some(TEXT),
        "rules": _some({**_pattern(ID.pattern), "not": {"enum": ["all", "lint"]}}),
        "approver": {**TEXT, "pattern": "^[^@]*$"},
        "approved": _pattern(DAY.pattern),
        "expires": _pattern(DAY.pattern),
        "note": TEXT,
    }  # fmt: skip
    return {
        "type": "object",
        "properties": _told(claims_file.KEYS, kinds, SAID),
        "required": list(claims_file.REQUIRED),
        "oneOf": [{"required": ["wording"]}, {"required": ["pattern"]}],
        "additionalProperties": False,
    }


def _evidence() -> Schema:
    kinds = {kind: _pattern(form) for kind, form in evidence.FORMS.items()}
    kinds["doi"] = _pattern(rf"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?{evidence.FORMS['doi']}")
    return {
        "type": "object",
        "properties": _told(claims_file.EVIDENCE_KEYS, {**kinds, "file": TEXT, "says": TEXT}, EVIDENCE_SAID),
        "oneOf": [{"required": [kind]} for kind in evidence.KINDS],
        "additionalProperties": False,
    }


def _told(keys: Iterable[str], kinds: dict[str, Schema], said: dict[str, str]) -> dict[str, Schema]:
    return {key: {**kinds[key], "description": said[key]} for key in keys}


def _pattern(pattern: str) -> Schema:
    return {"type": "string", "pattern": f"^(?:{pattern})$"}


def _some(one: Schema) -> Schema:
    """Return one, or a list of them that is not empty."""
    return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}
