"""Population: what the kernel found, as Arrow tables with names instead of places."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

import numpy as np
import pyarrow as pa

from creditrules.population.actions import Actions
from creditrules.population.arrays import runs
from creditrules.population.arrow import dates, table_of, words
from creditrules.population.candidates import Candidates
from creditrules.population.days import FUTURE, day_of
from creditrules.population.laid import made
from creditrules.population.outcomes import Outcomes, Spread
from creditrules.population.parts import Parts
from creditrules.population.plan import Plan
from creditrules.population.questions import LISTING, UNTIL, about_of, number_of, spelled
from creditrules.population.regions import Locals
from creditrules.population.rules import DISCRETIONS
from creditrules.population.scene import Scene
from creditrules.population.spans import LACKS, NO_END, NOT_BEGUN, OVER, OwnSpans
from creditrules.population.standings import STATUSES

_DISCRETIONS = tuple(discretion.value for discretion in DISCRETIONS)
_STATUSES = tuple(status.value for status in STATUSES)
WHATS = ("fact", "unit", "in_force", "effect", "end", "contradiction")
REASONS = ("period_over", "not_yet_begun")


def actions_table(
    scene: Scene, actions: Actions, local: Locals, first: int, wanted: Collection[str] | None
) -> Any:
    """Return actions, numbered from *first* on, with the columns that are wanted."""
    columns = {
        "action": lambda: pa.array(np.arange(first, first + len(actions), dtype=np.uint64)),
        **_about(scene, actions, slice(None)),
        "discretion": lambda: words(actions.discretion, _DISCRETIONS),
        "since": lambda: dates(actions.since),
        "until": lambda: dates(actions.until),
        "review": lambda: dates(actions.review),
        "local": lambda: words(actions.local, local.names),
        "parts": lambda: pa.array(actions.count),
    }
    return table_of(made(columns, wanted))


def parts_table(scene: Scene, actions: Actions, first: int, wanted: Collection[str] | None) -> Any:
    """Return the parts of actions that are numbered from *first* on, as `layout.Piece.parts` does."""
    rules, parts = scene.plan.rules, actions.parts
    columns = {
        "action": lambda: pa.array((actions.action + first).astype(np.uint64)),
        "rule": lambda: scene.rules(rules.slot_rule[parts.slot]),
        **scene.route(parts.candidate),
        "discretion": lambda: words(rules.slot_discretion[parts.slot], _DISCRETIONS),
        "since": lambda: dates(parts.since),
        "until": lambda: dates(parts.until),
    }
    if wanted is not None:
        columns |= _about(scene, actions, actions.action)
    return table_of(made(columns, wanted))


def _about(scene: Scene, actions: Actions, which: Any) -> dict[str, Callable[[], Any]]:
    rules, place = scene.plan.rules, actions.place[which]
    return {
        "unit": lambda: words(rules.place_unit[place], rules.units),
        "target": lambda: scene.subjects.of(actions.target[which]),
        "effect": lambda: words(rules.place_effect[place], rules.effects),
        "matter": lambda: words(rules.place_matter[place], rules.matters),
    }


def undetermined_table(scene: Scene, outcomes: Outcomes, own: Iterable[OwnSpans], torn: Parts) -> Any:
    """Return what could not be decided, with the facts to ask for."""
    plan, found = scene.plan, scene.found
    nothing = number_of(plan, ())
    end = number_of(plan, ((UNTIL, LISTING),))
    rows = [(*_spread(found, outcomes.facts), np.int64(0))]
    candidate, rule, _ = _spread(found, outcomes.opens)
    opens = np.array([WHATS.index(r.open[0].what) if r.open else 0 for r in plan.rules.rules], np.int64)
    rows.append((candidate, rule, np.full(len(rule), nothing), opens[rule]))
    candidate, rule, _ = _spread(found, outcomes.endless)
    rows.append((candidate, rule, np.full(len(rule), end), np.int64(WHATS.index("end"))))
    for spans in own:
        for came, kind in ((LACKS, "fact"), (NO_END, "end")):
            which = np.flatnonzero(spans.came == came)
            asks = spans.asks[which] if came == LACKS else _ends_asked(plan, spans, end)[which]
            same = np.full(len(which), spans.rule)
            rows.append((spans.candidate[which], same, asks, np.int64(WHATS.index(kind))))
    of_torn = plan.rules.slot_rule[torn.slot]
    rows.append(
        (torn.candidate, of_torn, np.full(len(torn), nothing), np.int64(WHATS.index("contradiction")))
    )
    candidate, rule, asks = (np.concatenate([row[n] for row in rows]).astype(np.int64) for n in range(3))
    what = np.concatenate([np.broadcast_to(row[3], row[0].shape) for row in rows])
    unit = np.full(len(rule), len(plan.rules.units))
    if len(torn):
        unit[-len(torn) :] = plan.rules.place_unit[plan.rules.slot_place[torn.slot]]
    facts, about = zip(*spelled(plan), strict=True)
    return table_of(
        {
            "what": words(what, WHATS),
            "rule": scene.rules(rule),
            "unit": words(unit, (*plan.rules.units, "")),
            **made(scene.route(candidate), None),
            "target": scene.targets(candidate),
            "facts": pa.array(facts, pa.list_(pa.string())).take(pa.array(asks)),
            "about": pa.array(about, pa.list_(pa.string())).take(pa.array(asks)),
        }
    )


def _ends_asked(plan: Plan, spans: OwnSpans, end: int) -> Any:
    numbers = [number_of(plan, ((path, about_of(plan, path)),)) for path in spans.paths]
    return np.array([*numbers, end], np.int64)[spans.missing]


def _spread(found: Candidates, spread: Spread) -> tuple[Any, Any, Any]:
    """Return candidate, item and second number for every item of every candidate's pattern."""
    candidate = np.flatnonzero(spread.count[found.pattern])
    pattern = found.pattern[candidate]
    whose, places = runs(spread.start[pattern], spread.count[pattern])
    return candidate[whose], spread.items[places], spread.more[places]


