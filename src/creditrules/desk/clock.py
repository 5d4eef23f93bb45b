"""Desk: the time of day, in one form. Whatever needs it is given a clock, so that tests can let it jump."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

# Returns the time as UTC text in ISO form with microseconds: `2026-11-24T08:00:00.000000Z`.
Clock = Callable[[], str]
_FORM = "%Y-%m-%dT%H:%M:%S.%fZ"


def system_clock() -> str:
    """Return the time of the machine."""
    return datetime.now(UTC).strftime(_FORM)


def later(at: str, seconds: float) -> str:
    """Return the time some seconds after a time."""
    return (datetime.strptime(at, _FORM) + timedelta(seconds=seconds)).strftime(_FORM)


def seconds_between(start: str, end: str) -> float:
    """Return how many seconds lie between two times."""
    return (datetime.strptime(end, _FORM) - datetime.strptime(start, _FORM)).total_seconds()


def day_of(at: str) -> date:
    """Return the day of a time in China, whose one time zone is eight hours ahead."""
    return (datetime.strptime(at, _FORM) + timedelta(hours=8)).date()
