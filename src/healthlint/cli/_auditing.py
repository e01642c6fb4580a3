"""What `healthlint report --audit` does: a check, kept with all that it hung on."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping

from healthlint.approval import evidence_files
from healthlint.audit import fields, page
from healthlint.audit.files import facts_of, loaded
from healthlint.audit.record import Audit, BaselineFacts, InputFile, settings_in_force, sha256_of, versions
from healthlint.audit.tree import tree_of
from healthlint.cli import _checking
from healthlint.cli._ends import FOUND, OK, UNUSABLE
from healthlint.cli._terminal import put, say
from healthlint.cli._whole_files import write_folder
from healthlint.digests import sha256_hex
from healthlint.errors import UsageError
from healthlint.files import STDIN
from healthlint.hints import TYPE_CHECKING
from healthlint.paths import with_slashes
from healthlint.reporters.text import summary

if TYPE_CHECKING:
    from healthlint.audit.files import FileFacts
    from healthlint.cli._narrowing import Baseline
    from healthlint.planning import Asked, Plan
    from healthlint.report import Report

JSON, HTML = "audit.json", "audit.html"
_MARKS = {JSON: fields.START, HTML: f'<meta name="generator" content="{page.GENERATOR}">'}
"""What tells an older audit from a file that is not ours, near its start."""
_START = 500
"""Bytes."""


def report(paths: tuple[str, ...], folder: str, options: Mapping[str, object]) -> int:
    """Check `paths` and write the audit into `folder`; return the exit status."""
    from healthlint import planning
    from healthlint.cli._narrowing import Baseline

    _refuse(folder)
    own = tuple(with_slashes(os.path.join(folder, name)) for name in (JSON, HTML))
    baseline = Baseline(_from_here(str(options["baseline"]))) if options["baseline"] else None
    left_out: list[tuple[str, str]] = []
    asked = _relative(_checking.asked_for(paths, options))._replace(left_out=lambda *each: left_out.append(each))
    plan = _without(loaded(planning.plan(asked), _checking.standard_input()), folder)
    made = _checking.report_of(plan, options, None)
    hidden = None
    if baseline is not None:
        made, hidden = _held_against(baseline, made, plan)
    quiet = bool(options["quiet"])
    _checking.say_failures(made, quiet=quiet)
    nothing = _checking.nothing_to_check(plan, asked.paths, allowed=bool(options["allow_empty"]))
    if nothing:
        say(nothing, "error")
        say(f"{folder} was not written", "error")
        return UNUSABLE
    is_stale = bool(made.stale and options["fail_on_stale"])
    audit = _put_together(plan, made, hidden, asked, options, own)
    if is_stale:
        audit = audit._replace(status=max(audit.status, FOUND))
    audit = audit._replace(left_out=tuple(_others(left_out, folder, audit.inputs)))
    write_folder(folder, _files(audit))
    if not quiet:
        for note in baseline.notes if baseline is not None else ():
            say(note, "note")
        put([f"{summary(made)}: {' and '.join(own)} written"])
    return OK if audit.status == FOUND and options["exit_zero"] else audit.status


def _refuse(folder: str) -> None:
    """Do nothing where an audit can be written into `folder`, as far as can be told beforehand.

    Raises:
        UsageError: it is no folder and cannot be made, or something else is called as an audit is.
    """
    if not folder:
        raise UsageError("--audit: the folder has no name")
    if os.path.isdir(folder):
        faults = [
            f"--audit {folder}: there is {name} which is no audit: remove it, or write elsewhere"
            for name, mark in _MARKS.items()
            if _is_other(os.path.join(folder, name), mark)
        ]
        if not os.access(folder, os.W_OK):
            faults.append(f"--audit {folder}: it cannot be written to")
        if faults:
            raise UsageError(*faults)
        return
    above = os.path.dirname(os.path.realpath(folder))
    if os.path.lexists(folder):
        raise UsageError(f"--audit {folder}: a file, not a folder")
    if not os.path.isdir(above):
        raise UsageError(f"--audit {folder}: there is no folder for it")
    if not os.access(above, os.W_OK):
        raise UsageError(f"--audit {folder}: its folder cannot be written to")


def _is_other(path: str, mark: str) -> bool:
    """Tell whether there is a file at `path` that is no audit."""
    if not os.path.lexists(path):
        return False
    try:
        with open(path, "rb") as file:
            return mark.encode() not in file.read(_START)
    except OSError:
        return True


def _relative(asked: Asked) -> Asked:
    """Return what is asked for without an absolute path: an audit must not hang on where a checkout lies."""
    config = _from_here(asked.config) if asked.config is not None else None
    said = (
        each._replace(value=_from_here(each.value)) if each.key == "claims" and isinstance(each.value, str) else each
        for each in asked.said
    )
    return asked._replace(paths=tuple(map(_from_here, asked.paths)), said=tuple(said), config=config)


def _from_here(path: str) -> str:
    if path == STDIN or not os.path.isabs(path):
        return path
    folder, name = os.path.split(path.rstrip(os.sep) or path)
    try:
        return with_slashes(os.path.relpath(os.path.join(os.path.realpath(folder), name), os.path.realpath(os.curdir)))
    except ValueError:  # Another drive.
        return path


def _without(plan: Plan, folder: str) -> Plan:
    """Return `plan` without the audit that is to be written, and older ones."""
    return plan._replace(tasks=tuple(task for task in plan.tasks if not _is_audit(task.file.path, folder)))


def _others(left_out: Iterable[tuple[str, str]], folder: str, inputs: Iterable[InputFile]) -> Iterator[tuple[str, str]]:
    """Yield what was left out, sorted; what it went by is told elsewhere, and audits were not there the first time."""
    told = {os.path.realpath(file.path) for file in inputs} | {os.path.realpath(folder)}
    for path, why in sorted(set(left_out), key=lambda each: (each[1], each[0])):
        if os.path.realpath(path) not in told and not _is_audit(path, folder):
            yield path, why


def _is_audit(path: str, folder: str) -> bool:
    """Tell whether a file is of an audit, or to be of the one in `folder`."""
    above, name = os.path.split(path)
    if name not in _MARKS:
        return False
    return os.path.realpath(above) == os.path.realpath(folder) or not _is_other(path, _MARKS[name])


def _held_against(baseline: Baseline, made: Report, plan: Plan) -> tuple[Report, BaselineFacts]:
    outcome = baseline.judge(made, plan)
    old = sum(each.by == "baseline" for file in outcome.report.files for each in file.suppressed)
    stale = sorted((entry.path, entry.rule, count) for entry, count in outcome.stale.items())
    return outcome.report, BaselineFacts(
        with_slashes(baseline.path),
        sum(baseline.entries.values()),
        old,
        len(outcome.report.findings),
        tuple(stale),
    )


def _put_together(
    plan: Plan,
    made: Report,
    hidden: BaselineFacts | None,
    asked: Asked,
    options: Mapping[str, object],
    own: tuple[str, ...],
) -> Audit:
    facts = tuple(facts_of(plan, made))
    in_force, numbers, books = settings_in_force(plan, facts)
    inputs = _inputs(facts, made, hidden)
    paths = [file.path for file in inputs] + [each.report.path for each in facts if each.sha256]
    return Audit(
        made,
        _checking.status_of(made, nothing=False, exit_zero=False),
        tuple(_command(asked, options, made.today)),
        versions(),
        tree_of(paths, own),
        inputs,
        tuple(books),
        in_force,
        tuple((each, numbers[each.task.file.path]) for each in facts),
        (),
        hidden,
    )


def _inputs(facts: Iterable[FileFacts], made: Report, hidden: BaselineFacts | None) -> tuple[InputFile, ...]:
    configs = {each.task.config.path for each in facts} - {""}
    found = [InputFile(path, "config", sha256_of(path)) for path in sorted(configs)]
    found += [InputFile(register.path, "claims", register.digest.partition(":")[2]) for register in made.registers]
    found += [InputFile(path, "evidence", sha256_of(path)) for path in evidence_files(made.registers)]
    if hidden is not None:
        found.append(InputFile(hidden.path, "baseline", sha256_of(hidden.path)))
    return tuple(found)


def _command(asked: Asked, options: Mapping[str, object], today: str) -> Iterable[str]:
    """Yield the words of the command that does it again, whatever the day; the name of its folder does not matter."""
    yield from ("healthlint", "report", "--audit", "audit", "--today", today)
    for said in asked.said:
        if said.key != "jobs":
            value = said.value if said.value is not None else "auto"
            yield from (said.origin, value if isinstance(value, str) else ",".join(map(str, value)))
    if asked.config is not None:
        yield from ("--config", asked.config)
    for glob in asked.exclude:
        yield from ("--exclude", glob)
    for name in ("isolated", "force_exclude", "allow_empty", "fail_on_stale"):
        if options[name]:
            yield f"--{name.replace('_', '-')}"
    if not asked.respect_gitignore:
        yield "--no-respect-gitignore"
    if options["baseline"]:
        yield from ("--baseline", _from_here(str(options["baseline"])))
    if STDIN in asked.paths:
        yield from ("--stdin-filename", asked.stdin_name)
    yield from ("--", *asked.paths) if any(path[:1] == "-" != path for path in asked.paths) else asked.paths


def _files(audit: Audit) -> dict[str, Iterable[str]]:
    data = list(fields.lines(audit))
    digest = sha256_hex("".join(f"{line}\n" for line in data).encode("ascii"))
    return {JSON: data, HTML: page.lines(audit, digest)}
