"""What `--baseline`, `--diff` and `--staged` leave out of a check, and what is to be said of it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from healthlint.errors import UsageError
from healthlint.files import STDIN
from healthlint.hints import TYPE_CHECKING
from healthlint.paths import Places, folders_up, is_repository
from healthlint.reporters.text import counted

if TYPE_CHECKING:
    from healthlint.git import Change, Repository
    from healthlint.planning import Asked, Plan, Task
    from healthlint.report import Report
    from healthlint.verdicts.baseline import Entries, Outcome

_NAMED = 5
"""So many files are named in a note; of more, their number is told."""


class Narrowing:
    """Narrows a plan to the files that changed, and its report to what is new."""

    def __init__(self, baseline: str | None, diff: str | None, *, staged: bool) -> None:
        """Read the baseline, and find the repository.

        Raises:
            HealthlintError: the baseline is none; there is no repository, no git or no such revision.
        """
        if diff is not None and staged:
            raise UsageError("--diff and --staged exclude each other")
        self.notes: list[str] = []
        self._option = f"--diff {diff}" if diff is not None else "--staged"
        self._staged = staged
        self._baseline = Baseline(baseline) if baseline is not None else None
        self._changes: dict[str, Change] = {}
        self._repository: Repository | None = None
        self._commit = ""
        self._foreign = 0
        if diff is not None or staged:
            self._repository, self._commit = self._opened(diff)

    @property
    def by_change(self) -> bool:
        """Return whether only what changed is checked, which may be nothing."""
        return self._repository is not None

    def planned(self, plan: Plan, asked: Asked) -> Plan:
        """Return `plan` without the files that did not change, staged ones as they are staged.

        Raises:
            UsageError: of some file it cannot be told whether it changed.
        """
        repository = self._repository
        if repository is None:
            return plan
        inside = {task.file.path: repository.inside(task.file.path) for task in plan.tasks}
        self._refuse(plan, inside)
        changed, deleted, submodules = repository.changes(self._commit, staged=self._staged)
        self._refuse_submodules(submodules, inside.values())
        if self._staged:
            _refuse_absent(repository, changed, asked)
        else:
            changed = {**changed, **self._untracked(repository, inside.values())}
        tasks = [task for task in plan.tasks if inside[task.file.path] in changed]
        self._changes = {task.file.path: changed[inside[task.file.path]] for task in tasks}
        if self._staged:
            tasks = self._as_staged(repository, tasks)
        self._note_unchanged(len(plan.tasks) - len(tasks) - self._foreign, len(tasks))
        failures = tuple(failure for failure in plan.found.failures if repository.inside(failure[0]) not in deleted)
        narrowed = plan._replace(tasks=tuple(tasks), found=plan.found._replace(failures=failures))
        return narrowed.in_part()

    def judged(self, report: Report, plan: Plan) -> Report:
        """Return `report` without what the baseline knows, and what the changes do not touch."""
        if self._baseline is not None:
            outcome = self._baseline.judge(report, plan)
            self.notes += self._baseline.notes
            report = outcome.report
        if self._repository is not None:
            from healthlint.verdicts import changed_lines

            touched = changed_lines.judge(report, self._changes)
            if count := len(report.findings) - len(touched.findings):
                self.notes.append(f"not shown: {counted(count, 'finding')} that the changes do not touch")
            report = touched
            if report.registers:
                from healthlint.verdicts import registers

                report = registers.still_needed(report)
        return report

    def _opened(self, diff: str | None) -> tuple[Repository, str]:
        from healthlint.git import Repository

        try:
            repository = Repository()
            return repository, repository.commit(diff) if diff is not None else ""
        except UsageError as error:
            raise UsageError(f"{self._option}: {error}") from error

    def _refuse(self, plan: Plan, inside: Mapping[str, str]) -> None:
        faults = []
        for task in plan.tasks:
            if task.file.piped:
                faults.append(f"{self._option}: of standard input ({STDIN!r}) nobody knows what changed")
            elif not inside[task.file.path]:
                faults.append(f"{self._option}: {task.file.path} lies outside of the repository of the current folder")
        if faults:
            raise UsageError(*faults)

    def _refuse_submodules(self, submodules: Mapping[str, str], paths: Iterable[str]) -> None:
        """Do nothing where no file to check is one of a submodule that is at another commit now: git compares no further.

        Raises:
            UsageError: some are.
        """
        folders = {f"{path}/": before for path, before in submodules.items()}
        met = {folder for path in paths for folder in folders if path.startswith(folder)}
        if met:
            raise UsageError(*(_from_inside(self._option, folder, folders[folder]) for folder in sorted(met)))

    def _as_staged(self, repository: Repository, tasks: list[Task]) -> list[Task]:
        """Return the tasks with the contents that the index has."""
        torn = [task.file.path for task in tasks if not self._changes[task.file.path].blob.strip("0")]
        if torn:
            raise UsageError(*(f"--staged: {path}: a merge conflict is left: resolve and stage it" for path in torn))
        blobs = [self._changes[task.file.path].blob for task in tasks]
        contents = repository.contents(blobs)
        return [
            task._replace(file=task.file._replace(data=contents[blob])) for task, blob in zip(tasks, blobs, strict=True)
        ]

    def _untracked(self, repository: Repository, paths: Iterable[str]) -> dict[str, Change]:
        """Return those of `paths` that git does not track, as added; not those of repositories inside of this one."""
        from healthlint.git import Change

        tracked = repository.tracked()
        tops: dict[str, str] = {}
        added, foreign = {}, 0
        for path in paths:
            if path in tracked:
                continue
            folder = os.path.dirname(path)
            if folder not in tops:
                *_, tops[folder] = folders_up(os.path.join(repository.top, folder))
            if tops[folder] == os.path.abspath(repository.top):
                added[path] = Change(path, whole=True)
            else:
                foreign += 1
        if foreign:
            self.notes.append(f"not checked: {counted(foreign, 'file')} of other repositories inside of this one")
        self._foreign = foreign
        return added

    def _note_unchanged(self, skipped: int, kept: int) -> None:
        what = "nothing is staged" if self._staged else f"nothing changed since {self._option.partition(' ')[2]}"
        if not kept:
            self.notes.append(f"{what} in the files to check: none was checked")
        elif skipped:
            self.notes.append(f"not checked: {counted(skipped, 'file')} without changes")


class Baseline:
    """A baseline in use: what it leaves of a report, and which of it is stale."""

    def __init__(self, path: str) -> None:
        """Read it.

        Raises:
            ConfigError: it is none.
        """
        from healthlint.verdicts import baseline

        self.path = path
        self.entries = baseline.read(path)
        self.notes: list[str] = []
        self._folder = os.path.dirname(os.path.abspath(path))

    def judge(self, report: Report, plan: Plan) -> Outcome:
        """Return what it leaves of `report`; entries of renamed files have moved with them."""
        from healthlint.verdicts import baseline

        checked = {Places(self._folder).of(file.path) for file in report.files}
        gone = {path for path in {entry.path for entry in self.entries} - checked if self._is_gone(path)}
        self.entries = baseline.moved(self.entries, self._renamed(gone)) if gone else self.entries
        outcome = baseline.judge(report, self.entries, self._folder, rules_that_ran(plan), self._is_gone)
        if outcome.stale:
            self.notes.append(self._told(outcome.stale))
        return outcome

    def _is_gone(self, path: str) -> bool:
        return not os.path.lexists(os.path.join(self._folder, path))

    def _renamed(self, gone: set[str]) -> dict[str, str]:
        """Return the new paths of files that are `gone`, as far as there is a git that knows."""
        *_, top = folders_up(self._folder)
        if not is_repository(top):
            return {}
        from healthlint.git import Repository

        try:
            repository = Repository(self._folder)
            known = {repository.inside(os.path.join(self._folder, path)): path for path in gone}
            known.pop("", None)
            renamed = repository.renamed(known.keys())
            if len(renamed) < len(known) and repository.is_shallow():
                self.notes.append(f"{self.path}: this clone is shallow: renames before it began cannot be followed")
        except UsageError as error:
            self.notes.append(f"{self.path}: renames cannot be followed: {error}")
            return {}
        places = Places(self._folder)
        return {known[old]: places.of(os.path.join(repository.top, new)) for old, new in renamed.items()}

    def _told(self, stale: Entries) -> str:
        counts: Counter[str] = Counter()
        for entry, count in stale.items():
            counts[entry.path] += count
        named = [f"{path} ({count}{', gone' if self._is_gone(path) else ''})" for path, count in sorted(counts.items())]
        more = f" and {counted(len(named) - _NAMED, 'file')} more" if len(named) > _NAMED else ""
        total = sum(stale.values())
        return (
            f"{self.path}: {total} stale {'entry' if total == 1 else 'entries'}: {', '.join(named[:_NAMED])}{more}; "
            f"'healthlint baseline --prune' drops them"
        )


def rules_that_ran(plan: Plan) -> Callable[[str, str], bool]:
    """Return what tells whether a rule, by id, looked at a file, by its path; of a rule that is no more, it did."""
    tasks = {task.file.path: task for task in plan.tasks}
    registers = {each.register.path: each for each in plan.registers}

    def ran(path: str, rule: str) -> bool:
        held = registers.get(path)
        # Of the entries of a register only some are spoken of where not all pages are checked.
        if held is not None and not held.is_whole:
            return False
        looked_at = held or tasks[path]
        choice = looked_at.rules.choices(looked_at.settings).get(rule)
        return choice is None or choice.on

    return ran


def _from_inside(option: str, folder: str, before: str) -> str:
    """Return what to do about a submodule that was at the commit `before`, or was not there."""
    if before:
        return (
            f"{option}: {folder} is a submodule, at another commit now: check it from inside with --diff {before[:12]}"
        )
    return f"{option}: {folder} is a submodule that was added: check it from inside, whole"


def _refuse_absent(repository: Repository, changed: Mapping[str, Change], asked: Asked) -> None:
    """Do nothing where the disk has every file that is staged: what it lacks is not met on a walk.

    Raises:
        UsageError: one is missing.
    """
    from healthlint import readers
    from healthlint.files import suffix_of

    faults = []
    for path in changed:
        absolute = os.path.join(repository.top, path)
        if os.path.lexists(absolute) or readers.reader_for(suffix_of(path)) is None:
            continue
        if any(not Places(root).of(absolute).startswith("../") for root in asked.paths if os.path.isdir(root)):
            faults.append(f"--staged: {path} is staged and not on the disk: restore it, or unstage it")
    if faults:
        raise UsageError(*faults)
