"""Two clocks: what held on a day, and what was known on a day."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from creditrules.model.dossier import FactEntry, fact_on
from tests.support.hand import FIRM, ON, dossier, listing, representative

JAN, FEB = date(2019, 1, 10), date(2019, 2, 10)


def test_a_later_entry_corrects_a_listing_from_the_day_it_was_recorded() -> None:
    """Of the versions of a listing the one recorded last by the day is seen, and only that one."""
    seen = dossier(listing(), listing(removed=JAN, recorded=JAN), listing(revoked=FEB, recorded=FEB))

    assert [v.removed for v in seen.as_known(ON).listings] == [None]
    assert [v.removed for v in seen.as_known(JAN).listings] == [JAN]
    assert [v.revoked for v in seen.as_known(FEB).listings] == [FEB]
    assert [v.revoked for v in seen.as_known(None).listings] == [FEB]


def test_a_listing_recorded_later_was_not_known_before() -> None:
    """A listing whose first entry was recorded later is not in the dossier of the day before."""
    seen = dossier(listing(recorded=JAN))

    assert seen.as_known(ON).listings == ()
    assert len(seen.as_known(JAN).listings) == 1


def test_a_later_entry_corrects_a_role_of_the_same_start() -> None:
    """Roles are corrected by person, organisation, role and start; another tenure stays beside it."""
    first, corrected = representative(), representative(None, ON, recorded=JAN)
    other = representative(FEB)
    seen = dossier(roles=(first, corrected, other))

    assert seen.as_known(ON).roles == (first, other)
    assert set(seen.as_known(JAN).roles) == {corrected, other}


def test_a_fact_has_the_value_recorded_last_for_the_day() -> None:
    """Of the statements that hold on a day the one recorded last counts; without one the fact is unknown."""
    entries = (FactEntry(1, recorded=JAN), FactEntry(2, since=ON), FactEntry(3, until=date(2018, 12, 19)))
    facts = {"case.count": entries}

    assert fact_on(facts, "case.count", ON) == 1
    assert fact_on({"case.count": entries[1:]}, "case.count", ON) == 2
    assert fact_on({"case.count": entries[1:]}, "case.count", date(2018, 12, 19)) == 3
    assert fact_on({"case.count": entries[1:2]}, "case.count", date(2018, 12, 19)) is None
    assert fact_on({}, "case.count", ON) is None


def test_a_fact_recorded_later_was_not_known_before() -> None:
    """A fact of which nothing had been recorded is not in the dossier of that day."""
    facts = {"tax.unpaid": (FactEntry(True, recorded=JAN),)}
    seen = dossier(subjects=(evolve(FIRM, facts=facts),))

    assert seen.as_known(ON).subjects["s0"].facts == {}
    assert seen.as_known(JAN).subjects["s0"].facts == facts
