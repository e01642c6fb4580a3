"""The usual check, `healthlint check FILES` with few options, read without click: to load it takes a third of such a run."""

from __future__ import annotations

import os

USUAL: dict[str, object] = {
    "format_": "text", "output": (), "fail_on": None, "exit_zero": False, "select": (), "ignore": (),
    "min_confidence": None, "packs": (), "tiers": (), "product": None, "context": None, "config": None,
    "isolated": False, "exclude": (), "force_exclude": False, "respect_gitignore": True, "stdin_filename": "stdin.md",
    "allow_empty": False, "today": None, "statistics": False, "color": "auto", "baseline": None, "diff": None,
    "fail_on_stale": False, "staged": False, "jobs": None, "claims": None, "show_approved": False, "quiet": False,
    "no_cache": False,
}  # fmt: skip
"""What the options of `check` are where nobody says otherwise."""
_FLAGS = {
    "--exit-zero": "exit_zero", "--force-exclude": "force_exclude", "--isolated": "isolated", "--no-cache": "no_cache",
    "--quiet": "quiet", "-q": "quiet",
}  # fmt: skip


def read(arguments: list[str]) -> tuple[tuple[str, ...], dict[str, object]] | None:
    """Return the paths and options of a check, as click would read them; None where click is needed to tell."""
    # Windows leaves globs to the program, and a shell that completes words speaks to click.
    if arguments[:1] != ["check"] or os.name == "nt" or "_HEALTHLINT_COMPLETE" in os.environ:
        return None
    paths: list[str] = []
    options = dict(USUAL)
    rest = iter(arguments[1:])
    for argument in rest:
        if argument in _FLAGS:
            options[_FLAGS[argument]] = True
        elif argument == "--format":
            options["format_"] = next(rest, "")
        elif argument.startswith("--format="):
            options["format_"] = argument[9:]
        elif argument.startswith("-") and argument != "-":
            return None
        else:
            paths.append(argument)
    from healthlint import plugs

    return (tuple(paths), options) if options["format_"] in plugs.names("healthlint.reporters") else None
