"""Decide: what the rules that are met come to: shares in actions, open points, records.

A share is not yet a part of an action: what nobody looks at is not made (`overlap`, `left_over`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

from attrs import field, frozen

from creditrules.decide.asks import asks_for
from creditrules.decide.case import Case, Ending, route_of
from creditrules.decide.periods import Span, span_of
from creditrules.decide.templates import Seat, Template, templates
from creditrules.evaluate.fields import Candidate
from creditrules.evaluate.protocol import Met
from creditrules.model.decision import Ask
from creditrules.model.rulebook import Act, Rule
from creditrules.model.status import begins
from creditrules.model.time import earliest, latest

# One act of a rule for one route, with the days it lasts: a part of an action, once somebody looks.
Share = tuple[Template, Act, "Reached", Span]
# By target, then by the number of the seat: what makes up one action.
Places = dict[str, dict[int, list[Share]]]
Found = list[tuple[Rule, "Reached"]]


@frozen
class Gathered:
    """Everything the rules met for one dossier come to, before shares in one place are merged.

    Of the rules that do not act: `unsure` wait for facts, `open` for a source, `endless` for an end; `over`
    have run out and `early` have not begun; `recorded` enter a credit file.
    """

    places: Places = field(factory=dict)
    unsure: Found = field(factory=list)
    open: Found = field(factory=list)
    endless: Found = field(factory=list)
    over: Found = field(factory=list)
    early: Found = field(factory=list)
    recorded: Found = field(factory=list)
    # Those the numbers of `places` mean: what is kept for a rulebook may be gone when a field is read.
    seats: Sequence[Seat] = ()


def gather(case: Case, met: Iterable[Met]) -> Gathered:
    """Sort every rule that is met into what it comes to; none is dropped."""
    known, rules = templates(case.rulebook), case.rulebook.rules
    found = Gathered(seats=known.seats)
    for listing, role, certain, possible in met:
        reached = Reached(case, case.candidate(listing, role))
        places = found.places.setdefault(reached.candidate.target.id, {})
        # Rules without days of their own come out alike for one route.
        outcomes: dict[int, tuple[Span, Found | None]] = {}
        for number in certain:
            template = known[number]
            outcome = outcomes.get(template.days)
            if outcome is None:
                outcome = _outcome(template.rule, reached, found)
                if template.is_plain:
                    outcomes[template.days] = outcome
            span, elsewhere = outcome
            if elsewhere is not None:
                elsewhere.append((template.rule, reached))
                continue
            for act, seats in template.acts:
                share = (template, act, reached, span)
                for seat in seats:
                    if seat in places:
                        places[seat].append(share)
                    else:
                        places[seat] = [share]
        for number in possible:
            rule = rules[number]
            is_over = rule.record is None and reached.over(rule) is not None
            (found.over if is_over else found.unsure).append((rule, reached))
    return found


def _outcome(rule: Rule, reached: Reached, found: Gathered) -> tuple[Span, Found | None]:
    """Return the days of a rule that holds, and where it goes when it does not act; None: it acts."""
    on = reached.case.rulebook.on
    if rule.record is not None:
        return _NO_DAYS, found.recorded
    if rule.open:
        return _NO_DAYS, found.open
    span = reached.span(rule)
    if span.until is not None and span.until < on:
        return span, found.over
    if span.is_open(reached.candidate.seen.listing.review):
        return span, found.endless
    return span, found.early if span.since is not None and on < span.since else None


_NO_DAYS = Span(None, None)


class Reached:
    """One candidate with what several rules ask of it, worked out once."""

    def __init__(self, case: Case, candidate: Candidate) -> None:
        self.case = case
        self.candidate = candidate
        self.route = route_of(candidate)
        self.lookup = case.lookup(candidate)
        listing = candidate.seen.listing
        self.begins = begins(listing, case.catalogue.lists[listing.list].level)
        self.bodies = case.bodies(candidate.target, listing)
        self._asks: dict[int, tuple[Ask, ...]] = {}
        self._spans: dict[tuple[date | None, date | None], Span] = {}

    @cached_property
    def ending(self) -> Ending:
        """How measures on its listing end, where to object to them, and when they are reviewed."""
        return self.case.ending((self.candidate.seen.listing.id,))

    def span(self, rule: Rule) -> Span:
        """Return the days between which a rule acts on the candidate."""
        if not self.case.is_simple(rule.number):
            return span_of(rule, self.candidate, self.begins, self.lookup, self.case.rulebook)
        days = (rule.since, rule.until)
        if days not in self._spans:
            ends = earliest(self.candidate.seen.last_day, rule.until)
            self._spans[days] = Span(latest(self.begins, rule.since), ends)
        return self._spans[days]

    def over(self, rule: Rule) -> date | None:
        """Return the last day of a rule whose time is over whatever is still unknown, else None."""
        if rule.open or (rule.measure is not None and rule.measure.duration.grades):
            return None  # the day it ends is itself open, or an unknown fact may lengthen it
        end = self.span(rule).until
        return end if end is not None and end < self.case.rulebook.on else None

    def asks(self, rule: int) -> tuple[Ask, ...]:
        """Return what to ask for a rule; rules under one guard ask the same."""
        guard = self.case.guard(rule)
        if guard not in self._asks:
            condition = self.case.condition(rule)
            self._asks[guard] = asks_for(condition, self.candidate, self.lookup, self.case.rulebook)
        return self._asks[guard]
