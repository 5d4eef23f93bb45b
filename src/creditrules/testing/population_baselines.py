"""What the population engine is compared with: a kernel written by hand for the workload, and a join in SQL.

Both know the workload by heart: its three conditions, its four roles, ids that are row numbers. They give one
row for each measure, subject and person reached; they merge nothing, reckon no days of actions, check no
input and know no unknown facts.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa

from creditrules.testing.population_workload import DOMAINS, KINDS, MEASURES, ON, Drawn

_DAY = (ON - type(ON)(1970, 1, 1)).days
_AT_A_TIME = 250_000
_CELLS = (len(KINDS) + 1) * len(DOMAINS)


class Exploded:
    """The measures of every list, kind and field of business, as runs."""

    def __init__(self, drawn: Drawn) -> None:
        start: list[int] = []
        count: list[int] = []
        items: list[int] = []
        for memo in range(drawn.lists):
            for kind in range(len(KINDS) + 1):
                for domain in range(len(DOMAINS)):
                    has = np.zeros(MEASURES, bool) if kind == len(KINDS) else drawn.kinds[memo, :, kind]
                    fits = has & ((drawn.domain[memo] < 0) | (drawn.domain[memo] == domain))
                    found = np.flatnonzero(fits) + memo * MEASURES
                    start.append(len(items))
                    count.append(len(found))
                    items += found.tolist()
        self.start, self.count = np.array(start), np.array(count)
        self.items = np.array(items, np.int16 if drawn.lists * MEASURES < 2**15 else np.int32)
        self.amount = drawn.amount.reshape(-1)
        self.exempt = drawn.exempt.reshape(-1)
        self.reach = drawn.reach.reshape(-1).astype(np.int8)
        self.unit = drawn.unit.reshape(-1).astype(np.int16)


def numpy_rows(folder: Path, exploded: Exploded, threads: int = 2) -> Any:
    """Read the tables, work out the rows by hand-written vector steps, return them as an Arrow table."""
    subjects = pl.read_parquet(folder / "subjects.parquet")
    listings = pl.read_parquet(folder / "listings.parquet")
    roles = pl.read_parquet(folder / "roles.parquet")
    cell = subjects["kind"].to_physical().to_numpy().astype(np.int32) * len(DOMAINS)
    cell += subjects["firm.domain"].to_physical().to_numpy()
    exempt = subjects["firm.exempt"].to_numpy()
    columns = {
        name: listings[name].to_physical().fill_null(2**30).to_numpy()
        for name in ("determined", "served", "aggregated", "until", "removed")
    }
    columns |= {"subject": listings["subject"].to_numpy(), "amount": listings["case.amount"].to_numpy()}
    columns["list"] = listings["list"].to_physical().to_numpy()
    organisation, person = roles["organisation"].to_numpy(), roles["person"].to_numpy()
    role, since = roles["role"].to_physical().to_numpy(), roles["since"].to_physical().to_numpy()
    offsets = np.searchsorted(organisation, np.arange(subjects.height + 1))

    def piece(at: slice) -> Any:
        c = {name: values[at] for name, values in columns.items()}
        active = (c["determined"] <= _DAY) & (c["served"] <= _DAY) & (c["aggregated"] <= _DAY)
        active &= (c["until"] >= _DAY) & (c["removed"] > _DAY)
        row = np.flatnonzero(active)
        subject = c["subject"][row]
        key = c["list"][row].astype(np.int32) * _CELLS + cell[subject]
        count = exploded.count[key]
        whose = np.repeat(np.arange(len(row), dtype=np.int32), count)
        begun = np.cumsum(count) - count
        place = np.arange(len(whose)) + np.repeat(exploded.start[key] - begun, count)
        measure = exploded.items[place]
        kept = exploded.amount[measure] <= c["amount"][row][whose]
        kept &= ~(exploded.exempt[measure] & exempt[subject][whose])
        whose, measure = whose[kept], measure[kept]
        reaching = np.flatnonzero(exploded.reach[measure])
        listed = subject[whose[reaching]]
        count = offsets[listed + 1] - offsets[listed]
        joined = np.repeat(reaching, count)
        begun = np.cumsum(count) - count
        held = np.arange(len(joined)) + np.repeat(offsets[listed] - begun, count)
        fits = (role[held] < exploded.reach[measure[joined]]) & (
            since[held] <= c["determined"][row][whose[joined]]
        )
        joined, held = joined[fits], held[fits]
        whom = np.concatenate([np.full(len(whose), -1), person[held]])
        every = np.concatenate([measure, measure[joined]])
        return pa.table(
            {
                "subject": np.concatenate([subject[whose], subject[whose[joined]]]),
                "person": pa.array(whom, mask=whom < 0),
                "memorandum": (every // MEASURES).astype(np.int16),
                "measure": (every % MEASURES).astype(np.int8),
                "unit": exploded.unit[every],
            }
        )

    pieces = [slice(n, n + _AT_A_TIME) for n in range(0, listings.height, _AT_A_TIME)]
    with ThreadPoolExecutor(threads) as pool:
        return pa.concat_tables(list(pool.map(piece, pieces)))


_QUERY = """
WITH active AS (
    SELECT l.subject, l.determined, l."case.amount" AS amount, CAST(l.list AS VARCHAR) AS list,
           s.kind, s.domain, s.exempt
    FROM (SELECT * FROM read_parquet('{folder}/listings.parquet')) l
    JOIN (SELECT id, CAST(kind AS VARCHAR) AS kind, CAST("firm.domain" AS VARCHAR) AS domain,
                 "firm.exempt" AS exempt
          FROM read_parquet('{folder}/subjects.parquet')) s ON s.id = l.subject
    WHERE l.determined <= DATE '{on}' AND l.served <= DATE '{on}' AND l.aggregated <= DATE '{on}'
      AND l.until >= DATE '{on}' AND (l.removed IS NULL OR l.removed > DATE '{on}')
), fired AS (
    SELECT a.subject, a.determined, m.memorandum, m.measure, m.unit, m.reach
    FROM active a JOIN measures m ON m.list = a.list AND m.kind = a.kind AND m.domain = a.domain
    WHERE a.amount >= m.amount AND NOT (m.exempt AND a.exempt)
)
SELECT subject, NULL::BIGINT AS person, memorandum, measure, unit FROM fired
UNION ALL
SELECT f.subject, r.person, f.memorandum, f.measure, f.unit FROM fired f
JOIN (SELECT person, organisation, since, CAST(role AS VARCHAR) AS role
      FROM read_parquet('{folder}/roles.parquet')) r
  ON r.organisation = f.subject AND r.since <= f.determined
