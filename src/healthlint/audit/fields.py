"""An audit as JSON: one object, as `schema/audit-1.schema.json` describes it, an item a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from healthlint.audit.approvals import ApprovalFacts, approvals_of
from healthlint.audit.files import FileFacts
from healthlint.audit.record import OUTCOMES, Audit, InForce
from healthlint.book import Book
from healthlint.config import Settings
from healthlint.readers import PROPS
from healthlint.report import FileReport
from healthlint.reporters._json import Fields, listed, written
from healthlint.reporters.json import finding_fields
from healthlint.rule import SEVERITIES
from healthlint.verdicts.uses import Use

KIND = "healthlint-audit"
START = f'{{"kind": "{KIND}"'
"""What the file begins with."""
KEYS = (
    "packs", "tiers", "product", "context", "rules", "select", "ignore", "min_confidence", "fail_on", "mdx_props",
    "rule_folders", "exclude", "claims",
)  # fmt: skip
"""The settings on which findings hang."""


def lines(audit: Audit) -> Iterator[str]:
    """Yield the lines of audit.json."""
    report = audit.report
    yield f'{START}, "version": 1, "today": {written(report.today)},'
    yield f' "outcome": {written(_outcome(audit))},'
    yield f' "versions": {written(dict(audit.versions))},'
    yield f' "command": {written(audit.command)},'
    yield f' "tree": {written(tree_fields(audit))},'
    yield f' "rules": {written(report.rules_digest)},'
    yield from listed(_inputs(audit), '"inputs": ', ",", " ")
    yield from listed((_file(facts, number, audit) for facts, number in audit.files), '"files": ', ",", " ")
    failures = ({"path": file.path, "error": file.error} for file in report.files if file.error)
    yield from listed(failures, '"failures": ', ",", " ")
    yield from listed(({"path": path, "why": why} for path, why in left_out(audit)), '"left_out": ', ",", " ")
    yield from listed(_findings(report.files), '"findings": ', ",", " ")
    yield from listed(_silenced(report.files), '"silenced": ', ",", " ")
    uses = ({"path": facts.report.path, **use_fields(use)} for facts, _ in audit.files for use in facts.uses)
    yield from listed(uses, '"suppressions": ', ",", " ")
    yield from listed(map(_approval, approvals_of(report)), '"approvals": ', ",", " ")
    yield f' "baseline": {written(_baseline(audit))},'
    yield from listed(map(_in_force, audit.in_force), '"settings": ', ",", " ")
    yield from _books(audit.books)
    yield "}"


def _outcome(audit: Audit) -> Fields:
    statuses = [file.status for file in audit.report.pages]
    silenced = [each.by for file in audit.report.files for each in file.suppressed]
    return {
        "status": audit.status,
        "says": OUTCOMES[audit.status],
        **{severity: audit.report.count(severity) for severity in reversed(SEVERITIES)},
        "silenced": {by: silenced.count(by) for by in ("suppression", "baseline", "claim")},
        "files": {status: statuses.count(status) for status in ("checked", "not-checked", "excluded", "failed")},
        "left_out": len(left_out(audit)),
    }


def tree_fields(audit: Audit) -> Fields:
    """Return what git says of the tree."""
    tree = audit.tree
    named = {"commit": tree.commit, "changed": tree.changed} if tree.commit else {"commit": None, "why": tree.why}
    return {"folder": tree.folder, **named}


def left_out(audit: Audit) -> list[tuple[str, str]]:
    """Return what was not looked at, with the reason, by reason and path: met on the way, or excluded though named."""
    excluded = [(file.path, "; ".join(file.reasons)) for file in audit.report.files if file.status == "excluded"]
    return sorted({*audit.left_out, *excluded}, key=lambda each: (each[1], each[0]))


def _state(audit: Audit, path: str) -> Fields:
    state = audit.tree.states.get(path)
    return {"git": state} if state else {}


def _inputs(audit: Audit) -> Iterator[Fields]:
    for each in audit.inputs:
        yield {"path": each.path, "role": each.role, "sha256": each.sha256 or None, **_state(audit, each.path)}


def _file(facts: FileFacts, number: int, audit: Audit) -> Fields:
    file = facts.report
    return {
        "path": file.path,
        "sha256": facts.sha256 or None,
        "bytes": facts.size if facts.sha256 else None,
        "words": facts.words,
        "reader": facts.reader,
        **_state(audit, file.path),
        "status": file.status,
        "product": file.product,
        "context": file.context,
        "packs": list(file.packs),
        "reasons": list(file.reasons),
        "says_of_itself": [
            {"key": said.key.replace("_", "-"), "value": said.value, "from": said.origin} for said in facts.said
        ],
        "settings": number,
        "findings": len(file.findings),
        "silenced": len(file.suppressed),
        "fails": file.failing,
        "notes": list(file.notes),
    }


def _findings(files: Iterable[FileReport]) -> Iterator[Fields]:
    for file in files:
        yield from (finding_fields(finding, file) for finding in file.findings)


def _silenced(files: Iterable[FileReport]) -> Iterator[Fields]:
    for file in files:
        for each in file.suppressed:
            yield {
                "by": each.by,
                "reason": each.reason,
                "approvals": list(each.approvals),
                **finding_fields(each.finding, file),
            }


def use_fields(use: Use) -> Fields:
    """Return what there is to a suppression, its file aside."""
    return {
        "line": use.position.line,
        "column": use.position.column,
        "directive": use.directive,
        "state": use.state,
        "rules": [{"rule": named.rule, "state": named.state, "findings": named.findings} for named in use.rules],
        "until": use.until or None,
        "reason": use.reason,
    }


def _approval(facts: ApprovalFacts) -> Fields:
    approval = facts.approval
    plain = ("id", "wording", "pattern", "approver", "approved", "expires", "note")
    several = ("rules", "markets", "products", "product_names")
    return {
        "register": facts.register,
        "line": facts.line,
        **{key: getattr(approval, key) for key in plain},
        **{key: list(getattr(approval, key)) for key in several},
        "qualifiers": [{"in": scope, "phrases": list(phrases)} for scope, phrases in approval.qualifiers],
        "evidence": [evidence._asdict() for evidence in approval.evidence],
        "state": facts.state,
        "places": [
            {
                "path": path,
                "line": use.line,
                "column": use.column,
                "verdict": use.verdict,
                "findings": [{"rule": rule, "fingerprint": fingerprint} for rule, fingerprint in use.findings],
            }
            for path, use in facts.places
        ],
    }


def _baseline(audit: Audit) -> Fields | None:
    if audit.baseline is None:
        return None
    fields = dict(audit.baseline._asdict())
    fields["stale"] = [{"path": path, "rule": rule, "count": count} for path, rule, count in audit.baseline.stale]
    return fields


def said(settings: Settings) -> Iterator[tuple[str, object, str]]:
    """Yield each setting on which findings hang: its name, value, and who said so."""
    for key in KEYS:
        value: object = getattr(settings, key)
        if key in ("product", "context", "claims"):
            value = value or ("none" if key == "claims" else "auto")
        elif key == "mdx_props":
            value = list(value or sorted(PROPS))  # type: ignore[call-overload]
        elif key == "rules":
            value = dict(settings.rules)
        own = [origin for name, origin in settings.origins if name.startswith(f"{key}.")]
        yield key.replace("_", "-"), value, ", ".join(dict.fromkeys(own)) or settings.origin(key)


def _in_force(each: InForce) -> Fields:
    return {
        "number": each.number,
        "config": each.config or None,
        "book": each.book,
        "keys": {key: {"value": value, "from": origin} for key, value, origin in said(each.settings)},
        "rules": {rule: choice._asdict() for rule, choice in sorted(each.choices.items())},
    }


def _books(books: Iterable[Book]) -> Iterator[str]:
    """Yield the rule books, a rule a line."""
    yield ' "books": ['
    for number, book in enumerate(books):
        yield f'{"," if number else ""} {{"digest": {written(book.digest)},'
        rules = (_rule(book, rule) for rule in sorted(book.by_id))
        yield from listed(rules, '"rules": ', "}", "  ")
    yield " ]"


def _rule(book: Book, rule_id: str) -> Fields:
    rule = book.by_id[rule_id]
    plain = ("id", "title", "category", "severity", "confidence", "tier", "since")
    return {
        **{key: getattr(rule, key) for key in plain},
        "packs": list(rule.packs),
        "law": [citation._asdict() for citation in rule.law],
    }
