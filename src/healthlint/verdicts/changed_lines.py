"""What a change to a file has to answer for: findings that touch the changed lines, and those about the whole file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from healthlint.finding import Finding
from healthlint.git import Change, Hunk
from healthlint.report import FileReport, Report
from healthlint.text import Source, Span
from healthlint.verdicts.covers import Stretches


def judge(report: Report, changes: Mapping[str, Change]) -> Report:
    """Return what of `report` the changes touch; `changes` are by path as in the report.

    A finding is touched where its words are, the sentence they stand in, or another place it speaks of. One about the
    whole document is touched by any change.
    """
    files = (_touched(file, changes[file.path]) if file.path in changes else file for file in report.files)
    return report._replace(files=tuple(files))


def _touched(file: FileReport, change: Change) -> FileReport:
    if change.whole or not (file.findings or file.suppressed):
        return file
    source = (file.findings or [each.finding for each in file.suppressed])[0].source
    stretches = Stretches(sorted(changed_stretches(source, change.hunks)))
    return file.left_with(
        tuple(finding for finding in file.findings if _is_touched(finding, stretches)),
        tuple(each for each in file.suppressed if _is_touched(each.finding, stretches)),
    )


def _is_touched(finding: Finding, stretches: Stretches) -> bool:
    if not finding.context:
        return True
    places = [finding.span, *(related.span for related in finding.related)]
    if finding.sentence is not None:
        places.append(finding.sentence)
    return any(stretches.touching(span) is not None for span in places)


def changed_stretches(source: Source, hunks: Iterable[Hunk]) -> Iterator[Span]:
    """Yield where the text of `hunks` stands in `source`, and the lines next to it whose paragraph lost a part.

    A paragraph lost a part where the line that followed, or went before, held text, and now none or a blank one does.
    """
    starts = _line_starts(source.text)

    def line(number: int) -> Span:
        return _lines(starts, number, number) if number > 0 else Span(0, 0)

    def holds_text(number: int) -> bool:
        return bool(source.text[slice(*line(number))].strip())

    for first, count, lost in hunks:
        above, below = (first - 1, first + count) if count else (first, first + 1)
        if count:
            yield _lines(starts, first, first + count - 1)
        if holds_text(above) and (lost[0] if lost else holds_text(below)) and not (count and holds_text(first)):
            yield line(above)
        if holds_text(below) and (lost[-1] if lost else holds_text(above)) and not (count and holds_text(below - 1)):
            yield line(below)


def _line_starts(text: str) -> list[int]:
    """Return where each line begins as git counts them, which takes a line feed alone to end one, and the end."""
    starts, at = [0], 0
    while (at := text.find("\n", at) + 1) > 0:
        starts.append(at)
    return [*starts, len(text) + 1]


def _lines(starts: list[int], first: int, last: int) -> Span:
    end = len(starts) - 1
    return Span(starts[min(first - 1, end)], starts[min(last, end)])
