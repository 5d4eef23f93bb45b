"""Procedure: where each duty about a listing stands on the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from creditrules.model.dossier import Listing
from creditrules.model.event import EventKind
from creditrules.model.procedure import Counted, Duty, DutyState
from creditrules.model.status import Status
from creditrules.model.text import Text
from creditrules.model.words import Truth
from creditrules.procedure import phrases
from creditrules.procedure.arising import Arisen, arisen, is_of_the_end
from creditrules.procedure.plan import Planned
from creditrules.procedure.scene import Scene

# A listing takes these steps once; a duty that did not arise from one of them will not arise from it again.
_ONCE = frozenset({EventKind.DETERMINATION, EventKind.SERVICE, EventKind.AGGREGATION})


def duties_of(scene: Scene) -> list[Duty]:
    """Return the duties about one listing: those that have arisen, and those that may still arise."""
    found: dict[str, list[Arisen]] = {}
    said: dict[str, list[Duty]] = {}
    for planned in scene.plan.duties:
        key = planned.rule.key
        found[key] = arisen(planned, scene, found)
        said[key] = [_duty(one, scene) for one in found[key]] or _pending(planned, scene, found, said)
    ordered = sorted(scene.plan.duties, key=lambda planned: planned.number)
    return [duty for planned in ordered for duty in said[planned.rule.key]]


def _duty(one: Arisen, scene: Scene) -> Duty:
    state, excuse = _state(one, scene)
    missing: tuple[str, ...] = ()
    if state not in (DutyState.DONE, DutyState.EXCUSED):
        # An exception nobody has claimed releases nobody; what would show it is named.
        missing = one.missing + (one.excused[1] if one.excused[0] is Truth.UNKNOWN else ())
    return _said(
        one.planned,
        scene.listing,
        state,
        arose=one.arose,
        deadline=one.deadline,
        met_on=None if one.met is None else one.met.on,
        late=_is_late(one, state, scene),
        excuse=excuse,
        missing=tuple(dict.fromkeys(missing)),
    )


def _state(one: Arisen, scene: Scene) -> tuple[DutyState, Text | None]:
    if one.met is not None:
        return DutyState.DONE, None
    excuse = _released(one, scene) or _excuse(one)
    if excuse is not None:
        return DutyState.EXCUSED, excuse
    if one.truth is Truth.UNKNOWN or one.deadline is None:
        return DutyState.OPEN, None
    if scene.on <= one.deadline.day:
        return DutyState.DUE, None
    if one.planned.is_optional:
        return DutyState.EXCUSED, phrases.LAPSED
    return DutyState.OVERDUE, None


def _released(one: Arisen, scene: Scene) -> Text | None:
    """Return why nothing is owed any more: the listing is over or suspended, or the law has changed."""
    status = scene.standing.status
    if one.planned.ends_with_listing and scene.ended is not None and not is_of_the_end(one):
        return phrases.ENDED[status]
    if one.planned.burdens and status is Status.SUSPENDED:
        return phrases.SUSPENDED
    regime = scene.is_off(one.planned, scene.on)
    return None if regime is None else phrases.SET_ASIDE.filled(regime=regime)


def _excuse(one: Arisen) -> Text | None:
    if one.excused[0] is not Truth.TRUE or one.excuse is None:
        return None
    exempt = one.planned.rule.excuses[one.excuse]
    return exempt.name if exempt.name != Text() else Text(exempt.label, exempt.label)


def _is_late(one: Arisen, state: DutyState, scene: Scene) -> bool:
    """Say whether a duty was done, or ended, after its deadline; who was free to act is never late."""
    if one.deadline is None or one.planned.is_optional or one.excused[0] is Truth.TRUE:
        return False
    done = one.met.on if one.met is not None else None
    if state is DutyState.EXCUSED:
        done = scene.ended
    return done is not None and done > one.deadline.day


def _pending(
    planned: Planned,
    scene: Scene,
    found: Mapping[str, Sequence[Arisen]],
    said: Mapping[str, Sequence[Duty]],
) -> list[Duty]:
    """Return a duty that has not arisen and may, as long as the listing stands and the law of today holds."""
    after = planned.rule.after
    if scene.ended is not None:
        return []
    if not any(kind not in _ONCE or not scene.happened.of((kind,)) for kind in planned.rule.triggers):
        if after is None:
            return []
        before = found.get(after, ())
        # Either what comes before is itself still to come, or it may yet run out undone.
        if not (any(_may_run_out(one, scene) for one in before) if before else said.get(after)):
            return []
    truth, missing = scene.applies(planned, scene.on)
    if truth is Truth.FALSE:
        return []
    return [_said(planned, scene.listing, DutyState.PENDING, missing=tuple(dict.fromkeys(missing)))]


def _may_run_out(one: Arisen, scene: Scene) -> bool:
    if one.excused[0] is Truth.TRUE:
        return False
    end = None if one.met is None else scene.period_end(one.met)
    return one.met is None or (end is not None and not scene.answered(one.met, end))


def _said(
    planned: Planned,
    listing: Listing,
    state: DutyState,
    *,
    arose: date | None = None,
    deadline: Counted | None = None,
    met_on: date | None = None,
    late: bool = False,
    excuse: Text | None = None,
    missing: tuple[str, ...] = (),
) -> Duty:
    rule = planned.rule
    return Duty(
        rule=rule.key,
        listing=listing.id,
        who=rule.who,
        does=rule.does,
        force=rule.force,
        state=state,
        to=rule.to,
        arose=arose,
        deadline=deadline,
        met_on=met_on,
        late=late,
        excuse=excuse,
        missing=missing,
        recorded_in=rule.recorded_in,
        basis=rule.basis,
        section=rule.section,
    )
