"""Population: what the kernel found, as tables with names instead of places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import polars as pl
from attrs import frozen

from creditrules.model.words import Direction
from creditrules.population.actions import Actions
from creditrules.population.arrays import runs
from creditrules.population.candidates import Candidates
from creditrules.population.days import to_dates
from creditrules.population.encoded import Encoded
from creditrules.population.outcomes import Outcomes, Spread
from creditrules.population.plan import Plan
from creditrules.population.questions import LISTING, UNTIL, about_of, number_of, spelled
from creditrules.population.regions import Locals
from creditrules.population.rules import DISCRETIONS
from creditrules.population.spans import LACKS, NO_END, NOT_BEGUN, OVER, OwnSpans
from creditrules.population.standings import STATUSES, Standings

_DIRECTIONS = tuple(direction.value for direction in Direction)
WHATS = ("fact", "unit", "in_force", "effect", "end", "contradiction")
REASONS = ("period_over", "not_yet_begun")


@frozen(eq=False)
class Scene:
    """What all tables of one part of a population are made from."""

    plan: Plan
    data: Encoded
    stand: Standings
    found: Candidates

    def route(self, candidate: Any) -> list[pl.Series]:
        """Return the columns that say how candidates reach their targets."""
        data, found = self.data, self.found
        listing, role = found.listing[candidate], found.role[candidate]
        direction = found.direction[candidate]
        known = role >= 0
        columns = [
            data.listings.ids.gather(listing).alias("listing"),
            data.subjects.ids.gather(data.listings.subject[listing]).alias("listed"),
            named("direction", direction, _DIRECTIONS),
        ]
        if not known.any():
            empty = pl.Series("role", [None], pl.Enum(self.plan.roles)).new_from_index(0, len(role))
            ids = pl.Series("organisation", [None], data.subjects.ids.dtype).new_from_index(0, len(role))
            return [*columns, empty, ids]
        of_role = np.where(known, data.roles.role[role], len(self.plan.roles))
        organisation = np.where(known, data.roles.organisation[role], -1)
        return [
            *columns,
            named("role", of_role, (*self.plan.roles, "")),
            maybe_ids("organisation", data.subjects.ids, organisation),
        ]

    def targets(self, candidate: Any) -> pl.Series:
        """Return the column of the targets of candidates."""
        return self.data.subjects.ids.gather(self.found.target[candidate]).alias("target")

    def rules(self, rules: Any) -> pl.Series:
        """Return the column of the keys of rules."""
        return named("rule", rules, tuple(rule.key for rule in self.plan.rules.rules))


def named(name: str, places: Any, words: Sequence[str]) -> pl.Series:
    """Return a column of words by their places; an empty word is null."""
    some = [word for word in words if word]
    kind = pl.Enum(some)
    width = np.uint8 if len(some) < 256 else np.uint16 if len(some) < 65536 else np.uint32
    if len(some) == len(words):
        return pl.Series(name, places.astype(width)).cat.to(kind)
    moved = np.array([some.index(word) if word else 0 for word in words], width)
    column = pl.Series(name, moved[places]).cat.to(kind) if some else pl.Series(name, [], kind)
    if not some:
        return pl.Series(name, [None], kind).new_from_index(0, len(places))
    absent = np.array([not word for word in words], bool)[places]
    if not absent.any():
        return column
    frame = pl.DataFrame([column.alias("word"), pl.Series("absent", absent)])
    return frame.select(pl.when(~pl.col("absent")).then(pl.col("word")).alias(name)).to_series()


def maybe_ids(name: str, ids: pl.Series, places: Any) -> pl.Series:
    """Return a column of ids by their places, null where the place is -1."""
    frame = pl.DataFrame({"place": places.astype(np.int64)})
    place = pl.when(pl.col("place") >= 0).then(pl.col("place")).cast(pl.UInt32)
    return ids.gather(frame.select(place).to_series()).alias(name)


def action_tables(scene: Scene, actions: Actions, local: Locals, first: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the actions, numbered from *first* on, and their parts."""
    rules, ids = scene.plan.rules, scene.data.subjects.ids
    numbers = pl.Series("action", np.arange(first, first + len(actions), dtype=np.uint64))
    table = pl.DataFrame(
        [
            numbers,
            named("unit", rules.place_unit[actions.place], rules.units),
            ids.gather(actions.target).alias("target"),
            named("effect", rules.place_effect[actions.place], rules.effects),
            named("matter", rules.place_matter[actions.place], rules.matters),
            named("discretion", actions.discretion, tuple(d.value for d in DISCRETIONS)),
            to_dates(actions.since, "since"),
            to_dates(actions.until, "until"),
            to_dates(actions.review, "review"),
            named("local", actions.local, local.names),
            pl.Series("parts", actions.count),
        ]
    )
    parts = actions.parts
    discretion = rules.slot_discretion[parts.slot]
    shares = pl.DataFrame(
        [
            pl.Series("action", (actions.action + first).astype(np.uint64)),
            scene.rules(rules.slot_rule[parts.slot]),
            *scene.route(parts.candidate),
            named("discretion", discretion, tuple(d.value for d in DISCRETIONS)),
            to_dates(parts.since, "since"),
            to_dates(parts.until, "until"),
        ]
    )
    return table, shares


