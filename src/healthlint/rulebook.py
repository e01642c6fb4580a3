"""Folders of rule files and lexicons to a Book, from the cache where nothing has changed; every fault of every file at once."""

from __future__ import annotations

import os
from collections.abc import Iterable

from healthlint.book import Book
from healthlint.errors import RuleError


def builtin_rules() -> str:
    """Return the folder of the shipped rules: in the package, or at the top of a checkout.

    Raises:
        RuleError: there is none; the installation is incomplete.
    """
    package = os.path.dirname(os.path.abspath(__file__))
    for folder in (os.path.join(package, "rules"), os.path.join(package, "..", "..", "rules")):
        if os.path.isdir(folder):
            return os.path.normpath(folder)
    raise RuleError(f"no rules beside {package}: the installation is incomplete")


def load_book(folders: Iterable[str] = (), *, cache: bool = True) -> Book:
    """Return the shipped rules and those of `folders`, in that order; a folder's `lexicon/` brings slots, or extends them.

    Raises:
        RuleError: with all faults of all files.
    """
    roots = (builtin_rules(), *map(os.path.abspath, folders))
    files = list(rule_files(roots))
    if cache:
        from healthlint import book_cache

        book = book_cache.load(roots, files)
        if book is not None:
            return book
        if len(roots) == 1 and (book := _shipped(roots[0], files)) is not None:
            return book
    from healthlint.book_build import build

    book = build(files, roots[0])
    if cache:
        book_cache.store(roots, files, book)
    return book


def _shipped(root: str, files: list[tuple[str, str, os.stat_result]]) -> Book | None:
    """Return the book that came in the wheel, if it fits; it is kept where it is found without reading the rules."""
    from healthlint import book_cache, book_shipped
    from healthlint.book_packed import unpacked

    data = book_shipped.load(root, files)
    if data is None:
        return None
    book_cache.keep((root,), files, data)
    return unpacked(data)


def rule_files(roots: Iterable[str]) -> Iterable[tuple[str, str, os.stat_result]]:
    """Yield (root, path, stat) of every YAML file under the roots, in order of path under each.

    Raises:
        RuleError: a root is no folder, or cannot be read.
    """
    for root in roots:
        found: list[tuple[str, os.stat_result]] = []
        waiting = [root]
        while waiting:
            folder = waiting.pop()
            try:
                with os.scandir(folder) as entries:
                    for entry in entries:
                        if entry.name.startswith("."):
                            continue
                        if entry.is_dir():
                            waiting.append(entry.path)
                        elif entry.name.endswith((".yaml", ".yml")):
                            found.append((entry.path, entry.stat()))
            except OSError as error:
                raise RuleError(f"{folder}: cannot read the rules: {error.strerror}") from error
        for path, stat in sorted(found, key=lambda pair: pair[0]):
            yield root, path, stat
