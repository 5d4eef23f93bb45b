"""Deliver: a decision as canonical JSON (`schemas/decision.schema.json`): same decision, same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Set
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

import attrs

from creditrules.model.decision import Ask, Decision, Reason
from creditrules.model.procedure import Proceedings
from creditrules.model.text import Text
from creditrules.model.words import Truth

SCHEMA = "creditrules/decision/1"


def to_json(
    decision: Decision,
    *,
    reasons: bool = False,
    unit: str | None = None,
    procedure: Proceedings | None = None,
) -> str:
    """Return a decision as one line of JSON: keys sorted, no blanks, characters as they are.

    Args:
        decision: what to write.
        reasons: add to every action the tree of its reasons.
        unit: keep only what concerns one unit, named as `Decision.for_unit` takes it; numbers stay.
        procedure: add the duties and the ways out.
    """
    data = to_data(decision, reasons=reasons, unit=unit)
    if procedure is not None:
        data["procedure"] = plain(procedure)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def to_data(decision: Decision, *, reasons: bool = False, unit: str | None = None) -> dict[str, Any]:
    """Return a decision as dictionaries, lists, strings, numbers, booleans and None; see `to_json`."""
    kept = {a.key for a in (decision.actions if unit is None else decision.for_unit(unit))}
    data: dict[str, Any] = {"schema": SCHEMA, **_fields(decision)}
    data["actions"] = [
        {
            "number": f"A{n}",
            **_fields(action),
            **({"reasons": plain(decision.why(action))} if reasons else {}),
        }
        for n, action in enumerate(decision.actions, 1)
        if action.key in kept
    ]
    if unit is not None:
        keys = decision.unit_keys(unit)
        data["undetermined"] = [plain(u) for u in decision.undetermined if keys & set(u.units)]
    data["statuses"] = [
        {"listing": listing, "status": plain(status), "since": plain(since)}
        for listing, status, since in decision.statuses
    ]
    return data


def plain(value: object) -> Any:
    """Return a value of the model as plain data: days in ISO form, enums by value, sets sorted."""
    # Most of what a decision holds is one of these, and asking for its exact type is quick.
    kind = type(value)
    if kind is str or kind is int:
        return value
    if kind is tuple:
        return [plain(item) for item in value]  # type: ignore[attr-defined]
    match value:
        case None | bool():
            return value
        case Truth():
            return value.name.lower()
        case Enum():
            return value.value
        case int() | str():
            return value
        case date():
            return value.isoformat()
        case Text():
            return {"zh": value.zh, "en": value.en}
        case Reason():
            return _reason(value)
        case Ask():
            answers = [{"answer": plain(answer), "then": plain(then)} for answer, then in value.answers]
            return {**_fields(value), "answers": answers}
        case _ if attrs.has(kind):
            return _fields(value)
        case Set():
            return sorted(plain(item) for item in value)
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case tuple() | list():
            return [plain(item) for item in value]
        case _:
            raise TypeError(f"{kind.__name__} is no value of the model")


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "kind": reason.kind,
        "text": plain(reason.text),
        "truth": plain(reason.truth),
        "children": [_reason(child) for child in reason.children],
    }


def _fields(value: Any) -> dict[str, Any]:
    kind: Any = type(value)
    return {name: plain(getattr(value, name)) for name in _names(kind)}


@cache
def _names(kind: Any) -> tuple[str, ...]:
    # What a class keeps out of its repr is no part of what it says: places in files, the explainer.
    return tuple(a.name for a in attrs.fields(kind) if a.repr)
