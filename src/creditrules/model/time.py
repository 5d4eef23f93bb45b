"""Model: days, periods, and days of which only the month or the year is known."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from attrs import frozen

from creditrules.model.words import Truth


@frozen
class Period:
    """A length of time in calendar terms. Source of the counting rule: 民法典 第二百零二条."""

    years: int = 0
    months: int = 0
    days: int = 0

    def after(self, start: date) -> date:
        """Return the last day of the period that begins on *start* (the starting day is not counted)."""
        return self._moved(start, 1)

    def before(self, end: date) -> date:
        """Return the day that lies this period before *end*."""
        return self._moved(end, -1)

    def _moved(self, day: date, sign: int) -> date:
        month = day.year * 12 + day.month - 1 + sign * (self.years * 12 + self.months)
        year, month = divmod(month, 12)
        # No corresponding day (31 January plus one month): the last day of the month stands for it.
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last)) + timedelta(days=sign * self.days)

    def __str__(self) -> str:
        parts = [f"{n} {word}" for n, word in ((self.years, "y"), (self.months, "m"), (self.days, "d")) if n]
        return " ".join(parts) or "0 d"


@frozen
class Since:
    """A day of which a source gave only bounds: it lies between `earliest` and `latest`, both included."""

    earliest: date
    latest: date

    @classmethod
    def exactly(cls, day: date) -> Since:
        """Return a start that is known to the day."""
        return cls(day, day)

    @property
    def is_exact(self) -> bool:
        """Whether the day itself is known."""
        return self.earliest == self.latest

    def begun(self, on: date) -> Truth:
        """Say whether the day has come by *on*; unknown between the bounds."""
        if on >= self.latest:
            return Truth.TRUE
        return Truth.FALSE if on < self.earliest else Truth.UNKNOWN

    def __str__(self) -> str:
        return str(self.earliest) if self.is_exact else f"{self.earliest}/{self.latest}"


def covers(since: date | None, until: date | None, on: date) -> bool:
    """Say whether *on* lies in a span of days whose missing ends are open; both ends are included."""
    return (since is None or since <= on) and (until is None or on <= until)


def latest(*days: date | None) -> date | None:
    """Return the latest of the days that are given."""
    return max((day for day in days if day is not None), default=None)


def earliest(*days: date | None) -> date | None:
    """Return the earliest of the days that are given."""
    return min((day for day in days if day is not None), default=None)
