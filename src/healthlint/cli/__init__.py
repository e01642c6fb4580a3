"""The command line: a command a file; the only place that prints, reads the environment or picks an exit status."""

from __future__ import annotations


def main(arguments: list[str] | None = None) -> int:
    """Run the command line (by default the arguments of this process) and return the exit status."""
    import gc
    import sys

    # Nothing that is loaded at the start is garbage; to look for some takes a tenth of the time of a short run.
    gc.disable()
    try:
        from healthlint.cli._ends import guarded

        given = sys.argv[1:] if arguments is None else arguments
        return guarded(lambda: _run(given))
    finally:
        if arguments is None:
            # Nor is anything worth collecting at the end.
            gc.freeze()
        gc.enable()


def _run(arguments: list[str]) -> int:
    from healthlint.cli import _quick

    usual = _quick.read(arguments)
    if usual is not None:
        from healthlint.cli._checking import check

        return check(*usual)
    from healthlint.cli._app import run

    return run(arguments)
