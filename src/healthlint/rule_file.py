"""One YAML file to one Rule and its compiled checks; the schema of rules lives here and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping

from healthlint import plugs
from healthlint.checks._builder import Builder
from healthlint.checks._conditions import CONDITION_KEYS
from healthlint.errors import nearest
from healthlint.marked_yaml import Faults, Marked
from healthlint.patterns.nodes import Sequence, branches
from healthlint.patterns.phrase import slots_of
from healthlint.rule import (
    CATEGORIES,
    CONFIDENCES,
    CONTEXTS,
    FRAMES,
    PACK_GROUPS,
    PACKS,
    PRODUCTS,
    SEVERITIES,
    TIERS,
    Citation,
    Example,
    Rule,
)
from healthlint.rule_code import Duty, RuleCode

KEYS = (
    "id", "title", "category", "severity", "confidence", "tier", "packs", "since", "formerly", "message", "instead",
    "rewrite", "why", "law", "severity-by-pack", "find", "frames", "hedge", "context", "products", "folds", "examples",
    "extends",
)  # fmt: skip
REQUIRED = (
    "id", "title", "category", "severity", "confidence", "tier", "packs", "since", "message", "instead", "rewrite",
    "why", "law", "find", "examples",
)  # fmt: skip
LAW_KEYS = ("cite", "url", "says", "checked", "status")
EXAMPLE_KEYS = ("text", "product", "context", "packs", "as", "claims")
VERDICTS = ("flag", "pass", "todo")
HEDGES = ("lower", "keep")
IN_CONTEXT = ("any", "commercial", "lower")
READ_AS = ("md", "txt", "mdx", "yaml")
"""What an example can be read as, the first where it says nothing; yaml is a register of approved claims."""
_DEFAULT_FRAMES = frozenset({"assert", "hedge", "testimonial", "attribute"})
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
LONGEST_MESSAGE = 80


def read_rule(
    keys: Mapping[str, Marked], marked: Marked, faults: Faults, builder: Builder
) -> tuple[Rule, RuleCode, Duty] | None:
    """Return the rule that `keys` describe, with what it looks for; None, and faults, where it is not one."""
    faults.known(Marked(marked.line, keys=dict(keys), key_lines=marked.key_lines), KEYS)
    missing = [key for key in REQUIRED if key not in keys]
    if missing:
        faults.add(marked.line, f"missing: {', '.join(missing)}")
        return None
    builder.at(faults)
    before = len(faults.found)
    code, duty = _code(keys["find"], builder)
    rule = _rule(keys, marked, faults)
    _check_id(rule, keys["id"], faults)
    _check_message(rule, keys, builder, faults)
    _check_examples(rule, keys["examples"], faults)
    return (rule, code, duty) if len(faults.found) == before else None


def _rule(keys: Mapping[str, Marked], marked: Marked, faults: Faults) -> Rule:
    def text(key: str, default: str = "") -> str:
        return " ".join(faults.text(keys[key], key).split()) if key in keys else default

    def one_of(key: str, allowed: tuple[str, ...], default: str = "") -> str:
        return faults.choice(keys[key], key, allowed) if key in keys else default

    frames = frozenset(_choices(keys["frames"], "frames", FRAMES, faults)) if "frames" in keys else _DEFAULT_FRAMES
    return Rule(
        id=text("id"),
        title=text("title"),
        category=one_of("category", CATEGORIES),
        severity=one_of("severity", SEVERITIES),
        confidence=one_of("confidence", CONFIDENCES),
        tier=one_of("tier", TIERS),
        packs=_packs(keys["packs"], faults),
        since=text("since"),
        message=text("message"),
        instead=text("instead"),
        rewrite=text("rewrite"),
        why=text("why"),
        law=_law(keys["law"], faults),
        frames=frames,
        hedge=one_of("hedge", HEDGES, HEDGES[0]),
        context=one_of("context", IN_CONTEXT, IN_CONTEXT[0]),
        products=_choices(keys["products"], "products", PRODUCTS, faults) if "products" in keys else (),
        severity_by_pack=_by_pack(keys.get("severity-by-pack"), faults),
        folds=faults.texts(keys["folds"], "folds") if "folds" in keys else (),
        examples=_examples(keys["examples"], faults),
        path=faults.path,
        line=marked.line,
        formerly=faults.texts(keys["formerly"], "formerly") if "formerly" in keys else (),
    )


def _choices(marked: Marked, key: str, allowed: tuple[str, ...], faults: Faults) -> tuple[str, ...]:
    items = marked.items if marked.items is not None else (marked,)
    return tuple(faults.choice(item, key, allowed) for item in items)


def _packs(marked: Marked, faults: Faults) -> tuple[str, ...]:
    named = _choices(marked, "packs", (*PACKS, *PACK_GROUPS), faults)
    wanted = {pack for name in named for pack in PACK_GROUPS.get(name, (name,))}
    return tuple(pack for pack in PACKS if pack in wanted)


def _by_pack(marked: Marked | None, faults: Faults) -> dict[str, str]:
    if marked is None:
        return {}
    entries = faults.mapping(marked, "severity-by-pack", PACKS)
    return {pack: faults.choice(severity, pack, SEVERITIES) for pack, severity in entries.items()}


def _law(marked: Marked, faults: Faults) -> tuple[Citation, ...]:
    found = []
    for pack, entries in faults.mapping(marked, "law", (*PACKS, "all")).items():
        for entry in entries.items if entries.items is not None else (entries,):
            keys = faults.mapping(entry, "law", LAW_KEYS)
            values = {key: " ".join(faults.text(keys[key], key).split()) for key in keys if key in LAW_KEYS}
            if "cite" not in values:
                faults.add(entry.line, "a citation needs 'cite'")
            if "checked" not in values and "status" not in values:
                faults.add(
                    entry.line,
                    "a citation needs 'checked: \"2026-11-20\"' or, where nobody read it, 'status: unverified'",
                )
            if "checked" in values and not DAY.fullmatch(values["checked"]):
                faults.add(entry.line, f"'checked' is '{values['checked']}': write the day as 2026-11-20, in quotes")
            found.append(Citation(pack, **values))
    if not found:
        faults.add(marked.line, "'law' names no law: every rule stands on one")
    return tuple(found)


def _examples(marked: Marked, faults: Faults) -> tuple[Example, ...]:
    return tuple(
        _example(verdict, item, faults)
        for verdict, items in faults.mapping(marked, "examples", VERDICTS).items()
        if verdict in VERDICTS
        for item in (items.items if items.items is not None else (items,))
    )


def _example(verdict: str, item: Marked, faults: Faults) -> Example:
    keys = faults.mapping(item, verdict, EXAMPLE_KEYS) if item.keys is not None else {}
    if item.keys is not None and "text" not in keys:
        faults.add(item.line, "an example given as a mapping needs 'text'")
    written = keys.get("text", item)
    text, marks = unmark(written.text or "")
    if verdict == "pass" and marks:
        faults.add(item.line, "a 'pass' example marks nothing: take out the [[ ]]")
    if verdict == "flag" and not marks:
        faults.add(item.line, "a 'flag' example marks the words it is about with [[ ]]")
    return Example(
        verdict,
        text,
        marks,
        item.line,
        product=faults.choice(keys["product"], "product", PRODUCTS) if "product" in keys else None,
        context=faults.choice(keys["context"], "context", CONTEXTS) if "context" in keys else None,
        packs=_packs(keys["packs"], faults) if "packs" in keys else None,
        suffix="." + faults.choice(keys["as"], "as", READ_AS) if "as" in keys else ".md",
        claims=faults.text(keys["claims"], "claims") if "claims" in keys else "",
    )


def unmark(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return `text` without its [[marks]], and where they stood in what is returned."""
    parts: list[str] = []
    marks: list[tuple[int, int]] = []
    at = size = 0
    while (start := text.find("[[", at)) >= 0 and (end := text.find("]]", start)) >= 0:
        if text.startswith("[[[", start):  # the words of a link: "[[[tea]]](/tea)"
            start += 1
        else:
            while text.startswith("]]]", end):
                end += 1
        before, inner = text[at:start], text[start + 2 : end]
        parts += [before, inner]
        marks.append((size + len(before), size + len(before) + len(inner)))
        size += len(before) + len(inner)
        at = end + 2
    parts.append(text[at:])
    return "".join(parts), tuple(marks)