def undetermined_table(
    scene: Scene, outcomes: Outcomes, own: Iterable[OwnSpans], actions: Actions
) -> pl.DataFrame:
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
        for came, what in ((LACKS, "fact"), (NO_END, "end")):
            which = np.flatnonzero(spans.came == came)
            asks = spans.asks[which] if came == LACKS else _ends_asked(plan, spans, end)[which]
            same = np.full(len(which), spans.rule)
            rows.append((spans.candidate[which], same, asks, np.int64(WHATS.index(what))))
    torn = actions.torn
    of_torn = plan.rules.slot_rule[torn.slot]
    rows.append((torn.candidate, of_torn, np.full(len(torn), nothing), np.int64(WHATS.index("contradiction"))))
    candidate, rule, asks = (np.concatenate([row[n] for row in rows]).astype(np.int64) for n in range(3))
    what = np.concatenate([np.broadcast_to(row[3], row[0].shape) for row in rows])
    unit = np.full(len(rule), len(plan.rules.units))
    if len(torn):
        unit[-len(torn) :] = plan.rules.place_unit[plan.rules.slot_place[torn.slot]]
    facts, about = zip(*spelled(plan), strict=True)
    return pl.DataFrame(
        [
            named("what", what, WHATS),
            scene.rules(rule),
            named("unit", unit, (*plan.rules.units, "")),
            *scene.route(candidate),
            scene.targets(candidate),
            pl.Series("facts", facts, pl.List(pl.String)).gather(asks),
            pl.Series("about", about, pl.List(pl.String)).gather(asks),
        ]
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


def set_aside_table(scene: Scene, own: Iterable[OwnSpans]) -> pl.DataFrame:
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
    return pl.DataFrame(
        [
            named("reason", np.concatenate(reasons), REASONS),
            scene.rules(np.concatenate(rules)),
            *scene.route(candidate),
            scene.targets(candidate),
            to_dates(np.concatenate(days), "day"),
        ]
    )


def records_table(scene: Scene, outcomes: Outcomes) -> pl.DataFrame:
    """Return what goes into whose credit file, and since when it is no longer shared."""
    candidate, rule, _ = _spread(scene.found, outcomes.records)
    listing = scene.found.listing[candidate]
    return pl.DataFrame(
        [
            scene.targets(candidate).alias("file_of"),
            scene.rules(rule),
            *scene.route(candidate),
            named("status", scene.stand.status[listing], tuple(s.value for s in STATUSES)),
            to_dates(_sharing_stopped(scene, listing), "sharing_stopped"),
        ]
    )


def _sharing_stopped(scene: Scene, listing: Any) -> Any:
    from creditrules.population.days import FUTURE, day_of

    stops = [
        regime.since
        for regime in scene.plan.rulebook.regimes
        if any(rule.rule == "repaired_records_not_shared" for rule in regime.rules)
    ]
    if not stops:
        return np.full(len(listing), FUTURE, np.int32)
    return np.maximum(scene.data.listings.repaired[listing], np.int32(day_of(min(stops))))


def status_table(scene: Scene) -> pl.DataFrame:
    """Return where every listing stands, and since when."""
    listings, stand = scene.data.listings, scene.stand
    return pl.DataFrame(
        [
            listings.ids.alias("listing"),
            scene.data.subjects.ids.gather(listings.subject).alias("listed"),
            named("list", listings.list, scene.plan.lists),
            named("status", stand.status, tuple(s.value for s in STATUSES)),
            to_dates(stand.since, "since"),
        ]
    )


