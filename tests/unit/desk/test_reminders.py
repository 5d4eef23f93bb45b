"""Reminders and what is overdue."""

from __future__ import annotations

from datetime import date

import pytest

from creditrules.desk.chart import PushEvent
from creditrules.desk.desk import Desk
from creditrules.desk.reminders import late, overdue_duties, terms_of
from creditrules.desk.store import Store
from creditrules.model.procedure import Term
from tests.unit.desk.flow import ON, desk_on, dossier, held, posted, says

PERIOD = {"feedback-deadline": Term(working_days=7)}


@pytest.fixture
def desk(store: Store) -> Desk:
    """A desk whose office has set a period for feedback, with one case."""
    made = desk_on(store)
    made.parameters.update(PERIOD)
    made.initiate(dossier(), by="市信用办", on=ON)
    return made


def test_nobody_is_reminded_before_his_day_has_passed(desk: Desk) -> None:
    """On the last day itself there is still time."""
    assert desk.remind(by="市信用办", on=date(2018, 12, 29)) == 0


def test_whoever_owes_an_answer_is_reminded_once_a_day(desk: Desk) -> None:
    """One reminder goes to each address about each target; asking again sends nothing more."""
    store = desk.store
    whom = {(push.local or push.unit, push.target) for push in held(store)}

    first = desk.remind(by="市信用办", on=date(2019, 1, 2))
    again = desk.remind(by="市信用办", on=date(2019, 1, 2))

    assert (first, again) == (len(whom), 0)
    assert posted(store)["reminder"] == len(whom)


def test_whoever_gave_feedback_is_left_alone(desk: Desk) -> None:
    """An answer ends the reminders about its push."""
    store = desk.store
    first = held(store)[0]
    says(store, first, PushEvent.NO_OCCASION)

    with store.reading() as connection:
        owed = late(connection, date(2019, 1, 2), terms_of(desk.catalogue, desk.parameters))

    assert first.id not in {each.push.id for each in owed}
    assert len(owed) == len(held(store)) - 1


def test_a_lift_nobody_confirms_is_overdue_too(desk: Desk) -> None:
    """What has to be taken back is asked after until somebody confirms it."""
    store = desk.store
    desk.initiate(dossier(removed="2018-12-21"), by="市信用办", on=date(2018, 12, 22))

    with store.reading() as connection:
        owed = late(connection, date(2019, 1, 10), terms_of(desk.catalogue, desk.parameters))

    assert {each.order is not None for each in owed} == {True}
    assert len(owed) == len(held(store))


def test_without_a_period_of_the_office_nothing_is_overdue(store: Store) -> None:
    """No day is invented where the notice sets none."""
    made = desk_on(store)
    made.initiate(dossier(), by="市信用办", on=ON)

    assert made.remind(by="市信用办", on=date(2020, 1, 2)) == 0


def test_feedback_of_the_units_is_a_duty_that_the_desk_sees_met(desk: Desk) -> None:
    """A push of the desk sets the duty of feedback off; a unit's feedback meets it."""
    store = desk.store
    day = date(2019, 1, 2)
    before = {duty.rule for _, duty in overdue_duties(store, desk.catalogue, day, PERIOD)}
    says(store, held(store)[0], PushEvent.NO_OCCASION)

    after = {duty.rule for _, duty in overdue_duties(store, desk.catalogue, day, PERIOD)}

    assert "s07-feedback" in before
    assert "s07-feedback" not in after
