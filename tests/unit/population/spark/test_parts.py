"""A row is refused for the same reason whatever part of a population it lands in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from creditrules.population import decide_population
from creditrules.population.compare import rows_of_tables
from tests.support.crowds import people, rulebook, tables
from tests.support.parcels import ORDER, pretended

Rows = dict[str, list[dict[str, Any]]]


def _role_twice(rows: Rows) -> None:
    rows["roles"].append({**rows["roles"][0], "confirmed": False})


def _role_in_a_person(rows: Rows) -> None:
    rows["roles"].append({"person": "p", "organisation": "q", "role": "director", "confirmed": True})


def _refused_organisation(rows: Rows) -> None:
    rows["subjects"][2]["kind"] = "factory"
    rows["roles"].append({"person": "p", "organisation": "c", "role": "director", "confirmed": True})


def _refused_person(rows: Rows) -> None:
    rows["subjects"][3]["region"] = "2106"
    rows["findings"] = [{"listing": "La", "person": "p", "finds": "directly_responsible"}]


def _organisation_with_a_bad_fact(rows: Rows) -> None:
    rows["facts"].append({"owner": "c", "name": "nobody.knows", "value": "1"})
    rows["roles"].append({"person": "q", "organisation": "c", "role": "director", "confirmed": True})


def _listing_of_two_subjects(rows: Rows) -> None:
    rows["listings"].append({**rows["listings"][0], "subject": "c", "recorded": "2018-06-01"})


def _keys_with_spaces(rows: Rows) -> None:
    rows["roles"][0] |= {"person": " p", "organisation": "a "}
    rows["listings"][1]["subject"] = " b "


def _no_subject(rows: Rows) -> None:
    rows["listings"] += [{**rows["listings"][0], "id": f"L{n}", "subject": f"x{n}"} for n in range(9)]
    rows["repairs"] = [{"listing": f"Z{n}", "decided": "2018-03-01", "outcome": "?"} for n in range(9)]


@pytest.mark.parametrize("chunks", [1, 2, 3, 7])
@pytest.mark.parametrize(
    "change",
    [
        _role_twice,
        _role_in_a_person,
        _refused_organisation,
        _refused_person,
        _organisation_with_a_bad_fact,
        _listing_of_two_subjects,
        _keys_with_spaces,
        _no_subject,
    ],
)
def test_a_row_is_refused_wherever_it_lands(change: Callable[[Rows], None], chunks: int) -> None:
    """Answers, counts and reasons are those of a population that lies together."""
    rows = people()
    change(rows)
    given = tables(rows)
    alone, spread = decide_population(rulebook(), given), pretended(rulebook(), given, chunks)

    assert spread.refused.rows() == alone.rejects.sort(ORDER).rows()
    assert spread.counts.rows() == alone.counts.rows()
    assert rows_of_tables(spread.tables, rulebook()) == rows_of_tables(alone.tables, rulebook())
    assert alone.rejects.height > 0 or change is _keys_with_spaces
