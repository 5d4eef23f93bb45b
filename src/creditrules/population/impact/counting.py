"""Population, impact: how many actions are gained, lost and changed, in all and by what."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from attrs import frozen

from creditrules.population.differences import ASPECTS, CHANGES, RAISED, SETTLED
from creditrules.population.impact.comparing import Compared
from creditrules.population.rules import DISCRETIONS

DIMENSIONS = ("unit", "measure", "list", "region", "kind")
# In which direction an aspect may change; what has no direction is otherwise.
WAYS = ("stricter", "milder", "later", "earlier", "otherwise")


@frozen
class Row:
    """How many actions of one unit, measure, list, region or kind differ; the key may be empty."""

    key: str
    gained: int
    lost: int
    changed: int

    @property
    def total(self) -> int:
        """How many differ."""
        return self.gained + self.lost + self.changed


@frozen
class Counts:
    """How many actions differ, how many subjects they fall on, and in what changed ones differ.

    `ways` counts changed actions by aspect and direction; one may count in several. `raised` and `settled`
    are open questions.
    """

    actions: Mapping[str, int]
    subjects: Mapping[str, int]
    targets: int
    ways: Mapping[tuple[str, str], int]
    by: Mapping[str, tuple[Row, ...]]
    raised: int
    settled: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (sum(self.actions.values()) or self.raised or self.settled)


def counts_of(compared: Compared) -> Counts:
    """Count what a comparison found."""
    found = compared.differences
    actions = found.actions
    by_change = dict(
        actions.group_by("change")
        .agg(pl.len(), pl.col("target").n_unique())
        .rows_by_key("change", unique=True)
    )
    open_ = dict(found.undetermined.group_by("change").len().rows())
    return Counts(
        actions={change: by_change.get(change, (0, 0))[0] for change in CHANGES},
        subjects={change: by_change.get(change, (0, 0))[1] for change in CHANGES},
        targets=actions["target"].n_unique(),
        ways=_ways(actions.filter(pl.col("change") == "changed")),
        by={name: _rows(_keyed(compared, name)) for name in DIMENSIONS},
        raised=int(open_.get(RAISED, 0)),
        settled=int(open_.get(SETTLED, 0)),
    )


def _keyed(compared: Compared, name: str) -> pl.DataFrame:
    """Return key and change of each difference, once for each of its keys."""
    actions = compared.differences.actions
    if name == "unit":
        return actions.select(pl.col("unit").cast(pl.String).alias("key"), "change")
    if name in ("region", "kind"):
        told = actions.select("target", "change").join(compared.of_targets, on="target", how="left")
        return told.select(pl.col(name).alias("key"), "change")
    parts = compared.differences.parts
    if name == "measure":
        key = pl.concat_str("memorandum", "measure", separator="#")
        keyed = parts.select("difference", key.alias("key"))
    else:
        keyed = parts.select("difference", "listing").join(compared.of_listings, on="listing", how="left")
        keyed = keyed.select("difference", pl.col("list").alias("key"))
    return (
        keyed.unique().join(actions.select("difference", "change"), on="difference").select("key", "change")
    )


def _rows(keyed: pl.DataFrame) -> tuple[Row, ...]:
    sums = (pl.col("change").cast(pl.String).eq(change).sum().alias(change) for change in CHANGES)
    counted = keyed.with_columns(pl.col("key").fill_null("")).group_by("key").agg(*sums)
    rows = (Row(key, *(int(n) for n in numbers)) for key, *numbers in counted.rows())
    return tuple(sorted(rows, key=lambda row: (-row.total, row.key)))


def _ways(changed: pl.DataFrame) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    order = pl.Enum([discretion.value for discretion in DISCRETIONS])
    for aspect in ASPECTS:
        rows = changed.filter(pl.col("aspects").list.contains(aspect))
        if not rows.height:
            continue
        ways = {"otherwise": rows.height}
        if aspect == "discretion":
            was, now = (
                pl.col(f"discretion_{s}").cast(pl.String).cast(order).to_physical()
                for s in ("before", "after")
            )
            ways = _directions(rows, was, now, "stricter", "milder")
        elif aspect in ("since", "until", "review"):
            # A day that is not given lies beyond all others: an action without an end lasts longest.
            far = pl.lit(2**31 - 1 if aspect != "since" else -(2**31), pl.Int64)
            was, now = (
                pl.col(f"{aspect}_{s}").to_physical().cast(pl.Int64).fill_null(far)
                for s in ("before", "after")
            )
            ways = _directions(rows, was, now, "later", "earlier")
        found |= {(aspect, way): n for way, n in ways.items() if n}
    return found


def _directions(rows: pl.DataFrame, was: pl.Expr, now: pl.Expr, up: str, down: str) -> dict[str, int]:
    told = rows.select((now > was).sum().alias("up"), (now < was).sum().alias("down")).row(0)
    return {up: int(told[0]), down: int(told[1])}
