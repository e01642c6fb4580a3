"""The group of commands."""

from __future__ import annotations

import os
from importlib import import_module

import click

from healthlint._version import __version__
from healthlint.cli._ends import OK, UNUSABLE
from healthlint.cli._terminal import lost, put, say
from healthlint.errors import nearest

COMMANDS = (
    "check", "explain", "rules", "test", "baseline", "claims", "suppressions", "report", "init", "config", "completion",
)  # fmt: skip


class _Commands(click.Group):
    """Imports a command when it is asked for: a check must not pay for the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        if name not in COMMANDS:
            return None
        command = import_module(f"healthlint.cli.{name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            guess = nearest(name, COMMANDS)
            if not guess and os.path.exists(name):
                guess = f"; did you mean 'healthlint check {name}'?"
            ctx.fail(f"no command {name!r}: choose {', '.join(COMMANDS)}{guess}")
        return super().resolve_command(ctx, args)


def _print_version(ctx: click.Context, parameter: click.Parameter, wanted: bool) -> None:  # noqa: ARG001, FBT001
    if wanted and not ctx.resilient_parsing:
        put([f"healthlint {__version__}"])
        ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Print the version."
)
def app() -> None:
    """Find unlawful and unsafe health claims in text and Markdown, and say why and what to write instead.

    Exit status: 0 nothing found at --fail-on or above; 1 findings; 2 bad usage, config or rule, a file that cannot be
    read, nothing to check; 3 a fault of healthlint itself. The higher wins.
    """


def run(arguments: list[str]) -> int:
    """Run the command line and return the exit status."""
    try:
        status = app.main(arguments, prog_name="healthlint", standalone_mode=False)
        return status if isinstance(status, int) else OK
    except click.ClickException as error:
        _say_misuse(error)
        return UNUSABLE
    except click.Abort:
        raise KeyboardInterrupt from None
    except OSError as error:
        if _is_of_click(error):
            raise lost(error) from error
        raise
    except SystemExit as done:  # How click ends a completion.
        return done.code if isinstance(done.code, int) else OK


def _is_of_click(error: OSError) -> bool:
    """Tell whether it was click that could not print: its help is all that it prints by itself."""
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    return step is not None and str(step.tb_frame.f_globals.get("__name__")).startswith("click.")


def _say_misuse(error: click.ClickException) -> None:
    context = getattr(error, "ctx", None)
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        say(error.format_message())
        return
    if context is not None:
        say(context.get_usage())
    message = error.format_message()
    say(message[:1].lower() + message[1:], "error")
    if context is not None:
        say(f"'{context.command_path} --help' tells more")
