"""Decide: parts that ask the same of the same unit become one action; contradictions become open points.

The stricter discretion and the later end win, the parts stay visible.
"""

from __future__ import annotations

from datetime import date

from creditrules.decide import phrases
from creditrules.decide.case import Case
from creditrules.decide.gather import Place
from creditrules.model.decision import Action, Part, Undetermined
from creditrules.model.text import Text
from creditrules.model.words import Discretion, Stance


def merge(case: Case, places: dict[Place, list[Part]]) -> tuple[list[Action], list[Undetermined]]:
    """Return one action for each place, and what could not be decided because rules contradict each other."""
    torn = _contradictions(case, places)
    actions = [_action(case, place, parts) for place, parts in places.items() if place not in torn]
    actions.sort(key=lambda action: action.key)
    return actions, [
        _withheld(place, part) for place, parts in places.items() if place in torn for part in parts
    ]


def _action(case: Case, place: Place, parts: list[Part]) -> Action:
    unit, target, effect, matter = place
    first = parts[0]
    lone = len(parts) == 1
    behind = (first.listing,) if lone else tuple(dict.fromkeys(p.listing for p in parts))
    ends_by, remedy = case.endings(behind)
    return Action(
        key=f"{unit}:{target}:{effect}:{matter or '-'}",
        unit=unit,
        target=target,
        effect=effect,
        matter=matter,
        discretion=first.discretion if lone else _strictest(parts),
        since=first.since if lone else min((p.since for p in parts if p.since), default=None),
        until=first.until if lone else _latest_end(parts),
        review=_review(case, behind),
        ends_by=ends_by,
        remedy=remedy,
        parts=tuple(parts),
        local=case.local(unit, target, first.listing),
        notes=_notes(case, parts, unit),
    )


def _review(case: Case, behind: tuple[str, ...]) -> date | None:
    if len(behind) == 1:
        return case.listings[behind[0]].review
    return max((r for listing in behind if (r := case.listings[listing].review)), default=None)


def _strictest(parts: list[Part]) -> Discretion:
    return max((p.discretion for p in parts), key=lambda d: d.strictness)


def _latest_end(parts: list[Part]) -> date | None:
    """A part without an end rests on a review date and leaves the action open; else the latest end wins."""
    ends = [p.until for p in parts]
    return None if None in ends else max(e for e in ends if e is not None)


def _notes(case: Case, parts: list[Part], unit: str) -> tuple[Text, ...]:
    said: dict[Text, None] = {}
    for part in parts:
        rule = case.noted.get(part.rule)
        if rule is not None:
            for act in rule.acts:
                said.update(dict.fromkeys(act.notes if act.unit == unit else ()))
            said.update(dict.fromkeys(rule.notes))
    return tuple(said)


def _contradictions(case: Case, places: dict[Place, list[Part]]) -> set[Place]:
    """Return the places where one unit would sanction and favour the same target in the same matter."""
    favours = case.favours
    if not favours or not any(part.rule in favours for parts in places.values() for part in parts):
        return set()
    rules = case.rules_by_key
    stances: dict[tuple[str, str, str], dict[Stance, list[Place]]] = {}
    for place, parts in places.items():
        unit, target, _, matter = place
        if matter is None:
            continue
        for part in parts:
            measure = rules[part.rule].measure
            if measure is not None:
                stances.setdefault((unit, target, matter), {}).setdefault(measure.stance, []).append(place)
    return {p for found in stances.values() if len(found) > 1 for places_ in found.values() for p in places_}


def _withheld(place: Place, part: Part) -> Undetermined:
    return Undetermined(
        what="contradiction",
        memorandum=part.memorandum,
        measure=part.measure,
        listing=part.listing,
        target=place[1],
        route=part.route,
        units=(place[0],),
        text=phrases.CONTRADICTS,
        checked=part.checked,
    )
