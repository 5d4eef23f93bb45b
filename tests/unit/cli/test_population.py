"""`creditrules population`, from tables to tables and a summary."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl

from tests.support.crowds import people, written

from .conftest import DAY, Run

_GIVEN = ("population", "in", "--on", DAY, "--out", "out")


def test_a_folder_becomes_a_folder(run: Run, folder: Path) -> None:
    """What was read, what became of it and what was decided is printed, and written as Parquet."""
    written(folder / "in")
    result = run(*_GIVEN)

    assert (result.exit_code, result.stderr) == (0, "")
    assert "5       5" in result.stdout
    assert "4 subjects" in result.stdout
    assert "all agree" in result.stdout
    assert pl.read_parquet(folder / "out" / "actions" / "*.parquet").height > 100


def test_the_summary_is_json_when_asked(run: Run, folder: Path) -> None:
    """The numbers of the summary are there for programs too, with the reasons of what was refused."""
    rows = people()
    rows["listings"][0]["list"] = "?"
    written(folder / "in", rows)
    result = run(*_GIVEN, "--format", "json", "--chunks", "2")
    data = json.loads(result.stdout)

    assert result.exit_code == 0
    assert data["sampled"] == {"agree": True, "rows": data["sampled"]["rows"], "subjects": 2}
    assert {"table": "listings", "code": "CR419", "rows": 1} in data["refused"]
    listings = next(each for each in data["read"] if each["table"] == "listings")
    assert (listings["read"], listings["used"], listings["rejected"]) == (2, 1, 1)


def test_refused_rows_are_told_in_the_language_of_the_run(run: Run, folder: Path) -> None:
    """Each code stands with its title and the number of its rows, and the file with the rows is named."""
    rows = people()
    rows["listings"][0]["list"] = "?"
    written(folder / "in", rows)
    result = run(*_GIVEN, "--lang", "zh")

    assert "CR419" in result.stdout
    assert "行未予使用" in result.stdout
    assert "out/rejects" in result.stdout


def test_stopping_at_broken_rows_is_a_finding(run: Run, folder: Path) -> None:
    """`--on-error stop` names the first broken row and leaves with 1."""
    rows = people()
    rows["listings"][1]["subject"] = "nobody"
    written(folder / "in", rows)
    result = run(*_GIVEN, "--on-error", "stop")

    assert result.exit_code == 1
    assert "listings:2" in result.stderr
    assert "CR487" in result.stderr


def test_usage_is_checked(run: Run, folder: Path) -> None:
    """What is missing on the command line, or is not there, is a matter of usage."""
    written(folder / "in")
    for given, code in (
        (("population",), "CR552"),
        (("population", "in", "--out", "out"), "CR552"),
        (("population", "nowhere", "--on", DAY, "--out", "out"), "CR482"),
        (("population", "in", "--on", DAY, "--out", "in"), "CR489"),
        ((*_GIVEN, "--on-error", "shrug"), "CR556"),
        ((*_GIVEN, "--chunks", "0"), "CR555"),
    ):
        result = run(*given)
        assert (result.exit_code, code in result.stderr) == (2, True), (given, result.stderr)


def test_the_schema_is_printed(run: Run) -> None:
    """`--schema` needs nothing else."""
    result = run("population", "--schema")

    assert result.exit_code == 0
    assert "## listings" in result.stdout
    assert "`not_served`" in result.stdout
