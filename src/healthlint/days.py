"""Days of the calendar, as ISO 8601 writes them: "2027-01-31"; earlier ones sort before later ones."""

from __future__ import annotations


def is_day(text: str) -> bool:
    """Tell whether `text` is a day of the calendar, in full."""
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def day_after(day: str, count: int) -> str:
    """Return the day `count` days after `day`; the last of the calendar where there is none."""
    from datetime import date, timedelta

    try:
        return (date.fromisoformat(day) + timedelta(count)).isoformat()
    except OverflowError:
        return date.max.isoformat()
