"""Policy: a file of examples for a memorandum, whose expectations are what is decided today."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from attrs import frozen

from creditrules.decide.decide import decide
from creditrules.load.dossier import read_dossier
from creditrules.model.catalogue import Catalogue
from creditrules.model.decision import Decision
from creditrules.model.memorandum import Clause, Measure, Memorandum
from creditrules.model.text import Text
from creditrules.model.words import Checked, Direction
from creditrules.policy.skeletons.templates import Value, Written, quoted, skeleton

# Up to so many entries stand in brackets.
_FLAT = 6
_MISS = Text("第{n}项 已移出名单的，不适用", "Measure {n}: not once the listing is removed")
_DAY_WITHOUT_START = date(2018, 12, 20)


@frozen
class NewExample:
    """What an author chose: the memorandum, a measure of it (its first one if None), the day."""

    memorandum: Memorandum
    measure: Measure
    on: date | None = None
    lang: str = "zh"
    schema: str | None = None


def example_skeleton(asked: NewExample, catalogue: Catalogue) -> str:
    """Return a file of two cases: one in which the measure applies, and one just beside it."""
    memorandum, measure = asked.memorandum, asked.measure
    start = memorandum.since.latest + timedelta(days=90) if memorandum.since else _DAY_WITHOUT_START
    on = asked.on or start
    dossier = _dossier(memorandum, measure, on, catalogue)
    recalled = Checked.RECALLED in (measure.checked, memorandum.checked)
    rulebook = catalogue.rulebook(on=on, recalled=recalled)
    decision = decide(rulebook, read_dossier(json.loads(json.dumps(dossier, default=str)), catalogue))
    named = measure.number or measure.key
    expected = _expected(decision, memorandum, measure)
    values: dict[str, Value] = {
        "memorandum": memorandum.key,
        "doc_no": memorandum.doc_no,
        "dossier": Written("\n".join(_block(dossier)) + "\n"),
        "on": Written(on.isoformat()),
        "recalled": Written("true") if recalled else None,
        "expect": Written("\n".join(_block(expected)) + "\n"),
        "untouched": _flow([{"measure": measure.key, "against": s["id"]} for s in dossier["subjects"]]),
        "name": _name(named, expected)(asked.lang),
        "miss": _MISS.filled(n=named)(asked.lang),
    }
    return skeleton("example", asked.lang, values, asked.schema)


def _dossier(memorandum: Memorandum, measure: Measure, on: date, catalogue: Catalogue) -> dict[str, Any]:
    clauses = measure.covers or memorandum.covers
    # An organisation shows more: who is reached through it.
    clause = next((c for c in clauses if not _is_natural(c, catalogue)), next(iter(clauses), None))
    party = catalogue.parties.get(clause.party) if clause else None
    kinds = sorted(party.kinds if party else catalogue.kinds, key=lambda kind: (kind != "enterprise", kind))
    kind = kinds[0]
    listed = min(measure.lists or memorandum.lists)
    days = [on - timedelta(days=n) for n in (60, 40, 35, 30)]
    listing: dict[str, Any] = {"id": "L1", "list": listed}
    if party and party.capacity:
        listing["capacity"] = party.capacity
    listing |= {
        "conduct": days[0] - timedelta(days=365),
        "determined": days[0],
        "served": days[1],
        "aggregated": days[2],
        "published": days[3],
    }
    natural = catalogue.is_natural(kind)
    name = "赵虚构" if natural else "虚构贸易有限公司"
    subjects: list[dict[str, Any]] = [{"id": "a", "kind": kind, "name": name, "listings": [listing]}]
    role = _role(clause)
    if role and not natural and "natural_person" in catalogue.kinds:
        held = {"in": "a", "role": role, "since": on - timedelta(days=2000)}
        subjects.append({"id": "b", "kind": "natural_person", "name": "钱虚构", "roles": [held]})
    return {"subjects": subjects}


def _name(number: str, expected: dict[str, Any]) -> Text:
    """Name a case by what becomes of the measure."""
    if "actions" in expected:
        said = Text("第{n}项 适用", "Measure {n} applies")
    elif "undetermined" in expected:
        said = Text("第{n}项 尚不能确定", "Measure {n} is left open")
    else:
        said = Text("第{n}项 不适用", "Measure {n} does not apply")
    return said.filled(n=number)


def _is_natural(clause: Clause, catalogue: Catalogue) -> bool:
    party = catalogue.parties.get(clause.party)
    return party is not None and all(catalogue.is_natural(kind) for kind in party.kinds)


def _role(clause: Clause | None) -> str | None:
    reaches = clause.reaches if clause else ()
    named = (min(r.roles) for r in reaches if r.direction is Direction.ROLE and r.roles and r.finding is None)
    return next(named, None)


def _expected(decision: Decision, memorandum: Memorandum, measure: Measure) -> dict[str, Any]:
    """Return what was decided about a measure: its actions, else what is open, else what was set aside."""
    actions = list(_actions(decision, memorandum, measure))
    own = (memorandum.key, measure.key)
    opened = [u for u in decision.undetermined if (u.memorandum, u.measure) == own]
    aside = [s for s in decision.set_aside if (s.memorandum, s.measure) == own]
    expected: dict[str, Any] = {"actions": actions} if actions else {}
    if opened:
        points = (
            {
                "measure": u.measure,
                "against": u.target,
                "what": u.what,
                "asks": sorted({a.fact for a in u.asks}),
            }
            for u in opened
        )
        expected["undetermined"] = _distinct({k: v for k, v in point.items() if v} for point in points)
    if aside and not expected:
        expected["set_aside"] = _distinct({"measure": measure.key, "reason": s.reason} for s in aside)
    return expected or {"untouched": [{"measure": measure.key, "against": "a"}]}


def _actions(decision: Decision, memorandum: Memorandum, measure: Measure) -> Iterator[dict[str, Any]]:
    for action in decision.actions:
        parts = [p for p in action.parts if (p.memorandum, p.measure) == (memorandum.key, measure.key)]
        if parts:
            said: dict[str, Any] = {
                "measure": measure.key,
                "against": action.target,
                "unit": parts[0].written_unit,
            }
            said |= {"effect": action.effect, "matter": action.matter, "discretion": action.discretion.value}
            yield {key: value for key, value in said.items() if value}


def _distinct(entries: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for entry in entries:
        if entry not in found:
            found.append(entry)
    return found


def _block(value: dict[str, Any]) -> Iterator[str]:
    """Yield a mapping line by line; what is short and flat stands in brackets."""
    for key, inner in value.items():
        if not isinstance(inner, list) or not inner or not isinstance(inner[0], dict):
            yield f"{key}: {_flow(inner)}"
            continue
        yield f"{key}:"
        for entry in inner:
            if len(entry) <= _FLAT and "listings" not in entry:
                yield f"  - {_flow(entry)}"
            else:
                first, *rest = _block(entry)
                yield f"  - {first}"
                yield from (f"    {line}" for line in rest)


def _flow(value: Any) -> Written:
    """Return a value as YAML in brackets."""
    if isinstance(value, dict):
        return Written("{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}")
    if isinstance(value, list):
        return Written("[" + ", ".join(_flow(inner) for inner in value) + "]")
    if isinstance(value, date):
        return Written(value.isoformat())
    return Written(quoted(value))
