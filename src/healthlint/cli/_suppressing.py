"""What `healthlint suppressions` does: a check, of which only the comments that silence rules are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from healthlint.audit.fields import use_fields
from healthlint.audit.files import facts_of, loaded
from healthlint.blame import Written
from healthlint.cli import _checking
from healthlint.cli._ends import FOUND, OK, UNUSABLE
from healthlint.cli._terminal import put, say
from healthlint.errors import UsageError
from healthlint.paths import folders_up, is_repository
from healthlint.records import NamedTuple
from healthlint.reporters._json import Fields, listed, written
from healthlint.reporters._safe import neutralise, on_one_line
from healthlint.reporters.text import counted
from healthlint.verdicts.uses import Named, Use


class Listed(NamedTuple):
    """A suppression, and when it was written."""

    path: str
    use: Use
    written: Written | None
    """None where git does not know; without a commit where it is not committed yet."""
    or_earlier: bool
    """Whether history begins with the commit that is named, so that it may be older: a shallow clone."""

    def age(self, today: str) -> int | None:
        """Return how many days ago it was written; None where nobody knows."""
        if self.written is None or (self.written.commit and not self.written.day):
            return None
        if not self.written.commit:
            return 0
        return max(0, (date.fromisoformat(today) - date.fromisoformat(self.written.day)).days)


def suppressions(paths: tuple[str, ...], options: Mapping[str, object]) -> int:
    """Print the suppressions in `paths`; return the exit status."""
    from healthlint import planning

    asked = _checking.asked_for(paths, options)
    plan = loaded(planning.plan(asked), _checking.standard_input())
    report = _checking.report_of(plan, options, None)
    today = report.today
    quiet = bool(options["quiet"])
    _checking.say_failures(report, quiet=True)
    nothing = _checking.nothing_to_check(plan, asked.paths, allowed=bool(options["allow_empty"]))
    if nothing:
        say(nothing, "error")
    notes: list[str] = []
    found = _dated([(facts.report.path, facts.uses) for facts in facts_of(plan, report)], notes)
    shown = [each for each in found if _is_wanted(each, options, today, notes)]
    for note in dict.fromkeys(notes) if not quiet else ():
        say(note, "note")
    put(_as_json(shown, today) if options["format_"] == "json" else _as_text(shown, today))
    if not quiet and options["format_"] == "text":
        put([_summary(shown, found)])
    if nothing or any(file.status == "failed" for file in report.files):
        return max(UNUSABLE, _checking.status_of(report, nothing=bool(nothing), exit_zero=True))
    return FOUND if options["strict"] and shown else OK


def _dated(found: Iterable[tuple[str, Sequence[Use]]], notes: list[str]) -> list[Listed]:
    """Return the suppressions with the days on which they were written, as far as there is a git that knows."""
    with_some = [(path, uses) for path, uses in found if uses]
    unknown = [Listed(path, use, None, or_earlier=False) for path, uses in with_some for use in uses]
    if not with_some:
        return []
    *_, top = folders_up(".")
    if not is_repository(top):
        notes.append("no repository: nobody knows when they were written")
        return unknown
    from healthlint.git import Repository

    try:
        repository = Repository()
        tracked = repository.tracked()
        first = repository.first_commits() if repository.is_shallow() else frozenset()
    except UsageError as error:
        notes.append(f"nobody knows when they were written: {error}")
        return unknown
    if first:
        notes.append("this clone is shallow: what was written before it began is older than its first day")
    dated = []
    for path, uses in with_some:
        inside = repository.inside(path)
        days = repository.written(inside, (use.line for use in uses)) if inside in tracked else {}
        for use in uses:
            day = days.get(use.line, Written("", "")) if inside else None
            dated.append(Listed(path, use, day, day is not None and day.commit in first))
    return dated


def _is_wanted(each: Listed, options: Mapping[str, object], today: str, notes: list[str]) -> bool:
    """Tell whether a suppression is to be listed: without filters each is, else what one of them fits.

    Raises:
        UsageError: its age is asked for, and nobody knows it.
    """
    wanted = [
        each.use.state == "expired" if options["expired"] else None,
        each.use.is_unused if options["unused"] else None,
    ]
    least = options["older_than"]
    if isinstance(least, int):
        age = each.age(today)
        if age is None or (age <= least and each.or_earlier):
            why = "; ".join(notes) or "git does not know when it was written"
            raise UsageError(f"--older-than: {each.path}:{each.use.position.line}: {why}")
        wanted.append(age > least)
    asked = [one for one in wanted if one is not None]
    return not asked or any(asked)


def _as_text(shown: Iterable[Listed], today: str) -> Iterator[str]:
    """Yield two lines for each: its place and rules, and then its reason."""
    for each in shown:
        use = each.use
        rules = ", ".join(named.rule + _told(named) for named in use.rules) or "no rule"
        told = [_until(use), _when(each, today)]
        told += [use.state] if use.state in ("without reason", "mistaken") else []
        yield neutralise(f"{each.path}:{use.position.line}: {use.directive} {rules}; {'; '.join(filter(None, told))}")
        yield f"    {neutralise(on_one_line(use.reason))}" if use.reason else "    (no reason)"


def _told(named: Named) -> str:
    return "" if named.state in ("used", "idle") else f" ({named.state})"


def _until(use: Use) -> str:
    if not use.until:
        return "no end"
    return f"expired {use.until}" if use.state == "expired" else f"until {use.until}"


def _when(each: Listed, today: str) -> str:
    if each.written is None:
        return ""
    if not each.written.commit:
        return "not committed"
    age = each.age(today)
    if age is None:
        return "written nobody knows when"
    return f"written {each.written.day}{' or earlier' if each.or_earlier else ''}, {counted(age, 'day')} ago"


def _summary(shown: Sequence[Listed], found: Sequence[Listed]) -> str:
    whole = f" of {len(found)}" if len(shown) != len(found) else ""
    expired = sum(each.use.state == "expired" for each in shown)
    unused = sum(each.use.is_unused for each in shown)
    told = [f"{count} {word}" for count, word in ((expired, "expired"), (unused, "unused")) if count]
    aside = f" ({', '.join(told)})" if told else ""
    total = f"{len(shown)}{whole} suppressions" if whole else counted(len(shown), "suppression")
    return f"{total} in {counted(len({each.path for each in shown}), 'file')}{aside}"


def _as_json(shown: Iterable[Listed], today: str) -> Iterator[str]:
    """Yield an object, a suppression a line, as `schema/suppressions-1.schema.json` describes it."""
    yield f'{{"version": 1, "today": {written(today)},'
    yield from listed((_fields(each, today) for each in shown), '"suppressions": ', "}", " ")


def _fields(each: Listed, today: str) -> Fields:
    known = each.written
    return {
        "path": each.path,
        **use_fields(each.use),
        "written": None if known is None or not known.day else known.day,
        "or_earlier": each.or_earlier,
        "age_days": each.age(today),
    }
