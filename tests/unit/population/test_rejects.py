"""Rows that are wrong are told with table, row and reason, and nobody is decided without a row about him."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest

from creditrules.errors import FactsError
from creditrules.population.tables import Tables
from tests.support.crowds import decided, people, refused, tables, targets

Rows = dict[str, list[dict[str, Any]]]


def _changed(table: str, row: int, **values: Any) -> Rows:
    rows = people()
    rows[table][row - 1] |= values
    return rows


def test_a_population_without_faults_is_used_whole() -> None:
    """Every row that was read was used, and nobody is missing among the targets."""
    population = decided()

    assert population.rejects.is_empty()
    assert population.counts.filter(pl.col("read") != pl.col("used")).is_empty()
    assert targets(population) == {"a", "b", "p", "q"}


@pytest.mark.parametrize(
    ("table", "row", "change", "code"),
    [
        ("subjects", 1, {"kind": "factory"}, "CR418"),
        ("subjects", 1, {"region": "2106"}, "CR417"),
        ("subjects", 1, {"id": "110101199003070011"}, "CR409"),
        ("listings", 1, {"subject": "nobody"}, "CR485"),
        ("listings", 1, {"subject": None}, "CR483"),
        ("listings", 1, {"list": "tax-major-violation"}, "CR419"),
        ("listings", 1, {"determined": "2018-02-30"}, "CR406"),
        ("listings", 1, {"until": date(2017, 1, 1)}, "CR431"),
        ("roles", 1, {"role": "spouse"}, "CR411"),
        ("roles", 1, {"role": "boss"}, "CR420"),
        ("roles", 1, {"organisation": "nobody"}, "CR435"),
        ("roles", 1, {"organisation": "q"}, "CR436"),
        ("roles", 1, {"person": "nobody"}, "CR485"),
        ("facts", 1, {"value": "perhaps"}, "CR424"),
        ("facts", 1, {"name": "tax.arears"}, "CR421"),
        ("facts", 1, {"name": "person.blood_type"}, "CR410"),
        ("facts", 1, {"name": "subject.kind"}, "CR429"),
        ("facts", 1, {"owner": "nobody"}, "CR485"),
    ],
)
def test_a_broken_row_is_told_with_its_table_and_number(
    table: str, row: int, change: dict[str, Any], code: str
) -> None:
    """The row is named with its fault; what it is about loses its actions, all others keep theirs."""
    population = decided(_changed(table, row, **change))

    assert (table, row, code) in refused(population)
    assert {"b", "q"} <= targets(population)
    about_a = table in ("subjects", "listings") or (table == "facts" and change.get("owner") is None)
    assert ("a" in targets(population)) is not about_a


@pytest.mark.parametrize(
    ("table", "row", "code"),
    [
        ("findings", {"listing": "La", "person": "p", "finds": "guilty"}, "CR407"),
        ("findings", {"listing": "La", "person": "nobody", "finds": "responsible"}, "CR437"),
        ("objections", {"listing": "La", "filed": None}, "CR483"),
        ("objections", {"listing": "La", "filed": date(2018, 3, 1), "decided": date(2018, 2, 20)}, "CR432"),
        ("repairs", {"listing": "La", "decided": date(2018, 6, 1)}, "CR433"),
        ("repairs", {"listing": "La", "decided": date(2018, 1, 1), "outcome": "granted"}, "CR431"),
        ("events", {"listing": "La", "kind": "feast", "on": date(2018, 6, 1)}, "CR446"),
        (
            "events",
            {"listing": "La", "kind": "repair_decision", "on": date(2018, 6, 1), "outcome": "?"},
            "CR448",
        ),
        (
            "events",
            {"listing": "La", "kind": "removal", "on": date(2018, 6, 1), "until": date(2018, 1, 1)},
            "CR449",
        ),
        ("facts", {"owner": "La", "name": "case.unknown", "value": "1"}, "CR421"),
    ],
)
def test_a_listing_is_withheld_when_a_row_about_it_is_broken(
    table: str, row: dict[str, Any], code: str
) -> None:
    """Whoever lost the row that tells of his repair is not sanctioned: the listing goes with the row."""
    rows = people()
    rows.setdefault(table, []).append(row)
    population = decided(rows)
    number = len(rows[table])

    assert (table, number, code) in refused(population)
    assert ("listings", 1, "CR486") in refused(population)
    assert targets(population) == {"b", "q"}
    because = population.rejects.filter(pl.col("code") == "CR486")["because"].to_list()
    assert set(because) == {f"{table}:{number}"}


def test_a_row_about_no_listing_is_told() -> None:
    """A repair whose listing is in no row is not lost in silence."""
    rows = people() | {"repairs": [{"listing": "Lz", "decided": date(2018, 6, 1), "outcome": "granted"}]}

    assert ("repairs", 1, "CR485") in refused(decided(rows))


def test_subjects_that_share_an_id_are_all_rejected_when_they_differ() -> None:
    """Nobody can say which of two rows is right; of two rows that say the same one is enough."""
    rows = people()
    rows["subjects"] += [dict(rows["subjects"][0]), rows["subjects"][1] | {"region": "310000"}]
    population = decided(rows)

    assert {("subjects", 6, "CR415"), ("subjects", 2, "CR415"), ("subjects", 7, "CR415")} <= refused(
        population
    )
    assert targets(population) == {"a", "p"}


def test_listings_that_share_an_id_are_versions_or_refused() -> None:
    """Two rows of one listing recorded on one day contradict each other; of two days the later one counts."""
    rows = people()
    rows["listings"].append(rows["listings"][0] | {"list": "judgment-defaulters"})
    refused_ = refused(decided(rows))
    dated = people()
    dated["listings"] = [each | {"recorded": None} for each in dated["listings"]]
    dated["listings"].append(
        dated["listings"][0] | {"removed": date(2018, 6, 1), "recorded": date(2018, 6, 2)}
    )

    assert {("listings", 1, "CR438"), ("listings", 3, "CR438")} <= refused_
    assert targets(decided(dated)) == {"b", "q"}
    assert targets(decided(dated, known=date(2018, 6, 1))) == {"a", "b", "p", "q"}


def test_one_listing_has_one_holder() -> None:
    """A listing of two subjects is nobody's."""
    rows = people()
    rows["listings"] = [each | {"recorded": None} for each in rows["listings"]]
    rows["listings"].append(rows["listings"][0] | {"subject": "c", "recorded": date(2018, 6, 1)})

    assert ("listings", 3, "CR439") in refused(decided(rows))
    assert targets(decided(rows)) == {"b", "q"}


