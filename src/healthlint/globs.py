"""Globs in the manner of .gitignore, by which paths are left out or settings overridden."""

from __future__ import annotations

import re
from collections.abc import Iterable

from healthlint.records import NamedTuple


class _Glob(NamedTuple):
    pattern: re.Pattern[str]
    negated: bool
    folders_only: bool


class Globs:
    """A list of globs, read as git reads one .gitignore file; of those that match, the last decides."""

    __slots__ = ("_globs",)

    def __init__(self, lines: Iterable[str]) -> None:
        """Compile `lines`; blank ones and comments (`#`) are skipped, what git could never match matches nothing."""
        self._globs = tuple(glob for line in lines if (glob := _compiled(line)) is not None)

    def __bool__(self) -> bool:
        """Return whether there is any glob."""
        return bool(self._globs)

    def verdict(self, path: str, *, is_folder: bool) -> bool | None:
        """Return True if `path` itself matches, False if a `!` glob takes it back, None if no glob speaks of it.

        `path` is relative to where the globs stand, with `/`, and neither starts nor ends with one.
        """
        for glob in reversed(self._globs):
            if (is_folder or not glob.folders_only) and glob.pattern.match(path):
                return not glob.negated
        return None

    def covers(self, path: str, *, is_folder: bool = False) -> bool:
        """Return whether `path` matches, or a folder it lies in does."""
        parts = path.split("/")
        folders = ("/".join(parts[:count]) for count in range(1, len(parts)))
        if any(self.verdict(folder, is_folder=True) for folder in folders):
            return True
        return bool(self.verdict(path, is_folder=is_folder))


def _compiled(line: str) -> _Glob | None:
    text = _without_trailing_blanks(line.rstrip("\r\n"))
    if not text or text.startswith("#"):
        return None
    negated = text.startswith("!")
    text = text[negated:]
    folders_only = text.endswith("/")
    text = text.removesuffix("/")
    if not text:
        return None
    anchored = "/" in text
    body = _translated(text.removeprefix("/"))
    if body is None:
        return None
    start = "" if anchored else "(?:.*/)?"
    return _Glob(re.compile(rf"{start}{body}\Z", re.DOTALL), negated, folders_only)


def _without_trailing_blanks(text: str) -> str:
    """Return `text` without the spaces at its end that no backslash guards."""
    bare = text.rstrip(" ")
    backslashes = len(bare) - len(bare.rstrip("\\"))
    return bare + " " if backslashes % 2 and len(bare) < len(text) else bare


def _translated(glob: str) -> str | None:
    """Return the regular expression of a whole path for `glob`, or None where it can match nothing."""
    parts, at = [], 0
    while at < len(glob):
        piece, at = _next_piece(glob, at)
        if piece is None:
            return None
        parts.append(piece)
    return "".join(parts)


def _next_piece(glob: str, at: int) -> tuple[str | None, int]:
    """Return the expression for what stands at `at`, and where the next piece starts."""
    character = glob[at]
    if character == "*":
        return _stars(glob, at)
    if character == "?":
        return "[^/]", at + 1
    if character == "[":
        return _bracket(glob, at)
    if character == "\\":
        return (re.escape(glob[at + 1]), at + 2) if at + 1 < len(glob) else (None, at + 1)
    return re.escape(character), at + 1


def _stars(glob: str, at: int) -> tuple[str, int]:
    """`**` crosses folders where it is a whole part of the path; else any number of stars stays inside one."""
    end = at
    while end < len(glob) and glob[end] == "*":
        end += 1
    whole = end - at == 2 and glob[at - 1 : at] in ("", "/") and glob[end : end + 1] in ("", "/")
    if not whole:
        return "[^/]*", end
    if end == len(glob):
        return ".+", end
    return "(?:.*/)?", end + 1


def _bracket(glob: str, at: int) -> tuple[str | None, int]:
    """Return the expression for a set of characters ("[a-z]", "[!a]"), or None where its bracket is never closed."""
    end = at + 1
    if glob[end : end + 1] in ("!", "^"):
        end += 1
    first = end
    members = []
    while end < len(glob) and (glob[end] != "]" or end == first):
        low, end = _member(glob, end)
        if glob[end : end + 1] == "-" and glob[end + 1 : end + 2] not in ("]", ""):
            high, end = _member(glob, end + 1)
            if low <= high:
                members.append(f"{re.escape(low)}-{re.escape(high)}")
        else:
            members.append(re.escape(low))
    if end >= len(glob):
        return None, end
    inner = "".join(members)
    if first > at + 1:
        return f"[^/{inner}]", end + 1
    return f"(?!/)[{inner}]" if inner else "(?!)", end + 1


def _member(glob: str, at: int) -> tuple[str, int]:
    """Return a character of a set, its backslash taken away, and where the next one starts."""
    if glob[at] == "\\" and at + 1 < len(glob):
        return glob[at + 1], at + 2
    return glob[at], at + 1
