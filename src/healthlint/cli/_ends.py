"""What ends a run: every way out has its exit status here."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from healthlint._version import __version__
from healthlint.cli._terminal import prepare, say
from healthlint.errors import HealthlintError

OK, FOUND, UNUSABLE, BROKEN, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit statuses; of several that apply, the highest counts (130 is Ctrl-C)."""


def guarded(work: Callable[[], int]) -> int:
    """Return the exit status that `work` returns, or what it comes to; nothing is thrown, whatever happens."""
    try:
        prepare()
        return work()
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED
    except HealthlintError as error:
        for fault in error.faults:
            say(fault, "error")
        return UNUSABLE
    except Exception as error:  # noqa: BLE001
        say(crash_report(error), "error")
        return BROKEN


def crash_report(error: BaseException) -> str:
    """Return what to tell of a fault of our own, in a line: what, in which rule, where, and to report it."""
    if os.environ.get("HEALTHLINT_DEBUG"):
        import traceback

        sys.stderr.write("".join(traceback.format_exception(error)))
    from healthlint.rule import Rule

    rule, place, step = "", "", error.__traceback__
    while step is not None:
        frame = step.tb_frame
        place = f"{os.path.basename(frame.f_code.co_filename)}:{step.tb_lineno}"
        if isinstance(running := frame.f_locals.get("rule"), Rule):
            rule = f" in rule {running.id}"
        step = step.tb_next
    what = " ".join(f"{type(error).__name__}: {error}".rstrip(": ").split())
    return f"internal error{rule} at {place}: {what}; this is a fault of healthlint {__version__}, please report it"
