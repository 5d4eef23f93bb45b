"""Procedure: the ways out of a listing under the law of the day, what each asks for, and what it ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from attrs import evolve

from creditrules.model.event import Event, EventKind
from creditrules.model.event_names import EVENT_NAMES
from creditrules.model.procedure import Counted, Exit, Met, Requirement, Term, WayOut
from creditrules.model.text import Text
from creditrules.model.words import Truth
from creditrules.procedure import phrases
from creditrules.procedure.scene import Scene, Verdict

_APPLICATIONS = (EventKind.REPAIR_APPLICATION, EventKind.REMOVAL_APPLICATION)
_ANSWERS = (EventKind.REPAIR_DECISION, EventKind.REMOVAL)
_ACCEPTANCE = (EventKind.REPAIR_ACCEPTANCE,)
_PUBLICATIONS = (EventKind.PUBLICATION,)
# What takes back an earlier event: a promise that was broken is none.
_UNDONE_BY = {
    EventKind.COMMITMENT_GIVEN: (EventKind.COMMITMENT_BROKEN,),
    EventKind.COMMITMENT_KEPT: (EventKind.COMMITMENT_BROKEN,),
    EventKind.RECTIFICATION_CONFIRMATION: (EventKind.RECTIFICATION_FAILURE,),
}
_ENDS = ("publicity", "sharing", "use", "measures")


def exits_of(scene: Scene) -> list[Exit]:
    """Return the ways out of one listing; there are none before its determination and after its end."""
    determined = scene.listing.determined
    if scene.ended is not None or determined is None or determined > scene.on:
        return []
    made = []
    for way in scene.plan.ways:
        if way.lists and scene.listing.list not in way.lists:
            continue
        applies = scene.judged(way.applies, scene.on)
        if applies[0] is not Truth.FALSE:
            made.append(_exit(way, scene, applies))
    return made


def _exit(way: WayOut, scene: Scene, applies: Verdict) -> Exit:
    requirements, asked = _requirements(way, scene)
    barred, doubts = _bar(way, scene)
    start = scene.plan.look(way.counts_from)(scene, scene.on)
    earliest, unset = _earliest(way, scene, start if isinstance(start, date) else None)
    acceptance, decision, unset_too = _answer_due(way, scene)
    missing = [*applies[1], *asked, *doubts, *unset, *unset_too]
    if not isinstance(start, date) and (way.earliest or way.longest):
        missing.append(way.counts_from)
    reached = way.earliest is None or (earliest is not None and scene.on >= earliest.day)
    return Exit(
        way=way.key,
        listing=scene.listing.id,
        title=way.title,
        open=applies[0] is Truth.TRUE
        and barred is None
        and not doubts
        and reached
        and all(each.met is True for each in requirements),
        requirements=requirements,
        apply_to=way.apply_to,
        earliest=earliest,
        publicity_ends=_publicity_ends(way, scene, start if isinstance(start, date) else None),
        acceptance_due=acceptance,
        decision_due=decision,
        barred_by=barred,
        ends=tuple(end for end in _ENDS if end in way.ends),
        missing=tuple(dict.fromkeys(missing)),
        basis=way.basis,
        false_papers=way.false_papers,
    )


def _requirements(way: WayOut, scene: Scene) -> tuple[tuple[Met, ...], list[str]]:
    met: list[Met] = []
    asked: list[str] = []
    for requirement in way.requires:
        truth, by, missing = _met(requirement, scene)
        asked += missing
        answer = None if truth is Truth.UNKNOWN else truth is Truth.TRUE
        met.append(Met(requirement.key, requirement.text, answer, by))
    return tuple(met), asked


def _met(requirement: Requirement, scene: Scene) -> tuple[Truth, Text, tuple[str, ...]]:
    """Return whether a requirement is met, what met or undid it, and what would settle it.

    One that names neither events nor a condition can only be judged by people: it stays unknown.
    """
    when = scene.judged(requirement.when, scene.on) if requirement.when is not None else None
    if not requirement.events:
        return (Truth.UNKNOWN, Text(), ()) if when is None else (when[0], Text(), when[1])
    done, by = _done(requirement.events, scene)
    if when is None:
        return done, by, ()
    return min(done, when[0]), by, when[1] if done is not Truth.FALSE else ()


def _done(kinds: Iterable[EventKind], scene: Scene) -> tuple[Truth, Text]:
    undone = Text()
    for kind in kinds:
        event = scene.happened.last((kind,), scene.on)
        if event is None:
            continue
        later = scene.happened.last(_UNDONE_BY.get(kind, ()), scene.on)
        if later is None or later.on < event.on:
            return Truth.TRUE, _told(phrases.MET_BY, event)
        undone = _told(phrases.UNDONE_BY, later)
    return Truth.FALSE, undone


def _told(phrase: Text, event: Event) -> Text:
    doc = Text(f"（{event.doc_no}）", f" ({event.doc_no})") if event.doc_no else Text()
    return phrase.filled(on=str(event.on), event=EVENT_NAMES[event.kind], doc=doc)


def _bar(way: WayOut, scene: Scene) -> tuple[Text | None, list[str]]:
    """Return the case in which the way is never open, and the facts that might make it one."""
    asked: list[str] = []
    for never in way.never:
        truth, missing = scene.judged(never.when, scene.on)
        if truth is Truth.TRUE:
            return (never.name if never.name != Text() else Text(never.label, never.label)), []
        asked += missing
    return None, asked


def _earliest(way: WayOut, scene: Scene, start: date | None) -> tuple[Counted | None, list[str]]:
    """Return the first day an application may be made: the one after the shortest period."""
    if way.earliest is None or start is None:
        return None, []
    counted = scene.counter(start, way.earliest, rolls=False, basis=way.basis)
    if counted is None:
        return None, _names(way.earliest)
    rule = phrases.FIRST_DAY.filled(rule=counted.rule)
    return evolve(counted, day=counted.day + timedelta(days=1), rule=rule), []


def _publicity_ends(way: WayOut, scene: Scene, start: date | None) -> Counted | None:
    """Return the last day of publicity: by law, or as stated when it was published, whichever is earlier."""
    ends = []
    if way.longest is not None and start is not None:
        ends.append(scene.counter(start, way.longest, rolls=False, basis=way.basis))
    published = scene.happened.last(_PUBLICATIONS, scene.on)
    if published is not None and published.until is not None:
        ends.append(Counted(published.until, phrases.PUBLISHED_UNTIL))
    return min((end for end in ends if end is not None), key=lambda end: end.day, default=None)


def _answer_due(way: WayOut, scene: Scene) -> tuple[Counted | None, Counted | None, list[str]]:
    """Return by when an application that waits is to be accepted and decided on."""
    application = scene.happened.last(_APPLICATIONS, scene.on)
    if application is None or scene.happened.first(_ANSWERS, application.on) is not None:
        return None, None, []
    unset: list[str] = []
    due: list[Counted | None] = []
    for term in (way.accepts_within, way.decides_within):
        counted = None if term is None else scene.counter(application.on, term, basis=way.basis)
        if term is not None and counted is None:
            unset += _names(term)
        due.append(counted)
    accepted = scene.happened.first(_ACCEPTANCE, application.on) is not None
    return None if accepted else due[0], due[1], unset


def _names(term: Term) -> list[str]:
    return [] if term.parameter is None else [term.parameter]
