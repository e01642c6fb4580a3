"""Files that are written whole or not at all, one alone or several together."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from healthlint.cli._terminal import OutputError


def write_lines(path: str, lines: Iterable[str]) -> None:
    """Write a file, which is whole or as it was.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        write_file(path, lines)
    except OSError as error:
        raise cannot(path, error) from error


def write_folder(folder: str, files: Mapping[str, Iterable[str]]) -> None:
    """Write files, by name, into a folder, which is made where there is none: all of them, or none.

    Raises:
        OutputError: one cannot be written; what was there is there as it was.
    """
    is_new = not os.path.isdir(folder)
    try:
        if is_new:
            os.mkdir(folder)
        _put_in_place({os.path.join(folder, name): _text(lines) for name, lines in files.items()})
    except OSError as error:
        if is_new:
            with suppress(OSError):
                os.rmdir(folder)
        raise cannot(folder, error) from error


def cannot(path: str, error: OSError) -> OutputError:
    """Return what to raise where a file or folder cannot be written."""
    return OutputError(f"{path} cannot be written: {(error.strerror or str(error)).lower()}")


def write_file(path: str, lines: Iterable[str]) -> None:
    """Write what is not there yet, or is a file, by its side and put it in its place; to a device or a pipe, at once.

    Raises:
        OSError: it cannot be written.
    """
    text = _text(lines)
    try:
        is_file = stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        is_file = True
    if is_file:
        _put_in_place({path: text})
    else:
        with open(path, "wb", buffering=0) as file:
            write_all(file.fileno(), text)


def write_all(descriptor: int, text: str) -> None:
    """Write all of `text` to an open file.

    Raises:
        OSError: it cannot be written.
    """
    data = memoryview(text.encode("utf-8", "replace"))
    while data:
        data = data[os.write(descriptor, data) :]


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _put_in_place(texts: Mapping[str, str]) -> None:
    """Write files by their sides, and put them in their places once all are whole; never an old one beside a new one."""
    beside: dict[str, str] = {}
    aside: dict[str, str] = {}
    try:
        for path, text in texts.items():
            real = os.path.realpath(path)
            beside[real] = _written_beside(real, text)
        for real in beside if len(beside) > 1 else ():
            if os.path.lexists(real):
                aside[real] = next(_names(real))
                os.rename(real, aside[real])
        for real, new in beside.items():
            os.replace(new, real)
    except BaseException:
        for real, new in beside.items():
            with suppress(OSError):
                # One that is in its place already, though the other could not follow.
                os.unlink(new if os.path.lexists(new) or len(beside) == 1 else real)
        for real, old in aside.items():
            with suppress(OSError):
                os.replace(old, real)
        raise
    for old in aside.values():
        with suppress(OSError):
            os.unlink(old)


def _written_beside(path: str, text: str) -> str:
    """Return the name of a new file in the folder of `path`, with its rights, that holds `text`."""
    descriptor, beside = _open_beside(path)
    try:
        try:
            write_all(descriptor, text)
            with suppress(FileNotFoundError):
                os.chmod(beside, stat.S_IMODE(os.stat(path).st_mode))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise
    return beside


def _open_beside(path: str) -> tuple[int, str]:
    """Return a new file in the folder of `path`, open, and its name."""
    for beside in _names(path):
        try:
            return os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666), beside
        except FileExistsError:
            continue
    raise AssertionError("names do not end")


def _names(path: str) -> Iterator[str]:
    while True:
        yield os.path.join(os.path.dirname(path), f".healthlint-{os.urandom(6).hex()}.tmp")
