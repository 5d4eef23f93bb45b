"""Load: warnings about events that are out of order, or that nobody competent seems to have made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from creditrules.load.dossier_events import Placed
from creditrules.load.dossier_problems import Path, Problems
from creditrules.load.holidays import holidays
from creditrules.model.dossier import Listing
from creditrules.model.event import EventKind
from creditrules.model.event_names import EVENT_NAMES

# What may come before the determination, or has nothing to do with it.
_ANYTIME = frozenset(
    {
        EventKind.PRIOR_NOTICE,
        EventKind.PARTY_STATEMENT,
        EventKind.DETERMINATION,
        EventKind.PENALTY_DECISION,
        EventKind.PENALTY_CHANGED,
        EventKind.PUBLICATION,
        EventKind.WITHDRAWAL,
        EventKind.RECORD_ENTRY,
        EventKind.COMMITMENT_GIVEN,
        EventKind.COMMITMENT_KEPT,
        EventKind.COMMITMENT_BROKEN,
        EventKind.TRAINING,
        EventKind.CREDIT_REPORT,
        EventKind.PUBLIC_SERVICE,
        EventKind.COUNSELLING,
    }
)
# What needs an earlier event of another kind.
_NEEDS = {
    EventKind.RECTIFICATION_EXTENSION: EventKind.RECTIFICATION_ORDER,
    EventKind.RECTIFICATION_CONFIRMATION: EventKind.RECTIFICATION_ORDER,
    EventKind.RECTIFICATION_FAILURE: EventKind.RECTIFICATION_ORDER,
    EventKind.WITHDRAWAL: EventKind.PUBLICATION,
    EventKind.RESPONSE: EventKind.PUSH,
    EventKind.OBJECTION_OUTCOME: EventKind.OBJECTION,
    EventKind.REPAIR_ACCEPTANCE: EventKind.REPAIR_APPLICATION,
    EventKind.REPAIR_REVOCATION: EventKind.REPAIR_DECISION,
    EventKind.RELISTING: EventKind.REMOVAL,
}
# What only the body that determined may do: 谁认定、谁负责.
_OWN_ACTS = frozenset(
    {
        EventKind.DETERMINATION,
        EventKind.RECTIFICATION_ORDER,
        EventKind.RECTIFICATION_EXTENSION,
        EventKind.RECTIFICATION_CONFIRMATION,
        EventKind.RECTIFICATION_FAILURE,
        EventKind.REMOVAL,
        EventKind.REVOCATION,
        EventKind.RELISTING,
    }
)


def check_order(listing: Listing, placed: Sequence[Placed], problems: Problems) -> None:
    """Warn of what is out of order around one listing; *listing* says in its fields what its events say.

    Warnings: CR452 (before the determination), CR453 (without what it needs), CR454 (removed twice), CR455
    (by a body that did not determine).
    """
    happened = {kind for kind, _ in _told(listing)}
    removed: Path | None = None
    for event, place in placed:
        names = {"event_en": EVENT_NAMES[event.kind].en, "event_zh": EVENT_NAMES[event.kind].zh}
        determined = listing.determined
        if determined is not None and event.on < determined and event.kind not in _ANYTIME:
            problems.warn("CR452", (*place, "on"), on=str(event.on), determined=str(determined), **names)
        needed = _NEEDS.get(event.kind)
        if needed is not None and needed not in happened:
            needs = {"needs_en": EVENT_NAMES[needed].en, "needs_zh": EVENT_NAMES[needed].zh}
            problems.warn("CR453", (*place, "kind"), **needs, **names)
        if event.kind is EventKind.REMOVAL:
            if removed is not None:
                problems.warn("CR454", (*place, "kind"), removed)
            removed = (*place, "kind")
        elif event.kind is EventKind.RELISTING:
            removed = None
        if event.kind in _OWN_ACTS and _is_another(event.by, listing.authority):
            words = {"by": event.by, "authority": listing.authority}
            problems.warn("CR455", (*place, "by"), **words, **names)
        happened.add(event.kind)


def _told(listing: Listing) -> Iterable[tuple[EventKind, date]]:
    """Yield the steps that fields of a listing tell of, so that what follows them needs no event."""
    if listing.published is not None:
        yield EventKind.PUBLICATION, listing.published
    if listing.removed is not None:
        yield EventKind.REMOVAL, listing.removed
    for objection in listing.objections:
        yield EventKind.OBJECTION, objection.filed
    for repair in listing.repairs:
        if repair.applied is not None:
            yield EventKind.REPAIR_APPLICATION, repair.applied
        if repair.decided is not None:
            yield EventKind.REPAIR_DECISION, repair.decided


def _is_another(by: str, authority: str) -> bool:
    # One name is often the other without its province or its city.
    return bool(by and authority) and by not in authority and authority not in by


def check_relisting(listings: Sequence[Listing], placed: Iterable[Placed], problems: Problems) -> None:
    """Warn of a relisting that no listing of its own stands for (CR458).

    *listings* are those of one subject on one list.
    """
    for event, place in placed:
        if event.kind is EventKind.RELISTING and not any(
            other.determined is not None and other.determined >= event.on for other in listings
        ):
            problems.warn("CR458", (*place, "kind"), on=str(event.on))


def check_years(placed: Iterable[Placed], problems: Problems) -> None:
    """Warn of days in years whose holidays are not known (CR456), once for each year."""
    years: dict[int, Path] = {}
    for event, place in placed:
        for day, key in ((event.on, "on"), (event.until, "until")):
            if day is not None:
                years.setdefault(day.year, (*place, key))
    if not years:
        return
    known = holidays().years
    for year, path in sorted(years.items()):
        if year not in known:
            problems.warn("CR456", path, year=str(year), first=str(min(known)), last=str(max(known)))
