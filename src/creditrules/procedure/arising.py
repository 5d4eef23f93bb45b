"""Procedure: when a duty arises, by when it is to be done, and whether it was.

A duty arises on the day of an event that triggers it, or on the day after another duty ran out undone: after
the deadline of that one, or after the period that was set by the event which met it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from attrs import define

from creditrules.model.event import Event, EventKind
from creditrules.model.procedure import Counted
from creditrules.model.words import Truth
from creditrules.procedure import phrases
from creditrules.procedure.plan import Planned
from creditrules.procedure.scene import Scene, Verdict

# The body of `bodies` that is bound by a period an order sets.
SUBJECT = "subject"
# What the end of a listing itself brings about; duties that arise from it outlive the listing.
_AFTERMATH = frozenset(
    {
        EventKind.REMOVAL,
        EventKind.REVOCATION,
        EventKind.OBJECTION_OUTCOME,
        EventKind.PENALTY_CHANGED,
        EventKind.REPAIR_DECISION,
        EventKind.REPAIR_REVOCATION,
    }
)
_PRIOR = frozenset({EventKind.PRIOR_NOTICE, EventKind.PARTY_STATEMENT})
_DAY = timedelta(days=1)


@define
class Arisen:
    """One duty that arose on a day. `missing` names what would settle whether, and by when."""

    planned: Planned
    arose: date
    trigger: Event | None
    truth: Truth
    missing: tuple[str, ...] = ()
    deadline: Counted | None = None
    met: Event | None = None
    excused: Verdict = (Truth.FALSE, ())
    excuse: int | None = None


def arisen(planned: Planned, scene: Scene, before: Mapping[str, Sequence[Arisen]]) -> list[Arisen]:
    """Return what has arisen of one duty; of one that is owed once, the first."""
    made: list[Arisen] = []
    for day, trigger in _starts(planned, scene, before):
        if planned.ends_with_listing and _is_too_late(day, trigger, scene):
            continue
        truth, missing = scene.applies(planned, day)
        if truth is Truth.FALSE:
            continue
        one = Arisen(planned, day, trigger, truth, missing)
        if not planned.rule.once:
            made.append(_complete(one, scene))
        elif truth is Truth.TRUE:
            return [_complete(one, scene)]
        elif not made:
            made.append(_complete(one, scene))
    return made


def is_of_the_end(one: Arisen) -> bool:
    """Say whether a duty arose from what ended the listing, so that it does not end with it."""
    return one.trigger is not None and one.trigger.kind in _AFTERMATH


def _starts(
    planned: Planned, scene: Scene, before: Mapping[str, Sequence[Arisen]]
) -> list[tuple[date, Event | None]]:
    rule = planned.rule
    starts: list[tuple[date, Event | None]] = [(e.on, e) for e in scene.happened.of(rule.triggers)]
    if rule.after is not None:
        ran_out = (_ran_out(earlier, scene) for earlier in before.get(rule.after, ()))
        days = dict.fromkeys(day + _DAY for day in ran_out if day is not None and day < scene.on)
        starts += [(day, None) for day in days]
        starts.sort(key=lambda start: start[0])
    return starts


def _is_too_late(day: date, trigger: Event | None, scene: Scene) -> bool:
    if scene.ended is None or day <= scene.ended:
        return False
    return trigger is None or trigger.kind not in _AFTERMATH


def _ran_out(one: Arisen, scene: Scene) -> date | None:
    """Return the last day that passed without what a duty was there for, or None."""
    if one.truth is not Truth.TRUE or one.excused[0] is Truth.TRUE:
        return None
    if one.deadline is not None and (one.met is None or one.met.on > one.deadline.day):
        return one.deadline.day
    end = None if one.met is None else scene.period_end(one.met)
    if one.met is None or end is None or scene.answered(one.met, end):
        return None
    return end


def _complete(one: Arisen, scene: Scene) -> Arisen:
    rule = one.planned.rule
    met = _met(one, scene) if rule.fulfilled_by else None
    if met is not None and scene.ended is not None and met.on > scene.ended:
        # What is done after the end of a listing is not what the duty asked for while it stood.
        met = None if one.planned.ends_with_listing and not is_of_the_end(one) else met
    one.met = met
    if one.truth is not Truth.TRUE:
        return one
    for number, excuse in enumerate(rule.excuses):
        verdict = scene.judged(excuse.when, scene.on)
        if verdict[0] > one.excused[0]:
            one.excused, one.excuse = verdict, number
    one.deadline, unset = _deadline(one, scene)
    one.missing += unset
    return one


def _met(one: Arisen, scene: Scene) -> Event | None:
    kinds = one.planned.rule.fulfilled_by
    if _PRIOR.isdisjoint(kinds):
        return scene.happened.first(kinds, one.arose, one.trigger)
    # What is by its nature prior is owed when the step it precedes is taken, and has to be there by then.
    return scene.happened.last(kinds, one.arose)


def _deadline(one: Arisen, scene: Scene) -> tuple[Counted | None, tuple[str, ...]]:
    """Return the last day of a duty, or what nobody has stated or set for it to have one."""
    rule = one.planned.rule
    term = rule.term
    if rule.who == SUBJECT and term is not None and one.trigger is not None:
        # What an order says itself goes before what was set for all; a duty without a term has no last day.
        end = scene.period_end(one.trigger)
        if end is not None:
            return Counted(end, phrases.ORDERED), ()
    for special in rule.special:
        truth, missing = scene.judged(special.when, one.arose)
        if truth is Truth.UNKNOWN:
            return None, missing
        if truth is Truth.TRUE:
            term = special.term
            break
    if term is None:
        return None, ()
    counted = scene.counter(one.arose, term, basis=rule.basis)
    return counted, () if counted is not None or term.parameter is None else (term.parameter,)
