"""Decide: shares that ask the same of the same unit become one action; contradictions become open points.

The stricter discretion and the later end win, the parts stay visible.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from attrs import frozen

from creditrules.decide import phrases
from creditrules.decide.case import Case
from creditrules.decide.gather import Gathered, Places, Share
from creditrules.decide.templates import Seat
from creditrules.model.decision import Action, Part, Undetermined
from creditrules.model.text import Text
from creditrules.model.words import Stance

# A target and the number of a seat: what one action is about.
Place = tuple[str, int]


@frozen
class Merged:
    """The places of a dossier in which somebody acts, and those where rules contradict each other."""

    case: Case
    places: Places
    seats: Sequence[Seat]
    torn: frozenset[Place]

    def actions(self) -> Iterator[Action]:
        """Yield one action for each place, in no order."""
        for target, of_target in self.places.items():
            for number, shares in of_target.items():
                if (target, number) not in self.torn:
                    yield _action(self.case, self.seats[number], target, shares)

    def withheld(self) -> Iterator[Undetermined]:
        """Yield what is not decided because of a contradiction."""
        torn = [(number, _in_order(self.places[target][number])) for target, number in self.torn]
        for number, shares in sorted(torn, key=lambda place: _place_order(*place)):
            for share in shares:
                yield _withheld(self.seats[number], share)


def merge(case: Case, found: Gathered) -> Merged:
    """Find out where rules contradict each other."""
    return Merged(case, found.places, found.seats, frozenset(_contradictions(found.seats, found.places)))


def _action(case: Case, seat: Seat, target: str, shares: list[Share]) -> Action:
    key = seat.before + target + seat.after
    if len(shares) == 1:
        return _of_one(key, seat, target, shares[0])
    shares = _in_order(shares)
    parts = tuple([_part(share) for share in shares])
    ends_by, remedy, review = case.ending(tuple(dict.fromkeys(p.listing for p in parts)))
    return Action(
        key=key,
        unit=seat.unit,
        target=target,
        effect=seat.effect,
        matter=seat.matter,
        discretion=max((p.discretion for p in parts), key=lambda d: d.strictness),
        since=min((p.since for p in parts if p.since), default=None),
        until=_latest_end(parts),
        review=review,
        ends_by=ends_by,
        remedy=remedy,
        parts=parts,
        local=shares[0][2].bodies[seat.unit],
        notes=_notes(shares, seat.unit),
    )


def _of_one(key: str, seat: Seat, target: str, share: Share) -> Action:
    """Return the action of a single share, as most are; by place, since there are many."""
    template, act, reached, span = share
    ends_by, remedy, review = reached.ending
    return Action(
        key,
        seat.unit,
        target,
        seat.effect,
        seat.matter,
        act.discretion,
        span.since,
        span.until,
        review,
        ends_by,
        remedy,
        (_part(share),),
        reached.bodies[seat.unit],
        _notes([share], seat.unit) if template.notes else (),
    )


def _part(share: Share) -> Part:
    template, act, reached, span = share
    rule = template.rule
    return Part(
        rule.key,
        template.memorandum,
        template.measure,
        reached.candidate.seen.listing.id,
        reached.route,
        act.discretion,
        rule.bases,
        span.since,
        span.until,
        rule.checked,
        act.written,
        act.origin,
        act.assists,
    )


def _in_order(shares: list[Share]) -> list[Share]:
    """Return shares by rule, listing and role, so that nothing depends on how they were matched."""
    return sorted(shares, key=_order)


def _order(share: Share) -> tuple[int, int, int]:
    template, _, reached, _ = share
    candidate = reached.candidate
    return template.rule.number, candidate.seen.number, candidate.role_number


def _place_order(number: int, shares: list[Share]) -> tuple[int, ...]:
    """Return by what places are sorted: their first share, and where its rule names the seat."""
    acts = shares[0][0].acts
    return *_order(shares[0]), next(n for n, (_, seats) in enumerate(acts) if number in seats), number


def _latest_end(parts: tuple[Part, ...]) -> date | None:
    """A part without an end rests on a review date and leaves the action open; else the latest end wins."""
    ends = [p.until for p in parts]
    return None if None in ends else max(e for e in ends if e is not None)


def _notes(shares: list[Share], unit: str) -> tuple[Text, ...]:
    said: dict[Text, None] = {}
    for share in shares:
        rule = share[0].rule
        if share[0].notes:
            for act in rule.acts:
                said.update(dict.fromkeys(act.notes if act.unit == unit else ()))
            said.update(dict.fromkeys(rule.notes))
    return tuple(said)


def _contradictions(seats: Sequence[Seat], places: Places) -> Iterator[Place]:
    """Yield the places where one unit would sanction and favour the same target in the same matter."""
    for target, of_target in places.items():
        if not any(share[0].favours for shares in of_target.values() for share in shares):
            continue
        stances: dict[tuple[str, str], dict[Stance, list[int]]] = {}
        for number, shares in of_target.items():
            seat = seats[number]
            if seat.matter is None:
                continue
            for share in shares:
                measure = share[0].rule.measure
                if measure is not None:
                    by_stance = stances.setdefault((seat.unit, seat.matter), {})
                    by_stance.setdefault(measure.stance, []).append(number)
        for found in stances.values():
            if len(found) > 1:
                yield from ((target, number) for numbers in found.values() for number in numbers)


def _withheld(seat: Seat, share: Share) -> Undetermined:
    template, _, reached, _ = share
    return Undetermined(
        what="contradiction",
        memorandum=template.memorandum,
        measure=template.measure,
        listing=reached.candidate.seen.listing.id,
        target=reached.candidate.target.id,
        route=reached.route,
        units=(seat.unit,),
        text=phrases.CONTRADICTS,
        checked=template.rule.checked,
    )
