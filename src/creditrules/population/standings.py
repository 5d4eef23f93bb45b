"""Population: where listings stand on a day; the same as `model.status`, for many."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from attrs import fields, frozen

from creditrules.model.catalogue import Catalogue
from creditrules.model.lists import ListKind
from creditrules.model.status import Status
from creditrules.model.time import Period
from creditrules.population.blocks import together
from creditrules.population.days import FUTURE, PAST, after, day_of, end_of, given, start_of
from creditrules.population.encoded import Listings
from creditrules.population.fields import ACTIVE, INACTIVE

STATUSES = tuple(Status)
_PLACE = {status: n for n, status in enumerate(STATUSES)}
_STARTS = ("determined", "published", "since")


@frozen(eq=False)
class Standings:
    """Of each listing its status, since when, its last day, when it began, and its class of standing."""

    status: Any
    since: Any
    last_day: Any
    begins: Any
    active: Any
    on_record: Any

    @classmethod
    def joined(cls, parts: list[Standings]) -> Standings:
        """Return the standings of several blocks of listings as one."""
        names = [column.name for column in fields(cls)]
        return cls(*together([[getattr(part, name) for name in names] for part in parts]))


def standings(listings: Listings, catalogue: Catalogue, on: date) -> Standings:
    """Say where listings stand; `status.standing` says what each step means."""
    today = day_of(on)
    joint = np.array([kind.level.is_joint for kind in catalogue.lists.values()], bool)[listings.list]
    last = last_days(listings, catalogue)
    status = np.full(len(listings), -1, np.int8)
    since = np.full(len(listings), PAST, np.int32)
    active = np.full(len(listings), INACTIVE, np.int8)
    open_ = np.ones(len(listings), bool)

    def settle(where: Any, found: Status, day: Any, class_: int = INACTIVE) -> None:
        nonlocal open_
        where = np.flatnonzero(where & open_)
        status[where] = _PLACE[found]
        since[where] = day[where] if np.ndim(day) else day
        active[where] = class_
        open_[where] = False

    _settle_ends(listings, last, today, settle)
    settle(listings.determined == PAST, Status.UNCERTAIN, PAST, 0)
    settle(today < listings.determined, Status.NOT_DETERMINED, PAST)
    settle(listings.served == PAST, Status.UNCERTAIN, PAST, 1)
    settle(today < listings.served, Status.DETERMINED, listings.determined)
    settle(joint & (listings.aggregated == PAST), Status.UNCERTAIN, PAST, 2)
    settle(joint & (today < listings.aggregated), Status.SERVED, listings.determined)
    settle(today < listings.since, Status.SERVED, listings.determined)
    settle(listings.stayed != FUTURE, Status.SUSPENDED, listings.stayed)
    settle(listings.suspended != FUTURE, Status.SUSPENDED, listings.suspended)
    settle(listings.doubtful, Status.UNCERTAIN, PAST, 3)
    begun = _begins(listings, joint)
    settle(open_, Status.ACTIVE, begun, ACTIVE)
    return Standings(status, since, last, begun, active, _on_record(listings, status, today))


def _settle_ends(listings: Listings, last: Any, today: int, settle: Any) -> None:
    """Settle what has ended: the first end counts, and of several on one day the first named here."""
    ends = (
        (listings.revoked, Status.REVOKED),
        (listings.removed, Status.REMOVED),
        (listings.repaired, Status.REPAIRED),
        (listings.upheld, Status.REVOKED),
        (np.where(last < today, last, FUTURE), Status.EXPIRED),
    )
    first = np.minimum.reduce([days for days, _ in ends])
    over = first <= today
    for days, status in ends:
        settle(over & (days == first), status, days)


def _begins(listings: Listings, joint: Any) -> Any:
    """Return the first day from which each listing may carry measures, as far as its entries say."""
    served = np.where(listings.served == FUTURE, PAST, listings.served)
    aggregated = np.where(joint & (listings.aggregated != FUTURE), listings.aggregated, PAST)
    return np.maximum.reduce([listings.determined, served, aggregated, listings.since])


def _on_record(listings: Listings, status: Any, today: int) -> Any:
    """Return the class of `listing.on_record`: 0 not known, 1 no, 2 yes."""
    known = np.where(listings.aggregated <= today, 2, 1)
    known = np.where(listings.aggregated == PAST, 0, known)
    return np.where(status == _PLACE[Status.REVOKED], 1, known).astype(np.int8)


def last_days(listings: Listings, catalogue: Catalogue) -> Any:
    """Return the last day of each listing: the one it states, else the one the rules of its list give."""
    last = listings.until.copy()
    asked = np.flatnonzero((last == FUTURE) & (listings.determined != PAST))
    rules = _PeriodRules.of(catalogue)
    if not len(asked) or not len(rules.keys):
        return last
    rule = rules.of_days(listings.list[asked], listings.determined[asked])
    asked, rule = asked[rule >= 0], rule[rule >= 0]
    starts = np.stack([getattr(listings, name)[asked] for name in _STARTS])
    start = starts[rules.counts_from[rule], np.arange(len(asked))]
    known = given(start)
    last[asked[known]] = after(start[known], rules.months[rule[known]], rules.days[rule[known]])
    return last


@frozen(eq=False)
class _PeriodRules:
    """Which rule of its list says how long a listing lasts, by list and day of determination.

    `keys` are the first days of spans in which one rule governs, after the number of their list; `rules` the
    places of their rules (-1: none, or one without a length) in `counts_from`, `months` and `days`.
    """

    keys: Any
    rules: Any
    counts_from: Any
    months: Any
    days: Any

    @classmethod
    def of(cls, catalogue: Catalogue) -> _PeriodRules:
        """Lay out the rules of all lists."""
        keys: list[int] = []
        rules: list[int] = []
        lengths: list[tuple[int, int, int]] = []
        for number, kind in enumerate(catalogue.lists.values()):
            for first, counts_from, period in _spans(kind):
                keys.append(_key(number, first))
                rules.append(-1 if period is None else len(lengths))
                if period is not None:
                    start = _STARTS.index(counts_from) if counts_from in _STARTS else 0
                    lengths.append((start, period.years * 12 + period.months, period.days))
        columns = np.array(lengths, np.int64).reshape(-1, 3).T
        return cls(np.array(keys, np.int64), np.array(rules, np.int64), *columns)

    def of_days(self, lists: Any, days: Any) -> Any:
        """Return the place of the rule that governs a listing of each list determined on each day."""
        place = np.searchsorted(self.keys, _key(lists.astype(np.int64), days), side="right") - 1
        return np.where(place >= 0, self.rules[np.maximum(place, 0)], -1)


def _key(number: Any, day: Any) -> Any:
    return (number << 33) + day + 2**31


def _spans(kind: ListKind) -> list[tuple[int, str, Period | None]]:
    """Return from which day on which rule governs, the first span beginning in the far past."""
    firsts = {int(PAST)}
    for rule in kind.periods:
        firsts |= {start_of(rule.since), end_of(rule.until) + 1}
    spans: list[tuple[int, str, Period | None]] = []
    for first in sorted(day for day in firsts if day <= FUTURE):
        governs = [r for r in kind.periods if start_of(r.since) <= first <= end_of(r.until)][:1]
        spans += [(first, r.counts_from, r.period) for r in governs] or [(first, "", None)]
    return spans
