"""What can go wrong, as one tree: HealthlintError > ConfigError, RuleError, ReadError, UsageError."""

from __future__ import annotations

from collections.abc import Iterable


class HealthlintError(Exception):
    """Base of every fault a user can cause; its text names the place, what is wrong and what is allowed."""

    def __init__(self, *faults: str) -> None:
        """Keep every fault, in the order found; `str()` gives one a line."""
        super().__init__("\n".join(faults))
        self.faults = faults


class ConfigError(HealthlintError):
    """A configuration, from a file, front matter or the command line, cannot be used."""


class RuleError(HealthlintError):
    """A rule file or lexicon cannot be used."""


class ReadError(HealthlintError):
    """A document cannot be read or decoded."""


class UsageError(HealthlintError):
    """What was asked for cannot be done: a file that is not there, nothing to check."""


def nearest(word: str, allowed: Iterable[str]) -> str:
    """Return "; did you mean 'x'?" for the closest of `allowed` (an iterable of names), or ""."""
    import difflib

    names = sorted(str(name) for name in allowed)
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else ""