def _code(marked: Marked, builder: Builder) -> tuple[RuleCode, Duty]:
    kinds = {name.replace("_", "-"): name for name in plugs.names("healthlint.checks")}
    keys = builder.faults.mapping(marked, "find", (*kinds, *CONDITION_KEYS))
    builder.begin()
    checks = tuple(
        (kinds[key], plugs.load("healthlint.checks", kinds[key]).compile(part, builder))
        for key, part in keys.items()
        if key in kinds
    )
    if not checks:
        builder.faults.add(marked.line, f"'find' says nothing to find: {', '.join(kinds)}")
    conditions = builder.conditions(keys)
    phase = max((plugs.load("healthlint.checks", kind).PHASE for kind, _ in checks), default=0)
    code = RuleCode(checks, conditions)
    return code, Duty(phase, builder.end(), _asks(checks), code.is_for_any_page)


def _asks(checks: tuple[tuple[str, object], ...]) -> tuple[str, ...]:
    """Return which rules' findings the checks need."""
    loaded = ((plugs.load("healthlint.checks", kind), data) for kind, data in checks)
    return tuple(name for check, data in loaded if hasattr(check, "asks") for name in check.asks(data))


def _check_id(rule: Rule, marked: Marked, faults: Faults) -> None:
    import os

    name = os.path.splitext(os.path.basename(faults.path))[0]
    if rule.id and not ID.fullmatch(rule.id):
        faults.add(marked.line, f"id '{rule.id}' must be lower-case words joined by hyphens")
    elif rule.id != name:
        faults.add(marked.line, f"id '{rule.id}' must be the file's name, '{name}'")


