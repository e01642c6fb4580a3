"""Diagnostics for reviewdog in one object; see `rdjsonl`."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.report import Report
from healthlint.reporters import Options
from healthlint.reporters._json import listed, written
from healthlint.reporters.rdjsonl import SOURCE, diagnostics


def report(report: Report, options: Options) -> Iterator[str]:  # noqa: ARG001
    """Yield the object, a diagnostic a line."""
    yield f'{{"source": {written(SOURCE)},'
    yield from listed(diagnostics(report), '"diagnostics": ', "}", " ")
