"""The command line: a command a file; the only place that prints, reads the environment or picks an exit status."""

from __future__ import annotations


def main(arguments: list[str] | None = None) -> int:
    """Run the command line (by default the arguments of this process) and return the exit status."""
    import gc

    # Nothing that is loaded at the start is garbage; to look for some takes a tenth of the time of a short run.
    gc.disable()
    try:
        from healthlint.cli._app import run

        return run(arguments)
    finally:
        gc.enable()
