"""The reports of earlier runs, on disk: a file that is as it was, under the same settings and rules, is not checked again.

A report is a function of the file's path and text, its settings, the rules, the register of approved claims, the
programs, and, where a suppression or an approval is dated, of the day. Its key is a digest of all but the day, which
stands beside it. Nothing is kept of a file that could not be checked.

It is a database of SQLite in the folder of the compiled rules. Whatever is wrong with it is no fault of the run: what it
cannot tell is checked.
"""

from __future__ import annotations

import marshal
import os
import sqlite3
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec

from healthlint._version import __version__
from healthlint.book_cache import BROKEN, folder
from healthlint.digests import sha256
from healthlint.hints import TYPE_CHECKING
from healthlint.report_packed import packed, unpacked

if TYPE_CHECKING:
    from healthlint.config import Said, Settings
    from healthlint.planning import Task
    from healthlint.report import FileReport
    from healthlint.text import Source

FORMAT = 1
"""Raised when what is stored changes its shape."""
NAME = "reports.sqlite3"
_PLUGS = ("", ".readers", ".checks", ".reporters")
_LIBRARIES = {"regex": "regex", "pyromark": "pyromark", "yaml": "pyyaml"}
"""Other people's code on which it hangs what is found: the module, and what it is installed as."""
_WAIT_S = 0.5
"""How long another run may hold the database."""
_TOGETHER = 1_000
"""Reports that are written at once."""
_KEPT_S = 30 * 86_400
_MOST_BYTES = 1 << 30
_TABLE = "CREATE TABLE IF NOT EXISTS reports (key BLOB PRIMARY KEY, time INTEGER, report BLOB) WITHOUT ROWID"


class ResultCache:
    """The reports of earlier runs. Any process may ask; the one that made it writes."""

    def __init__(self, said: Iterable[Said], today: str, place: str = "") -> None:
        """Open nothing yet; `said` is what the command line has to say, `today` an ISO 8601 day.

        The file `place` is by default that of the user's cache.
        """
        parts = (FORMAT, __version__, sys.hexversion, [each for each in said if each.key != "jobs"], *_programs())
        self._known = place or os.path.join(folder(), NAME), repr(parts).encode("utf-8", "surrogateescape"), today
        self._connections: dict[int, sqlite3.Connection] = {}
        """By process: one that a fork has inherited must be left alone."""
        self._new: list[tuple[bytes, bytes]] = []

    def __getstate__(self) -> tuple[str, bytes, str]:
        """Return what another process needs to ask."""
        return self._known

    def __setstate__(self, state: tuple[str, bytes, str]) -> None:
        """Take what another process knew."""
        self._known, self._connections, self._new = state, {}, []

    def key(self, task: Task, source: Source) -> bytes:
        """Return the key of the report on `source`, the text of the file of `task`."""
        register = "" if task.register is None else task.register.digest
        of_task = (task.file.path, _plain(task.settings), _plain(task.config.settings(task.matching)), register)
        digest = sha256(self._known[1])
        for part in (task.rules.linter.book.digest, repr(of_task), source.text):
            data = part.encode("utf-8", "surrogatepass")
            digest.update(len(data).to_bytes(8, "little") + data)
        return bytes.fromhex(digest.hexdigest())

    def get(self, key: bytes, task: Task, source: Source) -> FileReport | None:
        """Return the report that was kept under a key, as one on `source`; None where there is none for the day."""
        try:
            stored = self._reader().execute("SELECT report FROM reports WHERE key = ?", (key,)).fetchone()
            if stored is None:
                return None
            own, day, data = marshal.loads(zlib.decompress(*stored))  # noqa: S302
            if own == key and day in ("", self._known[2]):
                return unpacked(data, task.rules.linter.book.by_id, source)
        except (*BROKEN, sqlite3.Error, zlib.error):
            pass
        return None

    def keeping(self, reports: Iterable[FileReport]) -> Iterator[FileReport]:
        """Yield `reports`; those that have a key are kept for later runs, and are given without it."""
        try:
            for report in reports:
                if report.key:
                    day = self._known[2] if report.dated else ""
                    plain = report._replace(key=b"")
                    data = marshal.dumps((report.key, day, packed(plain, texts=False)))
                    self._new.append((report.key, zlib.compress(data, 1)))
                    if len(self._new) >= _TOGETHER:
                        self._write()
                    yield plain
                else:
                    yield report
        finally:
            self._write()
            for connection in self._connections.values():
                connection.close()

    def _reader(self) -> sqlite3.Connection:
        process = os.getpid()
        if process not in self._connections:
            uri = "file:" + self._known[0].replace("%", "%25").replace("?", "%3f").replace("#", "%23")
            self._connections[process] = sqlite3.connect(f"{uri}?mode=ro", uri=True, timeout=_WAIT_S)
        return self._connections[process]

    def _write(self) -> None:
        new, self._new = self._new, []
        if not new:
            return
        from time import time

        now, place = int(time()), self._known[0]
        try:
            os.makedirs(os.path.dirname(os.path.abspath(place)), exist_ok=True)
            with suppress(OSError):
                if os.path.getsize(place) > _MOST_BYTES:
                    os.unlink(place)
            connection = sqlite3.connect(place, timeout=_WAIT_S)
        except (OSError, sqlite3.Error):
            return
        try:
            # A crash may cost what is stored, and then it is told from what is sound: each report bears a checksum.
            connection.execute("PRAGMA synchronous = OFF")
            with connection:
                connection.execute(_TABLE)
                connection.execute("DELETE FROM reports WHERE time < ?", (now - _KEPT_S,))
                rows = ((key, now, data) for key, data in new)
                connection.executemany("INSERT OR REPLACE INTO reports VALUES (?, ?, ?)", rows)
        except sqlite3.OperationalError:  # Another run holds it, or the disk is full.
            pass
        except sqlite3.DatabaseError:  # It is no database, or a broken one.
            with suppress(OSError):
                os.unlink(place)
        finally:
            connection.close()


def _plain(settings: Settings) -> Settings:
    """Return settings without the number of processes, on which nothing hangs."""
    return settings._replace(jobs=None, origins=tuple(each for each in settings.origins if each[0] != "jobs"))


def _programs() -> Iterator[str]:
    """Yield what tells the programs that check from others, wherever and whenever they were installed."""
    digest = sha256(b"")
    for top in sorted({path for plug in _PLUGS for path in import_module(f"healthlint{plug}").__path__}):
        for where, inner, files in os.walk(top):
            inner.sort()
            for name in sorted(name for name in files if name.endswith(".py")):
                path = os.path.join(where, name)
                with open(path, "rb") as module:
                    data = module.read()
                digest.update(f"{os.path.relpath(path, top)}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
                digest.update(data)
    yield digest.hexdigest()
    for library, project in _LIBRARIES.items():
        yield _version(library, project)


def _version(library: str, project: str) -> str:
    """Return what tells the version of a library: what is installed says so in a name; `importlib.metadata` takes ages."""
    spec = find_spec(library)
    if spec is None or not spec.origin:
        return ""
    beside = os.path.dirname(os.path.dirname(spec.origin))
    found = [name for name in os.listdir(beside) if name.lower().startswith(f"{project}-") and name.endswith("-info")]
    return min(found) if found else str(os.stat(spec.origin).st_mtime_ns)
