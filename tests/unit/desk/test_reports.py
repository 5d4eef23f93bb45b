"""Reports of the desk, and the workbook they are written into."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from creditrules.desk.chart import PushEvent
from creditrules.desk.desk import Desk
from creditrules.desk.report_book import write_book
from creditrules.desk.reports import Report, report
from creditrules.desk.store import Store
from tests.unit.desk.flow import ON, SetClock, desk_on, dossier, held, open_orders, says

SAID = {"matter": "评优评先", "document": "丹工〔2019〕1号", "date": "2019-01-05"}


@pytest.fixture
def desk(store: Store) -> Desk:
    """A desk with one case, where one unit has carried its measure out two days later."""
    made = desk_on(store)
    made.set_period("feedback-deadline", 7, "working_days", by="市信用办")
    made.initiate(dossier(), by="市信用办", on=ON)
    store.clock = SetClock("2018-12-22T01:00:00.000000Z")
    says(store, held(store)[0], PushEvent.IMPLEMENT, **SAID)
    return made


def _report(desk: Desk, on: date = date(2019, 1, 2)) -> Report:
    with desk.store.reading() as connection:
        return report(connection, on, desk.parameters)


def test_every_unit_is_counted_with_its_rate_and_time(desk: Desk) -> None:
    """Feedback is counted against the pushes that call for it; the time runs from the push."""
    found = _report(desk)
    push = held(desk.store)[0]
    line = next(line for line in found.units if line.unit == (push.local or push.unit))

    assert sum(each.pushes for each in found.units) == len(held(desk.store))
    assert (line.feedback, line.days_to_feedback) == (1, 2.0)
    assert line.rate == 1 / line.asked
    assert sum(each.overdue for each in found.units) == len(found.overdue) == len(held(desk.store)) - 1


def test_what_was_carried_out_is_reported_with_matter_document_and_date(desk: Desk) -> None:
    """What goes to the upper platform is what the unit said it did."""
    [done] = _report(desk).implemented

    assert (done.matter, done.document, done.on) == tuple(SAID.values())
    assert _report(desk).typical == (done,)


def test_lifts_are_counted_as_confirmed_and_waiting(desk: Desk) -> None:
    """The end of a listing shows how many units have confirmed and how many not."""
    desk.initiate(dossier(removed="2018-12-21"), by="市信用办", on=date(2018, 12, 22))
    order = open_orders(desk.store)[0]
    push = next(p for p in held(desk.store) if p.id == order.push_id)
    says(desk.store, push, PushEvent.CONFIRM_LIFT, order=order.id)

    [lifted] = _report(desk).lifted

    assert (lifted.because, lifted.confirmed, lifted.waiting) == ("removed", 1, len(held(desk.store)) - 1)


def test_a_period_that_was_set_is_kept(desk: Desk) -> None:
    """Whoever opens the store later counts by the same period."""
    again = Desk(desk.store)

    assert again.periods() == {"feedback-deadline": (7, "working_days")}
    assert again.parameters["feedback-deadline"].working_days == 7


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_says_what_the_report_says(desk: Desk, tmp_path: Path, lang: str) -> None:
    """A sheet a question, with charts; what a unit wrote stays text even when it looks like a formula."""
    found = _report(desk)
    write_book(tmp_path / "r.xlsx", found, desk.catalogue, lang)

    book = load_workbook(tmp_path / "r.xlsx")
    assert len(book.worksheets) == 6
    units = book.worksheets[0]
    assert units.max_row == len(found.units) + 1
    assert len(units._charts) == 1  # type: ignore[attr-defined]
    assert book.worksheets[4].cell(row=2, column=6).value == SAID["document"]


def test_an_empty_desk_has_a_report_too(store: Store, tmp_path: Path) -> None:
    """Nothing to count is no error."""
    desk = desk_on(store)
    write_book(tmp_path / "r.xlsx", _report(desk), desk.catalogue, "zh")

    assert _report(desk).units == ()
