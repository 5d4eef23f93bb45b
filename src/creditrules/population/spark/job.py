"""Population, Spark: the job: each step a grouping by bucket, kept until the next has what it needs of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import TYPE_CHECKING

from attrs import define, evolve, field

from creditrules.population.progress import Progress, Told
from creditrules.population.spark.parcels import COLUMNS
from creditrules.population.spark.work import Work
from creditrules.population.spreading import DELIVERED

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


@define
class Job:
    """One population on its way through Spark.

    Every step is worked out as soon as it is laid down, and kept, so that no two later ones work it out
    again. What a lost worker kept is worked out again from what the others have.
    """

    work: Work
    tables: Mapping[str, DataFrame]
    told: Told = lambda progress: None
    rows: dict[str, int] = field(factory=dict)
    _kept: list[DataFrame] = field(factory=list)

    def run(self) -> DataFrame:
        """Spread the tables over the chunks and decide these; return the answers, packed and kept."""
        placed = {
            name: self._keep(_numbered(rows).mapInArrow(self.work.placing(name, rows.columns), COLUMNS))
            for name, rows in self.tables.items()
        }
        self._count(placed)
        self._tell("spreading", 1)
        if self.work.chunks == 1:
            return self._decided(_together(*placed.values()))
        rest = [rows for name, rows in placed.items() if name != "roles"]
        roles = [placed["roles"]] if "roles" in placed else []
        found = self._step(2, ["found"], *rest)
        asked = self._step(3, ["asked"], *roles, found.filter("name IN ('told', 'listings', 'findings')"))
        delivered = self._step(
            4, ["pairs", "chunks"], asked.filter("name = 'roles'"), found.filter("name = 'listings'")
        )
        earlier = {"read": placed["subjects"], "found": found, "asked": asked}
        taken = [
            rows.filter(f"name IN ({', '.join(repr(t) for t, s, _ in DELIVERED if s == step)})")
            for step, rows in earlier.items()
        ]
        others = self._step(5, ["chunks"], *taken, delivered.filter("step = 'pairs'"))
        return self._decided(_together(delivered.filter("step = 'chunks'"), others))

    def forget(self) -> None:
        """Let the workers forget what the steps left."""
        for frame in self._kept:
            frame.unpersist()
        self._kept.clear()

    def _decided(self, chunks: DataFrame) -> DataFrame:
        decided = chunks.groupBy("bucket").applyInArrow(self.work.deciding(), COLUMNS).persist()
        decided.count()
        self._tell("deciding", self.work.chunks)
        return decided

    def _tell(self, step: str, done: int) -> None:
        self.told(Progress(step, done, self.work.chunks if step == "deciding" else 0))

    def _step(self, number: int, names: list[str], *frames: DataFrame) -> DataFrame:
        made = _together(*frames).groupBy("bucket").applyInArrow(self.work.step(*names), COLUMNS)
        self._keep(made).count()
        self._tell("spreading", number)
        return made

    def _keep(self, frame: DataFrame) -> DataFrame:
        self._kept.append(frame.persist())
        return frame

    def _count(self, placed: Mapping[str, DataFrame]) -> None:
        """Count the rows of each partition that was read, so that every row has its number in its table."""
        counted = _together(*placed.values()).groupBy("name", "origin").sum("count").collect()
        before: dict[str, list[int]] = {}
        for name, origin, count in sorted(tuple(row) for row in counted):
            self.rows[name] = self.rows.get(name, 0) + count
            if origin >= 0:
                starts = before.setdefault(name, [0])
                starts += [starts[-1]] * (origin - len(starts) + 1)
                starts.append(starts[-1] + count)
        self.work = evolve(self.work, before=before)


def _numbered(frame: DataFrame) -> DataFrame:
    """Name the columns by their place: names of facts have dots, which Spark takes for something else."""
    return frame.toDF(*(f"column{n}" for n in range(len(frame.columns))))


def _together(*frames: DataFrame) -> DataFrame:
    return reduce(lambda one, two: one.union(two), frames)
