"""Days, periods, and days of which only bounds are known."""

from __future__ import annotations

from datetime import date

import pytest

from creditrules.model.time import Period, Since, covers, earliest, latest
from creditrules.model.words import Truth

MONTH = Since(date(2016, 12, 1), date(2016, 12, 31))


@pytest.mark.parametrize(
    ("period", "start", "last"),
    [
        (Period(years=1), date(2018, 6, 1), date(2019, 6, 1)),
        (Period(months=1), date(2018, 1, 31), date(2018, 2, 28)),
        (Period(months=1), date(2020, 1, 31), date(2020, 2, 29)),
        (Period(years=1), date(2020, 2, 29), date(2021, 2, 28)),
        (Period(years=4), date(2020, 2, 29), date(2024, 2, 29)),
        (Period(months=13), date(2018, 12, 15), date(2020, 1, 15)),
        (Period(days=180), date(2018, 6, 1), date(2018, 11, 28)),
        (Period(years=1, months=1, days=1), date(2018, 1, 30), date(2019, 3, 1)),
    ],
)
def test_a_period_ends_on_the_corresponding_day(period: Period, start: date, last: date) -> None:
    """A period ends on the day that corresponds to its start, or on the last day of a shorter month."""
    assert period.after(start) == last


def test_a_period_backwards_ends_on_the_corresponding_day_too() -> None:
    """Six months before the end of August is the end of February."""
    assert Period(months=6).before(date(2019, 8, 31)) == date(2019, 2, 28)


def test_an_empty_period_is_its_start() -> None:
    """A period of no length ends on the day it begins."""
    assert Period().after(date(2018, 1, 1)) == date(2018, 1, 1)
    assert str(Period()) == "0 d"


@pytest.mark.parametrize(
    ("on", "begun"),
    [
        (date(2016, 11, 30), Truth.FALSE),
        (date(2016, 12, 1), Truth.UNKNOWN),
        (date(2016, 12, 30), Truth.UNKNOWN),
        (date(2016, 12, 31), Truth.TRUE),
    ],
)
def test_a_start_known_by_bounds_is_uncertain_between_them(on: date, begun: Truth) -> None:
    """A day known only by bounds has come for certain on the last of them, and not before the first."""
    assert MONTH.begun(on) is begun


def test_a_start_known_to_the_day_is_never_uncertain() -> None:
    """A day known exactly has come or it has not."""
    start = Since.exactly(date(2016, 12, 30))

    assert start.is_exact
    assert start.begun(date(2016, 12, 29)) is Truth.FALSE
    assert start.begun(date(2016, 12, 30)) is Truth.TRUE


def test_bounds_are_shown_as_a_span() -> None:
    """Only a day that is known is shown as one."""
    assert str(MONTH) == "2016-12-01/2016-12-31"
    assert str(Since.exactly(date(2016, 12, 30))) == "2016-12-30"


def test_a_span_has_both_its_ends() -> None:
    """Both ends of a span of days belong to it, and a missing end is open."""
    first, last = date(2018, 1, 1), date(2018, 1, 31)

    assert covers(first, last, first)
    assert covers(first, last, last)
    assert not covers(first, last, date(2018, 2, 1))
    assert not covers(first, last, date(2017, 12, 31))
    assert covers(None, None, first)


def test_the_latest_and_the_earliest_skip_what_is_not_given() -> None:
    """Days that are not given neither begin nor end anything."""
    assert latest(None, date(2018, 1, 1), date(2018, 1, 2)) == date(2018, 1, 2)
    assert earliest(None, date(2018, 1, 1), date(2018, 1, 2)) == date(2018, 1, 1)
    assert latest(None) is None
    assert earliest() is None