def set_aside_table(scene: Scene, own: Iterable[OwnSpans]) -> Any:
    """Return the measures whose own time is over for a target, or has not come."""
    empty = np.zeros(0, np.int64)
    candidates, rules, days, reasons = [empty], [empty], [empty.astype(np.int32)], [empty]
    for spans in own:
        for n, (came, column) in enumerate(((OVER, spans.until), (NOT_BEGUN, spans.since))):
            which = np.flatnonzero(spans.came == came)
            candidates.append(spans.candidate[which])
            rules.append(np.full(len(which), spans.rule))
            days.append(column[which])
            reasons.append(np.full(len(which), n))
    candidate = np.concatenate(candidates)
    return table_of(
        {
            "reason": words(np.concatenate(reasons), REASONS),
            "rule": scene.rules(np.concatenate(rules)),
            **made(scene.route(candidate), None),
            "target": scene.targets(candidate),
            "day": dates(np.concatenate(days)),
        }
    )


def records_table(scene: Scene, outcomes: Outcomes) -> Any:
    """Return what goes into whose credit file, and since when it is no longer shared."""
    candidate, rule, _ = _spread(scene.found, outcomes.records)
    listing = scene.found.listing[candidate]
    return table_of(
        {
            "file_of": scene.targets(candidate),
            "rule": scene.rules(rule),
            **made(scene.route(candidate), None),
            "status": words(scene.stand.status[listing], _STATUSES),
            "sharing_stopped": dates(_sharing_stopped(scene, listing)),
        }
    )


def _sharing_stopped(scene: Scene, listing: Any) -> Any:
    stops = [
        regime.since
        for regime in scene.plan.rulebook.regimes
        if any(rule.rule == "repaired_records_not_shared" for rule in regime.rules)
    ]
    if not stops:
        return np.full(len(listing), FUTURE, np.int32)
    return np.maximum(scene.data.listings.repaired[listing], np.int32(day_of(min(stops))))


def status_table(scene: Scene) -> Any:
    """Return where every listing stands, and since when."""
    listings, stand = scene.data.listings, scene.stand
    home = scene.data.subjects.home
    which = np.arange(len(listings)) if home is None else np.flatnonzero(home[listings.subject])
    return table_of(
        {
            "listing": scene.listings.of(which),
            "listed": scene.subjects.of(listings.subject[which]),
            "list": words(listings.list[which], scene.plan.lists),
            "status": words(stand.status[which], _STATUSES),
            "since": dates(stand.since(listings)[which]),
        }
    )
