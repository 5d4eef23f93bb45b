"""Procedure: which days are worked. The calendar is an argument; the one of China comes by default."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from creditrules.load.holidays import holidays

_SATURDAY = 5


class WorkingCalendar(Protocol):
    """A calendar of working days. A day of a year it does not know is worked unless it is a weekend."""

    @property
    def last_year(self) -> int:
        """The last year whose holidays it knows."""
        ...

    def knows(self, year: int) -> bool:
        """Say whether it knows the holidays of a year."""
        ...

    def is_working_day(self, day: date) -> bool:
        """Say whether a day is worked."""
        ...


class ChineseCalendar:
    """Statutory holidays and worked weekends as the State Council orders them year by year.

    >>> from datetime import date
    >>> [ChineseCalendar().is_working_day(date(2019, 2, day)) for day in (1, 2, 4)]
    [True, True, False]
    """

    @property
    def last_year(self) -> int:
        """The last year whose holidays are published."""
        return max(holidays().years)

    def knows(self, year: int) -> bool:
        """Say whether the notice about the holidays of a year is known."""
        return year in holidays().years

    def is_working_day(self, day: date) -> bool:
        """Say whether a day is worked; in a year that is not known only weekends are free."""
        known = holidays()
        return day in known.worked or (day.weekday() < _SATURDAY and day not in known.off)


CHINA = ChineseCalendar()
