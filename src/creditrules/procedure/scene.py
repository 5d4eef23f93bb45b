"""Procedure: one listing on one day, with everything its duties and ways out are asked about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property

from creditrules.evaluate.fields import SELF, Candidate, Seen
from creditrules.evaluate.residue import residue
from creditrules.model.basis import Basis
from creditrules.model.condition import ALWAYS, Condition, Test, holds, tests_in
from creditrules.model.dossier import Dossier, Listing
from creditrules.model.event import Event, EventKind
from creditrules.model.procedure import Counted, Term
from creditrules.model.rulebook import Rulebook
from creditrules.model.status import Status, last_day, standing
from creditrules.model.time import covers
from creditrules.model.words import Direction, Truth
from creditrules.procedure.calendar import WorkingCalendar
from creditrules.procedure.counting import count
from creditrules.procedure.events import Happened, events_of
from creditrules.procedure.plan import Plan, Planned

OVER = frozenset({Status.REMOVED, Status.REVOKED, Status.REPAIRED, Status.EXPIRED})
_ORDERS = (EventKind.RECTIFICATION_ORDER,)
_EXTENSIONS = (EventKind.RECTIFICATION_EXTENSION,)
# What is done within the period that an order sets, so that the period has not run out undone.
_ANSWERS = (EventKind.RECTIFICATION_CONFIRMATION,)
_DAY = timedelta(days=1)
Verdict = tuple[Truth, tuple[str, ...]]
YES: Verdict = (Truth.TRUE, ())
NO: Verdict = (Truth.FALSE, ())


class Counter:
    """Counts terms; the same term from the same day is counted once."""

    def __init__(self, calendar: WorkingCalendar, terms: Mapping[str, Term | None]) -> None:
        self.calendar = calendar
        self._terms = terms
        self._known: dict[tuple[date, int, bool], Counted | None] = {}

    def __call__(
        self, start: date, term: Term, *, rolls: bool = True, basis: Basis | None = None
    ) -> Counted | None:
        """Return the last day of a term that begins on a day, or None when nobody has set it."""
        # By identity: a term holds its basis, and comparing those takes longer than counting.
        key = (start, id(term), rolls)
        if key not in self._known:
            self._known[key] = count(start, term, self.calendar, self._terms, rolls=rolls, basis=basis)
        return self._known[key]


class Scene:
    """One listing of a dossier on the day of a rulebook."""

    def __init__(
        self,
        rulebook: Rulebook,
        plan: Plan,
        counter: Counter,
        dossier: Dossier,
        number: int,
        listing: Listing,
    ) -> None:
        self.rulebook, self.plan, self.counter, self.listing = rulebook, plan, counter, listing
        self.on = rulebook.on
        kind = rulebook.catalogue.lists[listing.list]
        self.level = kind.level
        subject = dossier.subjects[listing.subject]
        end = last_day(listing, kind)
        self.standing = standing(listing, end, self.on, kind.level)
        self.candidate = Candidate(
            Seen(number, listing, subject, self.standing, end), SELF, None, Direction.SELF, subject
        )
        self.happened = Happened(tuple(e for e in events_of(listing) if e.on <= self.on))
        self._in_region: dict[str, Verdict] = {}

    @property
    def ended(self) -> date | None:
        """The day on which the listing ended, when it has."""
        return self.standing.since if self.standing.status in OVER else None

    def judged(self, condition: Condition, day: date) -> Verdict:
        """Return the truth of a condition on a day, and the facts that would settle it when it is unknown.

        Where nobody stated a fact for that day, what is stated for the day of the decision stands for it. The
        truth is that of `truth_of`, except that a comparison with the day of what never happened is false.
        """
        if condition == ALWAYS:
            return YES

        def decided(test: Test) -> bool | None:
            read = self.plan.look(test.path)
            known = read(self, day)
            if known is None:
                # Nobody forgot to state the day of what has not happened: whatever is asked of it is not so.
                if test.path.startswith("event."):
                    return False
                known = read(self, self.on)
            return None if known is None else holds(known, test.op, test.value, day)

        left = residue(condition, decided)
        if isinstance(left, bool):
            return (Truth.of(left), ())
        return Truth.UNKNOWN, tuple(dict.fromkeys(test.path for test in tests_in(left)))

    def applies(self, planned: Planned, day: date) -> Verdict:
        """Say whether a duty may arise on a day: its document, its lists, its region, its own condition."""
        rule = planned.rule
        if rule.levels and self.level not in rule.levels:
            return NO
        if not covers(planned.since, planned.until, day) or self.is_off(planned, day) is not None:
            return NO
        truth, missing = self._region(planned.region)
        if truth is Truth.FALSE:
            return NO
        own, asked = self.judged(rule.when, day)
        return min(truth, own), missing + asked if own is not Truth.FALSE else ()

    def is_off(self, planned: Planned, day: date) -> str | None:
        """Return the regime that lets nobody publish or push this listing on a day."""
        if not planned.burdens or self.level.value != "watchlist":
            return None
        return next((off.regime for off in self.plan.off if covers(off.since, off.until, day)), None)

    def _region(self, region: str | None) -> Verdict:
        if region is None:
            return YES
        known = self._in_region.get(region)
        if known is None:
            own = self.candidate.seen.subject.region
            chain = self.rulebook.catalogue.units.region_chain(own) if own else ()
            known = (Truth.UNKNOWN, ("subject.region",)) if not own else YES if region in chain else NO
            self._in_region[region] = known
        return known

    def period_end(self, order: Event) -> date | None:
        """Return the last day of the period an event sets, extensions granted before it ran out included."""
        if order.until is None or order.kind is not EventKind.RECTIFICATION_ORDER:
            return order.until
        after = self.happened.first(_ORDERS, order.on + _DAY)
        end = order.until
        extension = self.happened.first(_EXTENSIONS, order.on)
        while extension is not None and extension.on <= end and (after is None or extension.on < after.on):
            end = max(end, extension.until or end)
            extension = self._later[id(extension)]
        return end

    @cached_property
    def _later(self) -> dict[int, Event | None]:
        """Each extension with the one that follows it."""
        events = self.happened.of(_EXTENSIONS)
        following: list[Event | None] = [*events[1:], None]
        return {id(event): later for event, later in zip(events, following, strict=True)}

    def answered(self, order: Event, end: date) -> bool:
        """Say whether what an order asked for was confirmed within its period."""
        if order.kind not in (*_ORDERS, *_EXTENSIONS):
            return False
        answer = self.happened.first(_ANSWERS, order.on)
        return answer is not None and answer.on <= end
