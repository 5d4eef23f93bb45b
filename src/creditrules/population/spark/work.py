"""Population, Spark: what the workers do: the steps of the spreading, and the kernel, each for one bucket.

The steps are those of a run on one machine (`spreading.Spreader`), the decision is that of one chunk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
from attrs import frozen

from creditrules.model.catalogue import Catalogue
from creditrules.population.clean import clean
from creditrules.population.kernel import ANSWERS, answers
from creditrules.population.memory import kept_memory
from creditrules.population.plan import plan_of
from creditrules.population.run import NUMBERS, no_rows
from creditrules.population.sample import check_sample
from creditrules.population.schema import TABLES
from creditrules.population.spark.carried import Carried
from creditrules.population.spark.findings import told_home
from creditrules.population.spark.parcels import Parcel, Parcels, batch_of, packed, parcels_of
from creditrules.population.spreading import Spreader
from creditrules.population.tables import ROW, Tables

# Rows of a partition that wait until they are sorted into buckets.
_AT_A_TIME = 1_000_000
REFUSED, COUNTS, SAMPLED = "refused", "counts", "sampled"


class _OfParcels(Spreader):
    """The steps of the spreading, on buckets that came in parcels."""

    def __init__(
        self,
        chunks: int,
        catalogue: Catalogue,
        came: Sequence[Parcel],
        before: Mapping[str, Sequence[int]] | None = None,
    ) -> None:
        super().__init__(Path(), chunks, catalogue)
        self._came, self._before = came, before

    def buckets(self, name: str) -> Parcels:
        """Return the buckets of a step."""
        return Parcels(name, self.chunks, self._came, self._before if name == "read" else None)


@frozen
class Work:
    """What every worker has to know: the catalogue, the number of chunks, and how to decide.

    `before` says by table how many rows lie before each partition it was read from.
    """

    carried: Carried
    chunks: int
    known: date | None = None
    sample: int = 0
    before: Mapping[str, Sequence[int]] = {}

    def placing(self, table: str, columns: Sequence[str]) -> Callable[[Iterable[Any]], Iterator[Any]]:
        """Return step 1: batches of a table become parcels; *columns* are their names, whatever Spark has."""

        def place(batches: Iterable[Any]) -> Iterator[Any]:
            from pyspark import TaskContext

            with told_home():
                context = TaskContext.get()
                origin = 0 if context is None else context.partitionId()
                named = (batch.rename_columns(columns) for batch in batches)
                yield from self._place(table, named, origin)

        return place

    def _place(self, table: str, batches: Iterable[Any], origin: int) -> Iterator[Any]:
        spreader = _OfParcels(self.chunks, self.carried.rulebook().catalogue, ())
        first = 1
        for piece in _pieces(batches):
            numbered = ROW in piece.columns
            out = Parcels("read", self.chunks, origin=-1 if numbered else origin)
            rows = piece
            if not numbered:
                numbers = np.arange(first, first + piece.height, dtype=np.uint32)
                rows = piece.with_columns(pl.Series(ROW, numbers))
            first += piece.height
            spreader.place(
                table, rows.with_columns(pl.col(ROW).cast(pl.UInt32, strict=False).fill_null(0)), out
            )
            yield batch_of(out.left())

    def step(self, *names: str) -> Callable[[Any, Any], Any]:
        """Return a later step: what is done with the parcels of one bucket; *names* say what it fills."""

        def run(key: Any, table: Any) -> Any:
            with told_home():
                return self._step(names, key[0].as_py(), parcels_of(table))

        return run

    def _step(self, names: tuple[str, ...], number: int, came: Sequence[Parcel]) -> Any:
        spreader = _OfParcels(self.chunks, self.carried.rulebook().catalogue, came, self.before)
        filled = [spreader.buckets(name) for name in names]
        steps: Mapping[tuple[str, ...], Callable[..., None]] = {
            ("found",): spreader.find_subjects,
            ("asked",): spreader.ask_around,
            ("pairs", "chunks"): spreader.deliver_roles,
            ("chunks",): spreader.deliver_rows,
        }
        steps[names](number, *filled)
        return pa.Table.from_batches([batch_of(parcel for out in filled for parcel in out.left())])

    def deciding(self) -> Callable[[Any, Any], Any]:
        """Return the last step: the parcels of a chunk become answers, refused rows, counts, the sample."""

        def decide(key: Any, table: Any) -> Any:
            with told_home(), kept_memory():
                return pa.Table.from_batches([batch_of(self._decide(key[0].as_py(), parcels_of(table)))])

        return decide

    def _decide(self, number: int, came: Sequence[Parcel]) -> Iterator[Parcel]:
        rulebook = self.carried.rulebook()
        # The only chunk is everything that was read.
        chunk = _OfParcels(self.chunks, rulebook.catalogue, came, self.before).buckets(
            "chunks" if self.chunks > 1 else "read"
        )
        found = {name: rows for name in TABLES if (rows := chunk.take(name, number)) is not None}
        made = clean(Tables.of(no_rows() | found), rulebook.catalogue, rulebook.on, self.known)
        decided = answers(plan_of(rulebook), made.data, first=number * NUMBERS, threads=1)
        sampled = check_sample(rulebook, made, decided.tables, self.sample, self.known)
        for name in ANSWERS:
            answer = pl.from_arrow(decided[name])
            assert isinstance(answer, pl.DataFrame)
            yield from packed("decided", number, name, answer)
        ledger = made.ledger
        yield from packed("decided", number, REFUSED, ledger.refused())
        yield from packed("decided", number, COUNTS, ledger.counts())
        told = pl.DataFrame({"subjects": [sampled.subjects], "rows": [sampled.rows]})
        yield from packed("decided", number, SAMPLED, told)


def unpacking(schema: Any) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """Return what makes parcels into the rows in them, with the columns of a schema of Arrow."""

    def unpack(batches: Iterable[Any]) -> Iterator[Any]:
        for batch in batches:
            for rows in batch.column("rows"):
                frame = Parcel("", 0, "", -1, 0, rows.as_py()).frame()
                yield from frame.to_arrow().cast(schema).to_batches()

    return unpack


def _pieces(batches: Iterable[Any]) -> Iterator[pl.DataFrame]:
    """Yield the rows of batches, many at a time."""
    waiting: list[pl.DataFrame] = []
    rows = 0
    for batch in batches:
        frame = pl.from_arrow(batch)
        assert isinstance(frame, pl.DataFrame)
        waiting.append(frame)
        rows += frame.height
        if rows >= _AT_A_TIME:
            yield pl.concat(waiting)
            waiting, rows = [], 0
    if rows:
        yield pl.concat(waiting)
