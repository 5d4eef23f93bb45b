"""Model: where a listing stands on a day, and when a role counts as held.

determined → served → aggregated → active → (suspended) → removed / repaired / expired / revoked. A listing is
suspended by an objection that stays the measures, or by a court.
Only an active listing carries joint measures. A decision that a statute attaches its effect to need not be
aggregated (`Level.DECISION`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from attrs import frozen

from creditrules.model.dossier import Listing, ResponsibilityFinding, RoleHeld
from creditrules.model.event import EventKind
from creditrules.model.lists import ListKind
from creditrules.model.time import covers
from creditrules.model.words import MET_BY, HeldAt, Level, Outcome, Responsibility, Truth

# Looked up on the enumeration each of them costs more than the comparison it is for.
_NO, _UNKNOWN, _YES = Truth
_DECISION, _UPHELD, _GRANTED = Level.DECISION, Outcome.UPHELD, Outcome.GRANTED
_DAY, _DETERMINATION, _CONDUCT = HeldAt.DAY, HeldAt.DETERMINATION, HeldAt.CONDUCT
_CLEARED = Responsibility.NONE


def _truth(value: bool) -> Truth:
    return _YES if value else _NO


class Status(StrEnum):
    """Where a listing stands; `UNCERTAIN` when an entry that decides it is missing."""

    NOT_DETERMINED = "not_determined"
    DETERMINED = "determined"
    SERVED = "served"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    REMOVED = "removed"
    REPAIRED = "repaired"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNCERTAIN = "uncertain"


_DETERMINED, _SERVED, _ACTIVE, _UNCERTAIN = (
    Status.DETERMINED,
    Status.SERVED,
    Status.ACTIVE,
    Status.UNCERTAIN,
)


@frozen(slots=False)
class Standing:
    """A status with the day it was reached and, when uncertain, the name of the entry that is missing."""

    status: Status
    since: date | None = None
    missing: str | None = None

    @property
    def carries(self) -> Truth:
        """Whether the listing carries joint measures."""
        return _YES if self.status is _ACTIVE else _UNKNOWN if self.status is _UNCERTAIN else _NO


def begins(listing: Listing, level: Level = Level.BLACKLIST) -> date | None:
    """Return the first day from which a listing may carry measures, as far as its entries say."""
    aggregated = None if level is _DECISION else listing.aggregated
    steps = (listing.determined, listing.served, aggregated, listing.since)
    return max((d for d in steps if isinstance(d, date)), default=None)


def last_day(listing: Listing, kind: ListKind) -> date | None:
    """Return the last day of a listing: the one it states, else the one the rules of its list give."""
    if listing.until is not None or listing.determined is None:
        return listing.until
    rule = kind.period_of(listing.determined)
    if rule is None or rule.period is None:
        return None
    start = {"published": listing.published, "since": listing.since}.get(rule.counts_from, listing.determined)
    return None if start is None else rule.period.after(start)


def standing(listing: Listing, until: date | None, on: date, level: Level = Level.BLACKLIST) -> Standing:
    """Say where a listing stands on a day; *until* is its last day (see `last_day`)."""
    ended = _ended(listing, until, on)
    if ended is not None:
        return ended
    if listing.determined is None:
        return Standing(Status.UNCERTAIN, missing="listing.determined")
    if on < listing.determined:
        return Standing(Status.NOT_DETERMINED)
    steps = [("listing.served", listing.served, _DETERMINED)]
    if level is not _DECISION:
        steps.append(("listing.aggregated", listing.aggregated, _SERVED))
    for step, day, before in steps:
        if day is None:
            return Standing(Status.UNCERTAIN, missing=step)
        if day is False or (isinstance(day, date) and on < day):
            return Standing(before, listing.determined)
    if listing.since is not None and on < listing.since:
        return Standing(Status.SERVED, listing.determined)
    return _under_objection(listing, on) or Standing(_ACTIVE, begins(listing, level))


def carries(listing: Listing, kind: ListKind, on: date) -> Truth:
    """Say whether a listing carries joint measures on a day: `standing(…).carries`, without the status.

    Whatever ended it, it carries nothing, so the ends need no order; a listing that has nothing but days, as
    most have, is answered by comparing them.
    """
    until = listing.until
    if until is None and kind.periods:
        until = last_day(listing, kind)
    if until is not None and on > until:
        return _NO
    repairs, objections = listing.repairs, listing.objections
    if (
        (repairs and repaired_on(listing, on) is not None)
        or (listing.revoked is not None and listing.revoked <= on)
        or (listing.removed is not None and listing.removed <= on)
        or (objections and _upheld(listing, on))
    ):
        return _NO
    determined, served, since = listing.determined, listing.served, listing.since
    if determined is None:
        return _UNKNOWN
    if on < determined:
        return _NO
    if served is None:
        return _UNKNOWN
    if served is not True and (served is False or on < served):
        return _NO
    if kind.level is not _DECISION:
        aggregated = listing.aggregated
        if aggregated is None:
            return _UNKNOWN
        if aggregated is not True and (aggregated is False or on < aggregated):
            return _NO
    if since is not None and on < since:
        return _NO
    if not objections and not listing.events:
        return _YES
    paused = _under_objection(listing, on)
    return _YES if paused is None else paused.carries


def _ended(listing: Listing, until: date | None, on: date) -> Standing | None:
    reached: list[tuple[date, Status]] = []
    if listing.revoked is not None and listing.revoked <= on:
        reached.append((listing.revoked, Status.REVOKED))
    if listing.removed is not None and listing.removed <= on:
        reached.append((listing.removed, Status.REMOVED))
    if listing.repairs and (repaired := repaired_on(listing, on)) is not None:
        reached.append((repaired, Status.REPAIRED))
    reached += [(day, Status.REVOKED) for day in _upheld(listing, on)]
    if until is not None and on > until:
        reached.append((until, Status.EXPIRED))
    if not reached:
        return None
    day, status = min(reached, key=lambda end: end[0])
    return Standing(status, day)


def _upheld(listing: Listing, on: date) -> list[date]:
    """Return the days on which objections were upheld."""
    upheld = (o.decided for o in listing.objections if o.outcome is _UPHELD)
    return [day for day in upheld if day is not None and day <= on]


def repaired_on(listing: Listing, on: date) -> date | None:
    """Return the day from which a granted repair stands on *on*, or None when none does."""
    first: date | None = None
    for repair in listing.repairs:
        day = repair.decided if repair.outcome is _GRANTED else None
        if day is not None and day <= on and not (repair.revoked and repair.revoked <= on):
            first = day if first is None or day < first else first
    return first


def stayed_since(listing: Listing, on: date) -> date | None:
    """Return since when a court stays what rests on a listing, if it does on a day."""
    stays = (e for e in listing.events if e.kind is EventKind.COURT_STAY and covers(e.on, e.until, on))
    return min((stay.on for stay in stays), default=None)


def _under_objection(listing: Listing, on: date) -> Standing | None:
    if not listing.objections and not listing.events:
        return None
    stayed = stayed_since(listing, on)
    if stayed is not None:
        return Standing(Status.SUSPENDED, stayed)
    pending = [o for o in listing.objections if o.filed <= on and (o.decided is None or on < o.decided)]
    if any(o.suspends for o in pending):
        return Standing(Status.SUSPENDED, min(o.filed for o in pending if o.suspends))
    if any(o.suspends is None for o in pending):
        return Standing(Status.UNCERTAIN, missing="objection.suspends")
    return None


def held(role: RoleHeld, at: HeldAt, listing: Listing, on: date) -> Truth:
    """Say whether a role was held at the time a clause asks for.

    A clause that states no time is met for certain only when the role was held at each time it might mean,
    or the authority has confirmed the tenure; it fails for certain only when it was held at none of them.
    """
    if at is _DAY:
        return _truth(role.held_on(on))
    if at is _DETERMINATION:
        return _UNKNOWN if listing.determined is None else _truth(role.held_on(listing.determined))
    conduct = _held_during(role, listing.conduct_since, listing.conduct_until)
    if at is _CONDUCT:
        return conduct
    if role.confirmed is not None:
        return _truth(role.confirmed)
    determination = held(role, _DETERMINATION, listing, on)
    same = conduct is determination and conduct is _truth(role.held_on(on))
    return conduct if same else _UNKNOWN


def _held_during(role: RoleHeld, since: date | None, until: date | None) -> Truth:
    """Say whether a role was held on any day of a span; a span with one end given is that one day."""
    first, last = since or until, until or since
    if first is None or last is None:
        return _UNKNOWN
    return _truth((role.since is None or role.since <= last) and (role.until is None or role.until >= first))


def found(person: str, asked: Responsibility, listing: Listing, on: date) -> Truth:
    """Say whether a person has been found responsible, in the sense asked for, by the day."""
    findings = findings_of(person, listing.findings, on) if listing.findings else ()
    if any(f.finds in MET_BY[asked] for f in findings):
        return _YES
    settled = listing.findings_complete or any(f.finds is _CLEARED for f in findings)
    return _NO if settled else _UNKNOWN


def findings_of(
    person: str, findings: Iterable[ResponsibilityFinding], on: date
) -> tuple[ResponsibilityFinding, ...]:
    """Return the findings about one person that had been made by a day."""
    return tuple(f for f in findings if f.person == person and (f.on is None or f.on <= on))
