"""The files of a plan shared out among processes, where that pays."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence

from healthlint.hints import Any
from healthlint.linter import Linter
from healthlint.planning import Rules, Task
from healthlint.report import FileReport
from healthlint.rulebook import load_book

_PAYS = {"fork": 1 << 21, "spawn": 1 << 23}
"""Bytes of text for which another process is worth its start."""
_MOST = 16
"""Processes that are started unasked."""

Check = Callable[[Task], FileReport]


def processes(tasks: Sequence[Task]) -> int:
    """Return how many processes are to check the files of `tasks`: as the settings say, or as many as pay."""
    said = {task.settings.jobs for task in tasks}
    jobs = min((int(number) for number in said if number), default=0)
    if not jobs:
        jobs = min(_processors(), _MOST)
        if jobs > 1:
            from healthlint.workers import METHOD

            jobs = min(jobs, sum(map(_size, tasks)) // _PAYS[METHOD])
    return max(1, min(jobs, len(tasks)))


def shared(tasks: Sequence[Task], check: Check, jobs: int) -> Generator[FileReport, None, None]:
    """Yield the report on each file, as they are done; when it is closed, all work on them ends at once.

    A file whose process died has failed; the others are checked all the same.
    """
    from healthlint.report_packed import unpacked
    from healthlint.workers import Died, answers

    work = answers(_Share(tasks, check), [_size(task) for task in tasks], jobs)
    try:
        for number, answer in work:
            task = tasks[number]
            if isinstance(answer, Died):
                yield FileReport(task.file.path, "failed", error=f"{task.file.path}: {_obituary(answer.status)}")
            else:
                yield unpacked(answer, task.rules.linter.book.by_id)
    finally:
        work.close()


class _Share:
    """Answers with the report on a file, by its number; a process that was not forked from this one loads the rules."""

    def __init__(self, tasks: Sequence[Task], check: Check) -> None:
        self._tasks = tasks
        self._check = check

    def __call__(self, number: int) -> bytes:
        from healthlint.report_packed import packed

        return packed(self._check(self._tasks[number]))

    def __getstate__(self) -> Any:
        digests = {task.settings.rule_folders: task.rules.linter.book.digest for task in self._tasks}
        return [task._replace(rules=None) for task in self._tasks], digests, self._check  # type: ignore[arg-type]

    def __setstate__(self, state: Any) -> None:
        tasks, digests, self._check = state
        rules = {folders: Rules(Linter(load_book(folders))) for folders in digests}
        changed = [folders for folders, digest in digests.items() if rules[folders].linter.book.digest != digest]
        assert not changed, "rules have changed since the run began"
        self._tasks = [task._replace(rules=rules[task.settings.rule_folders]) for task in tasks]


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _size(task: Task) -> int:
    """Return the bytes of a file; one that is not there is no work."""
    if task.file.data is not None:
        return len(task.file.data)
    try:
        return 0 if task.file.piped else os.stat(task.file.path).st_size
    except OSError:
        return 0


def _obituary(status: int) -> str:
    """Return what to say of a file whose process ended."""
    how = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
    hint = ", perhaps for lack of memory" if status == -9 else ""
    return f"not checked: the process that worked on it {how}{hint}"
