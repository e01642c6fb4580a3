"""The day on which suppressions and approvals must not have expired: one source of it for all commands."""

from __future__ import annotations

import os
import time

from healthlint.days import is_day
from healthlint.errors import UsageError

_EPOCH = "SOURCE_DATE_EPOCH"


def day_of(given: object) -> str:
    """Return the day, ISO 8601: what `--today` gives, else that of SOURCE_DATE_EPOCH (in UTC), else today's.

    Raises:
        UsageError: SOURCE_DATE_EPOCH says no day; whoever sets it wants a run that can be repeated.
    """
    if given:
        return str(given)
    epoch = os.environ.get(_EPOCH, "")
    if not epoch:
        return time.strftime("%Y-%m-%d", time.localtime())
    day = _day_at(epoch)
    if not day:
        raise UsageError(f"{_EPOCH} is {epoch!r}: it must be a whole number of seconds since 1970, up to the year 9999")
    return day


def _day_at(epoch: str) -> str:
    """Return the day so many seconds after 1970 began, or "" for none of the calendar."""
    if not (epoch.isascii() and epoch.isdecimal()):
        return ""
    try:
        day = time.strftime("%Y-%m-%d", time.gmtime(int(epoch)))
    except (ValueError, OverflowError, OSError):
        return ""
    # Days are compared as text, which holds up to the year 9999.
    return day if is_day(day) else ""
