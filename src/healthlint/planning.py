"""What a command line asks for to what is to be done: files, their settings and rules; every fault of these at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from healthlint import readers
from healthlint.config import Said, Settings, commanded
from healthlint.config_file import Config, Configs
from healthlint.errors import ConfigError, HealthlintError, RuleError
from healthlint.files import Found, Input, Search, find
from healthlint.globs import Globs
from healthlint.hints import TYPE_CHECKING
from healthlint.linter import Linter
from healthlint.paths import relative
from healthlint.records import NamedTuple
from healthlint.rulebook import load_book
from healthlint.selection import Choice, choose, unknown_names

if TYPE_CHECKING:
    from healthlint.approval import Register
    from healthlint.claims import Claims

_CHOOSING = ("packs", "tiers", "product", "context", "rules", "select", "ignore", "min_confidence")
"""The settings that change what is found."""
_NOT_CHOOSING = {"claims", "fail_on", "jobs"}
"""What a command line may say without leaving anything out."""


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
    left_out: Callable[[str, str], None] | None = None
    """Is told what is left out on a walk, and why."""


class Rules:
    """A linter, and the choices under each of the settings that its files have."""

    def __init__(self, linter: Linter) -> None:
        """Nothing is chosen before it is asked for."""
        self.linter = linter
        self._choices: dict[Settings, Mapping[str, Choice]] = {}
        self._claims: dict[str, Claims] = {}

    def choices(self, settings: Settings) -> Mapping[str, Choice]:
        """Return the choice for each rule, by id."""
        if settings not in self._choices:
            self._choices[settings] = choose(self.linter.book.rules, settings)
        return self._choices[settings]

    def claims(self, register: Register) -> Claims:
        """Return a register, ready to be held against pages."""
        if register.path not in self._claims:
            from healthlint.claims import Claims

            self._claims[register.path] = Claims(register, self.linter)
        return self._claims[register.path]


class Task(NamedTuple):
    """A file to check, under which settings and with which rules."""

    file: Input
    config: Config
    matching: tuple[int, ...]
    """The numbers of the config's overrides that hold for it."""
    settings: Settings
    rules: Rules
    register: Register | None = None
    """The approved claims that it is held against."""


class Registered(NamedTuple):
    """A register of approved claims in use."""

    register: Register
    settings: Settings
    """Those that hold for it: how severe it is what there is to say of its entries."""
    rules: Rules
    is_whole: bool
    """Whether all files that it is for are to be checked, by all rules: else nobody can say that an entry is unused."""


class Plan(NamedTuple):
    """All that is to be done; making it finds every fault of config and rules, and checks nothing."""

    tasks: tuple[Task, ...]
    base: Task | None
    """Where there is no file: what would hold for one in the folder asked about."""
    said: tuple[Said, ...]
    found: Found
    rules_digest: str
    registers: tuple[Registered, ...] = ()
    """In order of path."""

    def in_part(self) -> Plan:
        """Return the plan as one that looks at a part of what was asked for."""
        return self._replace(registers=tuple(each._replace(is_whole=False) for each in self.registers))


def plan(asked: Asked) -> Plan:
    """Return what is to be done for `asked`.

    Raises:
        ConfigError: some config, or the command line, cannot be used: all faults of all of them.
        RuleError: the rules cannot be loaded.
    """
    configs = Configs(asked.config, isolated=asked.isolated)
    exclusion = _Exclusion(configs, Globs(asked.exclude))
    search = Search(
        _Suffixes(), exclusion, asked.respect_gitignore, asked.force_exclude, asked.stdin_name, asked.left_out
    )
    found = find(asked.paths, search)
    planner = _Planner(configs, asked.said)
    tasks = tuple(task for file in found.inputs if (task := planner.task(file)) is not None)
    base = None if tasks else planner.task(Input(os.path.join(asked.folder, "")))
    digest = planner.finish()
    registers = tuple(
        Registered(register, settings, rules, _is_whole(asked, found, register.path))
        for register, settings, rules in planner.registers()
    )
    return Plan(tasks, base, asked.said, found, digest, registers)


def _is_whole(asked: Asked, found: Found, register: str) -> bool:
    """Return whether all is checked that a register may be for: a folder that holds it, and nothing left out by hand."""
    narrowed = asked.exclude or found.failures or {key for key, _, _ in asked.said} - _NOT_CHOOSING
    return not narrowed and any(os.path.isdir(path) and relative(register, path) for path in asked.paths)


class _Suffixes(Collection[str]):
    """The suffixes that some reader knows; a reader is imported only once a suffix is not that of an earlier one."""

    def __contains__(self, suffix: object) -> bool:
        return isinstance(suffix, str) and readers.reader_for(suffix) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(readers.suffixes())

    def __len__(self) -> int:
        return len(readers.suffixes())


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
        self._registers: dict[tuple[str, tuple[str, ...]], Register | None] = {}
        self._held: dict[str, tuple[Register, Settings, Rules]] = {}
        self._faults: dict[str, None] = {}

    def task(self, file: Input) -> Task | None:
        """Return the task of a file, or None where its rules are faulty."""
        config = self._configs.of(file.path)
        matching = config.matching(file.path)
        settings = self.settings(config, matching)
        rules = self._rules[settings.rule_folders]
        if rules is None:
            return None
        register = self._register(config, settings, rules) if settings.claims else None
        return Task(file, config, matching, settings, rules, register)

    def registers(self) -> Iterator[tuple[Register, Settings, Rules]]:
        """Yield the registers of the tasks with the settings and rules that hold for each, in order of path."""
        for _, held in sorted(self._held.items()):
            yield held

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

    def _register(self, config: Config, settings: Settings, rules: Rules) -> Register | None:
        """Return the register that some settings name, or None where it is faulty."""
        key = (settings.claims, settings.rule_folders)
        if key not in self._registers:
            from healthlint.claims_file import lost_evidence, read_register

            self._registers[key] = None
            try:
                register = self._registers[key] = read_register(settings.claims, rules.linter.book)
            except ConfigError as error:
                # What is wrong inside of it is told with its place; that it is not there, with who names it.
                named = "" if os.path.isfile(settings.claims) else f"{settings.origin('claims')}: "
                self._note(f"{named}{fault}" for fault in error.faults)
                return None
            for approval, fault in lost_evidence(register):
                line, column = register.source.position(approval.span.start)
                self._note([f"{register.path}:{line}:{column}: {fault}"])
            of_its_own = self.settings(config, config.matching(register.path))
            self._held.setdefault(register.path, (register, of_its_own, rules))
        return self._registers[key]

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
        from healthlint.digests import sha256_hex

        return "sha256:" + sha256_hex("\n".join([*sorted(books), *sorted(chosen)]).encode())
