"""Suppression comments, judged: which findings they silence, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from healthlint.days import is_day
from healthlint.document import Document
from healthlint.errors import nearest
from healthlint.finding import Finding
from healthlint.fingerprint import with_fingerprints
from healthlint.records import NamedTuple
from healthlint.report import Suppressed
from healthlint.rule import CATEGORIES, Rule
from healthlint.selection import hint
from healthlint.text import Source, Span
from healthlint.verdicts.covers import Cover, Stretches, covers, idle_ends
from healthlint.verdicts.directives import DIRECTIVES, ENABLE, FILE, Directive, Word, directives

UNKNOWN = "unknown-suppression"
WITHOUT_REASON = "suppression-without-reason"
UNUSED = "unused-suppression"
EXPIRED = "expired-suppression"
RULES = frozenset({UNKNOWN, WITHOUT_REASON, UNUSED, EXPIRED})
"""The rules about suppressions: only `healthlint-disable-file` silences one."""

_LONGEST_SHOWN = 40
# A guess costs as much as checking a paragraph does, so a file of ten thousand mistakes gets the first few.
_MOST_GUESSES = 50
_LONGEST_GUESSED = 80


class Verdict(NamedTuple):
    """What stands of a file's findings, those about its suppressions included, and what was silenced.

    Both are in order of place, then rule id.
    """

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    dated: bool = False
    """True where one of the suppressions has an end."""


def judge(
    document: Document,
    findings: Sequence[Finding],
    rules: Mapping[str, Rule],
    today: str,
    on: Container[str] | None = None,
) -> Verdict:
    """Return what the suppressions of `document` leave of `findings`, and what is to be said of the suppressions.

    `findings` have their fingerprints; `rules` are all there are, by id; `today` is an ISO 8601 day; `on` holds the ids
    of the rules that ran (None: all of them).
    """
    told = directives(document)
    if not told:
        return Verdict(tuple(sorted(findings, key=_place)), ())
    court = _Court(document.source, rules, today, on, _guesses(told, rules))
    held = _by_rule(cover for cover in covers(document.source, told) if court.obeys(cover))
    faults = [*court.faults(told), *court.unused(held, findings, rules.keys() - RULES)]
    # What silences findings about suppressions is held against those just made, not against its own.
    faults += court.unused(held, faults, RULES)
    verdict = _silence([*findings, *with_fingerprints(sorted(faults, key=_place))], held)
    return verdict._replace(dated=any(directive.until is not None for directive in told))


def _place(finding: Finding) -> tuple[Span, str]:
    return finding.span, finding.rule.id


def _by_rule(found: Iterable[Cover]) -> dict[str, list[Cover]]:
    held: dict[str, list[Cover]] = {}
    for cover in found:
        held.setdefault(cover.name.text, []).append(cover)
    return held


def _silence(findings: list[Finding], held: Mapping[str, list[Cover]]) -> Verdict:
    """Part the findings that a cover of their rule touches from the others."""
    stretches = {rule: Stretches([cover.span for cover in some]) for rule, some in held.items()}
    standing: list[Finding] = []
    suppressed: list[Suppressed] = []
    for finding in sorted(findings, key=_place):
        some = stretches.get(finding.rule.id)
        at = some.touching(finding.span) if some else None
        # That the silencing of suppressions is unused cannot be silenced: it would then be used.
        if at is None or (finding.rule.id == UNUSED and finding.words in RULES):
            standing.append(finding)
        else:
            reason = held[finding.rule.id][at].directive.reason
            suppressed.append(Suppressed(finding, by="suppression", reason=reason))
    return Verdict(tuple(standing), tuple(suppressed))


def _guesses(told: Iterable[Directive], rules: Mapping[str, Rule]) -> dict[str, str]:
    """Return "; did you mean 'x'?", or "", for the first few words that are no directive or no rule."""
    mistakes: dict[str, bool] = {}
    for directive in told:
        if directive.verb.text not in DIRECTIVES:
            mistakes[directive.verb.text] = True
        mistakes.update((name.text, False) for name in directive.names if name.text not in rules)
    short = ((word, is_verb) for word, is_verb in mistakes.items() if len(word) <= _LONGEST_GUESSED)
    return {
        word: nearest(word.lower(), DIRECTIVES) if is_verb else hint(word.lower(), rules.values())
        for word, is_verb in islice(short, _MOST_GUESSES)
    }


class _Court(NamedTuple):
    """What suppressions are held against; it makes the findings about them."""

    source: Source
    rules: Mapping[str, Rule]
    today: str
    on: Container[str] | None
    guesses: Mapping[str, str]

    def obeys(self, cover: Cover) -> bool:
        """Tell whether a cover silences anything: its directive has a reason and is in force."""
        if cover.name.text in RULES and cover.directive.verb.text != FILE:
            return False
        return cover.directive.is_in_force(self.today)

    def faults(self, told: Sequence[Directive]) -> Iterator[Finding]:
        """Yield what is wrong with the directives in themselves."""
        for directive in told:
            if directive.verb.text not in DIRECTIVES:
                yield from self._unknown(directive, directive.verb, "is no directive")
                continue
            for name in directive.names:
                if why := self._mistake(name, directive.verb.text):
                    yield from self._unknown(directive, name, why)
            yield from self._faults_of_end(directive) if directive.verb.text == ENABLE else self._faults_of(directive)
        for directive, word in idle_ends(told):
            if word.text in self.rules or word == directive.verb:
                yield from self._finding(UNUSED, directive, word, "“{match}” ends no suppression")

    def unused(
        self, held: Mapping[str, list[Cover]], findings: Iterable[Finding], ids: Container[str]
    ) -> list[Finding]:
        """Return a finding for each cover of a rule of `ids` that touches none of `findings`."""
        spans: dict[str, list[Span]] = {rule: [] for rule in held if rule in ids and self._is_on(rule)}
        for finding in findings:
            if finding.rule.id in spans:
                spans[finding.rule.id].append(finding.span)
        idle = []
        for rule, some in spans.items():
            stretches = Stretches(sorted(some))
            idle += [cover for cover in held[rule] if stretches.touching(cover.span) is None]
        return [made for cover in idle for made in self._finding(UNUSED, cover.directive, cover.name)]

    def _faults_of(self, directive: Directive) -> Iterator[Finding]:
        """Yield what is wrong with one that silences, the names it gives aside."""
        if not directive.names:
            yield from self._unknown(directive, directive.verb, "names no rule")
        if not directive.reason:
            yield from self._finding(WITHOUT_REASON, directive, directive.verb)
        if directive.until is None:
            return
        if not is_day(directive.day):
            yield from self._unknown(directive, directive.until, "is no day: write until=YYYY-MM-DD")
        elif directive.day < self.today:
            yield from self._finding(EXPIRED, directive, directive.until)

    def _faults_of_end(self, directive: Directive) -> Iterator[Finding]:
        if directive.until is not None:
            yield from self._unknown(directive, directive.until, "belongs to the suppression, not to its end")

    def _mistake(self, name: Word, verb: str) -> str:
        """Return what is wrong with a rule's name, or ""."""
        if name.text in RULES and verb != FILE:
            return f"can be silenced by {FILE} alone"
        if name.text in self.rules:
            return ""
        if name.text == "all":
            return "is no rule: name each one"
        if name.text in CATEGORIES:
            return "is a category: name each rule"
        return "is no rule"

    def _unknown(self, directive: Directive, word: Word, why: str) -> Iterator[Finding]:
        return self._finding(UNKNOWN, directive, word, f"“{{match}}” {why}{self.guesses.get(word.text, '')}")

    def _finding(self, rule_id: str, directive: Directive, word: Word, message: str = "") -> Iterator[Finding]:
        """Yield a finding on `word`, unless its rule is off."""
        rule = self.rules.get(rule_id)
        if rule is None or not self._is_on(rule_id):
            return
        shown = word.text if len(word.text) <= _LONGEST_SHOWN else word.text[: _LONGEST_SHOWN - 1] + "…"
        text = (message or rule.message).replace("{match}", shown)
        yield Finding(rule, self.source, word.span, text, rule.severity, context=directive.text)

    def _is_on(self, rule_id: str) -> bool:
        return self.on is None or rule_id in self.on
