"""What events mean for the fields of their listing, where the reader of dossiers has not said it already."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from creditrules.model.dossier import Listing, Repair
from creditrules.model.event import in_order
from creditrules.model.folding import folded
from creditrules.model.status import Status, standing
from creditrules.model.words import Outcome
from creditrules.procedure.events import events_of
from tests.support.procedure import DETERMINED, event

DAY = date(2019, 3, 1)
BARE = Listing(id="L1", subject="firm", list="tax-major", determined=DETERMINED)


def _with(*events: object) -> Listing:
    return folded(evolve(BARE, events=in_order(events)))  # type: ignore[arg-type]


def test_two_outcomes_of_one_day_answer_two_objections() -> None:
    """Each outcome answers one objection, also where their days are the same."""
    listing = _with(
        event("objection", date(2019, 1, 1)),
        event("objection", date(2019, 1, 2)),
        event("objection_outcome", DAY, outcome="rejected"),
        event("objection_outcome", DAY, outcome="rejected", by="另一局"),
    )

    assert [o.decided for o in listing.objections] == [DAY, DAY]
    assert folded(listing) == listing


def test_an_objection_upheld_without_a_record_of_it_still_ends_the_listing() -> None:
    """What favours the subject is not lost for want of an earlier entry; what does not is not made up."""
    upheld = _with(event("objection_outcome", DAY, outcome="upheld"))
    rejected = _with(event("objection_outcome", DAY, outcome="rejected"))

    assert standing(upheld, None, DAY).status is Status.REVOKED
    assert rejected.objections == ()


def test_a_revocation_takes_back_only_repairs_that_were_granted_before() -> None:
    """A repair granted after the revocation stands."""
    listing = _with(
        event("repair_decision", date(2019, 1, 1), outcome="granted"),
        event("repair_revocation", date(2019, 2, 1)),
        event("repair_decision", date(2019, 3, 1), outcome="granted"),
    )

    assert listing.repairs == (
        Repair(None, date(2019, 1, 1), Outcome.GRANTED, date(2019, 2, 1)),
        Repair(None, date(2019, 3, 1), Outcome.GRANTED),
    )


def test_a_court_stay_suspends_until_its_last_day() -> None:
    """While a court stays it, a listing carries nothing; afterwards it stands as before."""
    steps = {"served": DETERMINED, "aggregated": DETERMINED}
    stayed = evolve(BARE, events=(event("court_stay", date(2019, 2, 1), until=date(2019, 2, 28)),), **steps)

    assert standing(stayed, None, date(2019, 1, 31)).status is Status.ACTIVE
    assert standing(stayed, None, date(2019, 2, 28)).status is Status.SUSPENDED
    assert standing(stayed, None, date(2019, 3, 1)).status is Status.ACTIVE


def test_fields_are_events_too() -> None:
    """Duties arise from what a listing states in its fields as from events; nothing is told twice."""
    listing = evolve(
        BARE,
        served=date(2018, 12, 11),
        aggregated=False,
        removed=DAY,
        repairs=(Repair(date(2019, 1, 1), date(2019, 1, 9), Outcome.REFUSED),),
        events=(event("removal", DAY, doc_no="虚〔2019〕2号"),),
    )

    told = [(each.kind.value, each.on) for each in events_of(listing)]

    assert told == [
        ("determination", DETERMINED),
        ("service", date(2018, 12, 11)),
        ("repair_application", date(2019, 1, 1)),
        ("repair_decision", date(2019, 1, 9)),
        ("removal", DAY),
    ]
    assert events_of(listing)[-1].doc_no == "虚〔2019〕2号"
