"""Many files to one Report: each planned file is checked, and what goes wrong with one is kept, not thrown."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import BinaryIO, NamedTuple

from healthlint import readers
from healthlint._version import __version__
from healthlint.config import Said, Settings, commanded, stacked
from healthlint.config_file import Config, Configs
from healthlint.document import Document
from healthlint.errors import ConfigError, HealthlintError, ReadError, RuleError
from healthlint.files import Found, Input, Search, find, read_source, suffix_of
from healthlint.finding import Finding
from healthlint.globs import Globs
from healthlint.linter import Linter
from healthlint.paths import relative
from healthlint.report import FileReport, Report
from healthlint.rule import SEVERITIES
from healthlint.rulebook import load_book
from healthlint.selection import Choice, choose, packs_in_force, unknown_names
from healthlint.verdicts import suppression

_CHOOSING = ("packs", "tiers", "product", "context", "rules", "select", "ignore", "min_confidence")
"""The settings that change what is found."""


class Asked(NamedTuple):
    """What the command line asks for."""

    paths: tuple[str, ...]
    said: tuple[Said, ...] = ()
    config: str | None = None
    isolated: bool = False
    exclude: tuple[str, ...] = ()
    """Globs relative to the current folder."""
    respect_gitignore: bool = True
    force_exclude: bool = False
    stdin_name: str = "stdin.md"
    folder: str = "."
    """Where the settings are looked up that hold where there is no file."""


class Rules:
    """A linter, and the choices under each of the settings that its files have."""

    def __init__(self, linter: Linter) -> None:
        """Nothing is chosen before it is asked for."""
        self.linter = linter
        self._choices: dict[Settings, Mapping[str, Choice]] = {}

    def choices(self, settings: Settings) -> Mapping[str, Choice]:
        """Return the choice for each rule, by id."""
        if settings not in self._choices:
            self._choices[settings] = choose(self.linter.book.rules, settings)
        return self._choices[settings]


class Task(NamedTuple):
    """A file to check, under which settings and with which rules."""

    file: Input
    config: Config
    matching: tuple[int, ...]
    """The numbers of the config's overrides that hold for it."""
    settings: Settings
    rules: Rules


class Plan(NamedTuple):
    """All that is to be done; making it finds every fault of config and rules, and checks nothing."""

    tasks: tuple[Task, ...]
    base: Task | None
    """Where there is no file: what would hold for one in the folder asked about."""
    said: tuple[Said, ...]
    found: Found
    rules_digest: str


Attempt = Callable[[str, Callable[[], FileReport]], FileReport]
"""Calls its second argument, the check of the file its first one names; may answer for it should it break."""


def plan(asked: Asked) -> Plan:
    """Return what is to be done for `asked`.

    Raises:
        ConfigError: some config, or the command line, cannot be used: all faults of all of them.
        RuleError: the rules cannot be loaded.
    """
    configs = Configs(asked.config, isolated=asked.isolated)
    exclusion = _Exclusion(configs, Globs(asked.exclude))
    search = Search(
        frozenset(readers.suffixes()), exclusion, asked.respect_gitignore, asked.force_exclude, asked.stdin_name
    )
    found = find(asked.paths, search)
    planner = _Planner(configs, asked.said)
    tasks = tuple(task for file in found.inputs if (task := planner.task(file)) is not None)
    base = None if tasks else planner.task(Input(os.path.join(asked.folder, "")))
    return Plan(tasks, base, asked.said, found, planner.finish())


def check(
    plan: Plan,
    today: str,
    *,
    stdin: BinaryIO | None = None,
    attempt: Attempt = lambda _, work: work(),
    progress: Callable[[int], None] = lambda _: None,
) -> Report:
    """Return the report on all files of `plan`; `progress` is told how many are done."""
    reports = [FileReport(path, "excluded", reasons=("excluded by the settings",)) for path in plan.found.excluded]
    reports += [FileReport(path, "failed", error=error) for path, error in plan.found.failures]
    for count, task in enumerate(plan.tasks):
        progress(count)
        reports.append(attempt(task.file.path, lambda task=task: check_file(task, plan.said, today, stdin)))  # type: ignore[misc]
    progress(len(plan.tasks))
    reports.sort(key=lambda report: report.path)
    return Report(tuple(reports), __version__, plan.rules_digest, today)


