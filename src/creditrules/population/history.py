"""Population: what was known on a day, which version of an entry counts, what happened to listings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from attrs import frozen

from creditrules.model.words import Outcome, Responsibility
from creditrules.population.arrays import constant
from creditrules.population.candidates import FINDING_BITS
from creditrules.population.days import FUTURE, day_of
from creditrules.population.encoded import Findings
from creditrules.population.ledger import Fate, Ledger
from creditrules.population.vocabulary import FINDINGS, OUTCOMES

_UPHELD, _GRANTED = OUTCOMES.index(Outcome.UPHELD), OUTCOMES.index(Outcome.GRANTED)


def leave_out_later(ledger: Ledger, table: str, frame: pl.DataFrame, known: date | None) -> None:
    """Leave out what was recorded after the day as known on which the decision is made."""
    recorded = frame["recorded"]
    if known is not None and recorded.null_count() < len(recorded):
        ledger.settle(table, (recorded > known).fill_null(False).to_numpy(), Fate.LATER)


def keep_newest(
    ledger: Ledger, table: str, keys: Mapping[str, Any], recorded: pl.Series, distinct: bool
) -> Any:
    """Keep of entries that share keys the one recorded last; return the rows that count, None for all.

    The order is that of a dossier: by the day of recording, an entry standing where its first version stood.
    *distinct*: no two entries share their keys, as far as is known beforehand.
    """
    used = ledger.is_used(table)
    undated = recorded.null_count() == len(recorded)
    if undated and distinct:
        return None if used.all() else np.flatnonzero(used)
    rows = np.flatnonzero(used)
    part = pl.DataFrame(dict(keys))[rows].with_columns(
        recorded[rows].alias("recorded"), pl.Series("row", rows)
    )
    if not undated:
        part = part.sort("recorded", nulls_last=False, maintain_order=True)
    names = list(keys)
    if part.height == part.select(names).n_unique():
        return part["row"].to_numpy()
    kept = part.group_by(names, maintain_order=True).agg(pl.col("row").last())["row"].to_numpy()
    corrected = np.zeros(len(used), bool)
    corrected[rows] = True
    corrected[kept] = False
    ledger.settle(table, corrected, Fate.CORRECTED)
    return kept


@frozen(eq=False)
class Happened:
    """What objections, repairs and stays mean for each listing on the day, as the kernel asks for it."""

    upheld: Any
    repaired: Any
    stayed: Any
    suspended: Any
    doubtful: Any


@frozen(eq=False)
class Objections:
    """Objections as arrays: listing, days, outcome, and whether each suspends (-1: not known)."""

    listing: Any
    filed: Any
    decided: Any
    outcome: Any
    suspends: Any


@frozen(eq=False)
class Repairs:
    """Repairs as arrays: listing, days, outcome."""

    listing: Any
    applied: Any
    decided: Any
    revoked: Any
    outcome: Any


def happened(objections: Objections, repairs: Repairs, stayed: Any, size: int, on: date) -> Happened:
    """Say what happened to each of some listings by a day; *stayed* is since when a court stays each."""
    today = day_of(on)
    o, r = objections, repairs
    pending = (o.filed <= today) & (today < o.decided)
    doubtful = constant(False, size, bool)
    if len(o.listing):
        doubtful = np.zeros(size, bool)
        doubtful[o.listing[pending & (o.suspends < 0)]] = True
    granted = (r.outcome == _GRANTED) & (r.decided <= today) & ~(r.revoked <= today)
    return Happened(
        upheld=_earliest(o.listing, o.decided, o.outcome == _UPHELD, size),
        repaired=_earliest(r.listing, r.decided, granted, size),
        stayed=stayed,
        suspended=_earliest(o.listing, o.filed, pending & (o.suspends == 1), size),
        doubtful=doubtful,
    )


def _earliest(listing: Any, days: Any, where: Any, size: int) -> Any:
    if not len(listing):
        return constant(FUTURE, size, np.int32)
    earliest = np.full(size, FUTURE, np.int32)
    np.minimum.at(earliest, listing[where], days[where])
    return earliest


def findings_by_pair(listing: Any, person: Any, finds: Any, day: Any, people: int, on: date) -> Findings:
    """Return what documents of a day or before found, by listing and person."""
    bits = np.array([FINDING_BITS[Responsibility(finding)] for finding in FINDINGS], np.int64)
    made = day <= day_of(on)
    keys = listing[made].astype(np.int64) * people + person[made]
    distinct, which = np.unique(keys, return_inverse=True)
    found = np.zeros(len(distinct), np.int64)
    if len(distinct):
        np.bitwise_or.at(found, which.reshape(-1), bits[finds[made]])
    return Findings(distinct, found)
