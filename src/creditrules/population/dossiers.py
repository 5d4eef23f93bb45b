"""Population: the dossier of one subject, taken out of checked tables: it, and whom its roles lead to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from creditrules.load.dossier_aliases import WORDS
from creditrules.model.dossier import (
    Dossier,
    FactEntry,
    Listing,
    Objection,
    Repair,
    ResponsibilityFinding,
    RoleHeld,
    Subject,
)
from creditrules.model.event import Event, in_order
from creditrules.model.words import Outcome, Responsibility
from creditrules.population.checked import Checked
from creditrules.population.ledger import Fate
from creditrules.population.vocabulary import FINDINGS, KINDS_OF_EVENT, OUTCOMES

Row = dict[str, Any]
_FIRST = date.min
_DAYS = (
    "conduct_since",
    "conduct_until",
    "determined",
    "published",
    "since",
    "until",
    "review",
    "removed",
    "revoked",
)


class Dossiers:
    """Takes dossiers of single subjects out of checked tables, for a few subjects at a time."""

    def __init__(self, checked: Checked, targets: Any) -> None:
        """Gather the rows that concern some subjects, by their places."""
        self._checked = checked
        touching = np.isin(checked.person, targets) | np.isin(checked.organisation, targets)
        self._roles = self._rows("roles", touching & (checked.person >= 0) & (checked.organisation >= 0))
        ends = [row[key] for row in self._roles for key in ("p", "o")]
        near = np.unique(np.concatenate([targets, np.array(ends, np.int64)]))
        everybody = np.zeros(len(checked.people.ids), bool)
        everybody[near] = True
        self._subjects = {row["place"]: row for row in self._rows("subjects", everybody)}
        self._listings = self._rows("listings", np.isin(checked.listed, near))
        named = np.unique([row["first"] for row in self._listings]).astype(np.int64)
        self._children = {
            table: _by(self._rows(table, np.isin(places, named)), "about")
            for table, places in checked.about.items()
        }
        about = np.where(checked.fact_listing >= 0, checked.fact_listing, checked.fact_subject)
        concerned = np.isin(checked.fact_subject, near) | np.isin(checked.fact_listing, named)
        self._facts: dict[tuple[bool, int], list[Row]] = {}
        rows = self._rows("facts", concerned & (about >= 0))
        values = _values(checked, {row["row"] for row in rows})
        for row in rows:
            of_listing = int(checked.fact_listing[row["row"]]) >= 0
            row["read"] = values[row["row"]]
            self._facts.setdefault((of_listing, int(about[row["row"]])), []).append(row)

    def _rows(self, table: str, where: Any) -> list[Row]:
        """Return rows that were not refused, with the places they were linked to."""
        checked, fates = self._checked, self._checked.ledger.fates[table]
        rows = np.flatnonzero(where & (fates != Fate.REJECTED) & (fates != Fate.WITHHELD))
        found = checked.frames[table][rows].rows(named=True)
        for row, place in zip(found, rows.tolist(), strict=True):
            row["row"] = row["place"] = place
            if table == "roles":
                row["p"], row["o"] = int(checked.person[place]), int(checked.organisation[place])
            elif table == "listings":
                row["first"], row["s"] = int(checked.first[place]), int(checked.listed[place])
            elif table in checked.about:
                row["about"] = int(checked.about[table][place])
        return found

    def of(self, target: int) -> Dossier:
        """Return the dossier of one of the subjects."""
        roles = [row for row in self._roles if target in (row["p"], row["o"])]
        near = {target, *(row["p"] for row in roles), *(row["o"] for row in roles)}
        people = {place: self._subject(row) for place, row in self._subjects.items() if place in near}
        listings = [row for row in self._listings if row["s"] in people]
        return Dossier(
            {subject.id: subject for subject in people.values()},
            tuple(self._listing(row) for row in listings),
            tuple(self._role(row) for row in roles if row["p"] in people and row["o"] in people),
        )

    def _subject(self, row: Row) -> Subject:
        region = row["region"] or (row["code"][2:8] if row["code"] else None)
        kind = tuple(self._checked.catalogue.kinds)[int(self._checked.kind[row["place"]])]
        facts = self._facts_of(False, row["place"], None, self._checked.wide["subjects"], row["place"])
        return Subject(str(row["id"]), kind, str(row["id"]), region=region, facts=facts)

    def _role(self, row: Row) -> RoleHeld:
        role = tuple(self._checked.catalogue.roles)[int(self._checked.role[row["row"]])]
        days = (row["since"], row["until"], row["confirmed"], row["recorded"])
        return RoleHeld(str(row["person"]), str(row["organisation"]), role, *days)

    def _listing(self, row: Row) -> Listing:
        checked, place, first = self._checked, row["row"], row["first"]
        capacities = (*checked.catalogue.capacities, None)
        steps: dict[str, Any] = {
            step: False if row[f"not_{step}"] and row[step] is None else row[step]
            for step in ("served", "aggregated")
        }
        steps |= {name: row[name] for name in _DAYS}
        mine = {table: self._children_of(table, first, row["version"]) for table in checked.about}
        return Listing(
            id=str(row["id"]),
            subject=str(row["subject"]),
            list=tuple(checked.catalogue.lists)[int(checked.list[place])],
            capacity=capacities[int(checked.capacity[place])],
            publishable=row["publishable"],
            findings_complete=bool(row["findings_complete"]),
            recorded=row["recorded"],
            facts=self._facts_of(True, first, row["version"], checked.wide["listings"], place),
            findings=tuple(self._finding(each) for each in mine["findings"]),
            objections=tuple(self._objection(each) for each in mine["objections"]),
            repairs=tuple(self._repair(each) for each in mine["repairs"]),
            events=in_order(self._event(each) for each in mine["events"]),
            **steps,
        )

    def _children_of(self, table: str, listing: int, version: Any) -> list[Row]:
        rows = self._children[table].get(listing, [])
        return [row for row in rows if row["version"] is None or row["version"] == version]

    def _finding(self, row: Row) -> ResponsibilityFinding:
        finds: Responsibility = FINDINGS[int(self._checked.finds[row["row"]])]
        return ResponsibilityFinding(str(row["person"]), finds, row["on"], recorded=row["recorded"])

    def _objection(self, row: Row) -> Objection:
        outcome = self._outcome("objections", row)
        return Objection(row["filed"], row["suspends"], row["decided"], outcome, row["recorded"])

    def _repair(self, row: Row) -> Repair:
        outcome = self._outcome("repairs", row)
        return Repair(row["applied"], row["decided"], outcome, row["revoked"], row["recorded"])

    def _outcome(self, table: str, row: Row) -> Outcome | None:
        place = int(self._checked.outcome[table][row["row"]])
        return None if place < 0 else OUTCOMES[place]

    def _event(self, row: Row) -> Event:
        details = {} if row["suspends"] is None else {"suspends": "true" if row["suspends"] else "false"}
        kind = KINDS_OF_EVENT[int(self._checked.event_kind[row["row"]])]
        outcome = None if row["outcome"] is None else str(WORDS.get(row["outcome"], row["outcome"]))
        return Event(
            kind,
            row["on"],
            until=row["until"],
            outcome=outcome,
            details=details,
            recorded=row["recorded"],
        )

    def _facts_of(
        self, of_listing: bool, place: int, version: Any, wide: dict[str, pl.Series], row: int
    ) -> dict[str, tuple[FactEntry, ...]]:
        found: dict[str, list[FactEntry]] = {}
        for each in self._facts.get((of_listing, place), []):
            if each["version"] is None or each["version"] == version:
                name, value = each["read"]
                days = (each["since"], each["until"], each["recorded"])
                found.setdefault(name, []).append(FactEntry(value, *days))
        for entries in found.values():
            entries.sort(key=lambda e: (e.recorded or _FIRST, e.since or _FIRST), reverse=True)
        for name, column in wide.items():
            if column[row] is not None:
                found.setdefault(name, []).append(FactEntry(column[row]))
        return {name: tuple(entries) for name, entries in found.items()}


def _values(checked: Checked, asked: set[int]) -> dict[int, tuple[str, Any]]:
    """Return name and value of some facts, by their rows."""
    found: dict[int, tuple[str, Any]] = {}
    for name, named in checked.stated.items():
        mine = np.flatnonzero(np.isin(named.rows, list(asked)))
        values = named.values.gather(mine).to_list()
        found |= {r: (name, v) for r, v in zip(named.rows[mine].tolist(), values, strict=True)}
    return found


def _by(rows: Iterable[Row], key: str) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row[key], []).append(row)
    return found