def test_a_fact_with_two_values_on_one_day_is_refused() -> None:
    """Statements recorded together that contradict each other withhold their subject."""
    rows = people()
    rows["facts"].append({"owner": "a", "name": "tax.arrears_unsecured", "value": "false"})
    population = decided(rows)

    assert {("facts", 1, "CR428"), ("facts", 3, "CR428")} <= refused(population)
    assert targets(population) == {"b", "q"}


def test_no_citizen_number_is_repeated() -> None:
    """The file of the rejected hides what looks like the number of a person."""
    population = decided(_changed("subjects", 1, id="110101199003070011"))

    assert "19900307" not in str(population.rejects.to_dicts())


def test_counts_add_up_whatever_happens() -> None:
    """Of every table, read = used + rejected + withheld + later + corrected."""
    rows = _changed("listings", 1, list="?")
    rows["listings"].append(
        {"id": "Lc", "subject": "c", "list": "tax-major-violations", "recorded": date(2019, 1, 1)}
    )
    counts = decided(rows, known=date(2018, 12, 31)).counts
    whole = counts.select(pl.sum_horizontal("used", "rejected", "withheld", "later", "corrected")).to_series()

    assert whole.to_list() == counts["read"].to_list()
    assert counts.filter(pl.col("table") == "listings")["later"].item() == 1


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda t: t.pop("listings"), "CR480"),
        (lambda t: t.update(people=t["subjects"]), "CR480"),
        (lambda t: t.update(listings=t["listings"].drop("subject")), "CR481"),
    ],
)
def test_what_is_missing_altogether_stops_at_once(
    spoil: Callable[[dict[str, Any]], object], code: str
) -> None:
    """A table or a column that must be there is asked for by name."""
    given = tables()
    spoil(given)

    with pytest.raises(FactsError) as caught:
        Tables.of(given)

    assert [finding.code for finding in caught.value.findings] == [code]
