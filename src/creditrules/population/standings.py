"""Population: where listings stand on a day; the same as `model.status`, for many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
from attrs import fields, frozen

from creditrules.model.catalogue import Catalogue
from creditrules.model.lists import ListKind
from creditrules.model.status import Status
from creditrules.model.time import Period
from creditrules.population.arrays import constant, is_constant, translated
from creditrules.population.blocks import together
from creditrules.population.days import FUTURE, PAST, after, day_of, end_of, given, start_of
from creditrules.population.encoded import Listings
from creditrules.population.fields import ACTIVE, INACTIVE

STATUSES = tuple(Status)
_PLACE = {status: n for n, status in enumerate(STATUSES)}
_STARTS = ("determined", "published", "since")
# Why a listing stands where it stands; the first of these that is the case counts. To each belong its status,
# its class of `listing.active`, and the day since when it stands there.
_REASONS: tuple[tuple[Status, int, str | None], ...] = (
    (Status.REVOKED, INACTIVE, "revoked"),
    (Status.REMOVED, INACTIVE, "removed"),
    (Status.REPAIRED, INACTIVE, "repaired"),
    (Status.REVOKED, INACTIVE, "upheld"),
    (Status.EXPIRED, INACTIVE, "last_day"),
    (Status.UNCERTAIN, 0, None),
    (Status.NOT_DETERMINED, INACTIVE, None),
    (Status.UNCERTAIN, 1, None),
    (Status.DETERMINED, INACTIVE, "determined"),
    (Status.UNCERTAIN, 2, None),
    (Status.SERVED, INACTIVE, "determined"),
    (Status.SUSPENDED, INACTIVE, "stayed"),
    (Status.SUSPENDED, INACTIVE, "suspended"),
    (Status.UNCERTAIN, 3, None),
    (Status.ACTIVE, ACTIVE, "begins"),
)
_LAST = len(_REASONS) - 1
_STATUS_OF = np.array([_PLACE[status] for status, _, _ in _REASONS], np.int8)
_CLASS_OF = np.array([class_ for _, class_, _ in _REASONS], np.int8)


@frozen(eq=False)
class Standings:
    """Of each listing why it stands where it does, its last day, when it began, and its classes."""

    reason: Any
    last_day: Any
    begins: Any
    active: Any
    on_record: Any

    @classmethod
    def joined(cls, parts: list[Standings], threads: int = 1) -> Standings:
        """Return the standings of several blocks of listings as one."""
        names = [column.name for column in fields(cls)]
        return cls(*together([[getattr(part, name) for name in names] for part in parts], threads))

    @property
    def status(self) -> Any:
        """The place of the status of each listing."""
        return translated(self.reason, _STATUS_OF)

    def since(self, listings: Listings) -> Any:
        """Return since when each listing stands where it does."""
        since = constant(PAST, len(listings), np.int32)
        for n, (_, _, column) in enumerate(_REASONS):
            where = self.reason == n
            if column is not None and where.any():
                days = getattr(self if hasattr(self, column) else listings, column)
                since = np.where(where, days, since)
        return since


def standings(listings: Listings, catalogue: Catalogue, on: date) -> Standings:
    """Say where listings stand; `status.standing` says what each step means."""
    today = day_of(on)
    of_lists = np.array([kind.level.is_joint for kind in catalogue.lists.values()], bool)
    joint = constant(True, len(listings), bool) if of_lists.all() else of_lists[listings.list]
    last = last_days(listings, catalogue)
    reason = np.full(len(listings), _LAST, np.int8)

    def settle(n: int, where: Any) -> None:
        # The least number of those that are the case, without asking one by one.
        np.minimum(reason, np.int8(_LAST) - where.view(np.int8) * np.int8(_LAST - n), out=reason)

    _settle_ends(listings, last, today, settle)
    settle(5, listings.determined == PAST)
    settle(6, today < listings.determined)
    settle(7, listings.served == PAST)
    settle(8, today < listings.served)
    settle(9, joint & (listings.aggregated == PAST))
    settle(10, joint & (today < listings.aggregated))
    if not is_constant(listings.since, PAST):
        settle(10, today < listings.since)
    if not is_constant(listings.stayed, FUTURE):
        settle(11, listings.stayed != FUTURE)
    if not is_constant(listings.suspended, FUTURE):
        settle(12, listings.suspended != FUTURE)
    if not is_constant(listings.doubtful, False):
        settle(13, listings.doubtful)
    begun = _begins(listings, joint)
    active = translated(reason, _CLASS_OF)
    return Standings(reason, last, begun, active, _on_record(listings, reason, today))


def _settle_ends(listings: Listings, last: Any, today: int, settle: Callable[[int, Any], None]) -> None:
    """Settle what has ended: the first end counts, and of several on one day the first named here."""
    passed = np.where(last < today, last, FUTURE)
    columns = (listings.revoked, listings.removed, listings.repaired, listings.upheld, passed)
    ends = [(n, days) for n, days in enumerate(columns) if not is_constant(days, FUTURE)]
    if not ends:
        return
    first = ends[0][1]
    for _, days in ends[1:]:
        first = np.minimum(first, days)
    over = first <= today
    for n, days in ends:
        settle(n, over & (days == first))


def _begins(listings: Listings, joint: Any) -> Any:
    """Return the first day from which each listing may carry measures, as far as its entries say."""
    begun = np.maximum(listings.determined, _unless_never(listings.served))
    aggregated = _unless_never(listings.aggregated)
    np.maximum(
        begun, aggregated if is_constant(joint, True) else np.where(joint, aggregated, PAST), out=begun
    )
    return begun if is_constant(listings.since, PAST) else np.maximum(begun, listings.since)


def _unless_never(days: Any) -> Any:
    """Return days with the far past where it is known that there is none."""
    return np.where(days == FUTURE, PAST, days) if len(days) and days.max() == FUTURE else days


def _on_record(listings: Listings, reason: Any, today: int) -> Any:
    """Return the class of `listing.on_record`: 0 not known, 1 no, 2 yes."""
    known = (listings.aggregated <= today).view(np.int8) + np.int8(1)
    known *= (listings.aggregated != PAST).view(np.int8)
    revoked = (reason == 0) | (reason == 3)
    return np.where(revoked, np.int8(1), known)


def last_days(listings: Listings, catalogue: Catalogue) -> Any:
    """Return the last day of each listing: the one it states, else the one the rules of its list give."""
    last = listings.until
    if not len(last) or last.max() < FUTURE:
        return last
    asked = np.flatnonzero((last == FUTURE) & (listings.determined != PAST))
    rules = _PeriodRules.of(catalogue)
    if not len(asked) or not len(rules.keys):
        return last
    last = last.copy()
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
