"""The output formats, a module each: `report(report, options)` yields its lines, without line ends."""

from __future__ import annotations

from typing import NamedTuple


class Options(NamedTuple):
    """How a report is to look, for the formats that people read."""

    width: int = 80
    """In columns of a terminal."""
    color: bool = False
    quiet: bool = False
    """Findings alone: no notes and no summary."""
