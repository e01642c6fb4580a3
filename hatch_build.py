"""Puts the compiled book of the shipped rules into the wheel."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BookHook(BuildHookInterface):  # type: ignore[type-arg,misc]
    """Makes the book; an editable install has none, for there the rules may change at any time."""

    PLUGIN_NAME = "custom"
    _folder = ""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the book and name its place in the wheel."""
        if version == "editable":
            return
        top = Path(self.root)
        before = sys.dont_write_bytecode
        sys.dont_write_bytecode = True
        sys.path.insert(0, str(top / "src"))
        try:
            from healthlint.book_shipped import NAME, made
            from healthlint.rulebook import rule_files

            rules = str(top / "rules")
            data = made(rules, list(rule_files([rules])))
        finally:
            sys.path.remove(str(top / "src"))
            sys.dont_write_bytecode = before
        self._folder = tempfile.mkdtemp()
        book = Path(self._folder, NAME)
        book.write_bytes(data)
        build_data["force_include"][str(book)] = f"healthlint/{NAME}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Leave nothing behind."""
        if self._folder:
            shutil.rmtree(self._folder)
