"""What there is to know of each file of a check: its bytes, what holds for it, and its suppressions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from healthlint import readers, run
from healthlint.config import Said, Settings
from healthlint.config_values import PAGE_KEYS
from healthlint.errors import ConfigError, ReadError
from healthlint.files import read_data, suffix_of
from healthlint.hints import TYPE_CHECKING
from healthlint.planning import Plan, Task
from healthlint.records import NamedTuple
from healthlint.report import FileReport, Report
from healthlint.verdicts.uses import Use, uses

if TYPE_CHECKING:
    from typing import BinaryIO

FRONT_MATTER = "front matter"
"""Who said what a page says of itself, where several pages share their settings."""


class FileFacts(NamedTuple):
    """A file that was to be checked."""

    task: Task
    report: FileReport
    reader: str
    sha256: str
    """Over its bytes; "" where they cannot be read."""
    size: int
    """In bytes."""
    words: int = 0
    """Those that a reader of the page sees; 0 where it is no text."""
    settings: Settings = Settings()
    """Those in force; said by the page is said by FRONT_MATTER."""
    said: tuple[Said, ...] = ()
    """What the page says of itself, and is in force."""
    uses: tuple[Use, ...] = ()
    """Its suppressions."""


def loaded(plan: Plan, stdin: BinaryIO | None) -> Plan:
    """Return `plan` with the bytes of its files: what is checked and what is recorded are then the same."""
    return plan._replace(tasks=tuple(_loaded(task, stdin) for task in plan.tasks))


def _loaded(task: Task, stdin: BinaryIO | None) -> Task:
    try:
        data = read_data(task.file, stdin)
    except ReadError:
        # The check will tell of it.
        return task
    return task._replace(file=task.file._replace(piped=False, data=data))


def facts_of(plan: Plan, report: Report) -> Iterator[FileFacts]:
    """Yield what there is to know of each file of a loaded `plan`, in order of paths; `report` is what it came to."""
    reports: Mapping[str, FileReport] = {file.path: file for file in report.files}
    for task in plan.tasks:
        yield _facts(task, reports[task.file.path], plan.said, report.today)


def _facts(task: Task, report: FileReport, said: tuple[Said, ...], today: str) -> FileFacts:
    from hashlib import sha256

    path, data = task.file.path, task.file.data
    reader = readers.reader_for(suffix_of(path))
    assert reader is not None, "files takes only what a reader knows"
    name = reader.__name__.rpartition(".")[2]
    if data is None:
        return FileFacts(task, report, name, "", 0, settings=task.settings)
    facts = FileFacts(task, report, name, sha256(data).hexdigest(), len(data), settings=task.settings)
    try:
        document = run.read_document(task.file, task.settings)
        settings = run.settings_of_page(task, document, said)
    except (ReadError, ConfigError):
        return facts
    choices = task.rules.choices(settings)
    on = {rule for rule, choice in choices.items() if choice.on} if report.status != "not-checked" else set()
    return facts._replace(
        words=sum(any(map(str.isalnum, word)) for word in document.prose.text.split()),
        settings=_shared(settings, f"{path}:"),
        said=_said_here(settings, f"{path}:"),
        uses=uses(document, report.suppressed, task.rules.linter.book.by_id, on, today),
    )


def _shared(settings: Settings, lead: str) -> Settings:
    """Return `settings` without the place of what the page itself says, which starts with `lead`."""
    origins = ((key, FRONT_MATTER if origin.startswith(lead) else origin) for key, origin in settings.origins)
    return settings._replace(origins=tuple(origins))


def _said_here(settings: Settings, lead: str) -> tuple[Said, ...]:
    own = (key for key in PAGE_KEYS if settings.origin(key).startswith(lead))
    return tuple(Said(key, getattr(settings, key), settings.origin(key)) for key in own)
