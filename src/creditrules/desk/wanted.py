"""Desk: what a decision asks of whom because of one listing: the pushes a case should have. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import frozen

from creditrules.deliver.json import plain
from creditrules.model.decision import Action, Decision, Part


@frozen
class Wanted:
    """One push: to which unit (and its local body), about which target, and what is asked."""

    action: str
    unit: str
    local: str
    target: str
    body: str


def wanted_by_listing(decision: Decision) -> Mapping[str, Mapping[str, Wanted]]:
    """Return the pushes of every listing, by the key of their action and the local body that acts.

    A target that moves is lifted where it was and pushed where it is. An action that rests on two listings is
    pushed for each, with the parts that rest on it: when one listing ends, its lift says what still stands.
    """
    found: dict[str, dict[str, Wanted]] = {}
    for action in decision.actions:
        for listing in dict.fromkeys(part.listing for part in action.parts):
            parts = [part for part in action.parts if part.listing == listing]
            body = _text(_body(action, parts))
            local = action.local or ""
            key = f"{action.key}@{local}" if local else action.key
            wanted = Wanted(key, action.unit, local, action.target, body)
            found.setdefault(listing, {})[key] = wanted
    return found


def _body(action: Action, parts: list[Part]) -> dict[str, Any]:
    """Return what a unit is told: what to do, how binding, from when until when, why, and how it ends."""
    ends = [part.until for part in parts]
    return {
        "effect": action.effect,
        "matter": action.matter,
        "discretion": max((p.discretion for p in parts), key=lambda d: d.strictness).value,
        "since": _day(min((p.since for p in parts if p.since), default=None)),
        "until": None if None in ends else _day(max(end for end in ends if end is not None)),
        "review": _day(action.review),
        "ends_by": plain(action.ends_by),
        "remedy": plain(action.remedy),
        "notes": plain(action.notes),
        "measures": [_measure(part) for part in parts],
        "also_by": sorted({p.listing for p in action.parts} - {p.listing for p in parts}),
    }


def _measure(part: Part) -> dict[str, Any]:
    return {
        "memorandum": part.memorandum,
        "measure": part.measure,
        "role": part.route.role,
        "organisation": part.route.organisation,
        "written_unit": part.written_unit,
        "assists": part.assists,
        "checked": part.checked.value,
        "bases": list(dict.fromkeys(str(basis) for basis in part.bases)),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
