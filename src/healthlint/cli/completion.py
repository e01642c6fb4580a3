"""`healthlint completion`: what a shell needs in order to complete commands, options and rule ids."""

from __future__ import annotations

import click

from healthlint.cli._terminal import put
from healthlint.cli._values import Word

_WHERE = {
    "bash": 'eval "$(healthlint completion bash)"      # in ~/.bashrc',
    "zsh": 'eval "$(healthlint completion zsh)"       # in ~/.zshrc',
    "fish": "healthlint completion fish | source       # in ~/.config/fish/config.fish",
}


@click.command("completion", epilog="\b\n" + "\n".join(_WHERE.values()))
@click.argument("shell", type=Word(tuple(_WHERE)))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the completion script for a shell."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None
    root = ctx.find_root().command
    put([made(root, {}, "healthlint", "_HEALTHLINT_COMPLETE").source().rstrip("\n")])
