"""What is decided again, and what is carried over, is together what deciding everybody again would say."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from pathlib import Path

import polars as pl
import pytest
from attrs import evolve

from creditrules.errors import CreditRulesError, UsageError
from creditrules.population import redecide as redecided
from creditrules.population import run_population
from creditrules.population.differences import differences
from creditrules.population.scan import Scan
from creditrules.population.watch import redeciding
from creditrules.population.watch.changes import KEYS
from creditrules.population.watch.rows import changed_rows
from tests.support.changing import (
    ON,
    catalogue,
    changed,
    decided,
    people,
    rows_of_run,
    said,
    side_of,
    spoilt,
    written,
)

NEXT = date(2018, 12, 21)
# A few subjects decided again by the reference engine are enough here.
redecide = partial(redecided, sample=3)


@pytest.fixture(scope="module")
def yesterday(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the tables of a day, `tables`, and the run made from them, `run`."""
    folder = tmp_path_factory.mktemp("yesterday")
    written(people(), folder / "tables")
    run_population(catalogue().rulebook(on=ON), folder / "tables", folder / "run", chunks=2, sample=0)
    return folder


@pytest.mark.parametrize(
    "on", [ON, date(2019, 2, 1), pytest.param(date(2020, 12, 7), marks=pytest.mark.slow)], ids=str
)
def test_the_run_of_today_is_that_of_deciding_everybody_again(
    yesterday: Path, tmp_path: Path, on: date
) -> None:
    """Changed rows, passing days and rules of the day, whatever comes together, leave nothing out."""
    today = changed(people(), on)
    written(today, tmp_path / "today")
    found = redecide(
        yesterday / "run",
        catalogue(),
        yesterday / "tables",
        on=on,
        today=tmp_path / "today",
        out=tmp_path / "out",
    )

    whole = differences(side_of(catalogue(), ON, people()), side_of(catalogue(), on, today))

    assert rows_of_run(tmp_path / "out", catalogue(), on) == decided(catalogue(), on, today)
    assert said(found.differences) == said(whole)
    assert found.sampled.rows > 0


def test_rows_that_are_refused_are_refused_alike(tmp_path: Path) -> None:
    """A duplicate, a finding about nobody, a day that is none: what they withhold is withheld."""
    states = [spoilt(people(), 1), spoilt(spoilt(people(), 1), 2)]
    for name, state in zip(("one", "two"), states, strict=True):
        written(state, tmp_path / name)
    run_population(catalogue().rulebook(on=ON), tmp_path / "one", tmp_path / "run", sample=0)
    redecide(
        tmp_path / "run", catalogue(), tmp_path / "one", on=ON, today=tmp_path / "two", out=tmp_path / "out"
    )

    assert rows_of_run(tmp_path / "out", catalogue(), ON) == decided(catalogue(), ON, states[1])


def test_tomorrow_goes_on_from_the_run_of_today(yesterday: Path, tmp_path: Path) -> None:
    """What was written is a run like any other, with tables of its own day."""
    today = changed(people(), NEXT)
    written(today, tmp_path / "today")
    args = {"today": tmp_path / "today", "out": tmp_path / "one"}
    redecide(yesterday / "run", catalogue(), yesterday / "tables", on=NEXT, **args)  # type: ignore[arg-type]
    later = date(2018, 12, 23)
    found = redecide(tmp_path / "one", catalogue(), tmp_path / "today", on=later, out=tmp_path / "two")

    assert rows_of_run(tmp_path / "two", catalogue(), later) == decided(catalogue(), later, today)
    assert (found.changed, found.affected.by_rows) == ({}, 0)


def test_changed_rows_alone_come_to_the_same(yesterday: Path, tmp_path: Path) -> None:
    """Rows to add and to remove, laid over the tables, are as good as all of today's tables."""
    today = changed(people(), NEXT)
    for name, (gone, come) in changed_rows(Scan.of(people()), Scan.of(today), catalogue()).items():
        if name in KEYS:
            key = [column for column in KEYS[name] if column in come.columns]
            gone = gone.join(come, on=key, how="anti", nulls_equal=True)
        marked = [
            gone.with_columns(pl.lit("removed").alias("change")),
            come.with_columns(pl.lit("added").alias("change")),
        ]
        (tmp_path / "changes").mkdir(exist_ok=True)
        # As text, which a register may well send.
        pl.concat(marked).with_columns(pl.all().cast(pl.String)).write_csv(
            tmp_path / "changes" / f"{name}.csv"
        )
    redecide(
        yesterday / "run",
        catalogue(),
        yesterday / "tables",
        on=NEXT,
        changes=tmp_path / "changes",
        out=tmp_path / "out",
        tables_out=tmp_path / "tables",
    )
    again = redecide(tmp_path / "out", catalogue(), tmp_path / "tables", on=NEXT)

    assert rows_of_run(tmp_path / "out", catalogue(), NEXT) == decided(catalogue(), NEXT, today)
    assert again.differences.actions.height == 0


def test_only_whom_something_touches_is_decided_again(yesterday: Path, tmp_path: Path) -> None:
    """One listing removed concerns its subject and whoever a role joins to it."""
    listings = people()["listings"]
    gone = listings["id"][0]
    whose = listings["subject"][0]
    (tmp_path / "changes").mkdir()
    row = pl.DataFrame({"id": [gone], "change": ["removed"], "subject": [whose], "list": [""]})
    row.write_csv(tmp_path / "changes" / "listings.csv")
    found = redecide(
        yesterday / "run", catalogue(), yesterday / "tables", on=ON, changes=tmp_path / "changes"
    )
    roles = people()["roles"].filter((pl.col("person") == whose) | (pl.col("organisation") == whose))
    joined = {whose, *roles["person"].to_list(), *roles["organisation"].to_list()}

    assert found.changed == {"listings": (1, 0)}
    assert set(found.affected.targets.to_list()) == joined
    assert set(found.differences.actions["target"].to_list()) <= joined


