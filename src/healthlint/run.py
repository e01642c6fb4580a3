"""Many files to one Report: each planned file is checked, and what goes wrong with one is kept, not thrown."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing
from functools import partial

from healthlint import readers
from healthlint._version import __version__
from healthlint.config import Said, Settings, commanded, stacked
from healthlint.document import Document
from healthlint.errors import ConfigError, ReadError
from healthlint.files import Input, read_source, suffix_of
from healthlint.finding import Finding
from healthlint.hints import TYPE_CHECKING
from healthlint.planning import Plan, Registered, Task
from healthlint.report import FileReport, Report, fails
from healthlint.selection import Choice, packs_in_force
from healthlint.text import Source
from healthlint.verdicts import suppression

if TYPE_CHECKING:
    from typing import BinaryIO

    from healthlint.result_cache import ResultCache

Attempt = Callable[[str, Callable[[], FileReport]], FileReport]
"""Calls its second argument, the check of the file its first one names; may answer for it should it break."""


def check(
    plan: Plan,
    today: str,
    *,
    stdin: BinaryIO | None = None,
    attempt: Attempt = lambda _, work: work(),
    progress: Callable[[int], None] = lambda _: None,
    cache: ResultCache | None = None,
) -> Report:
    """Return the report on all files of `plan`, the same whatever number of processes work on them.

    `progress` is told how many files are done; `cache` knows what became of files that are as they were.
    """
    reports = [FileReport(path, "excluded", reasons=("excluded by the settings",)) for path in plan.found.excluded]
    reports += [FileReport(path, "failed", error=error) for path, error in plan.found.failures]
    progress(0)
    check_one = partial(_attempted, plan.said, today, attempt, cache)
    with closing(_done(plan.tasks, check_one, stdin)) as done, closing(_kept(done, cache)) as kept:
        for count, report in enumerate(kept, 1):
            reports.append(report)
            progress(count)
    reports += [_check_register(each, reports, today) for each in plan.registers]
    reports.sort(key=lambda report: report.path)
    registers = tuple(each.register for each in plan.registers)
    return Report(tuple(reports), __version__, plan.rules_digest, today, registers)


def _attempted(
    said: tuple[Said, ...],
    today: str,
    attempt: Attempt,
    cache: ResultCache | None,
    task: Task,
    stdin: BinaryIO | None = None,
) -> FileReport:
    """Return what `attempt` makes of the check of one file; a function of its own, so that another process finds it."""
    return attempt(task.file.path, lambda: check_file(task, said, today, stdin, cache))


def _kept(reports: Iterable[FileReport], cache: ResultCache | None) -> Generator[FileReport, None, None]:
    yield from reports if cache is None else cache.keeping(reports)


def _done(
    tasks: tuple[Task, ...], check: Callable[..., FileReport], stdin: BinaryIO | None
) -> Generator[FileReport, None, None]:
    """Yield the report on each file, as they are done."""
    if len(tasks) > 1:
        from healthlint import sharing

        jobs = sharing.processes(tasks)
        if jobs > 1:
            # Only this process has a standard input.
            yield from (check(task, stdin) for task in tasks if task.file.piped)
            yield from sharing.shared([task for task in tasks if not task.file.piped], check, jobs)
            return
    yield from (check(task, stdin) for task in tasks)


def check_file(
    task: Task,
    said: tuple[Said, ...],
    today: str,
    stdin: BinaryIO | None = None,
    cache: ResultCache | None = None,
) -> FileReport:
    """Return what becomes of one file; `said` is what the command line has to say."""
    try:
        source = read_source(task.file, stdin)
        key = b"" if cache is None else cache.key(task, source)
        known = None if cache is None else cache.get(key, task, source)
        report = _check(task, source, said, today) if known is None else known
    except (ReadError, ConfigError) as error:
        return FileReport(task.file.path, "failed", error="; ".join(error.faults))
    return report if known is not None or report.status == "failed" else report._replace(key=key)


def _check(task: Task, source: Source, said: tuple[Said, ...], today: str) -> FileReport:
    path = task.file.path
    document = read_text(source, task.settings)
    settings = settings_of_page(task, document, said)
    if not _is_english(document.language):
        return FileReport(path, "not-checked", reasons=(f"its language is {document.language}, not English",))
    rules, register = task.rules, task.register
    outcome = rules.linter.lint(document, settings, folded=register is not None)
    choices = rules.choices(settings)
    on = {rule for rule, choice in choices.items() if choice.on}
    approved = None if register is None else rules.claims(register).judge(document, outcome, settings, today, choices)
    found = outcome.findings if approved is None else approved.findings
    verdict = suppression.judge(document, found, rules.linter.book.by_id, today, on)
    findings = tuple(_as_chosen(verdict.findings, choices))
    report = FileReport(
        path,
        "failed" if outcome.faults else "checked",
        findings,
        verdict.suppressed,
        outcome.product,
        outcome.context,
        packs_in_force(settings),
        outcome.reasons,
        "; ".join(outcome.faults),
        internal=bool(outcome.faults),
        notes=_notes(document),
        failing=fails(findings, settings.fail_on),
        fail_on=settings.fail_on,
        dated=verdict.dated or register is not None,
    )
    if approved is None or register is None:
        return report
    silenced = sorted(
        [*verdict.suppressed, *approved.approved], key=lambda each: (each.finding.span, each.finding.rule.id)
    )
    report = report.left_with(approved.undoubted(findings), tuple(silenced))
    return report._replace(register=register.path, claims=approved.uses)


def _check_register(held: Registered, files: Sequence[FileReport], today: str) -> FileReport:
    """Return what there is to say of the entries of a register, against which `files` were held."""
    from healthlint.verdicts import registers

    register, settings, rules, is_whole = held
    findings = registers.judge(
        register,
        files,
        today,
        rules.linter.book.by_id,
        rules.choices(settings),
        whole=is_whole and not any(file.status == "failed" for file in files),
    )
    report = FileReport(register.path, "checked", packs=packs_in_force(settings), fail_on=settings.fail_on)
    return report.left_with(findings, ())


def read_document(file: Input, settings: Settings, stdin: BinaryIO | None = None) -> Document:
    """Return `file` as its reader sees it.

    Raises:
        ReadError: it cannot be read.
    """
    return read_text(read_source(file, stdin), settings)


def read_text(source: Source, settings: Settings) -> Document:
    """Return a file's text as the reader of its kind sees it.

    Raises:
        ReadError: it cannot be read.
    """
    reader = readers.reader_for(suffix_of(source.name))
    assert reader is not None, "files takes only what a reader knows"
    props = frozenset(settings.mdx_props)
    options = readers.ReadOptions(props) if props else readers.ReadOptions()
    document: Document = reader.read(source, options)
    return document


def settings_of_page(task: Task, document: Document, said: Iterable[Said]) -> Settings:
    """Return the settings of the task with what the page says of itself, which the command line overrules.

    Raises:
        ConfigError: the page says what it cannot.
    """
    meta = {
        key.removeprefix("healthlint").removeprefix("."): (value.text, document.source.position(value.span.start).line)
        for key, value in document.meta.items()
        if key == "healthlint" or key.startswith("healthlint.")
    }
    if not meta:
        return task.settings
    from healthlint.config_values import page_settings

    page = page_settings(meta, task.file.path)
    return commanded(stacked(task.config.settings(task.matching), page), said)


def _notes(document: Document) -> tuple[str, ...]:
    source = document.source
    return tuple(f"{source.name}:{source.position(span.start).line}: {text}" for span, text in document.notes)


def _is_english(language: str | None) -> bool:
    return not language or language.replace("_", "-").partition("-")[0] in ("en", "eng", "english")


def _as_chosen(findings: Iterable[Finding], choices: Mapping[str, Choice]) -> Iterable[Finding]:
    """Yield the findings with those about suppressions, which no linter has seen, as the settings have them."""
    for finding in findings:
        choice = choices[finding.rule.id]
        if finding.rule.id not in suppression.RULES:
            yield finding
        elif choice.on:
            yield finding._replace(severity=choice.severity)