def _check_message(rule: Rule, keys: Mapping[str, Marked], builder: Builder, faults: Faults) -> None:
    line = keys["message"].line
    if len(rule.message) > LONGEST_MESSAGE:
        faults.add(
            line,
            f"'message' has {len(rule.message)} characters: at most {LONGEST_MESSAGE}; put the rest in 'instead' or 'why'",
        )
    if rule.message.endswith("."):
        faults.add(line, "'message' ends in a period: take it out")
    known = {"match"} | {slot for number in builder.current() for slot in _named(builder.sequences[number])}
    for name in re.findall(r"\{(\w*)\}", rule.message):
        if name not in known:
            faults.add(line, f"'message' names '{{{name}}}', which is no slot of its phrases{nearest(name, known)}")


def _named(sequence: Sequence) -> set[str]:
    inner = (name for kind, value in sequence for branch in branches(kind, value) for name in _named(branch))
    return slots_of(sequence) | {str(value) for kind, value in sequence if kind == "quantity"} | set(inner)


def _check_examples(rule: Rule, marked: Marked, faults: Faults) -> None:
    flags = sum(example.verdict == "flag" for example in rule.examples)
    passes = sum(example.verdict == "pass" for example in rule.examples)
    if passes < flags:
        faults.add(marked.line, f"{flags} 'flag' but {passes} 'pass' examples: at least as many near misses are needed")
    least = 3 if rule.tier == "core" else 1
    if flags < least:
        faults.add(marked.line, f"{flags} 'flag' examples: a {rule.tier} rule needs {least}")
