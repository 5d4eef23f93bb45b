"""A cluster in one process: parcels are grouped by bucket as Spark groups them, in any order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from random import Random
from typing import Any, NamedTuple

import polars as pl
from attrs import evolve

from creditrules.model.rulebook import Rulebook
from creditrules.population.kernel import ANSWERS
from creditrules.population.spark.carried import Carried
from creditrules.population.spark.parcels import Parcel, parcels_of
from creditrules.population.spark.work import Work

Parcels = list[Parcel]
ORDER = ["table", "row", "code", "column"]


class Pretended(NamedTuple):
    """What came of a job: tables of answers, refused rows, counts."""

    tables: dict[str, Any]
    refused: pl.DataFrame
    counts: pl.DataFrame


def plain(frame: pl.DataFrame) -> Any:
    """Return a table as Spark may hold it: without dictionaries."""
    return frame.with_columns(pl.col(pl.Categorical, pl.Enum).cast(pl.String)).to_arrow()


def pretended(
    rulebook: Rulebook, tables: dict[str, pl.DataFrame], chunks: int, known: date | None = None, seed: int = 1
) -> Pretended:
    """Do the job of `decide_spark` without Spark; each table is read in two partitions."""
    chance = Random(seed)
    work = Work(Carried.of(rulebook.catalogue, rulebook.on, rulebook.recalled), chunks, known)
    placed: Parcels = []
    before: dict[str, list[int]] = {}
    for name, frame in tables.items():
        half = frame.height // 2
        before[name] = [0, half]
        for origin, part in enumerate((frame[:half], frame[half:])):
            for batch in work._place(name, plain(part).to_batches(max_chunksize=7), origin):
                placed += parcels_of(batch)
    work = evolve(work, before=before)

    def done(step: Callable[[int, Parcels], Iterable[Parcel]], came: Parcels) -> Parcels:
        chance.shuffle(came)
        of_bucket: dict[int, Parcels] = defaultdict(list)
        for parcel in came:
            of_bucket[parcel.bucket].append(parcel)
        return [parcel for number, each in of_bucket.items() for parcel in step(number, each)]

    def step(*names: str) -> Callable[[int, Parcels], Parcels]:
        return lambda number, came: parcels_of(work._step(names, number, came))

    def only(parcels: Parcels, *names: str) -> Parcels:
        return [parcel for parcel in parcels if parcel.name in names]

    everything = [*TABLES_ABOUT, "subjects", "roles"]
    found = done(step("found"), only(placed, "subjects", *TABLES_ABOUT))
    asked = done(step("asked"), [*only(placed, "roles"), *only(found, "told", "listings", "findings")])
    roles = done(step("pairs", "chunks"), [*only(asked, "roles"), *only(found, "listings")])
    others = [
        *only(placed, "subjects"),
        *(p for p in found if p.name not in ("told", "findings")),
        *only(asked, "findings"),
    ]
    others = done(step("chunks"), [*others, *only(roles, "pairs")])
    whole = [*only(roles, *everything), *others] if chunks > 1 else placed
    decided = done(lambda number, came: work._decide(number, came), whole)
    return Pretended(
        {name: _joined(decided, name).to_arrow() for name in ANSWERS},
        _joined(decided, "refused").sort(ORDER),
        _joined(decided, "counts").group_by("table", maintain_order=True).sum(),
    )


TABLES_ABOUT = ("listings", "findings", "objections", "repairs", "events", "facts")


def _joined(decided: Parcels, name: str) -> pl.DataFrame:
    found = [parcel.frame() for parcel in decided if parcel.name == name]
    return pl.concat(found) if found else pl.DataFrame(schema=dict.fromkeys(ORDER, pl.String))
