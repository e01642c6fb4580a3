"""From the paths a user names to the files to read, and from a file's bytes to its text.

Folders are walked in sorted order. Left out on the way: hidden files and folders, folders of other people's code,
links to folders, what .gitignore files leave out (unless told otherwise), and what the caller excludes. A file that is
named outright is taken all the same.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator

from healthlint.encoding import decoded
from healthlint.errors import ReadError, nearest
from healthlint.globs import Globs
from healthlint.hints import TYPE_CHECKING
from healthlint.paths import VCS_FOLDERS, folders_up, is_repository, with_slashes
from healthlint.records import NamedTuple
from healthlint.text import Source

if TYPE_CHECKING:
    from typing import BinaryIO, Protocol

    class Exclusion(Protocol):
        """What the settings leave out."""

        def meets(self, path: str, *, is_folder: bool) -> bool:
            """Return whether `path`, met on a walk, is left out by itself."""

        def covers(self, path: str, *, is_folder: bool) -> bool:
            """Return whether `path`, or a folder it lies in, is left out."""


STDIN = "-"
NOT_OURS = frozenset({"node_modules", "venv", "__pycache__", "site-packages"})
"""Folders that are never walked into; hidden ones (.git, .venv, .tox) are not either."""


class Input(NamedTuple):
    """A file to check: `path` as given or as walked, with "/"; `piped` if its bytes come from standard input."""

    path: str
    piped: bool = False
    data: bytes | None = None
    """What to take for its bytes, where that is not what the disk holds."""


class Found(NamedTuple):
    """What the paths of a command line come to; each in order of paths."""

    inputs: tuple[Input, ...]
    excluded: tuple[str, ...]
    """Files and folders that were named outright and yet are left out."""
    failures: tuple[tuple[str, str], ...]
    """Paths that are none, with what is wrong."""


class Search(NamedTuple):
    """How to look for files."""

    suffixes: Collection[str]
    """Those that a reader knows, lower case, with the dot."""
    exclusion: Exclusion
    respect_gitignore: bool = True
    force_exclude: bool = False
    stdin_name: str = "stdin.md"
    left_out: Callable[[str, str], None] | None = None
    """Is told what is left out on the way, and why; a folder's path ends with a slash."""


class _Ignore(NamedTuple):
    """A .gitignore file in force; a walked path is as it sees it when its first `cut` characters give way to `put`."""

    cut: int
    put: str
    globs: Globs


