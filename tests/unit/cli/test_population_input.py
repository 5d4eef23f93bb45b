"""Bad input, as whoever uses the shell meets it: told with file, row and reason; the counts add up."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from creditrules.testing.crowds import crowd
from tests.support.crowds import people, rulebook, written

from .conftest import DAY, SOURCE, Run

_GIVEN = ("population", "in", "--on", DAY, "--out", "out")


def _added_up(run: Run, folder: Path, chunks: int) -> tuple[dict[str, Any], pl.DataFrame]:
    """Decide what lies in `in`, see that the counts of every table add up; return them and the rejected."""
    result = run(*_GIVEN, "--chunks", str(chunks), "--format", "json", "--sample", "5")
    assert (result.exit_code, result.stderr) == (0, "")
    data = json.loads(result.stdout)
    rejects = pl.read_parquet(folder / "out" / "rejects" / "*.parquet")
    for table in data["read"]:
        fates = ("used", "rejected", "withheld", "later", "corrected")
        assert table["read"] == sum(table[fate] for fate in fates)
        rows = rejects.filter(pl.col("table") == table["table"])
        assert rows.height == table["rejected"] + table["withheld"]
        assert rows["row"].n_unique() == rows.height
    return data, rejects


@pytest.mark.parametrize("chunks", [1, 3])
@pytest.mark.parametrize(
    ("table", "column", "change", "code"),
    [
        ("listings", "subject", lambda c: pl.lit("nobody"), "CR485"),
        ("listings", "subject", lambda c: pl.lit(None, pl.String), "CR483"),
        ("listings", "subject", lambda c: pl.concat_list(c), "CR484"),
        ("listings", "id", lambda c: pl.lit(1.5), "CR484"),
        ("listings", "determined", lambda c: pl.lit(20180201), "CR406"),
        ("roles", "person", lambda c: pl.lit(True), "CR484"),
        ("facts", "owner", lambda c: pl.struct(c), "CR484"),
        ("facts", "name", lambda c: pl.concat_list(c), "CR484"),
    ],
)
def test_a_column_of_something_else_is_refused_row_by_row(
    run: Run, folder: Path, chunks: int, table: str, column: str, change: Callable[..., pl.Expr], code: str
) -> None:
    """Whatever stands in a key, each row is told with its number, however the population is spread."""
    file = written(folder / "in") / f"{table}.parquet"
    pl.read_parquet(file).with_columns(change(pl.col(column)).alias(column)).write_parquet(file)
    _, rejects = _added_up(run, folder, chunks)
    found = rejects.filter(pl.col("table") == table, pl.col("code") != "CR486")

    assert set(found.select("row", "code").rows()) == {(1, code), (2, code)}


@pytest.mark.parametrize("chunks", [1, 4])
def test_one_row_in_a_hundred_is_broken(run: Run, folder: Path, chunks: int) -> None:
    """Every broken row is in the file of the rejected with its reason, and everybody else is decided."""
    spoilt = {"subjects": "kind", "listings": "list", "roles": "role", "facts": "value"}
    (folder / "in").mkdir()
    broken: dict[str, set[int]] = {}
    for name, table in crowd(2000, rulebook().catalogue).items():
        rows = table.with_columns(pl.col(pl.Categorical).cast(pl.String)).with_row_index("n", 1)
        if name in spoilt:
            is_bad = pl.col("n") % 100 == 7
            broken[name] = set(rows.filter(is_bad)["n"].to_list())
            rows = rows.with_columns(
                pl.when(is_bad).then(pl.lit("??")).otherwise(spoilt[name]).alias(spoilt[name])
            )
        rows.drop("n").write_parquet(folder / "in" / f"{name}.parquet")
    data, rejects = _added_up(run, folder, chunks)
    told = rejects.filter(pl.col("code") != "CR486")

    for name, rows in broken.items():
        of = told.filter(pl.col("table") == name)
        assert set(of["row"].to_list()) <= rows
        gone = rejects.filter(pl.col("table") == name)["row"].to_list()
        assert rows <= set(gone)
    assert {row["code"] for row in data["refused"]} > {"CR418", "CR419", "CR420", "CR486"}
    assert data["answers"]["actions"] > 50


def test_what_was_refused_is_counted_for_people(run: Run, folder: Path) -> None:
    """The summary has a line for every table and one for every reason."""
    rows = people()
    rows["listings"][1]["subject"] = "nobody"
    written(folder / "in", rows)
    said = [line.split() for line in run(*_GIVEN, "--sample", "0").stdout.splitlines()]

    assert ["listings", "2", "1", "1", "·", "·", "·"] in said
    assert ["listings", "1", "CR485", "a", "row", "about", "nobody"] in said


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _spoil(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[8:200] = bytes(byte ^ 255 for byte in data[8:200])
    file.write_bytes(data)


def _csv(text: bytes) -> Callable[[Path], None]:
    def write(file: Path) -> None:
        file.unlink()
        file.with_suffix(".csv").write_bytes(text)

    return write


_HEAD = b"id,subject,list,determined\n"


@pytest.mark.parametrize("chunks", [1, 3])
@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(_cut, id="cut short"),
        pytest.param(_spoil, id="spoilt"),
        pytest.param(lambda file: file.write_bytes(b""), id="empty"),
        pytest.param(_csv(b""), id="empty CSV"),
        pytest.param(_csv(_HEAD + b"L1,a,tax-major-violations,2018-02-01,9\n"), id="too many fields"),
        pytest.param(_csv(_HEAD + b"L1,a,tax-major-violations\n"), id="too few fields"),
        pytest.param(_csv(_HEAD + "L1,a,重大税收,2018-02-01\n".encode("gbk")), id="another encoding"),
    ],
)
def test_a_damaged_file_stops_the_run(
    run: Run, folder: Path, chunks: int, damage: Callable[[Path], None]
) -> None:
    """A file that cannot be read whole is named, and nobody is decided without what it may have held."""
    damage(written(folder / "in") / "listings.parquet")
    result = run(*_GIVEN, "--chunks", str(chunks))

    assert result.exit_code == 1
    assert "CR482" in result.stderr
    assert "in/listings." in result.stderr
    assert not (folder / "out" / "actions").exists()


@pytest.mark.parametrize("chunks", ["1", "3"])
def test_a_disk_without_room_stops_the_run(folder: Path, chunks: str) -> None:
    """A file that finds no room is not there at all; the run says so, and goes on when there is room."""
    (folder / "in").mkdir()
    for name, table in crowd(3000, rulebook().catalogue).items():
        table.write_parquet(folder / "in" / f"{name}.parquet")
    most = 8 * 1024

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    def begin(*more: str, room: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "creditrules", *_GIVEN, "--sample", "0", *more],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": SOURCE, "LANG": "C"},
            preexec_fn=room,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    full = begin("--chunks", chunks, room=limited)
    drafts = list((folder / "out").rglob("*.part"))
    answers = list((folder / "out").rglob("*.parquet"))
    for file in answers:
        pl.read_parquet(file)  # what is there is whole
    again = begin("--resume")

    assert (full.returncode, full.stdout) == (1, "")
    assert "CR489" in full.stderr
    assert "Traceback" not in full.stderr
    assert drafts == []
    assert (again.returncode, again.stderr) == (0, "")
    assert pl.read_parquet(folder / "out" / "actions" / "*.parquet").height > 50
