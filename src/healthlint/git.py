"""What git knows of the files, asked of git itself: the only place that runs it."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice

from healthlint.blame import Written, blamed
from healthlint.errors import UsageError, nearest
from healthlint.paths import Places
from healthlint.records import NamedTuple

_SAFE = ("git", "--no-pager", "--no-optional-locks", "--literal-pathspecs", "-c", "core.fsmonitor=false")
# What the user's own settings would change in the output, or let another program write it, is said outright.
_DIFF = (
    "-M", "--raw", "--no-abbrev", "--no-color", "--no-ext-diff", "--no-textconv", "--ignore-submodules=dirty",
    "--submodule=short", "--no-relative",
)  # fmt: skip
_PATCH = ("-p", "-U0", "--inter-hunk-context=0", "--text", "--src-prefix=a/", "--dst-prefix=b/")
_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)")
_ESCAPES = {b"a": b"\a", b"b": b"\b", b"t": b"\t", b"n": b"\n", b"v": b"\v", b"f": b"\f", b"r": b"\r"}
_SUBMODULE = "160000"
"""The mode of what is a commit of another repository."""
_MANY = 500
"""Of so many lines of a file git is asked at once, by asking of all."""
_MOST_RENAMES = 50
"""So many times in a row a file is followed."""


class Hunk(NamedTuple):
    """So many `lines` are new from line `start` on, counted from 1 by line feeds; 0: some went from behind it."""

    start: int
    lines: int
    lost: tuple[bool, ...] = ()
    """Of each line that was there instead: whether it held text."""


class Change(NamedTuple):
    """What changed in a file that is still there."""

    path: str
    """Relative to the top of the repository."""
    whole: bool
    """Every line is new."""
    hunks: tuple[Hunk, ...] = ()
    blob: str = ""
    """Its content in the index; of use where index and commit were compared."""


class Changes(NamedTuple):
    """What changed, by path relative to the top of the repository."""

    changed: Mapping[str, Change]
    """Files renamed or with another mode, and nothing else, are not among them."""
    deleted: frozenset[str]
    submodules: Mapping[str, str]
    """Of those that are at another commit now: the one they were at, or ""."""


class _Entry(NamedTuple):
    status: str
    mode: str
    before: str
    blob: str
    old: str
    path: str


class Repository:
    """The repository that a folder is in."""

    def __init__(self, folder: str = ".") -> None:
        """Find it.

        Raises:
            UsageError: there is none, or no git.
        """
        self._folder = folder
        self.top = os.fsdecode(self._ask("rev-parse", "--show-toplevel").removesuffix(b"\n"))
        self._folder = self.top
        self._places = Places(self.top)

    def inside(self, path: str) -> str:
        """Return `path` relative to the top, with "/"; "" where it is outside."""
        inside = self._places.of(path)
        return "" if inside == ".." or inside.startswith("../") or os.path.isabs(inside) else inside

    def is_shallow(self) -> bool:
        """Return whether the history was cut short when it was fetched."""
        return self._ask("rev-parse", "--is-shallow-repository").strip() == b"true"

    def commit(self, revision: str) -> str:
        """Return the id of the commit that `revision` names; of "X..." it is where HEAD and X parted.

        Raises:
            UsageError: there is no such commit here.
        """
        name = revision.removesuffix("...")
        if ".." in name:
            raise UsageError("a range; name one commit, or 'X...' for the one where HEAD and X parted")
        found = b"" if name.startswith("-") else self._try("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        if found and name != revision:
            found = self._try("merge-base", found.decode().strip(), "HEAD")
            if not found:
                raise UsageError(f"no commit that HEAD and {name!r} share{self._remedy()}")
        if not found:
            guess = "" if self.is_shallow() else nearest(name, self._names())
            raise UsageError(f"no such commit{guess or self._remedy()}")
        return found.decode().strip()

    def changes(self, commit: str = "", *, staged: bool = False) -> Changes:
        """Return how the working tree differs from `commit`; or, `staged`, how the index does from HEAD."""
        told = self._ask("diff", *_DIFF, *_PATCH, *(["--cached"] if staged else [commit]), "--")
        raw, _, patch = told.partition(b"\n\n")
        hunks = _hunks(patch)
        changed, deleted, submodules = {}, set(), {}
        for entry in _entries(raw):
            whole = entry.status not in ("M", "R")
            if entry.mode == _SUBMODULE:
                submodules[entry.path] = entry.before.strip("0") and entry.before
            elif entry.status == "D":
                deleted.add(entry.path)
            elif whole or entry.path in hunks:
                changed[entry.path] = Change(entry.path, whole, tuple(hunks.get(entry.path, ())), entry.blob)
        return Changes(changed, frozenset(deleted), submodules)

    def head(self) -> str:
        """Return the id of the commit that is checked out, or "" where there is none yet."""
        return self._try("rev-parse", "--verify", "--quiet", "HEAD^{commit}").decode().strip()

    def differing(self) -> frozenset[str]:
        """Return the paths of the files, untracked ones aside, that the disk has otherwise than that commit, or not."""
        plain = ("--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all")
        told = self._ask("diff", *plain, "--no-relative", "HEAD", "--")
        return frozenset(map(os.fsdecode, told.split(b"\0")[:-1]))

    def written(self, path: str, lines: Iterable[int]) -> dict[int, Written]:
        """Return in which commit each of some lines of a file was last written.

        Lines are counted from 1 by line feeds. There is no entry for any where the file is not committed at all.
        """
        asked = [f"-L{line},{line}" for line in sorted(set(lines))]
        told = self._try("blame", "--porcelain", "--root", *(asked if len(asked) < _MANY else ()), "--", path)
        return blamed(told)

    def first_commits(self) -> frozenset[str]:
        """Return the commits that history begins with, as far as it is here."""
        return frozenset(self._try("rev-list", "--max-parents=0", "HEAD").decode().split())

    def tracked(self) -> frozenset[str]:
        """Return the paths of the files in the index, relative to the top."""
        return frozenset(map(os.fsdecode, self._ask("ls-files", "-z").split(b"\0")[:-1]))

    def contents(self, blobs: Iterable[str]) -> dict[str, bytes]:
        """Return the contents of blobs, by id."""
        asked = list(dict.fromkeys(blobs))
        told = self._ask("cat-file", "--batch", stdin="".join(f"{blob}\n" for blob in asked).encode()) if asked else b""
        found, at = {}, 0
        for blob in asked:
            start = told.index(b"\n", at) + 1
            size = told[at : start - 1].split(b" ")[-1]
            if not size.isdigit():
                raise UsageError(f"git has no content of {blob}: {size.decode()}")
            at = start + int(size) + 1
            found[blob] = told[start : at - 1]
        return found

    def renamed(self, gone: Collection[str]) -> dict[str, str]:
        """Return where those of the files `gone` went that git sees to have been renamed, committed or not yet.

        Paths are relative to the top.
        """
        if not gone or not self._try("rev-parse", "--verify", "--quiet", "HEAD"):
            return {}
        now = self._renames("diff", "HEAD")
        found: dict[str, str] = {}
        followed = dict(zip(gone, gone, strict=True))
        for _ in range(_MOST_RENAMES):
            found.update({path: now[last] for path, last in followed.items() if last in now})
            followed = {path: last for path, last in followed.items() if last not in now}
            commits = self._deletions(set(followed.values()))
            steps = {
                commit: self._renames("diff-tree", "-r", "--no-commit-id", commit) for commit in {*commits.values()}
            }
            followed = {
                path: steps[commits[last]][last]
                for path, last in followed.items()
                if last in commits and last in steps[commits[last]]
            }
            there = {path: last for path, last in followed.items() if os.path.lexists(os.path.join(self.top, last))}
            found.update(there)
            followed = {path: last for path, last in followed.items() if path not in there}
            if not followed:
                break
        return found

    def _renames(self, command: str, *arguments: str) -> dict[str, str]:
        """Return the old paths and the new ones of what a diff sees as renamed."""
        told = self._ask(command, *_DIFF, "--diff-filter=R", *arguments, "--")
        return {entry.old: entry.path for entry in _entries(told)}

    def _deletions(self, paths: Iterable[str]) -> dict[str, str]:
        """Return the last commit in which each of `paths` went away, if there is one."""
        # Git takes a path a line here, and on its command line not many.
        paths = sorted(path for path in paths if "\n" not in path)
        if not paths:
            return {}
        asked = "".join(f"{path}\n" for path in ["HEAD", "--", *paths])
        # A name with a tab is quoted, so what starts with one is no name.
        told = self._ask(
            *("log", "--no-renames", "--diff-filter=D", "--name-only", "--no-color", "--format=%x09%H", "--stdin"),
            stdin=os.fsencode(asked),
        )
        found: dict[str, str] = {}
        commit = ""
        for line in told.split(b"\n"):
            if line.startswith(b"\t"):
                commit = line[1:].decode()
            elif line:
                found.setdefault(_unquoted(line), commit)
        return found

    def _names(self) -> list[str]:
        """Return the names of branches and tags."""
        return os.fsdecode(self._try("for-each-ref", "--format=%(refname:short)")).split()

    def _remedy(self) -> str:
        shallow = self.is_shallow()
        return "; this clone is shallow: fetch more of its history (git fetch --unshallow)" if shallow else ""

    def _ask(self, *arguments: str, stdin: bytes = b"") -> bytes:
        done = self._run(arguments, stdin)
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().split("\n")[0].removeprefix("fatal: ")
            raise UsageError(f"git {arguments[0]}: {said or f'status {done.returncode}'}")
        return done.stdout

    def _try(self, *arguments: str) -> bytes:
        """Return what git says, or nothing where it has no answer."""
        done = self._run(arguments, b"")
        return b"" if done.returncode else done.stdout

    def _run(self, arguments: tuple[str, ...], stdin: bytes) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run([*_SAFE, *arguments], cwd=self._folder, input=stdin, capture_output=True, check=False)
        except ValueError as error:  # A NUL in a name.
            raise UsageError(f"git {arguments[0]}: {error}") from error
        except OSError as error:
            if isinstance(error, FileNotFoundError):
                raise UsageError("git is not there: not installed, or not on the PATH") from error
            raise UsageError(f"git cannot be run: {error.strerror}") from error


def _entries(raw: bytes) -> Iterator[_Entry]:
    """Yield what the lines of `--raw` say: ":MODE MODE BLOB BLOB STATUS", a tab, the path; of renames both paths."""
    for line in raw.split(b"\n"):
        about, *paths = line.split(b"\t")
        if not about.startswith(b":") or not paths:
            continue
        _, mode, before, blob, status = about.decode().split(" ")
        yield _Entry(status[0], mode, before, blob, _unquoted(paths[0]), _unquoted(paths[-1]))


def _hunks(patch: bytes) -> dict[str, list[Hunk]]:
    """Return the hunks of a patch without context, by path."""
    found: dict[str, list[Hunk]] = {}
    path, lines = "", iter(patch.split(b"\n"))
    for line in lines:
        if line.startswith(b"+++ "):
            # A name with a space is followed by a tab.
            path = _unquoted(line[4:].removesuffix(b"\t")).removeprefix("b/")
        elif hunk := _HUNK.match(line):
            old, start, new = (int(number) if number is not None else 1 for number in hunk.groups())
            # What was written may look like a head of the patch, so all of it is taken here.
            written = [text for text in islice(lines, old + new) if not text.startswith(b"\\")]
            # "\ No newline at end of file" is none of its lines.
            written += islice(lines, old + new - len(written))
            lost = tuple(bool(text[1:].strip()) for text in written if text.startswith(b"-"))
            found.setdefault(path, []).append(Hunk(start, new, lost))
    return found


def _unquoted(name: bytes) -> str:
    """Return a path as git writes it: between quotes, with escapes, where it holds odd characters."""
    if name.startswith(b'"') and name.endswith(b'"'):
        name = _ESCAPE.sub(_unescaped, name[1:-1])
    return os.fsdecode(name)


def _unescaped(escape: re.Match[bytes]) -> bytes:
    written = escape[1]
    return bytes([int(written, 8)]) if len(written) == 3 else _ESCAPES.get(written, written)