@pytest.mark.slow
def test_slices_come_to_the_same(yesterday: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However few are decided at a time, the run is the same."""
    today = changed(people(), NEXT)
    written(today, tmp_path / "today")
    monkeypatch.setattr(redeciding, "AT_A_TIME", 15)
    redecide(
        yesterday / "run",
        catalogue(),
        yesterday / "tables",
        on=NEXT,
        today=tmp_path / "today",
        out=tmp_path / "out",
    )

    assert rows_of_run(tmp_path / "out", catalogue(), NEXT) == decided(catalogue(), NEXT, today)


def test_the_differences_are_rows_files_and_an_iterator(yesterday: Path, tmp_path: Path) -> None:
    """What is written as Parquet is what is given one by one, with the measures of both sides."""
    found = redecide(
        yesterday / "run",
        catalogue(),
        yesterday / "tables",
        on=date(2019, 2, 1),
        out=tmp_path / "out",
        whole=False,
    )
    rows = list(found)
    kept = pl.read_parquet(tmp_path / "out" / "differences" / "actions.parquet")

    assert kept.height == len(rows) > 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"differences"}
    for row in rows:
        sides = {"gained": "after", "lost": "before"}
        if row["change"] in sides:
            assert row[f"measures_{sides[row['change']]}"]


def _without_a_chunk(run: Path) -> None:
    data = json.loads((run / "manifest.json").read_text("utf-8"))
    data["done"].popitem()
    (run / "manifest.json").write_text(json.dumps(data), "utf-8")


def _with_about(run: Path, **words: str) -> None:
    data = json.loads((run / "manifest.json").read_text("utf-8"))
    data["about"] |= words
    (run / "manifest.json").write_text(json.dumps(data), "utf-8")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda run: (run / "manifest.json").unlink(), "CR491"),
        (lambda run: (run / "manifest.json").write_text("[", "utf-8"), "CR491"),
        (lambda run: (run / "manifest.json").write_text("[]", "utf-8"), "CR491"),
        (_without_a_chunk, "CR491"),
        (lambda run: (run / "rules.parquet").unlink(), "CR491"),
        (lambda run: (run / "actions" / "00000.parquet").write_bytes(b"PAR1"), "CR491"),
        (lambda run: _with_about(run, version="0.0.0"), "CR492"),
        (lambda run: _with_about(run, known="2018-01-01"), "CR492"),
        (lambda run: _with_about(run, day="2018-12-31"), "CR493"),
    ],
)
def test_a_run_that_cannot_be_gone_on_from_is_told(
    yesterday: Path,
    tmp_path: Path,
    spoil,
    code: str,  # type: ignore[no-untyped-def]
) -> None:
    """A run that is missing, broken, unfinished, of another version, of the past, or of a later day."""
    import shutil

    shutil.copytree(yesterday / "run", tmp_path / "run")
    spoil(tmp_path / "run")
    with pytest.raises(CreditRulesError) as raised:
        redecide(
            tmp_path / "run", catalogue(), yesterday / "tables", on=date(2018, 12, 22), out=tmp_path / "out"
        )

    assert {finding.code for finding in raised.value.findings} == {code}


def test_other_catalogues_and_other_tables_are_told(yesterday: Path, tmp_path: Path) -> None:
    """Decisions of two catalogues are not mixed, and changes are found only against the tables of the run."""
    other = evolve(catalogue(), digest="another")
    with pytest.raises(UsageError) as of_catalogue:
        redecide(yesterday / "run", other, yesterday / "tables", on=NEXT)
    written({**people(), "roles": people()["roles"].head(3)}, tmp_path / "other")
    with pytest.raises(UsageError) as of_tables:
        redecide(yesterday / "run", catalogue(), tmp_path / "other", on=NEXT)

    assert of_catalogue.value.findings[0].code == "CR492"
    assert (of_tables.value.findings[0].code, of_tables.value.findings[0].words["files"]) == (
        "CR494",
        "roles.parquet",
    )


def test_changes_that_cannot_be_made_are_told_with_their_rows(yesterday: Path, tmp_path: Path) -> None:
    """A row that is not there and a word that is none are told together; nothing is written."""
    (tmp_path / "changes").mkdir()
    (tmp_path / "changes" / "roles.csv").write_text(
        "person,organisation,role,change\nnobody,nowhere,director,removed\ns1,s2,director,deleted\n", "utf-8"
    )
    with pytest.raises(CreditRulesError) as raised:
        redecide(
            yesterday / "run",
            catalogue(),
            yesterday / "tables",
            on=NEXT,
            changes=tmp_path / "changes",
            out=tmp_path / "out",
        )

    assert [(f.code, f.words["row"]) for f in raised.value.findings] == [("CR495", "1"), ("CR495", "2")]
    assert not (tmp_path / "out").exists()


def test_one_of_tables_and_changes_is_enough(yesterday: Path, tmp_path: Path) -> None:
    """Both together are refused, and so is a folder that holds files."""
    base = (yesterday / "run", catalogue(), yesterday / "tables")
    with pytest.raises(UsageError) as both:
        redecide(*base, on=NEXT, today=tmp_path, changes=tmp_path)
    with pytest.raises(UsageError) as full:
        redecide(*base, on=NEXT, out=yesterday / "run")

    assert (both.value.findings[0].code, full.value.findings[0].code) == ("CR496", "CR489")
