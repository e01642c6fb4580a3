"""Kinds of values that options take, each refused with what is allowed and the nearest guess."""

from __future__ import annotations

from collections.abc import Iterable

import click

from healthlint.config import MOST_JOBS, allowed, expanded_packs, is_jobs
from healthlint.errors import UsageError, nearest
from healthlint.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def completions(words: Iterable[str], incomplete: str, lead: str = "") -> list[CompletionItem]:
    """Return those of `words` that `incomplete` may become, each after `lead`."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(lead + word) for word in words if word.startswith(incomplete)]


class Names(click.ParamType):  # type: ignore[type-arg]
    """Names parted by commas; each one of those that a setting allows, or any where it allows all."""

    name = "names"

    def __init__(self, key: str = "") -> None:
        """Take the names that `key` of the settings allows."""
        self.key = key

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """Return the names."""
        names = tuple(name.strip() for name in str(value).split(",") if name.strip())
        words = allowed(self.key)
        for name in names:
            if words and name not in words:
                self.fail(f"{name!r} is none of {', '.join(words)}{nearest(name, words)}", param, ctx)
        return expanded_packs(names) if self.key == "packs" else names

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        """Return the names that the last of the list may become."""
        before, comma, last = incomplete.rpartition(",")
        return completions(allowed(self.key), last, before + comma)


class Word(click.ParamType):  # type: ignore[type-arg]
    """One of the words that a setting allows."""

    name = "word"

    def __init__(self, words: tuple[str, ...]) -> None:
        """Take one of `words`."""
        self.words = words

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        """Return the words, as help shows them."""
        return "|".join(self.words)

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word."""
        word = str(value)
        if word not in self.words:
            self.fail(f"{word!r} is none of {', '.join(self.words)}{nearest(word, self.words)}", param, ctx)
        return word

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        """Return the words that it may become."""
        return completions(self.words, incomplete)


class Format(click.ParamType):  # type: ignore[type-arg]
    """The name of an output format."""

    name = "format"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name; the module is known to be there."""
        from healthlint import plugs

        try:
            plugs.load("healthlint.reporters", str(value))
        except UsageError as error:
            self.fail(str(error), param, ctx)
        return str(value)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        """Return the formats that it may become."""
        from healthlint import plugs

        return completions(plugs.names("healthlint.reporters"), incomplete)


class Jobs(click.ParamType):  # type: ignore[type-arg]
    """How many processes work side by side."""

    name = "N|auto"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the number as it was given."""
        text = str(value)
        if not is_jobs(text):
            self.fail(f"{text!r} is neither auto nor a number from 1 to {MOST_JOBS}", param, ctx)
        return text


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day as ISO 8601 has it, "2026-11-20"."""

    name = "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the day as it was given."""
        from healthlint.days import is_day

        day = str(value)
        if not is_day(day):
            self.fail(f"{day!r} is no day such as 2026-11-20", param, ctx)
        return day
