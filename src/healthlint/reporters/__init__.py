"""The output formats, a module each: `report(report, options)` yields its lines, without line ends."""

from __future__ import annotations

from healthlint.records import NamedTuple


class Options(NamedTuple):
    """How a report is to look, for the formats that people read and for where it goes."""

    width: int = 80
    """In columns of a terminal."""
    color: bool = False
    quiet: bool = False
    """Findings alone: no notes and no summary."""
    here: str = ""
    """The current folder, absolute: what relative paths start from."""
    top: str = ""
    """The top folder of its repository, absolute: what services name files from; "" where there is none."""
    room: int = 0
    """How many bytes a page of Markdown may take; 0 is what the comment to a pull request may."""
    approved: bool = False
    """Whether the text for people shows approved claims too."""
