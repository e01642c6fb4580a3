"""For people: each finding in its line, with the reason, what to write instead, and the law; a summary at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from healthlint.finding import Finding
from healthlint.regexes import pattern
from healthlint.report import FileReport, Report, Suppressed
from healthlint.reporters import Options
from healthlint.reporters._frame import columns, frame
from healthlint.reporters._safe import neutralise, on_one_line
from healthlint.rule import SEVERITIES, Citation

Paint = Callable[[str], str]

_BOLD, _BLUE = "1", "34"
_COLORS = {"error": "31", "warning": "33", "info": "36", "approved": "32"}
_APPROVED = "approved"
_SENTENCE_END = pattern(r"""(?:(?<=[a-z0-9)”"][.!?])|(?<=[.!?][)”"]))\s+(?=[A-Z])""")
_SILENCED = {"claim": "approved", "baseline": "in the baseline", "suppression": "suppressed"}
_SHOWN_WORDS = 40
_PLAIN = Options()


def report(report: Report, options: Options) -> Iterator[str]:
    """Yield the findings of each file with what it was read as, and then the counts."""
    for file in report.files:
        for finding in file.findings:
            yield from _finding(finding, file, options)
            yield ""
        for each in file.approved if options.approved else ():
            yield from _approved(each, file, report, options)
            yield ""
        if file.findings and not options.quiet and file.product:
            yield from _read_as(file, options.width)
            yield ""
    if not options.quiet:
        yield summary(report, options)


def _finding(finding: Finding, file: FileReport, options: Options) -> Iterator[str]:
    yield from _shown(finding, file, finding.severity, _notes(finding, file), options)


def _approved(each: Suppressed, file: FileReport, report: Report, options: Options) -> Iterator[str]:
    approvals = report.approvals(file, each)
    notes = [("approved", neutralise(approval.justification())) for approval in approvals]
    yield from _shown(each.finding, file, _APPROVED, notes or [("approved", neutralise(each.reason))], options)


def _shown(
    finding: Finding, file: FileReport, kind: str, notes: Iterable[tuple[str, str]], options: Options
) -> Iterator[str]:
    """Yield a finding in its text, told as of a severity or as approved, with notes below it."""
    width = options.width
    bold, blue = _painter(options, _BOLD), _painter(options, _BLUE)
    tone = _painter(options, f"{_BOLD};{_COLORS[kind]}")
    head = f"{kind}[{finding.rule.id}]:"
    first, *more = wrapped(f"{head} {neutralise(on_one_line(finding.message))}", width, indent=2)
    yield tone(head) + bold(first[len(head) :]) if first.startswith(head) else first
    yield from map(bold, more)
    line, column = finding.source.position(finding.span.start)
    gutter = len(str(finding.source.position(max(finding.span.start, finding.span.end - 1)).line))
    yield f"{'':>{gutter}} {blue('-->')} {neutralise(file.path)}:{line}:{column}"
    yield from frame(finding.source, finding.span, width, dim=blue, mark=tone)
    for label, text in notes:
        for count, part in enumerate(wrapped(f"{label}: {text}", width - gutter - 4, indent=2)):
            shown = f"{bold(label)}{part[len(label) :]}" if count == 0 else part
            yield f"{'':>{gutter}}  {blue('=') if count == 0 else ' '} {shown}"


def _notes(finding: Finding, file: FileReport) -> Iterator[tuple[str, str]]:
    """Yield the label and the text of what is said below the frame."""
    rule = finding.rule
    for related in finding.related:
        line, column = finding.source.position(related.span.start)
        words = _shortened(finding.source.text[related.span.start : min(related.span.end, related.span.start + 99)])
        yield "see", f"{line}:{column} “{words}”: {neutralise(related.message)}"
    yield "why", neutralise(first_sentence(rule.why))
    yield "instead", neutralise(rule.instead)
    citation = leading_citation(rule.law, file.packs)
    if citation is not None:
        yield "law", neutralise(f"{citation.cite} ({citation.pack}) {citation.url}".rstrip())


def first_sentence(text: str) -> str:
    """Return the first sentence of a rule's `why`."""
    return _SENTENCE_END.split(on_one_line(text), maxsplit=1)[0]


def leading_citation(law: Sequence[Citation], packs: tuple[str, ...]) -> Citation | None:
    """Return the first citation for a pack in force; the first of all where there is none."""
    in_force = (citation for citation in law if citation.pack in packs)
    return next(in_force, law[0] if law else None)


def wrapped(text: str, width: int, indent: int = 0) -> list[str]:
    """Return `text` in lines of at most `width` columns, all but the first indented; a long word stays whole."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        if line and columns(line) + 1 + columns(word) > width:
            lines.append(line)
            line = " " * indent + word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def counted(count: int, noun: str) -> str:
    """Return "1 file", "2 files"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _shortened(words: str) -> str:
    words = neutralise(on_one_line(words))
    return words if len(words) <= _SHOWN_WORDS else words[: _SHOWN_WORDS - 1].rstrip() + "…"


def _read_as(file: FileReport, width: int) -> Iterator[str]:
    """Yield what the file was taken for, and why: findings hang on it."""
    taken = "; ".join(file.reasons) or ", ".join(word for word in (file.product, file.context) if word)
    yield from wrapped(neutralise(f"note: {file.path} was read as {taken}"), width, 2)


def summary(report: Report, options: Options = _PLAIN) -> str:
    """Return how many findings there are in how many files, and what else is to be known."""
    counts = {severity: report.count(severity) for severity in reversed(SEVERITIES)}
    told = [
        _painter(options, _COLORS[severity])(counted(count, severity) if severity != "info" else f"{count} info")
        for severity, count in counts.items()
        if count
    ]
    return f"{', '.join(told) or 'no findings'} in {_where(report)}{_aside(report)}"


def _where(report: Report) -> str:
    """Return in how many of the pages there are findings, and whether there are some in a register, which is none."""
    places, checked = sum(bool(file.findings) for file in report.pages), counted(report.checked, "file")
    registers = sum(bool(file.findings) for file in report.files) - places
    where = f"{places} of {checked}" if places and places != report.checked else checked
    if not registers:
        return where
    what = "the register" if registers == 1 else counted(registers, "register")
    return f"{what} and {where}" if places else f"{what}, none in {where}"


def _aside(report: Report) -> str:
    """Return what else is to be known, in brackets."""
    silenced = [each.by for file in report.files for each in file.suppressed]
    numbers = [(silenced.count(by), words) for by, words in _SILENCED.items()]
    for status, words in (("failed", "failed"), ("not-checked", "not checked"), ("excluded", "excluded")):
        numbers.append((sum(file.status == status for file in report.files), words))
    told = [f"{count} {words}" for count, words in numbers if count]
    return f" ({', '.join(told)})" if told else ""


def _painter(options: Options, code: str) -> Paint:
    return (lambda text: f"\x1b[{code}m{text}\x1b[0m" if text else text) if options.color else str
