"""What is to be said of a register of approved claims by itself, without a look at any page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from healthlint import readers
from healthlint.approval import Approval, Register, expires_soon
from healthlint.approved_overlaps import parts, repeated
from healthlint.claims_file import lost_evidence
from healthlint.config import Settings
from healthlint.linter import Linter
from healthlint.records import NamedTuple
from healthlint.text import Source, Span

IN_FORCE, SOON, PAST, NOT_YET = "in force", "expires soon", "expired", "not yet"
STATES = (IN_FORCE, SOON, PAST, NOT_YET)


class Remark(NamedTuple):
    """Something about an entry of a register."""

    span: Span
    """Where it stands in the register."""
    text: str
    is_problem: bool
    """Whether it must be mended; else it is good to know."""


def state(approval: Approval, today: str) -> str:
    """Return one of STATES."""
    if approval.is_in_force(today):
        return SOON if expires_soon(approval, today) else IN_FORCE
    return PAST if approval.expires < today else NOT_YET


def remarks(register: Register, today: str, linter: Linter, settings: Settings) -> tuple[Remark, ...]:
    """Return what there is to say of `register` on a day, in order of place.

    `linter` has the rules that it names, `settings` are those of the site: what is on there.
    """
    found = [*_about_days(register.approvals, today), *_about_words(register.approvals)]
    found += [Remark(approval.span, text, is_problem=True) for approval, text in lost_evidence(register)]
    for approval in register.approvals:
        found += _about_licences(approval)
        if approval.wording:
            found += _about_rules(approval, linter, settings)
    return tuple(sorted(found))


def _about_days(approvals: Iterable[Approval], today: str) -> Iterator[Remark]:
    for approval in approvals:
        now = state(approval, today)
        if now == PAST:
            yield Remark(approval.expires_span, f"“{approval.id}” held until {approval.expires}", is_problem=True)
        elif now == SOON:
            yield Remark(approval.expires_span, f"“{approval.id}” holds until {approval.expires}", is_problem=False)
        elif now == NOT_YET:
            yield Remark(approval.span, f"“{approval.id}” holds from {approval.approved} on", is_problem=False)


def _about_licences(approval: Approval) -> Iterator[Remark]:
    for evidence in approval.evidence:
        if evidence.market and evidence.market not in approval.markets:
            text = f"“{approval.id}”: {evidence.text} is a licence for {evidence.market}, which is none of its markets"
            yield Remark(approval.span, text, is_problem=False)


def _about_rules(approval: Approval, linter: Linter, settings: Settings) -> Iterator[Remark]:
    """Yield what the rules say of a wording: that those it names do not object to it, or that others do as well."""
    source = Source("wording.txt", approval.wording)
    reader = readers.reader_for(".txt")
    assert reader is not None
    product = approval.products[0] if approval.products else None
    settings = settings._replace(packs=approval.markets, product=product, context="commercial")
    outcome = linter.lint(reader.read(source, readers.ReadOptions()), settings)
    objecting = {found.rule.id: found.rule for found in outcome.findings if found.context}
    objecting = {name: rule for name, rule in objecting.items() if rule.category != "lint"}
    others = [name for name, rule in objecting.items() if not {name, rule.category} & set(approval.rules)]
    if len(others) == len(objecting):
        text = f"“{approval.id}”: no rule that it names objects to its words"
        yield Remark(approval.span, text, is_problem=False)
    if others:
        text = f"“{approval.id}”: rules that object to its words and that it does not name: {', '.join(sorted(others))}"
        yield Remark(approval.span, text, is_problem=False)


def _about_words(approvals: tuple[Approval, ...]) -> Iterator[Remark]:
    """Yield what is approved twice, or within longer words, for a market and a product that both are for."""
    for first, second in repeated(approvals):
        yield Remark(second.span, f"“{second.id}” approves the same words as “{first.id}”", is_problem=True)
    for shorter, longer in parts(approvals):
        looser = [each for each in longer if not set(each.qualifiers) <= set(shorter.qualifiers)]
        named = (looser or longer)[0]
        without = " without its qualifier" if looser else ""
        more = f", and of {len(longer) - 1} more" if len(longer) > 1 else ""
        text = f"“{shorter.id}” approves a part of “{named.id}”{without}{more}"
        yield Remark(shorter.span, text, is_problem=bool(looser))
