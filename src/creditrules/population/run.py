"""Population: a run from a folder or a database to a folder, chunk by chunk, that can be resumed."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from math import ceil
from pathlib import Path
from typing import Any

import polars as pl
from attrs import define, frozen

from creditrules.errors import FactsError, Finding, Span
from creditrules.model.rulebook import Rulebook
from creditrules.population.clean import clean
from creditrules.population.kernel import ANSWERS, answers
from creditrules.population.ledger import FATES
from creditrules.population.manifest import Manifest, opened
from creditrules.population.plan import plan_of
from creditrules.population.progress import Progress, Told
from creditrules.population.sample import Sampled, check_sample
from creditrules.population.side_tables import side_tables
from creditrules.population.sources import Source, source_of
from creditrules.population.spreading import read_chunk, spread
from creditrules.population.tables import Tables
from creditrules.population.writing import unwritten, write_json, write_parquet

# What a run may hold in memory unless told otherwise, and how much of it the tables of a chunk may take:
# a chunk is held as it was read, as arrays, and as answers.
MEMORY = 2 * 2**30
_SHARE = 12
# Actions are numbered from this many times the number of their chunk on.
NUMBERS = 2**40
SAMPLE = 50


@frozen
class Run:
    """What came of a run: rows of each table that was read, rows of each table of answers, and the sample."""

    folder: Path
    chunks: int
    counts: pl.DataFrame
    rows: dict[str, int]
    sampled: Sampled
    refused: int


def run_population(
    rulebook: Rulebook,
    source: str | Path | Source,
    out: str | Path,
    *,
    known: date | None = None,
    chunks: int | None = None,
    memory: int = MEMORY,
    on_error: str = "reject",
    sample: int = SAMPLE,
    resume: bool = False,
    told: Told = lambda progress: None,
) -> Run:
    """Decide the population in a folder or a database, and write what is decided into a folder.

    Args:
        rulebook: the catalogue made ready for the day.
        source: a folder of tables, the URL of a database, or a source.
        out: an empty folder, or one that does not exist; with *resume* that of the interrupted run.
        known: decide as on what was recorded by this day.
        chunks: in how many parts; by default as many as *memory* asks for.
        memory: how many bytes the run may take.
        on_error: `reject` leaves refused rows out and tells of them, `stop` stops at a chunk with any.
        sample: how many subjects the reference engine decides again.
        resume: go on where a run of the same stopped.
        told: called as the run goes on.

    Raises:
        UsageError: CR482, CR489, there is nothing to read, or the folder may not be written to.
        FactsError: CR480 to CR482, a table cannot be used; CR487, rows were refused and the run is to stop;
            CR489, the disk is full.
        EngineError: CR530, the reference engine says something else.
    """
    tables = source_of(source) if isinstance(source, str | Path) else source
    # What is missing altogether is told before anything is written.
    Tables.of({name: tables.head(name) for name in tables.names})
    folder = Path(out)
    about = _about(rulebook, tables, known)
    wanted = chunks or max(1, ceil(tables.size() * _SHARE / memory))
    manifest = opened(folder, about, wanted, resume=resume)
    running = _Running(rulebook, tables, folder, manifest, known, on_error, sample, told)
    try:
        return running.run()
    except OSError as error:
        raise FactsError([unwritten(folder, error)]) from None


def _about(rulebook: Rulebook, source: Source, known: date | None) -> dict[str, Any]:
    from creditrules import __version__

    return {
        "catalogue": rulebook.catalogue.digest,
        "day": str(rulebook.on),
        "recalled": rulebook.recalled,
        "known": None if known is None else str(known),
        "version": __version__,
        "polars": pl.__version__,
        "tables": source.stamp(),
    }


@define
class _Running:
    """One run, from its source to its report."""

    rulebook: Rulebook
    source: Source
    folder: Path
    manifest: Manifest
    known: date | None
    on_error: str
    sample: int
    told: Told

    def run(self) -> Run:
        """Decide what is left, chunk by chunk, and write the report."""
        self.folder.mkdir(parents=True, exist_ok=True)
        manifest, work = self.manifest, self.folder / "work"
        manifest.save(self.folder)
        for draft in self.folder.rglob(".*.part"):
            draft.unlink()  # of a run that was killed
        if manifest.chunks > 1 and manifest.left and not (manifest.spread and work.is_dir()):
            manifest.spread = False
            steps = [0]

            def tick() -> None:
                steps[0] += 1
                self.told(Progress("spreading", steps[0], 0))

            spread(self.source, work, manifest.chunks, self.rulebook.catalogue, tick)
            manifest.spread = True
            manifest.save(self.folder)
        for name, table in side_tables(self.rulebook).items():
            write_parquet(self.folder / f"{name}.parquet", table)
        subjects = sum(chunk["subjects"] for chunk in manifest.done.values())
        for number in manifest.left:
            self.told(Progress("deciding", len(manifest.done), manifest.chunks, subjects))
            manifest.done[number] = done = self.decide(number)
            manifest.save(self.folder)
            subjects += done["subjects"]
        self.told(Progress("deciding", manifest.chunks, manifest.chunks, subjects))
        shutil.rmtree(work, ignore_errors=True)
        return self.report()

    def decide(self, number: int) -> dict[str, Any]:
        """Decide one chunk and write what is decided."""
        if self.manifest.chunks == 1:
            tables = self.source.whole()
        else:
            tables = Tables.of(no_rows() | read_chunk(self.folder / "work", self.manifest.chunks, number))
        made = clean(tables, self.rulebook.catalogue, self.rulebook.on, self.known)
        counts, refused = made.ledger.counts(), made.ledger.refused()
        write_parquet(self.folder / "rejects" / f"{number:05}.parquet", refused.to_arrow())
        if self.on_error == "stop" and refused.height:
            first = refused.filter(pl.col("code") != "CR486").row(0, named=True)
            raise FactsError([stopped_at(refused.height, first)])
        found = answers(plan_of(self.rulebook), made.data, first=number * NUMBERS)
        wanted = ceil(self.sample / self.manifest.chunks)
        sampled = check_sample(self.rulebook, made, found.tables, wanted, self.known)
        for name in ANSWERS:
            write_parquet(self.folder / name / f"{number:05}.parquet", found[name])
        return {
            "subjects": int(counts.filter(pl.col("table") == "subjects")["used"].sum()),
            "counts": counts.rows(),
            "rows": {name: found[name].num_rows for name in ANSWERS},
            "refused": refused.height,
            "sampled": [sampled.subjects, sampled.rows],
        }

    def report(self) -> Run:
        """Add up the chunks, and write the report."""
        done = list(self.manifest.done.values())
        schema = ["table", "read", *FATES]
        rows = [tuple(row) for chunk in done for row in chunk["counts"]]
        counts = pl.DataFrame(rows, schema=schema, orient="row")
        counts = counts.group_by("table", maintain_order=True).sum()
        answered = {name: sum(chunk["rows"][name] for chunk in done) for name in ANSWERS}
        sampled = sum((Sampled(*chunk["sampled"]) for chunk in done), Sampled())
        refused = sum(chunk["refused"] for chunk in done)
        report = {
            "about": self.manifest.about,
            "read": counts.to_dicts(),
            "answers": answered,
            "sampled": {"subjects": sampled.subjects, "rows": sampled.rows, "agree": True},
            "refused": refused,
        }
        write_json(self.folder / "report.json", report)
        return Run(self.folder, self.manifest.chunks, counts, answered, sampled, refused)


def stopped_at(refused: int, first: Mapping[str, Any]) -> Finding:
    """Return the finding that tells of so many refused rows, and of the first of them (CR487)."""
    words = {
        "n": str(refused),
        "table": first["table"],
        "row": str(first["row"]),
        "code": first["code"],
    }
    return Finding("CR487", Span(f"{first['table']}:{first['row']}"), words)


def no_rows() -> dict[str, pl.DataFrame]:
    """Return the tables that must be there, without rows."""
    return {
        "subjects": pl.DataFrame(schema={"id": pl.String, "kind": pl.String}),
        "listings": pl.DataFrame(schema={"id": pl.String, "subject": pl.String, "list": pl.String}),
    }
