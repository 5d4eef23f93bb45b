"""Decide: parts that ask the same of the same unit become one action; contradictions become open points.

The stricter discretion and the later end win, the parts stay visible.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from creditrules.decide import phrases
from creditrules.decide.case import Case
from creditrules.decide.gather import Place
from creditrules.model.decision import Action, Part, Undetermined
from creditrules.model.dossier import Listing
from creditrules.model.text import Text
from creditrules.model.words import Discretion, Stance


def merge(case: Case, places: dict[Place, list[Part]]) -> tuple[list[Action], list[Undetermined]]:
    """Return one action for each place, and what could not be decided because rules contradict each other."""
    torn = _contradictions(case, places)
    listings = {listing.id: listing for listing in case.dossier.listings}
    actions = [
        _action(case, place, tuple(parts), listings) for place, parts in places.items() if place not in torn
    ]
    actions.sort(key=lambda action: action.key)
    return actions, [_withheld(place, part) for place in torn for part in places[place]]


def _action(case: Case, place: Place, parts: tuple[Part, ...], listings: dict[str, Listing]) -> Action:
    unit, target, effect, matter = place
    behind = tuple(dict.fromkeys(part.listing for part in parts))
    kinds = [case.catalogue.lists[listings[listing].list] for listing in behind]
    return Action(
        key=":".join((unit, target, effect, matter or "-")),
        unit=unit,
        target=target,
        effect=effect,
        matter=matter,
        discretion=_strictest(parts),
        since=min((p.since for p in parts if p.since), default=None),
        until=_latest_end(parts),
        review=max((r for li in behind if (r := listings[li].review)), default=None),
        ends_by=_unique(text for kind in kinds for text in kind.ends_by),
        remedy=_unique(kind.remedy for kind in kinds),
        parts=parts,
        local=_local(case, unit, target, listings[behind[0]].subject),
        notes=_notes(case, parts, unit),
    )


def _strictest(parts: tuple[Part, ...]) -> Discretion:
    if len(parts) == 1:
        return parts[0].discretion
    return max((p.discretion for p in parts), key=lambda d: d.strictness)


def _latest_end(parts: tuple[Part, ...]) -> date | None:
    """A part without an end rests on a review date and leaves the action open; else the latest end wins."""
    ends = [p.until for p in parts]
    return None if None in ends else max(e for e in ends if e is not None)


def _local(case: Case, unit: str, target: str, listed: str) -> str | None:
    subjects = case.dossier.subjects
    region = subjects[target].region or subjects[listed].region
    return None if region is None else _local_name(case, unit, region)


def _local_name(case: Case, unit: str, region: str) -> str | None:
    units = case.catalogue.units
    for code in units.region_chain(region):
        name = units.by_key[unit].local_name(code, case.rulebook.on)
        if name is not None:
            return name.zh
    return None


def _notes(case: Case, parts: tuple[Part, ...], unit: str) -> tuple[Text, ...]:
    rules = case.rules_by_key
    said: list[Text] = []
    for part in parts:
        rule = rules[part.rule]
        said += [*rule.notes, *(note for act in rule.acts if act.unit == unit for note in act.notes)]
    return _unique(said)


def _unique(texts: Iterable[Text]) -> tuple[Text, ...]:
    return tuple(dict.fromkeys(texts))


def _contradictions(case: Case, places: dict[Place, list[Part]]) -> set[Place]:
    """Return the places where one unit would sanction and favour the same target in the same matter."""
    stances: dict[tuple[str, str, str], dict[Stance, list[Place]]] = {}
    rules = case.rules_by_key
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
