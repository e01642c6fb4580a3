"""The whole record of a check, as one value for the formats: `audit_of` puts it together and leaves nothing to chance."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping

from healthlint.audit.files import FileFacts
from healthlint.audit.tree import Tree
from healthlint.book import Book
from healthlint.config import Settings
from healthlint.planning import Plan, Task
from healthlint.records import NamedTuple
from healthlint.report import Report
from healthlint.selection import Choice

LIBRARIES = ("click", "pyromark", "PyYAML", "regex")
OUTCOMES = {
    0: "Nothing was found that fails a check.",
    1: "Findings were made that fail a check.",
    2: "Not everything could be checked.",
    3: "A fault of healthlint's own: not everything could be checked.",
}
"""What each exit status of a check means."""


class InForce(NamedTuple):
    """Settings that some files share, and the rules they come to."""

    number: int
    """From 1, in order of the first file of each."""
    config: str
    """The config file; "" where there is none."""
    settings: Settings
    book: int
    """The number of the rule book, from 1."""
    choices: Mapping[str, Choice]


class InputFile(NamedTuple):
    """A file that a check went by, other than those it checked."""

    path: str
    role: str
    """config | baseline | claims | evidence."""
    sha256: str
    """"" where it cannot be read."""


class BaselineFacts(NamedTuple):
    """What a baseline hid."""

    path: str
    entries: int
    old: int
    """Findings that it knows, and hid."""
    new: int
    """Findings that it does not know."""
    stale: tuple[tuple[str, str, int], ...]
    """Path, rule and count of what is found no more, sorted."""


class Audit(NamedTuple):
    """Everything there is to say of a check."""

    report: Report
    status: int
    """The exit status of a check, findings counted whatever `--exit-zero` says."""
    command: tuple[str, ...]
    """What does it again, from the folder and the commit of `tree`."""
    versions: tuple[tuple[str, str], ...]
    tree: Tree
    inputs: tuple[InputFile, ...]
    books: tuple[Book, ...]
    in_force: tuple[InForce, ...]
    files: tuple[tuple[FileFacts, int], ...]
    """Each file that was to be checked, with the number of its settings."""
    left_out: tuple[tuple[str, str], ...]
    """Path and reason, sorted by reason; a folder's path ends with a slash."""
    baseline: BaselineFacts | None = None


def versions() -> tuple[tuple[str, str], ...]:
    """Return the versions of all that decides what is found."""
    import unicodedata
    from importlib.metadata import PackageNotFoundError, version

    from healthlint._version import __version__

    found = [("healthlint", __version__), ("Python", ".".join(map(str, sys.version_info[:3])))]
    found.append(("Unicode", unicodedata.unidata_version))
    for name in LIBRARIES:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            found.append((name, "unknown"))
    return tuple(found)


def sha256_of(path: str) -> str:
    """Return the digest of a file's bytes, or "" where it cannot be read."""
    from hashlib import file_digest

    try:
        with open(path, "rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def settings_in_force(plan: Plan, facts: Iterable[FileFacts]) -> tuple[tuple[InForce, ...], dict[str, int], list[Book]]:
    """Return the settings there are, the number of those of each file by its path, and the rule books."""
    books: dict[str, int] = {}
    held: dict[tuple[str, Settings], InForce] = {}
    numbers: dict[str, int] = {}
    loaded: list[Book] = []

    def number(task: Task, settings: Settings) -> int:
        book = task.rules.linter.book
        if book.digest not in books:
            books[book.digest] = len(books) + 1
            loaded.append(book)
        key = (task.config.path, settings)
        if key not in held:
            choices = task.rules.choices(settings)
            held[key] = InForce(len(held) + 1, task.config.path, settings, books[book.digest], choices)
        return held[key].number

    for each in facts:
        numbers[each.task.file.path] = number(each.task, each.settings)
    if plan.base is not None:
        number(plan.base, plan.base.settings)
    return tuple(held.values()), numbers, loaded
