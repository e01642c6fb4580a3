"""The output formats, a module each: `report(report, options)` yields its lines, without line ends."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """How a report is to look, for the formats that people read."""

    width: int = 80
    """In columns of a terminal."""
    color: bool = False
    quiet: bool = False
    """Findings alone: no notes and no summary."""
