"""The option that gives the day on which suppressions and approvals must not have expired."""

from __future__ import annotations

import click

from healthlint.cli._clock import day_of
from healthlint.cli._values import Day

__all__ = ["day_of", "option"]

option = click.option("--today", type=Day(), help="The day on which suppressions and approvals must not have expired.")
"""The option that gives the day; `day_of` takes its value."""
