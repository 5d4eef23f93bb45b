"""Testing: dossiers as the tables of a population."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from creditrules.model.catalogue import Catalogue
from creditrules.model.dossier import Dossier, Facts, Listing

Rows = dict[str, list[dict[str, Any]]]
_COLUMNS = {
    "boolean": "value_boolean",
    "integer": "value_number",
    "money": "value_number",
    "share": "value_number",
    "date": "value_date",
}
_LISTING = (
    *("capacity", "conduct_since", "conduct_until", "determined", "published", "since", "until", "review"),
    *("removed", "revoked", "publishable", "findings_complete", "recorded"),
)


def population_of(dossiers: Iterable[Dossier], catalogue: Catalogue) -> dict[str, Any]:
    """Return the tables of a population that says what dossiers say; ids begin with a dossier's number."""
    import polars as pl

    from creditrules.population.schema import SCHEMA

    rows: Rows = {table.name: [] for table in SCHEMA}
    for number, dossier in enumerate(dossiers):
        _add(rows, dossier, catalogue, f"{number}.")
    types = {"key": pl.String, "word": pl.String, "text": pl.String, "day": pl.Date, "yes_no": pl.Boolean}
    return {
        table.name: pl.DataFrame(
            rows[table.name],
            schema={c.name: types.get(c.holds, pl.Decimal(38, 6)) for c in table.columns},
        )
        for table in SCHEMA
    }


def _add(rows: Rows, dossier: Dossier, catalogue: Catalogue, prefix: str) -> None:
    for subject in dossier.subjects.values():
        row = {"id": prefix + subject.id, "kind": subject.kind, "region": subject.region}
        rows["subjects"].append(row)
        _add_facts(rows, subject.facts, prefix + subject.id, None, catalogue)
    for number, listing in enumerate(dossier.listings):
        _add_listing(rows, listing, str(number), prefix, catalogue)
    for role in dossier.roles:
        row = {"person": prefix + role.person, "organisation": prefix + role.organisation, "role": role.role}
        days = {"since": role.since, "until": role.until, "recorded": role.recorded}
        rows["roles"].append({**row, **days, "confirmed": role.confirmed})


def _add_listing(rows: Rows, listing: Listing, version: str, prefix: str, catalogue: Catalogue) -> None:
    row = {name: getattr(listing, name) for name in _LISTING}
    for step in ("served", "aggregated"):
        day = getattr(listing, step)
        row |= {step: day if isinstance(day, date) else None, f"not_{step}": True if day is False else None}
    key = {"listing": prefix + listing.id, "version": version}
    names = {"id": prefix + listing.id, "subject": prefix + listing.subject, "list": listing.list}
    rows["listings"].append({**row, **names, "version": version})
    for f in listing.findings:
        found = {"person": prefix + f.person, "finds": f.finds.value, "on": f.on, "recorded": f.recorded}
        rows["findings"].append({**key, **found})
    for o in listing.objections:
        days = {"filed": o.filed, "decided": o.decided, "recorded": o.recorded}
        rows["objections"].append({**key, **days, "suspends": o.suspends, "outcome": o.outcome})
    for r in listing.repairs:
        days = {"applied": r.applied, "decided": r.decided, "revoked": r.revoked, "recorded": r.recorded}
        rows["repairs"].append({**key, **days, "outcome": r.outcome})
    for e in listing.events:
        suspends = {"true": True, "false": False}.get(e.details.get("suspends", ""))
        days = {"on": e.on, "until": e.until, "recorded": e.recorded}
        rows["events"].append(
            {**key, **days, "kind": e.kind.value, "outcome": e.outcome, "suspends": suspends}
        )
    _add_facts(rows, listing.facts, prefix + listing.id, version, catalogue)


def _add_facts(rows: Rows, facts: Facts, owner: str, version: str | None, catalogue: Catalogue) -> None:
    for name, entries in facts.items():
        kind = catalogue.facts[name].type
        for entry in entries:
            value: Any = entry.value
            if kind in ("money", "share"):
                from decimal import Decimal

                value = Decimal(int(value)) / 100
            days = {"since": entry.since, "until": entry.until, "recorded": entry.recorded}
            column = _COLUMNS.get(kind, "value_text")
            rows["facts"].append({"owner": owner, "name": name, column: value, "version": version, **days})
