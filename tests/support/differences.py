"""What differs between two sets of decisions, one action at a time: what the fast way must equal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from creditrules.model.decision import Action, Decision, Route
from creditrules.population.differences import Differences
from creditrules.population.side_tables import bases_digest

Said = dict[tuple[Any, ...], tuple[Any, ...]]
ASPECTS = ("discretion", "since", "until", "review", "local", "measures", "bases")


def plain_differences(before: Iterable[Decision], after: Iterable[Decision]) -> dict[tuple[Any, ...], Any]:
    """Return by target, unit, effect and matter what changed; ids begin with the dossier's number."""
    one, two = (_said(decisions) for decisions in (before, after))
    found: dict[tuple[Any, ...], Any] = {}
    for key in one.keys() | two.keys():
        was, now = one.get(key), two.get(key)
        if was is None or now is None:
            found[key] = ("gained" if was is None else "lost", was, now)
        elif was != now:
            aspects = [name for name, a, b in zip(ASPECTS, was, now, strict=False) if a != b]
            found[key] = ("changed", tuple(aspects or ["parts"]), was, now)
    return found


def table_differences(found: Differences) -> dict[tuple[Any, ...], Any]:
    """Return what the tables say in the same form."""
    sides: dict[tuple[int, str], list[dict[str, Any]]] = {}
    for part in found.parts.to_dicts():
        sides.setdefault((part["difference"], part["side"]), []).append(part)
    made: dict[tuple[Any, ...], Any] = {}
    for row in found.actions.to_dicts():
        key = (str(row["target"]), row["unit"], row["effect"] or "", row["matter"])
        said = {
            side: _row(row, side, sides[row["difference"], side])
            for side in ("before", "after")
            if (row["difference"], side) in sides
        }
        was, now = said.get("before"), said.get("after")
        assert (was is not None) == (row["action_before"] is not None)
        assert key not in made
        if row["change"] == "changed":
            made[key] = ("changed", tuple(row["aspects"]), was, now)
        else:
            made[key] = (row["change"], was, now)
    return made


def without_bases(found: dict[tuple[Any, ...], Any]) -> dict[tuple[Any, ...], Any]:
    """Return differences without the digests of bases, which the tables hold by rule."""
    return {
        key: tuple((*s[:6], *s[7:]) if isinstance(s, tuple) and len(s) == 8 else s for s in said)
        for key, said in found.items()
    }


def _said(decisions: Iterable[Decision]) -> Said:
    found: Said = {}
    for number, decision in enumerate(decisions):
        for action in decision.actions:
            key = (f"{number}.{action.target}", action.unit, action.effect, action.matter)
            found[key] = _of_action(action, f"{number}.")
    return found


def _of_action(action: Action, prefix: str) -> tuple[Any, ...]:
    ways: Counter[Any] = Counter()
    shares: Counter[Any] = Counter()
    bases: Counter[str] = Counter()
    for part in action.parts:
        way = (part.memorandum, part.measure, prefix + part.listing, *_route(part.route, prefix))
        ways[way] += 1
        shares[(*way, part.discretion.value, part.since, part.until)] += 1
        bases[bases_digest(part.bases)] += 1
    days = (action.since, action.until, action.review)
    return (action.discretion.value, *days, action.local, _frozen(ways), _frozen(bases), _frozen(shares))


def _route(route: Route, prefix: str) -> tuple[Any, ...]:
    organisation = None if route.organisation is None else prefix + route.organisation
    return (route.direction.value, route.role, organisation)


def _row(row: dict[str, Any], side: str, parts: list[dict[str, Any]]) -> tuple[Any, ...]:
    ways: Counter[Any] = Counter()
    shares: Counter[Any] = Counter()
    for p in parts:
        way = (p["memorandum"], p["measure"], str(p["listing"]), p["direction"], p["role"], p["organisation"])
        ways[way] += 1
        shares[(*way, p["discretion"], p["since"], p["until"])] += 1
    said = [row[f"{name}_{side}"] for name in ("discretion", "since", "until", "review", "local")]
    return (*said, _frozen(ways), None, _frozen(shares))


def _frozen(counted: Counter[Any]) -> frozenset[Any]:
    return frozenset(counted.items())
