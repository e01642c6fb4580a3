"""What `git blame --porcelain` prints, read: the commit and the day of each line."""

from __future__ import annotations

import re

from healthlint.records import NamedTuple

_HEAD = re.compile(rb"([0-9a-f]{40,64}) \d+ (\d+)(?: \d+)?$")


class Written(NamedTuple):
    """When a line was last written."""

    commit: str
    """"" where it is not committed yet."""
    day: str
    """The day, ISO 8601, that it was for its author; "" where that is not known."""


def blamed(told: bytes) -> dict[int, Written]:
    """Return when each line was written, by its number in the file as it is on the disk."""
    found: dict[int, Written] = {}
    days: dict[bytes, str] = {}
    commit, line, time = b"", 0, b""
    for text in told.split(b"\n"):
        if text.startswith(b"\t"):
            found[line] = Written(commit.decode(), days.get(commit, "")) if commit.strip(b"0") else Written("", "")
        elif head := _HEAD.match(text):
            commit, line = head[1], int(head[2])
        elif text.startswith(b"author-time "):
            time = text.partition(b" ")[2]
        elif text.startswith(b"author-tz "):
            days[commit] = _day(time, text.partition(b" ")[2])
    return found


def _day(seconds: bytes, zone: bytes) -> str:
    from datetime import UTC, datetime, timedelta

    try:
        ahead = timedelta(hours=int(zone[-4:-2]), minutes=int(zone[-2:]))
        there = datetime.fromtimestamp(int(seconds), UTC) + (-ahead if zone.startswith(b"-") else ahead)
    except (ValueError, OverflowError, OSError):
        return ""
    return there.date().isoformat()
