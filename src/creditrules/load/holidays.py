"""Load: which days of which years are worked, from the maintained package chinesecalendar.

It holds what the State Council's yearly notice orders: days off, and weekends that are worked instead. The
package is imported only when a day is asked for.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from attrs import frozen


@frozen
class Holidays:
    """Days off and worked weekends; `years` are those whose notice is known."""

    off: frozenset[date]
    worked: frozenset[date]
    years: frozenset[int]


@cache
def holidays() -> Holidays:
    """Return what the package knows."""
    from chinese_calendar import constants

    off, worked = frozenset(constants.holidays), frozenset(constants.workdays)
    return Holidays(off, worked, frozenset(day.year for day in off))
