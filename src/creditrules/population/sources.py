"""Population: where tables come from: a folder of Parquet, CSV or Arrow files, or a database.

A table is a file of its name (`subjects.parquet`), a folder of its name with several files, or a table of the
database. Rows keep their number in the table, through all of its files in the order of their names.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import polars as pl
from attrs import frozen

from creditrules.errors import FactsError, Finding, Span, UsageError
from creditrules.population.schema import SCHEMA
from creditrules.population.tables import ROW, Tables

_FORMATS = {".parquet": "parquet", ".csv": "csv", ".arrow": "ipc", ".feather": "ipc", ".ipc": "ipc"}
AT_A_TIME = 500_000


class Source(Protocol):
    """Where tables come from."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the tables that are there."""
        ...

    def whole(self) -> Tables:
        """Read every table."""
        ...

    def pieces(self, table: str) -> Iterator[pl.DataFrame]:
        """Yield the rows of a table, some at a time, with their numbers."""
        ...

    def head(self, table: str) -> pl.DataFrame:
        """Return a table without its rows."""
        ...

    def stamp(self) -> dict[str, str]:
        """Return what tells whether a table is still the one that was read."""
        ...

    def size(self) -> int:
        """Return how many bytes the tables take, as far as that is known beforehand."""
        ...


@frozen
class Folder:
    """A folder of files."""

    path: Path
    files: dict[str, tuple[Path, ...]]

    @classmethod
    def of(cls, path: Path) -> Folder:
        """Look through a folder.

        Raises:
            UsageError: CR482, there is no folder, or it holds no table.
        """
        if not path.is_dir():
            raise UsageError([unreadable(str(path), "no such folder", "没有该文件夹")])
        files: dict[str, tuple[Path, ...]] = {}
        for table in SCHEMA:
            found = [path / f"{table.name}{suffix}" for suffix in _FORMATS]
            found = [each for each in found if each.is_file()]
            folder = path / table.name
            if folder.is_dir():
                found += sorted(each for each in folder.iterdir() if each.suffix in _FORMATS)
            if len({each.suffix for each in found}) > 1:
                both = ", ".join(each.name for each in found)
                raise UsageError(
                    [unreadable(str(path), f"one table in two forms: {both}", f"同一张表有两种格式：{both}")]
                )
            if found:
                files[table.name] = tuple(found)
        return cls(path, files)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the tables that are there."""
        return tuple(self.files)

    def whole(self) -> Tables:
        """Read every table.

        Raises:
            FactsError: CR482, a file cannot be read.
        """
        frames = {
            name: pl.concat([_read(p) for p in paths], how="diagonal_relaxed")
            for name, paths in self.files.items()
        }
        return Tables.of(frames, {name: str(paths[0]) for name, paths in self.files.items()})

    def pieces(self, table: str) -> Iterator[pl.DataFrame]:
        """Yield the rows of a table, some at a time, with their numbers.

        Raises:
            FactsError: CR482, a file cannot be read.
        """
        first = 1
        for path in self.files.get(table, ()):
            for piece in _batches(path):
                numbers = np.arange(first, first + piece.height, dtype=np.uint32)
                first += piece.height
                yield piece.with_columns(pl.Series(ROW, numbers))

    def head(self, table: str) -> pl.DataFrame:
        """Return a table without its rows.

        Raises:
            FactsError: CR482, a file cannot be read.
        """
        return _head(self.files[table][0])

    def stamp(self) -> dict[str, str]:
        """Return the size and the time of every file."""
        found = {}
        for paths in self.files.values():
            for path in paths:
                about = path.stat()
                found[str(path.relative_to(self.path))] = f"{about.st_size}:{about.st_mtime_ns}"
        return found

    def size(self) -> int:
        """Return how many bytes the tables take in memory, roughly: CSV as it is, the others unpacked."""
        return sum(_unpacked(path) for paths in self.files.values() for path in paths)


def _read(path: Path) -> pl.DataFrame:
    try:
        match _FORMATS[path.suffix]:
            case "parquet":
                return pl.read_parquet(path)
            case "csv":
                # A row that is cut short is refused here as in a run of many chunks.
                return pl.concat([_head(path), *_batches(path)])
            case _:
                return pl.read_ipc(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise FactsError([_broken(path, error)]) from None


def _head(path: Path) -> pl.DataFrame:
    try:
        match _FORMATS[path.suffix]:
            case "parquet":
                return pl.DataFrame(schema=pl.read_parquet_schema(path))
            case "csv":
                return pl.read_csv(path, infer_schema=False, n_rows=0)
            case _:
                return pl.DataFrame(schema=pl.read_ipc_schema(path))
    except (OSError, pl.exceptions.PolarsError) as error:
        raise FactsError([_broken(path, error)]) from None


def _batches(path: Path) -> Iterator[pl.DataFrame]:
    import pyarrow as pa
    import pyarrow.dataset as ds

    kind = _FORMATS[path.suffix]
    try:
        form: Any = kind
        if kind == "csv":
            import pyarrow.csv as csv

            # Every value as it is written: what type a column has is for the schema to say.
            names = pl.read_csv(path, infer_schema=False, n_rows=0).columns
            types = dict.fromkeys(names, pa.string())
            options = csv.ConvertOptions(column_types=types, strings_can_be_null=True, null_values=[""])
            shape = csv.ParseOptions(newlines_in_values=True)
            form = ds.CsvFileFormat(parse_options=shape, convert_options=options)
        for batch in ds.dataset(path, format=form).to_batches(batch_size=AT_A_TIME):
            made = pl.from_arrow(batch)
            assert isinstance(made, pl.DataFrame)
            yield made
    except (OSError, pa.ArrowException, pl.exceptions.PolarsError) as error:
        raise FactsError([_broken(path, error)]) from None


def _unpacked(path: Path) -> int:
    if _FORMATS[path.suffix] != "parquet":
        return path.stat().st_size
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        about = pq.read_metadata(path)
    except (OSError, pa.ArrowException) as error:
        raise FactsError([_broken(path, error)]) from None
    # Dictionaries and runs are unpacked: eight bytes a value is what they come to.
    return int(about.num_rows * about.num_columns * 8)


def _broken(path: Path, error: Exception) -> Finding:
    said = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
    return unreadable(str(path), said, said)


def unreadable(place: str, en: str, zh: str) -> Finding:
    """Say that something cannot be read, and why (CR482)."""
    return Finding("CR482", Span(place), {"reason_en": en, "reason_zh": zh, "given": place})


def source_of(given: str | Path) -> Source:
    """Return where tables come from: a folder, or the URL of a database.

    Raises:
        UsageError: CR482, there is nothing to read.
    """
    if isinstance(given, str) and "://" in given:
        from creditrules.population.database import Database

        return Database(given)
    return Folder.of(Path(given))