class _Finder:
    """Gathers files; by real path, so that whatever is named or met twice is checked once."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.inputs: dict[str, Input] = {}
        self.excluded: set[str] = set()
        self.failures: dict[str, str] = {}

    def add(self, path: str) -> None:
        """Take in one path of the command line."""
        shown = with_slashes(path)
        name = self.search.stdin_name if path == STDIN else path
        if self.search.force_exclude and self.search.exclusion.covers(name, is_folder=os.path.isdir(name)):
            self.excluded.add(with_slashes(name))
        elif path == STDIN:
            self._take(Input(with_slashes(name), piped=True), key=STDIN)
        else:
            try:
                kind = os.stat(path).st_mode
            except OSError as error:
                self.failures[shown] = _why_not_there(path, error)
                return
            if stat.S_ISDIR(kind):
                self._walk(path)
            elif stat.S_ISREG(kind):
                self._take(Input(shown), key=os.path.realpath(path))
            else:
                self.failures[shown] = f"{shown}: not a regular file; pipe it in and name it '-'"

    def _take(self, file: Input, key: str) -> None:
        suffix = suffix_of(file.path)
        if suffix in self.search.suffixes:
            self._keep(file, key)
            return
        known = ", ".join(sorted(self.search.suffixes))
        problem = f"no reader for {suffix!r} files" if suffix else "no suffix that says how to read it"
        self.failures[file.path] = f"{file.path}: {problem}; there are readers for {known}"

    def _keep(self, file: Input, key: str) -> None:
        kept = self.inputs.setdefault(key, file)
        if kept.path != file.path and self.search.left_out is not None:
            self.search.left_out(file.path, f"another name of {kept.path}")

    def _walk(self, root: str) -> None:
        """Take in every file below the folder `root` that a reader knows."""
        start = _as_prefix(root)
        real = os.path.realpath(root)
        ignores = tuple(_ignores_above(root, start)) if self.search.respect_gitignore else ()
        folders: list[tuple[str, tuple[_Ignore, ...]]] = [(start, ignores)]
        while folders:
            folder, ignores = folders.pop()
            entries = self._entries(folder)
            if self.search.respect_gitignore and any(entry.name == ".gitignore" for entry in entries):
                ignores += (_Ignore(len(folder), "", _globs_of(folder + ".gitignore")),)
            for entry in entries:
                path, is_folder = folder + entry.name, entry.is_dir(follow_symlinks=False)
                if not self._is_wanted(path, entry.name, ignores, is_folder=is_folder):
                    self._tell(path, entry, ignores)
                    continue
                if is_folder:
                    folders.append((path + "/", ignores))
                elif self._is_file(path, entry):
                    # Only a link can be a file that has another name as well; to ask for each would be slow.
                    key = os.path.realpath(path) if entry.is_symlink() else os.path.join(real, path[len(start) :])
                    self._keep(Input(path), key)

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        """Return what is in `folder`, sorted; a folder that cannot be listed is a failure."""
        try:
            with os.scandir(folder or ".") as listing:
                return sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            shown = with_slashes(folder).rstrip("/") or "."
            self.failures[shown] = _why_not_there(shown, error)
            return []

    def _is_wanted(self, path: str, name: str, ignores: tuple[_Ignore, ...], *, is_folder: bool) -> bool:
        if name.startswith(".") or (is_folder and name in NOT_OURS):
            return False
        if not is_folder and suffix_of(name) not in self.search.suffixes:
            return False
        if _is_ignored(path, ignores, is_folder=is_folder):
            return False
        return not self.search.exclusion.meets(path, is_folder=is_folder)

    def _tell(self, path: str, entry: os.DirEntry[str], ignores: tuple[_Ignore, ...]) -> None:
        """Tell whoever asked why `entry` is not wanted."""
        if self.search.left_out is None or entry.name in VCS_FOLDERS:
            return
        is_folder = entry.is_dir(follow_symlinks=False)
        if entry.name.startswith("."):
            why = "hidden"
        elif is_folder and entry.name in NOT_OURS:
            why = "code of others"
        elif not is_folder and entry.is_dir():
            why = "a link to a folder"
        elif not is_folder and suffix_of(entry.name) not in self.search.suffixes:
            why = "no reader for it"
        else:
            ignored = _is_ignored(path, ignores, is_folder=is_folder)
            why = "ignored by .gitignore" if ignored else "excluded by the settings"
        self.search.left_out(path + "/" * is_folder, why)

    def _is_file(self, path: str, entry: os.DirEntry[str]) -> bool:
        """Return whether `entry` is a file that can be read; a link that leads nowhere is a failure."""
        try:
            kind = entry.stat().st_mode
        except OSError as error:
            self.failures[path] = _why_not_there(path, error)
            return False
        if not stat.S_ISREG(kind) and self.search.left_out is not None:
            self.search.left_out(path, "a link to a folder" if stat.S_ISDIR(kind) else "no regular file")
        return stat.S_ISREG(kind)


def find(paths: Iterable[str], search: Search) -> Found:
    """Return the files that `paths` stand for: files, folders, and "-" for standard input."""
    finder = _Finder(search)
    for path in paths:
        finder.add(path)
    return Found(
        tuple(sorted(finder.inputs.values(), key=lambda file: file.path)),
        tuple(sorted(finder.excluded)),
        tuple(sorted(finder.failures.items())),
    )


def suffix_of(path: str) -> str:
    """Return the suffix of `path`, lower case, with its dot; "" where there is none."""
    return os.path.splitext(path)[1].lower()


def read_source(file: Input, stdin: BinaryIO | None = None) -> Source:
    """Return the text of `file`, read from `stdin` if it is piped (None: it is closed); a BOM stays, as U+FEFF.

    Raises:
        ReadError: it cannot be read, is not UTF-8, or no text at all.
    """
    return Source(file.path, decoded(read_data(file, stdin), file.path))


def read_data(file: Input, stdin: BinaryIO | None = None) -> bytes:
    """Return the bytes of `file`.

    Raises:
        ReadError: they cannot be read.
    """
    if file.piped and stdin is None:
        raise ReadError(f"{file.path}: cannot be read: standard input is closed")
    if file.data is not None:
        return file.data
    try:
        if stdin is not None and file.piped:
            return stdin.read()
        with open(file.path, "rb") as opened:
            return opened.read()
    except OSError as error:
        raise ReadError(_why_not_there(file.path, error)) from error


def _why_not_there(path: str, error: OSError) -> str:
    shown = with_slashes(path) or "''"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        if os.path.islink(path):
            return f"{shown}: a symbolic link to nothing"
        folder, name = os.path.split(path.rstrip("/"))
        try:
            guess = nearest(name, os.listdir(folder or ".")) if name else ""
        except OSError:
            guess = ""
        return f"{shown}: no such file or folder{guess}"
    return f"{shown}: cannot be read: {(error.strerror or str(error)).lower()}"


def _as_prefix(folder: str) -> str:
    """Return what the names of the files in `folder` follow: "" for the current one, else it ends with a slash."""
    prefix = with_slashes(folder)
    while prefix.startswith("./"):
        prefix = prefix[2:].lstrip("/")
    return "" if prefix in ("", ".") else prefix.rstrip("/") + "/"


def _ignores_above(root: str, start: str) -> Iterator[_Ignore]:
    """Yield what ignores files from outside the walked folder, outermost first; nothing outside a repository."""
    above = list(folders_up(root))
    top = above[-1]
    if not is_repository(top):
        return
    files = [os.path.join(top, ".git", "info", "exclude")]
    files += [os.path.join(folder, ".gitignore") for folder in reversed(above[1:])]
    for file, folder in zip(files, [top, *reversed(above[1:])], strict=True):
        globs = _globs_of(file)
        if globs:
            inside = with_slashes(os.path.relpath(above[0], folder))
            yield _Ignore(len(start), "" if inside == "." else inside + "/", globs)


def _is_ignored(path: str, ignores: tuple[_Ignore, ...], *, is_folder: bool) -> bool:
    for cut, put, globs in reversed(ignores):
        verdict = globs.verdict(put + path[cut:], is_folder=is_folder)
        if verdict is not None:
            return verdict
    return False


def _globs_of(path: str) -> Globs:
    """Return the globs of a .gitignore file; none where it cannot be read, as git has it."""
    try:
        with open(path, encoding="utf-8", errors="surrogateescape", newline="\n") as file:
            return Globs(file.read().removeprefix("\ufeff").split("\n"))
    except OSError:
        return Globs(())
