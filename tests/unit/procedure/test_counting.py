"""Terms are counted as the civil code says, on a calendar that is an argument."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from creditrules.model.basis import Basis
from creditrules.model.procedure import Term
from creditrules.model.time import Period
from creditrules.procedure.calendar import CHINA
from creditrules.procedure.counting import count

WEEK = Term(working_days=7)


class FiveDays:
    """A calendar of plain weeks that knows 2019 alone."""

    last_year = 2019

    def knows(self, year: int) -> bool:
        """Know 2019."""
        return year == 2019

    def is_working_day(self, day: date) -> bool:
        """Work from Monday to Friday."""
        return day.weekday() < 5


def _day(start: date, term: Term, **rest: bool) -> date:
    counted = count(start, term, CHINA, {}, **rest)
    assert counted is not None
    return counted.day


def test_the_starting_day_is_not_counted() -> None:
    """Seven working days from a Monday end on the Wednesday of the next week."""
    assert _day(date(2018, 12, 10), WEEK) == date(2018, 12, 19)


def test_holidays_are_left_out_and_worked_weekends_counted() -> None:
    """Over the spring festival of 2019 the Saturday and the Sunday before it are worked."""
    assert _day(date(2019, 2, 1), Term(working_days=2)) == date(2019, 2, 3)
    assert _day(date(2019, 2, 1), Term(working_days=3)) == date(2019, 2, 11)


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        (date(2018, 12, 10), Period(months=1), date(2019, 1, 10)),
        (date(2019, 1, 31), Period(months=1), date(2019, 2, 28)),
        (date(2020, 2, 29), Period(years=1), date(2021, 3, 1)),  # 28 February is a Sunday
        (date(2018, 12, 11), Period(days=10), date(2018, 12, 21)),
        (date(2018, 12, 12), Period(days=10), date(2018, 12, 24)),  # ends on a Saturday
        (date(2019, 9, 1), Period(months=1), date(2019, 10, 8)),  # ends within the national holiday
    ],
)
def test_months_and_years_end_on_the_corresponding_day_and_roll_on(
    start: date, period: Period, end: date
) -> None:
    """A last day that is free moves on to the next working day."""
    assert _day(start, Term(period)) == end


def test_a_publication_does_not_roll_on() -> None:
    """Nobody is shown longer because a period ends on a holiday."""
    assert _day(date(2019, 9, 1), Term(Period(months=1)), rolls=False) == date(2019, 10, 1)


def test_a_parameter_nobody_set_is_not_guessed() -> None:
    """Without a term behind its name there is no deadline, and with one there is."""
    asked = Term(parameter="push_term")

    assert count(date(2018, 12, 10), asked, CHINA, {}) is None
    assert count(date(2018, 12, 10), asked, CHINA, {"push_term": None}) is None
    counted = count(date(2018, 12, 10), asked, CHINA, {"push_term": WEEK})
    assert counted is not None
    assert counted.day == date(2018, 12, 19)


def test_a_year_without_calendar_is_provisional_and_says_so() -> None:
    """The last year of the package is known, the one after it counts weekends only."""
    last = date(CHINA.last_year, 12, 31)

    before = count(last - timedelta(days=60), WEEK, CHINA, {})
    after = count(last, WEEK, CHINA, {})

    assert before is not None
    assert not before.provisional
    assert after is not None
    assert after.provisional


def test_a_span_that_only_touches_an_unknown_year_is_provisional() -> None:
    """One day whose holidays are unknown makes the whole count provisional."""
    counted = count(date(2019, 12, 30), Term(working_days=2), FiveDays(), {})

    assert counted is not None
    assert counted.provisional
    rolled = count(date(2018, 12, 28), Term(Period(days=5)), FiveDays(), {})
    assert rolled is not None
    assert not rolled.provisional


def test_the_rule_that_was_used_is_cited() -> None:
    """Each counted day names the articles it was counted by: those in force on the day it began."""
    old = count(date(2018, 12, 10), WEEK, CHINA, {})
    new = count(date(2022, 12, 12), Term(Period(months=1)), CHINA, {})
    shown = count(date(2022, 12, 12), Term(Period(months=1)), CHINA, {}, rolls=False)

    assert old is not None
    assert "民法总则第二百零一条" in old.rule.zh
    assert new is not None
    assert "民法典" in new.rule.zh
    assert "第二百零三条" in new.rule.zh
    assert "art. 203" in new.rule.en
    assert shown is not None
    assert "第二百零三条" not in shown.rule.zh


def test_the_penalties_law_is_cited_where_it_sets_the_days() -> None:
    """Article 85 says what its days are, since the revision of 2021."""
    penalties = Basis("中华人民共和国行政处罚法", article=48)
    term = Term(working_days=3, basis=penalties)

    later = count(date(2021, 7, 15), term, CHINA, {})
    earlier = count(date(2021, 7, 14), term, CHINA, {})
    by_duty = count(date(2021, 7, 15), Term(working_days=3), CHINA, {}, basis=penalties)

    assert later is not None
    assert "行政处罚法第八十五条" in later.rule.zh
    assert earlier is not None
    assert "八十五" not in earlier.rule.zh
    assert by_duty == later


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2019, 2, 2), True),
        (date(2019, 2, 5), False),
        (date(2019, 2, 11), True),
        (date(2019, 2, 16), False),
        (date(2030, 10, 1), True),
        (date(2030, 10, 5), False),
    ],
)
def test_the_calendar_of_china_knows_its_holidays(day: date, worked: bool) -> None:
    """Worked weekends are worked, holidays are not, and unknown years have weekends only."""
    assert CHINA.is_working_day(day) is worked


def test_the_calendar_says_how_far_it_reaches() -> None:
    """Whoever counts can see the end of the calendar before it is reached."""
    assert CHINA.knows(2004)
    assert CHINA.knows(CHINA.last_year)
    assert not CHINA.knows(CHINA.last_year + 1)
    assert CHINA.last_year >= 2026
