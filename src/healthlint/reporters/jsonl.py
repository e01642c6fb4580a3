"""An object a line, each with its `kind`, as `schema/report-lines-1.schema.json` describes them.

First the report, then for each file the file itself, its findings and what was silenced in it, then what is stale in the
baseline; the counts at the end, so that whoever misses them knows that something broke off.
"""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.report import Report
from healthlint.reporters import Options
from healthlint.reporters._json import Fields, written
from healthlint.reporters.json import about, approved_fields, file_fields, finding_fields, stale_fields, summary


def report(report: Report, options: Options) -> Iterator[str]:  # noqa: ARG001
    """Yield the lines."""
    yield written({"kind": "report", **about(report)})
    for file in report.files:
        error: Fields = {"error": file.error} if file.error else {}
        yield written({"kind": "file", **file_fields(file), **error})
        for finding in file.findings:
            yield written({"kind": "finding", **finding_fields(finding, file)})
        for each in file.suppressed:
            if each.by == "claim":
                yield written({"kind": "approved", **approved_fields(each, file, report)})
                continue
            fields = finding_fields(each.finding, file)
            yield written({"kind": "suppressed", "by": each.by, "reason": each.reason, **fields})
    for old in report.stale:
        yield written({"kind": "stale", **stale_fields(old)})
    yield written({"kind": "summary", **summary(report)})
