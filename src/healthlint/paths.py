"""Paths as they are shown and compared: "/" between parts, and the folders above one."""

from __future__ import annotations

import os
from collections.abc import Iterator

VCS_FOLDERS = (".git", ".hg", ".svn", ".jj")
"""What the top folder of a repository holds."""


def with_slashes(path: str) -> str:
    """Return `path` with "/" between its parts."""
    return path.replace(os.sep, "/") if os.sep != "/" else path


def relative(path: str, folder: str) -> str:
    """Return `path` as seen from `folder`, with "/"; "" where it does not lie below."""
    try:
        inside = with_slashes(os.path.relpath(path, folder))
    except ValueError:  # Another drive.
        return ""
    return "" if inside in (".", "..") or inside.startswith("../") else inside


def as_written(path: str) -> str:
    """Return an absolute path as a user would write it from the current folder."""
    try:
        return with_slashes(os.path.relpath(path))
    except ValueError:  # Another drive.
        return with_slashes(path)


def is_repository(folder: str) -> bool:
    """Return whether `folder` is the top of a repository."""
    return any(os.path.lexists(os.path.join(folder, name)) for name in VCS_FOLDERS)


def folders_up(folder: str) -> Iterator[str]:
    """Yield the absolute path of `folder` and of those above it, up to the top of the repository or the disk."""
    folder = os.path.abspath(folder)
    while True:
        yield folder
        above = os.path.dirname(folder)
        if above == folder or is_repository(folder):
            return
        folder = above


class Places:
    """Places as seen from a folder, whatever links lead there; a file that is a link is where the link is."""

    def __init__(self, folder: str) -> None:
        """Take the folder to look from."""
        self._from = os.path.realpath(folder)
        self._folders: dict[str, str] = {}

    def of(self, path: str) -> str:
        """Return `path` relative to the folder, with "/"; absolute where it is on another drive."""
        folder, name = os.path.split(path)
        if folder not in self._folders:
            real = os.path.realpath(folder)
            try:
                inside = os.path.relpath(real, self._from)
            except ValueError:  # Another drive.
                inside = real
            self._folders[folder] = "" if inside == "." else inside
        return with_slashes(os.path.join(self._folders[folder], name))
