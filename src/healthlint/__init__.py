"""healthlint: a content-compliance linter for health marketing copy."""

from __future__ import annotations

from healthlint._version import __version__
from healthlint.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from healthlint.config import Settings
    from healthlint.finding import Finding
    from healthlint.linter import Linter

__all__ = ["Linter", "__version__", "lint_text"]


def __getattr__(name: str) -> object:
    """Import `Linter` when it is asked for."""
    if name == "Linter":
        from healthlint.linter import Linter

        return Linter
    raise AttributeError(f"module 'healthlint' has no attribute {name!r}")


def lint_text(text: str, name: str = "text.md", settings: Settings | None = None) -> tuple[Finding, ...]:
    """Return the findings of `text` under the shipped rules, in order of place; the suffix of `name` picks the reader.

    Raises:
        ReadError: no reader knows the suffix.
        RuleError: the shipped rules cannot be loaded.
    """
    import os

    from healthlint import readers
    from healthlint.config import Settings
    from healthlint.errors import ReadError
    from healthlint.linter import Linter
    from healthlint.rulebook import load_book
    from healthlint.text import Source

    suffix = os.path.splitext(name)[1].lower()
    reader = readers.reader_for(suffix)
    if reader is None:
        raise ReadError(
            f"{name}: no reader knows {suffix or 'a name without a suffix'}; known: {', '.join(readers.suffixes())}"
        )
    document = reader.read(Source(name, text), readers.ReadOptions())
    return Linter(load_book()).lint(document, settings or Settings()).findings
