"""The rules at work on one page: what each found, judged by frame, context and product, and folded."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from healthlint.at_work import Ready, ReadyRules
from healthlint.checks._match import Match
from healthlint.checks._page import Page
from healthlint.finding import Finding, Folded, Related
from healthlint.rule import SEVERITIES, Rule
from healthlint.text import Span

_LONGEST_WORDS = 60
"""Words of a finding that a message shows, in characters."""

_Kept = tuple[Rule, Match, str, str]
"""A rule, what it found, the frame and the severity."""


class Run:
    """The rules at work on one page: what each found, judged and folded."""

    def __init__(self, ready: ReadyRules, page: Page, on: Mapping[str, str], context: str, product: str) -> None:
        """Begin with nothing found; `on` leads the rules that are on to their severities."""
        self._ready = ready
        self._page = page
        self._on = on
        self._context = context
        self._product = product
        self._kept: list[_Kept] = []
        self.faults: list[str] = []

    def phase(self, rules: Iterable[Rule]) -> None:
        """Run the rules of one phase; what they find is there for the next."""
        for rule in rules:
            if self._covers(rule):
                self.check(rule, self._ready[rule.id])

    def _covers(self, rule: Rule) -> bool:
        if self._context == "editorial" and rule.context == "commercial":
            return False
        return not rule.products or any(covers(named, self._product) for named in rule.products)

    def check(self, rule: Rule, ready: Ready) -> None:
        """Run one rule; what it finds is there for those that ask it."""
        found: list[Match] = []
        allows, conditions = self._page.allows, ready.conditions
        for kind, find, data in ready.checks:
            try:
                found += [match for match in find(data, self._page) if match.whole or allows(conditions, match)]
            except TimeoutError:
                self.faults.append(f"rule {rule.id}: {self._page.document.source.name}: a pattern ran out of time")
            except Exception as error:  # noqa: BLE001
                # One rule's fault must not hide what the others find; the run ends with status 3 all the same.
                self.faults.append(self._fault(rule, kind, error))
        heard = {match: judged for match in found if (judged := self._judged(rule, match)) is not None}
        for match, frame, severity in _apart(heard):
            self._page.found.setdefault(rule.id, []).append(match)
            self._page.severities[rule.id, match.start, match.end] = severity
            if rule.id in self._on:
                self._kept.append((rule, match, frame, severity))

    def _fault(self, rule: Rule, kind: str, error: Exception) -> str:
        """Return what to report of a check that broke: rule, file, how far it was, and where in the program."""
        place = ""
        trace = error.__traceback__
        while trace is not None:
            place = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}"
            trace = trace.tb_next
        source = self._page.document.source
        last = max((match.end for matches in self._page.found.values() for match in matches), default=0)
        span = self._page.document.prose.span(last - 1, last) if last else None
        line = source.position(span.start).line if span else 1
        return (
            f"rule {rule.id}: {source.name}: the check '{kind}' broke ({type(error).__name__}: {error}; {place}), "
            f"behind line {line}; please report it"
        )

    def _judged(self, rule: Rule, match: Match) -> tuple[str, str] | None:
        """Return the frame and severity of a match, or None where it is silent."""
        frame = match.frame or self._page.frame(match.start, match.end)
        if (
            not match.whole
            and not match.frame
            and frame not in (match.frames if match.frames is not None else rule.frames)
        ):
            return None
        severity = self._on.get(rule.id, rule.severity)
        if match.severity and severity == rule.severity:
            severity = match.severity
        step = SEVERITIES.index(severity)
        if frame in ("hedge", "attribute"):
            step -= (match.hedge or rule.hedge) == "lower" or self._page.asks(match)
        step -= self._context == "editorial" and rule.context == "lower"
        return (frame, SEVERITIES[step]) if step >= 0 else None

    def findings(self) -> list[Finding]:
        """Return what is left after folding, in order of place, then rule id."""
        made = [self._finding(*kept) for kept, speakers in _speakers(self._kept) if next(speakers, None) is None]
        return sorted(made, key=lambda finding: (finding.span, finding.rule.id))

    def folded(self) -> list[Folded]:
        """Return what others speak for, in order of place, then rule id, with those who do."""
        span = self._page.document.prose.span
        made = [
            Folded(self._finding(*kept), frozenset((rule.id, span(match.start, match.end)) for rule, match in some))
            for kept, speakers in _speakers(self._kept)
            if (some := tuple(speakers))
        ]
        return sorted(made, key=lambda each: (each.finding.span, each.finding.rule.id))

    def _finding(self, rule: Rule, match: Match, frame: str, severity: str) -> Finding:
        page, source = self._page, self._page.document.source
        prose = page.document.prose
        related = [Related(prose.span(start, end), text) for start, end, text in match.related if end > start]
        if match.lead is not None:
            related.append(Related(prose.span(*match.lead), "this leads into it"))
        if match.whole:
            line = source.line(1).rstrip()
            begin = 1 if line.startswith("\ufeff") else 0
            return Finding(
                rule, source, Span(begin, max(begin, len(line))), rule.message, severity, frame, tuple(related)
            )
        span = prose.span(match.start, match.end)
        message = _message(rule.message, match, prose.text)
        if self._ready[rule.id].is_of_document:
            return Finding(rule, source, span, message, severity, frame, tuple(related))
        words = page.reading.sentence_at(match.start)
        sentence = prose.span(words.start, words.end) if words.end > words.start else None
        return Finding(rule, source, span, message, severity, frame, tuple(related), words.joined(), sentence=sentence)


def covers(named: str, product: str) -> bool:
    """Return whether a rule for products `named` is for `product`: medicine covers medicine:rx; therapeutic-good any."""
    if named == product or product.startswith(f"{named}:"):
        return True
    return named == "therapeutic-good" and product.split(":", 1)[0] in ("supplement", "medicine", "device")


def _apart(heard: Mapping[Match, tuple[str, str]]) -> list[tuple[Match, str, str]]:
    """Return one rule's matches in order, with frame and severity.

    Of those that overlap it is the first and longest, and as bad as the worst of them.
    """
    apart: list[tuple[Match, str, str]] = []
    end = -1
    for match in sorted(heard, key=lambda match: (match.start, -match.end)):
        frame, severity = heard[match]
        if match.start >= end or match.whole:
            apart.append((match, frame, severity))
            end = max(end, match.end)
        else:
            before, its_frame, its_severity = apart[-1]
            apart[-1] = before, its_frame, max(severity, its_severity, key=SEVERITIES.index)
    return apart


def _speakers(kept: Sequence[_Kept]) -> Iterator[tuple[_Kept, Iterator[tuple[Rule, Match]]]]:
    """Yield each with those that speak for it: their rules fold this rule, on overlapping words, and are no milder."""
    by_id: dict[str, list[_Kept]] = {}
    folding: dict[str, set[str]] = {}
    rules = {rule.id: rule for rule, _, _, _ in kept}
    for entry in kept:
        by_id.setdefault(entry[0].id, []).append(entry)
    for rule_id in rules:
        for folded in _all_folds(rule_id, rules):
            folding.setdefault(folded, set()).add(rule_id)
    placed = {folder: _Placed(by_id[folder]) for folder in set().union(*folding.values())}
    for entry in kept:
        yield entry, _speaking(entry, [placed[folder] for folder in folding.get(entry[0].id, ())])


class _Placed:
    """What one rule found, asked for what touches a match."""

    def __init__(self, kept: Iterable[_Kept]) -> None:
        self._kept = sorted(kept, key=lambda entry: entry[1].start)
        self._starts = [entry[1].start for entry in self._kept]
        self._ends = list(accumulate((entry[1].end for entry in self._kept), max))
        """How far what stands up to each of them goes."""

    def touching(self, match: Match) -> Iterator[_Kept]:
        at = bisect_left(self._starts, match.end) - 1
        while at >= 0 and self._ends[at] > match.start:
            if self._kept[at][1].end > match.start:
                yield self._kept[at]
            at -= 1


def _speaking(entry: _Kept, others: Iterable[_Placed]) -> Iterator[tuple[Rule, Match]]:
    _, match, _, severity = entry
    for placed in others:
        for rule, other, _, worse in placed.touching(match):
            if SEVERITIES.index(worse) >= SEVERITIES.index(severity):
                yield rule, other


def _all_folds(rule_id: str, rules: Mapping[str, Rule]) -> set[str]:
    """Return the ids a rule folds, directly or through another rule that is here."""
    found: set[str] = set()
    waiting = [rule_id]
    while waiting:
        for folded in rules[waiting.pop()].folds:
            if folded not in found and folded != rule_id:
                found.add(folded)
                waiting += [folded] if folded in rules else []
    return found


def _message(template: str, match: Match, text: str) -> str:
    """Return a rule's message with the words found in it."""
    words = {"match": " ".join(text[match.start : match.end].split())}
    for slot, found in match.captures:
        words.setdefault(slot, " ".join(found.split()))
    shown = template
    for name, found in words.items():
        short = found if len(found) <= _LONGEST_WORDS else found[: _LONGEST_WORDS - 1].rstrip() + "…"
        shown = shown.replace(f"{{{name}}}", short)
    if "{" in shown:
        import re

        shown = re.sub(r"\{\w+\}", words["match"][:_LONGEST_WORDS], shown)
    return shown
