"""The baseline: findings that were there when healthlint came, which are counted and not shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from healthlint.encoding import read_named
from healthlint.errors import ConfigError
from healthlint.paths import Places, with_slashes
from healthlint.records import NamedTuple
from healthlint.report import FileReport, Report, Stale, Suppressed

USUAL = ".healthlint-baseline.jsonl"
VERSION = 1
_HEAD = "healthlint-baseline"
_MOST_FAULTS = 20
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


class Entry(NamedTuple):
    """What tells a finding again; in the order in which a baseline is sorted."""

    path: str
    """Relative to the folder of the baseline, with "/"."""
    rule: str
    fingerprint: str


Entries = Mapping[Entry, int]
"""How many findings there are of each kind."""


class Outcome(NamedTuple):
    """What a baseline leaves of a report, and what of it answers to nothing any more."""

    report: Report
    stale: Entries


def read(path: str) -> Entries:
    """Return the entries of a baseline file.

    An entry that is there twice, as two branches may bring it, counts once.

    Raises:
        ConfigError: it cannot be read or is no baseline: the first of its faults, each with its line.
    """
    shown = with_slashes(path)
    _, text = read_named(path, "there is no such baseline; 'healthlint baseline' writes one")
    entries: dict[Entry, int] = {}
    faults = []
    for number, line in enumerate(text.split("\n"), 1):
        try:
            entry, count = _head(line) if number == 1 else _entry(line)
        except ValueError as error:
            faults.append(f"{shown}:{number}: {error}")
            if number == 1 or len(faults) == _MOST_FAULTS:
                break
            continue
        if count:
            entries[entry] = max(count, entries.get(entry, 0))
    if faults:
        raise ConfigError(*faults)
    return entries


def lines(entries: Entries) -> Iterator[str]:
    """Yield the lines of a baseline file: what it is, then an entry a line, sorted."""
    import json

    yield json.dumps({_HEAD: VERSION})
    for entry, count in sorted(entries.items()):
        yield json.dumps({**entry._asdict(), "count": count})


def entries_of(report: Report, folder: str) -> Entries:
    """Return an entry for each finding of `report`; `folder` is where the baseline lies."""
    places = Places(folder)
    return Counter(
        Entry(path, finding.rule.id, finding.fingerprint)
        for file in report.files
        for path in [places.of(file.path)]
        for finding in file.findings
    )


def moved(entries: Entries, renamed: Mapping[str, str]) -> Entries:
    """Return the entries with those of renamed files under their new names."""
    made: dict[Entry, int] = {}
    for entry, count in entries.items():
        now = entry._replace(path=renamed.get(entry.path, entry.path))
        made[now] = max(count, made.get(now, 0))
    return made


def judge(
    report: Report, entries: Entries, folder: str, ran: Callable[[str, str], bool], is_gone: Callable[[str], bool]
) -> Outcome:
    """Return what `entries`, which lie in `folder`, leave of `report`.

    `ran` tells whether a rule, by id, looked at a checked file, by the path it has in the report; `is_gone` whether
    there is no file at a path of an entry. An entry of which neither can be said is not stale: nobody looked.
    """
    places = Places(folder)
    left = Counter(entries)
    stale: dict[Entry, int] = {}
    files = []
    checked: dict[str, str] = {}
    for file in report.files:
        path = places.of(file.path)
        checked[path] = file.path if file.status == "checked" else ""
        files.append(_without_old(file, path, left))
    missing = {path: is_gone(path) for path in {entry.path for entry in left} - checked.keys()}
    for entry, count in left.items():
        path = checked.get(entry.path, "")
        if count and (missing.get(entry.path, False) or (path and ran(path, entry.rule))):
            stale[entry] = count
    told = tuple(Stale(*entry, count) for entry, count in sorted(stale.items()))
    return Outcome(report._replace(files=tuple(files), stale=told), stale)


def without(entries: Entries, stale: Entries) -> Entries:
    """Return the entries with as many taken out as are stale."""
    return +(Counter(entries) - Counter(stale))


def _without_old(file: FileReport, path: str, left: Counter[Entry]) -> FileReport:
    """Return `file` without the findings that are `left` in the baseline, and take them out of it."""
    fresh, old = [], []
    for finding in file.findings:
        entry = Entry(path, finding.rule.id, finding.fingerprint)
        if left.get(entry, 0):
            left[entry] -= 1
            old.append(Suppressed(finding, by="baseline", reason="in the baseline"))
        else:
            fresh.append(finding)
    if not old:
        return file
    silenced = sorted([*file.suppressed, *old], key=lambda each: (each.finding.span, each.finding.rule.id))
    return file.left_with(tuple(fresh), tuple(silenced))


def _head(line: str) -> tuple[Entry, int]:
    """Return nothing of a first line that says what it should.

    Raises:
        ValueError: it does not.
    """
    try:
        version = _fields(line).get(_HEAD)
    except ValueError:
        version = None
    if version is None:
        raise ValueError(f'no baseline: the first line of one is {{"{_HEAD}": {VERSION}}}')
    if version is True or version != VERSION:
        raise ValueError(f"a baseline of version {version!r}; this healthlint reads version {VERSION}")
    return Entry("", "", ""), 0


def _entry(line: str) -> tuple[Entry, int]:
    """Return the entry of a line and its count; 0 for a line without one.

    Raises:
        ValueError: it holds something else.
    """
    if not line.strip():
        return Entry("", "", ""), 0
    if line.startswith(_CONFLICT):
        raise ValueError("a merge conflict is left in it: keep the lines of both sides")
    fields = _fields(line)
    if _HEAD in fields:
        return _head(line)
    wanted = (*Entry._fields, "count")
    if set(fields) != set(wanted):
        raise ValueError(f"its keys are {', '.join(sorted(fields)) or 'none'}, not {', '.join(wanted)}")
    count = fields["count"]
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise ValueError("'count' is no whole number from 1 on")
    names = [str(fields[key]) for key in Entry._fields if isinstance(fields[key], str) and fields[key]]
    if len(names) != len(Entry._fields):
        raise ValueError(f"{', '.join(map(repr, Entry._fields))} are not all text")
    entry = Entry(*names)
    if not _may_be_path(entry.path):
        raise ValueError("'path' has characters that no name of a file can have")
    return entry, count


def _may_be_path(path: str) -> bool:
    """Return whether a file may have this name."""
    import os

    try:
        return b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        return False


def _fields(line: str) -> dict[str, object]:
    import json

    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError("no JSON object") from error
    if not isinstance(fields, dict):
        raise ValueError("no JSON object")  # noqa: TRY004
    return fields
