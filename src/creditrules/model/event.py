"""Model: what happened in the procedure around a listing, event by event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from attrs import field, frozen

from creditrules.errors import Span


class EventKind(StrEnum):
    """What can happen in the procedure; a closed vocabulary, since duties are triggered and met by it."""

    PRIOR_NOTICE = "prior_notice"
    PARTY_STATEMENT = "party_statement"
    DETERMINATION = "determination"
    SERVICE = "service"
    AGGREGATION = "aggregation"
    RECTIFICATION_ORDER = "rectification_order"
    RECTIFICATION_EXTENSION = "rectification_extension"
    RECTIFICATION_REPORT = "rectification_report"
    RECTIFICATION_CONFIRMATION = "rectification_confirmation"
    RECTIFICATION_FAILURE = "rectification_failure"
    INTERVIEW_HELD = "interview_held"
    INTERVIEW_REFUSED = "interview_refused"
    PENALTY_DECISION = "penalty_decision"
    PENALTY_CHANGED = "penalty_changed"
    PUBLICATION = "publication"
    WITHDRAWAL = "withdrawal"
    PUSH = "push"
    RESPONSE = "response"
    EMPLOYER_NOTICE = "employer_notice"
    RECORD_ENTRY = "record_entry"
    ACCOUNTABILITY = "accountability"
    COMMITMENT_GIVEN = "commitment_given"
    COMMITMENT_KEPT = "commitment_kept"
    COMMITMENT_BROKEN = "commitment_broken"
    TRAINING = "training"
    CREDIT_REPORT = "credit_report"
    PUBLIC_SERVICE = "public_service"
    COUNSELLING = "counselling"
    OBJECTION = "objection"
    OBJECTION_OUTCOME = "objection_outcome"
    REPAIR_APPLICATION = "repair_application"
    REPAIR_ACCEPTANCE = "repair_acceptance"
    REPAIR_DECISION = "repair_decision"
    REPAIR_REVOCATION = "repair_revocation"
    REMOVAL_APPLICATION = "removal_application"
    REMOVAL = "removal"
    REVOCATION = "revocation"
    RELISTING = "relisting"
    COURT_STAY = "court_stay"
    CASE_REPORT = "case_report"


@frozen
class Event:
    """One event around a listing.

    `by` is the body that acted, `to` the one it was addressed to, `person` a subject of the dossier it
    concerns. `until` is the end of a period the event sets (a rectification period, a stay, a publication).
    `outcome` is the word of its result, where it has one. `details` hold what duties may ask of it.
    """

    kind: EventKind
    on: date
    by: str = ""
    to: str = ""
    person: str | None = None
    doc_no: str = ""
    until: date | None = None
    outcome: str | None = None
    details: Mapping[str, str] = field(factory=dict)
    recorded: date | None = None
    span: Span | None = field(default=None, eq=False, repr=False)


_PLACE = {kind: number for number, kind in enumerate(EventKind)}


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return events by day; how those of one day stand does not depend on the order they were given in."""
    return tuple(sorted(events, key=_key))


def _key(event: Event) -> tuple[object, ...]:
    rest = (event.by, event.to, event.person or "", event.doc_no, event.until or date.min)
    last = (event.outcome or "", sorted(event.details.items()), event.recorded or date.min)
    return (event.on, _PLACE[event.kind], *rest, *last)
