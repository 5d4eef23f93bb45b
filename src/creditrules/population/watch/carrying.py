"""Population, watch: the run of today: what stands is carried over, what was decided again added."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
from attrs import define, field

from creditrules.model.rulebook import Rulebook
from creditrules.population.arrow import frame_of
from creditrules.population.kernel import ANSWERS
from creditrules.population.manifest import Manifest
from creditrules.population.side_tables import side_tables
from creditrules.population.watch.earlier import ABOUT, Earlier, is_about
from creditrules.population.writing import write_json, write_parquet

_IDS = ("target", "listing", "listed", "organisation", "file_of")


@define
class Carrying:
    """Writes a run in the form of `population.run`: chunks of yesterday without some subjects, then new ones.

    `rows` counts by table of answers what was written.
    """

    earlier: Earlier
    folder: Path
    manifest: Manifest
    rows: dict[str, int] = field(factory=lambda: dict.fromkeys(ANSWERS, 0))
    ids: Any = None

    def begin(self, rulebook: Rulebook, ids: Any, targets: pl.Series) -> None:
        """Carry over what is about everybody but some subjects; *ids* is the type that ids have today."""
        self.ids = ids
        for name, table in side_tables(rulebook).items():
            write_parquet(self.folder / f"{name}.parquet", table)
        for number in sorted(self.earlier.done):
            kept: pl.DataFrame | None = None
            for name in ANSWERS:
                rows = self.earlier.read(self.earlier.folder / name / f"{number:05}.parquet")
                if name == "parts":
                    assert kept is not None
                    stays = rows.filter(pl.col("action").is_in(kept["action"].implode()))
                else:
                    stays = rows.filter(~is_about(name, targets, rows.schema[ABOUT[name]]))
                kept = stays if name == "actions" else kept
                self._write(name, number, stays)
            self.manifest.done[number] = dict(self.earlier.done[number])

    def add(self, number: int, tables: Any, done: dict[str, Any]) -> None:
        """Add what was decided again, as a chunk of its own."""
        for name in ANSWERS:
            self._write(name, number, frame_of(tables[name]))
        self.manifest.done[number] = done

    def finish(self, report: dict[str, Any]) -> None:
        """Write the report and, last of all, the manifest: without it the folder holds no run."""
        write_json(self.folder / "report.json", {**report, "answers": self.rows})
        self.manifest.save(self.folder)

    def _write(self, name: str, number: int, rows: pl.DataFrame) -> None:
        for column in _IDS:
            # Ids that were numbers yesterday are texts in all files once they are texts in one.
            if column in rows.columns and rows[column].dtype != self.ids and self.ids == pl.String:
                rows = rows.with_columns(pl.col(column).cast(pl.String))
        self.rows[name] += rows.height
        write_parquet(self.folder / name / f"{number:05}.parquet", rows.to_arrow())
