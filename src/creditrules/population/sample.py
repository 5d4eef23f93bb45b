"""Population: some subjects decided again, one by one, by the reference engine, and compared row by row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
from attrs import frozen

from creditrules.decide.decide import decide
from creditrules.errors import EngineError, Finding, Span
from creditrules.model.rulebook import Rulebook
from creditrules.population.buckets import bucket_of
from creditrules.population.clean import Clean
from creditrules.population.compare import Rows, rows_of_decision, rows_of_tables
from creditrules.population.dossiers import Dossiers

# Where the target stands in the plain rows of each kind; a status is that of a listing.
_TARGET = {"action": 1, "part": 1, "undetermined": 9, "set_aside": 4, "record": 1}


@frozen
class Sampled:
    """How many subjects were decided again, and how many rows said the same."""

    subjects: int = 0
    rows: int = 0

    def __add__(self, other: Sampled) -> Sampled:
        return Sampled(self.subjects + other.subjects, self.rows + other.rows)


def check_sample(
    rulebook: Rulebook, made: Clean, tables: Mapping[str, Any], wanted: int, known: date | None
) -> Sampled:
    """Decide some subjects by the reference engine and compare.

    Raises:
        EngineError: CR530, it says something else of one of them.
    """
    chosen = _chosen(made, wanted)
    if not len(chosen):
        return Sampled()
    ids = made.data.subjects.ids.gather(chosen)
    whole = made.checked.people.of(ids)
    given = _of_targets(rulebook, tables, ids.to_list())
    dossiers = Dossiers(made.checked, whole)
    count = 0
    for name, place in zip(ids.to_list(), whole.tolist(), strict=True):
        dossier = dossiers.of(place)
        decision = decide(rulebook, dossier, known=known, engine="reference")
        mine = {listing.id for listing in dossier.listings if listing.subject == str(name)}
        wants = _about(rows_of_decision(decision), str(name), mine)
        has = given.get(str(name), Rows())
        if wants != has:
            raise EngineError([_disagreement(rulebook, str(name), wants, has)])
        count += sum(wants.values())
    return Sampled(len(chosen), count)


def _chosen(made: Clean, wanted: int) -> Any:
    """Return places of subjects that are listed, or related to one that is: always the same ones."""
    data = made.data
    listed = np.zeros(len(data.subjects), bool)
    listed[data.listings.subject] = True
    touched = listed.copy()
    touched[data.roles.person[listed[data.roles.organisation]]] = True
    touched[data.roles.organisation[listed[data.roles.person]]] = True
    if data.subjects.home is not None:
        touched &= data.subjects.home
    places = np.flatnonzero(touched)
    if wanted <= 0 or not len(places):
        return places[:0]
    order = bucket_of(data.subjects.ids.gather(places), 2**61)
    return places[np.argsort(order, kind="stable")[:wanted]]


def _of_targets(rulebook: Rulebook, tables: Mapping[str, Any], ids: list[Any]) -> dict[str, Rows]:
    """Return the rows of the tables that are about some targets, by target."""
    import pyarrow as pa
    import pyarrow.compute as pc

    def only(name: str, column: str, values: Any) -> Any:
        table = tables[name]
        return table.filter(pc.is_in(table[column], value_set=pa.array(values, table[column].type)))

    actions = only("actions", "target", ids)
    some = {
        "actions": actions,
        "parts": only("parts", "action", actions["action"].to_pylist()),
        **{name: only(name, "target", ids) for name in ("undetermined", "set_aside")},
        "records": only("records", "file_of", ids),
        "statuses": only("statuses", "listed", ids),
    }
    owner = {str(r["listing"]): str(r["listed"]) for r in some["statuses"].to_pylist()}
    found: dict[str, Rows] = {}
    for row, times in rows_of_tables(some, rulebook).items():
        target = owner[row[1]] if row[0] == "status" else row[_TARGET[row[0]]]
        found.setdefault(target, Rows())[row] += times
    return found


def _about(rows: Rows, target: str, listings: set[str]) -> Rows:
    """Return the rows of a decision that are about one target, or about one of its listings."""
    return Rows(
        {
            row: times
            for row, times in rows.items()
            if (row[1] in listings if row[0] == "status" else row[_TARGET[row[0]]] == target)
        }
    )


def _disagreement(rulebook: Rulebook, target: str, wants: Rows, has: Rows) -> Finding:
    words = {
        "first": "reference",
        "second": "population",
        "only_first": _said(wants - has),
        "only_second": _said(has - wants),
        "day": str(rulebook.on),
    }
    return Finding("CR530", Span(f"subject {target}"), words)


def _said(rows: Rows) -> str:
    return "; ".join(" ".join(str(word) for word in row) for row in list(rows)[:3]) or "nothing"