def check_file(task: Task, said: tuple[Said, ...], today: str, stdin: BinaryIO | None = None) -> FileReport:
    """Return what becomes of one file; `said` is what the command line has to say."""
    path = task.file.path
    try:
        document = read_document(task.file, task.settings, stdin)
        settings = settings_of_page(task, document, said)
    except (ReadError, ConfigError) as error:
        return FileReport(path, "failed", error="; ".join(error.faults))
    if not _is_english(document.language):
        return FileReport(path, "not-checked", reasons=(f"its language is {document.language}, not English",))
    rules = task.rules
    outcome = rules.linter.lint(document, settings)
    choices = rules.choices(settings)
    on = {rule for rule, choice in choices.items() if choice.on}
    verdict = suppression.judge(document, outcome.findings, rules.linter.book.by_id, today, on)
    findings = tuple(_as_chosen(verdict.findings, choices))
    return FileReport(
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
        failing=_fails(findings, settings),
    )


def read_document(file: Input, settings: Settings, stdin: BinaryIO | None = None) -> Document:
    """Return `file` as its reader sees it.

    Raises:
        ReadError: it cannot be read.
    """
    source = read_source(file, stdin)
    reader = readers.reader_for(suffix_of(file.path))
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


class _Exclusion:
    """What the command line and the nearest config of a path leave out."""

    def __init__(self, configs: Configs, globs: Globs) -> None:
        self.configs = configs
        self.globs = globs

    def meets(self, path: str, *, is_folder: bool) -> bool:
        return any(globs.verdict(inside, is_folder=is_folder) for globs, inside in self._asked(path))

    def covers(self, path: str, *, is_folder: bool) -> bool:
        return any(globs.covers(inside, is_folder=is_folder) for globs, inside in self._asked(path))

    def _asked(self, path: str) -> Iterable[tuple[Globs, str]]:
        if self.globs and (inside := relative(path, "")):
            yield self.globs, inside
        config = self.configs.of(path)
        if config.exclude and (inside := config.inside(path)):
            yield config.exclude, inside


class _Planner:
    """Finds settings, rules and faults, each once."""

    def __init__(self, configs: Configs, said: tuple[Said, ...]) -> None:
        self._configs = configs
        self._said = said
        self._settings: dict[tuple[str, tuple[int, ...]], Settings] = {}
        self._rules: dict[tuple[str, ...], Rules | None] = {}
        self._faults: dict[str, None] = {}

    def task(self, file: Input) -> Task | None:
        """Return the task of a file, or None where its rules are faulty."""
        config = self._configs.of(file.path)
        matching = config.matching(file.path)
        settings = self.settings(config, matching)
        rules = self._rules[settings.rule_folders]
        return Task(file, config, matching, settings, rules) if rules is not None else None

    def settings(self, config: Config, matching: tuple[int, ...]) -> Settings:
        """Return the settings under these overrides of a config, with what is wrong with their names noted."""
        key = (config.path, matching)
        if key not in self._settings:
            settings = self._settings[key] = commanded(config.settings(matching), self._said)
            rules = self._rules_of(settings.rule_folders)
            if rules is not None:
                self._note(unknown_names(rules.linter.book.rules, settings))
        return self._settings[key]

    def _rules_of(self, folders: tuple[str, ...]) -> Rules | None:
        if folders not in self._rules:
            self._rules[folders] = None
            try:
                self._rules[folders] = Rules(Linter(load_book(folders)))
            except RuleError as error:
                self._note(error.faults)
        return self._rules[folders]

    def _note(self, faults: Iterable[str]) -> None:
        self._faults.update(dict.fromkeys(faults))

    def finish(self) -> str:
        """Return the digest of all rules and of the settings that choose among them.

        Raises:
            HealthlintError: with all that is wrong.
        """
        self._note(self._configs.faults)
        if self._faults:
            raise HealthlintError(*self._faults)
        books = [rules.linter.book.digest for rules in self._rules.values() if rules is not None]
        chosen = {repr([getattr(settings, name) for name in _CHOOSING]) for settings in self._settings.values()}
        from hashlib import sha256

        return "sha256:" + sha256("\n".join([*sorted(books), *sorted(chosen)]).encode()).hexdigest()


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
            yield replace(finding, severity=choice.severity)


def _fails(findings: Iterable[Finding], settings: Settings) -> bool:
    if settings.fail_on == "never":
        return False
    least = SEVERITIES.index(settings.fail_on)
    return any(SEVERITIES.index(finding.severity) >= least for finding in findings)
