"""What is printed, and how: streams, width, colour."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable

from healthlint.errors import HealthlintError
from healthlint.hints import TYPE_CHECKING
from healthlint.reporters._safe import neutralise

if TYPE_CHECKING:
    from typing import TextIO

NARROWEST, WIDEST, USUAL = 40, 120, 80
COLORS = ("auto", "always", "never")


class OutputError(HealthlintError):
    """What was to be printed could not be."""


def prepare() -> None:
    """Let any character be printed whatever the encoding, and end lines the same everywhere."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace", newline="\n")


def put(lines: Iterable[str]) -> None:
    """Print lines to standard output.

    Raises:
        OutputError: it is closed, or there is no room.
    """
    out = sys.stdout
    if out is None:  # The caller closed it.
        raise OutputError("standard output is closed")
    try:
        for line in lines:
            out.write(line + "\n")
        out.flush()
    except OSError as error:
        raise lost(error) from error


def lost(error: OSError) -> OutputError:
    """Return what to raise where standard output takes no more."""
    _give_up(sys.stdout)
    if isinstance(error, BrokenPipeError):
        return OutputError("standard output was closed before all was printed")
    return OutputError(f"standard output cannot be written: {(error.strerror or str(error)).lower()}")


def say(text: str, kind: str = "") -> None:
    """Print each line of `text` to standard error, after "error: " or the like; nobody is told if that fails."""
    lead = f"{kind}: " if kind else ""
    try:
        for line in text.split("\n"):
            print(lead + neutralise(line), file=sys.stderr)
    except OSError:
        _give_up(sys.stderr)


def width() -> int:
    """Return the columns there are, within reason; 80 where nobody is looking."""
    told = os.environ.get("COLUMNS", "")
    columns = int(told) if told.isdecimal() else 0
    if not columns and is_terminal(sys.stdout):
        try:
            columns = os.get_terminal_size(sys.stdout.fileno()).columns
        except OSError:
            columns = 0
    return min(max(columns, NARROWEST), WIDEST) if columns else USUAL


def has_color(wish: str) -> bool:
    """Return whether to print in colour: as wished, else as NO_COLOR and FORCE_COLOR say, else on a terminal."""
    if wish != "auto":
        return wish == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return is_terminal(sys.stdout) and os.environ.get("TERM") != "dumb"


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether somebody looks at `stream`."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # Closed.
        return False


def _give_up(stream: TextIO | None) -> None:
    """Send what is still to come nowhere, so that Python does not complain about it when it ends."""
    try:
        if stream is not None:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
    except (OSError, ValueError):
        pass
