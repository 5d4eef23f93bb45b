"""A population may come in any form (frames, Arrow, mappings, files, a database) and says the same in all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from creditrules.errors import FactsError, UsageError
from creditrules.population import decide_population, schema_text
from creditrules.population.compare import rows_of_tables
from creditrules.population.schema import SCHEMA
from creditrules.population.sources import Source, source_of
from tests.support.crowds import decided, people, rulebook, tables, targets, written


def _arrow(frames: dict[str, pl.DataFrame]) -> dict[str, Any]:
    return {name: frame.to_arrow() for name, frame in frames.items()}


def _mappings(frames: dict[str, pl.DataFrame]) -> dict[str, Any]:
    return {name: frame.to_dict(as_series=False) for name, frame in frames.items()}


def _lazy(frames: dict[str, pl.DataFrame]) -> dict[str, Any]:
    return {name: frame.lazy() for name, frame in frames.items()}


def _words_as_categories(frames: dict[str, pl.DataFrame]) -> dict[str, Any]:
    return {
        name: frame.with_columns(pl.col(pl.String).cast(pl.Categorical)) for name, frame in frames.items()
    }


def _texts(frames: dict[str, pl.DataFrame]) -> dict[str, Any]:
    return {name: frame.select(pl.all().cast(pl.String)) for name, frame in frames.items()}


@pytest.mark.parametrize("form", [_arrow, _mappings, _lazy, _words_as_categories, _texts])
def test_the_form_of_a_table_makes_no_difference(form: Callable[[dict[str, pl.DataFrame]], Any]) -> None:
    """Whatever Polars takes is taken, and days and answers may be written as texts."""
    population = decide_population(rulebook(), form(tables()))

    assert population.rejects.is_empty()
    assert rows_of_tables(population.tables, rulebook()) == rows_of_tables(decided().tables, rulebook())


def test_ids_may_be_whole_numbers() -> None:
    """Numbers as ids give numbers as ids, in the order they come or in any other."""
    numbers = {"a": 7, "b": 2, "c": 9, "p": 4, "q": 5, "La": 1, "Lb": 2}
    keys = ("id", "subject", "person", "organisation", "owner")
    rows = {
        name: [row | {key: numbers[row[key]] for key in keys if key in row} for row in each]
        for name, each in people().items()
    }
    population = decided(rows)

    assert targets(population) == {7, 2, 4, 5}
    assert population["actions"].height == decided()["actions"].height


def test_words_may_be_keys_names_or_aliases() -> None:
    """Lists, kinds and roles are named as in a dossier, in either language."""
    rows = people()
    rows["subjects"][0]["kind"] = "企业"
    rows["roles"][0]["role"] = "法定代表人"
    rows["listings"][0]["list"] = rulebook().catalogue.lists["tax-major-violations"].title.zh

    assert decided(rows).rejects.is_empty()
    assert decided(rows)["actions"].height == decided()["actions"].height


def test_a_fact_may_be_a_column() -> None:
    """A column named like a declared fact says the same as rows of `facts`, which override it."""
    rows = people()
    rows["facts"] = []
    open_ = decided(rows)
    for subject in rows["subjects"]:
        subject["tax.arrears_unsecured"] = True
    known = decided(rows)
    rows["facts"] = [{"owner": "a", "name": "tax.arrears_unsecured", "value": "false"}]

    assert open_["undetermined"].height > known["undetermined"].height
    assert known["actions"].height == decided()["actions"].height
    assert decided(rows)["actions"].height < known["actions"].height


def test_amounts_are_yuan_with_two_decimals() -> None:
    """An amount of fractions of a fen is refused, whatever type it has."""
    from creditrules.population.stated import value_of

    money = next(fact for fact in rulebook().catalogue.facts.values() if fact.type == "money")
    for values in ([Decimal("1.005")], ["1.005"], [1.005]):
        assert value_of(pl.Series(values), money)[0].to_list() == [None]
    for values in ([Decimal("1.05")], ["1.05"], [1.05]):
        assert value_of(pl.Series(values), money)[0].to_list() == [105]
    assert value_of(pl.Series([3]), money)[0].to_list() == [300]


def _parquet(folder: Path) -> str | Path:
    return written(folder / "in")


def _csv(folder: Path) -> str | Path:
    (folder / "in").mkdir()
    for name, table in tables().items():
        table.write_csv(folder / "in" / f"{name}.csv")
    return folder / "in"


def _files_of_a_table(folder: Path) -> str | Path:
    source = written(folder / "in")
    (source / "listings").mkdir()
    (source / "listings.parquet").rename(source / "listings" / "one.parquet")
    whole = pl.read_parquet(source / "listings" / "one.parquet")
    whole[:1].write_parquet(source / "listings" / "one.parquet")
    whole[1:].write_parquet(source / "listings" / "two.parquet")
    return source


def _feather(folder: Path) -> str | Path:
    (folder / "in").mkdir()
    for name, table in tables().items():
        table.write_ipc(folder / "in" / f"{name}.arrow")
    return folder / "in"


def _database(folder: Path) -> str | Path:
    with sqlite3.connect(folder / "crowd.db") as connection:
        for name, table in tables().items():
            texts = table.with_columns(pl.col(pl.Date).cast(pl.String))
            connection.execute(f"CREATE TABLE {name} ({', '.join(texts.columns)})")
            places = ", ".join("?" * texts.width)
            connection.executemany(f"INSERT INTO {name} VALUES ({places})", texts.rows())
    return f"sqlite:///{folder / 'crowd.db'}"


SOURCES = [_parquet, _csv, _files_of_a_table, _feather, _database]


@pytest.mark.parametrize("make", SOURCES)
def test_a_source_is_read_whole_or_in_pieces(tmp_path: Path, make: Callable[[Path], str | Path]) -> None:
    """Read at once or piece by piece, a source has the same rows, numbered from one on."""
    source: Source = source_of(make(tmp_path))
    population = decide_population(rulebook(), source.whole())

    assert population.rejects.is_empty()
    assert population["actions"].height == decided()["actions"].height
    for name in source.names:
        pieces = pl.concat(list(source.pieces(name)))
        assert pieces["row_number"].to_list() == list(range(1, source.whole()[name].height + 1))
        assert set(source.head(name).columns) == set(pieces.columns) - {"row_number"}
    assert source.size() > 0


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.99])
def test_a_truncated_file_is_told(tmp_path: Path, kept: float) -> None:
    """A Parquet file that is cut short is not read as a shorter one."""
    source = source_of(written(tmp_path / "in"))
    path = tmp_path / "in" / "listings.parquet"
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept)])

    for read in (source.whole, lambda: list(source.pieces("listings")), source.size):
        with pytest.raises(FactsError) as caught:
            read()
        assert [finding.code for finding in caught.value.findings] == ["CR482"]


@pytest.mark.parametrize("given", ["nowhere", "nodb://x", "sqlite:////nowhere/at/all.db"])
def test_nothing_to_read_is_told(given: str) -> None:
    """A folder or a database that is not there is asked for by name."""
    with pytest.raises(UsageError) as caught:
        source_of(given).names  # noqa: B018

    assert [finding.code for finding in caught.value.findings] == ["CR482"]


def test_one_table_has_one_form(tmp_path: Path) -> None:
    """Of a table that lies there as Parquet and as CSV nobody can say which is meant."""
    source = written(tmp_path / "in")
    (source / "roles.csv").write_text("person,organisation,role\n", "utf-8")

    with pytest.raises(UsageError, match="CR482"):
        source_of(source)


def test_the_schema_is_printed_whole() -> None:
    """Every table and every column stands on the page of the schema."""
    page = schema_text()

    assert all(f"## {table.name}" in page for table in SCHEMA)
    assert all(f"`{column.name}`" in page for table in SCHEMA for column in table.columns)


def test_columns_are_read_without_the_others() -> None:
    """Some columns of a table say the same alone as among the others, before the table is read and after."""
    population, whole = decide_population(rulebook(), tables()), decided()
    for name in whole.tables:
        every = whole[name].columns
        for wanted in (every[:1], every[1::2], every):
            assert population.columns(name, wanted).equals(whole[name].select(wanted))
            assert whole.columns(name, wanted).equals(whole[name].select(wanted))


def test_parts_are_read_with_what_their_actions_are_about() -> None:
    """The unit, target, effect and matter of an action may be read beside its parts, without a join."""
    population = decide_population(rulebook(), tables())
    about = ["unit", "target", "effect", "matter"]
    found = population.columns("parts", ["action", "rule", *about])
    joined = population["parts"].join(population["actions"], on="action", how="left", maintain_order="left")

    assert found.select(about).rows() == joined.select(about).rows()
    assert found["rule"].to_list() == population["parts"]["rule"].to_list()
