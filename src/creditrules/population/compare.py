"""Population: a decision and the tables of answers as the same plain rows, so that they can be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from creditrules.model.decision import Action, Decision, Part, Undetermined
from creditrules.model.rulebook import Rule, Rulebook
from creditrules.population.frames import REASONS

Row = tuple[Any, ...]
Rows = Counter[Row]


def rows_of_decision(decision: Decision, prefix: str = "") -> Rows:
    """Return everything a decision says that the tables say too; ids are given a prefix."""
    return Counter(_of_decision(decision, prefix))


def _of_decision(decision: Decision, prefix: str) -> Iterator[Row]:
    for action in decision.actions:
        yield _action(action, prefix)
        for part in action.parts:
            yield _part(action, part, prefix)
    for item in decision.undetermined:
        yield from _undetermined(item, prefix)
    for aside in decision.set_aside:
        if aside.reason in REASONS:
            listing, _, target = aside.detail.rpartition(":")
            day = next(word for word in aside.text.en.split() if word[:4].isdigit())
            names = (f"{prefix}{listing}", f"{prefix}{target}")
            yield ("set_aside", aside.reason, f"{aside.memorandum}#{aside.measure}", *names, day)
    for record in decision.records:
        route = _route(record.listing, record.route, prefix)
        stopped = _day(record.sharing_stopped)
        yield ("record", prefix + record.file_of, record.rule, *route, record.status, stopped)
    for listing_id, status, since in decision.statuses:
        yield ("status", prefix + listing_id, status, _day(since))


def _action(action: Action, prefix: str) -> Row:
    days = (_day(action.since), _day(action.until), _day(action.review))
    place = (action.unit, action.effect, action.matter, action.discretion.value)
    return ("action", prefix + action.target, *place, *days, action.local, len(action.parts))


def _part(action: Action, part: Part, prefix: str) -> Row:
    place = (prefix + action.target, action.unit, action.effect, action.matter)
    days = (_day(part.since), _day(part.until))
    route = _route(part.listing, part.route, prefix)
    return ("part", *place, part.rule, *route, part.discretion.value, *days)


def _undetermined(item: Undetermined, prefix: str) -> Iterator[Row]:
    route = _route(item.listing, item.route, prefix)
    asks = tuple((ask.fact, prefix + ask.about) for ask in item.asks)
    unit = item.units[0] if item.what == "contradiction" else None
    yield ("undetermined", item.what, item.memorandum, item.measure, unit, *route, prefix + item.target, asks)


def _route(listing: str, route: Any, prefix: str) -> Row:
    organisation = None if route.organisation is None else prefix + route.organisation
    return (prefix + listing, route.direction.value, route.role, organisation)


def _day(day: Any) -> str | None:
    return None if day is None else str(day)


def rows_of_tables(tables: Mapping[str, Any], rulebook: Rulebook) -> Rows:
    """Return what the tables of answers say, in the same form."""
    rules = {rule.key: rule for rule in rulebook.rules}
    return Counter(_of_tables(tables, rules))


def _of_tables(tables: Mapping[str, Any], rules: Mapping[str, Rule]) -> Iterator[Row]:
    places = {}
    for a in _rows(tables, "actions"):
        place = (str(a["target"]), a["unit"], a["effect"] or "", a["matter"])
        places[a["action"]] = place
        days = (_day(a["since"]), _day(a["until"]), _day(a["review"]))
        yield ("action", *place, a["discretion"], *days, a["local"], a["parts"])
    for p in _rows(tables, "parts"):
        span = (_day(p["since"]), _day(p["until"]))
        yield ("part", *places[p["action"]], p["rule"], *_columns(p), p["discretion"], *span)
    for u in _rows(tables, "undetermined"):
        rule, target = rules[u["rule"]], str(u["target"])
        asks = tuple(zip(u["facts"], (_about(u, about) for about in u["about"]), strict=True))
        words = ("undetermined", u["what"], rule.document, rule.part, u["unit"])
        yield (*words, *_columns(u), target, asks)
    for s in _rows(tables, "set_aside"):
        rule = rules[s["rule"]]
        names = (str(s["listing"]), str(s["target"]))
        yield ("set_aside", s["reason"], f"{rule.document}#{rule.part}", *names, _day(s["day"]))
    for r in _rows(tables, "records"):
        stopped = _day(r["sharing_stopped"])
        yield ("record", str(r["file_of"]), r["rule"], *_columns(r), r["status"], stopped)
    for s in _rows(tables, "statuses"):
        yield ("status", str(s["listing"]), s["status"], _day(s["since"]))


def _rows(tables: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tables[name].to_pylist()
    return rows


def _columns(row: Mapping[str, Any]) -> Row:
    organisation = None if row["organisation"] is None else str(row["organisation"])
    return (str(row["listing"]), row["direction"], row["role"], organisation)


def _about(row: Mapping[str, Any], about: str) -> str:
    if about == "person":
        return str(row["target"] if row["direction"] == "role" else row["listed"])
    return str(row[{"listing": "listing", "subject": "listed", "target": "target"}[about]])