WHERE (f.reach >= 1 AND r.role = 'legal_representative')
   OR (f.reach = 2 AND r.role = 'directly_responsible_person')
"""


def duckdb_rows(folder: Path, drawn: Drawn) -> Any:
    """Do the same as one join query over conditions as data."""
    import duckdb

    rows: dict[str, list[Any]] = {
        name: []
        for name in ("list", "kind", "domain", "memorandum", "measure", "unit", "amount", "exempt", "reach")
    }
    for memo, n in np.ndindex(drawn.lists, MEASURES):
        for kind in np.flatnonzero(drawn.kinds[memo, n]):
            for domain in range(len(DOMAINS)) if drawn.domain[memo, n] < 0 else (drawn.domain[memo, n],):
                rows["list"].append(f"list{memo}")
                rows["kind"].append(KINDS[kind])
                rows["domain"].append(DOMAINS[domain])
                rows["memorandum"].append(memo)
                rows["measure"].append(n)
                for name in ("unit", "amount", "exempt", "reach"):
                    rows[name].append(getattr(drawn, name)[memo, n].item())
    connection = duckdb.connect()
    connection.execute("SET threads TO 2")
    connection.register("measures", pa.table(rows))
    return connection.sql(_QUERY.format(folder=folder, on=ON)).to_arrow_table()


def copied(folder: Path, out: Any) -> float:
    """Return the seconds it takes to copy as many bytes as go in and come out."""
    from time import perf_counter

    size = sum(pl.read_parquet(p).estimated_size() for p in sorted(folder.glob("*.parquet")))
    size += sum(table.nbytes for table in out)
    data = np.zeros(int(size), np.uint8)
    start = perf_counter()
    data.copy()
    return perf_counter() - start
