"""The rules as the config of the current folder has them, for the commands that speak of rules."""

from __future__ import annotations

from healthlint.errors import ConfigError, HealthlintError
from healthlint.hints import TYPE_CHECKING

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem

    from healthlint.book import Book
    from healthlint.config import Settings


def settings_here() -> Settings:
    """Return the settings of the current folder.

    Raises:
        ConfigError: its config is faulty.
    """
    from healthlint.config_file import Configs

    configs = Configs()
    config = configs.of("")
    if configs.faults:
        raise ConfigError(*configs.faults)
    return config.settings()


def book_here() -> Book:
    """Return the shipped rules and those of the folders that the config names.

    Raises:
        ConfigError: the config is faulty.
        RuleError: a rule is.
    """
    from healthlint.rulebook import load_book

    return load_book(settings_here().rule_folders)


def complete_rules(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Return the ids that `incomplete` may become; none while there is something wrong."""
    from click.shell_completion import CompletionItem

    try:
        rules = book_here().rules
    except HealthlintError:
        return []
    return [CompletionItem(rule.id, help=rule.title) for rule in rules if rule.id.startswith(incomplete)]
