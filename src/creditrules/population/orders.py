"""Population: days that contradict one another; the same checks as for a dossier."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from creditrules.load.identifiers import looks_like_id_number
from creditrules.population.ledger import Ledger

# What cannot come before the determination.
_STEPS = ("served", "aggregated", "published", "until", "removed", "revoked")
_REGION = r"^[0-9]{6}$"
_CODE = r"^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$"
_ID_NUMBER = r"^[0-9]{17}[0-9Xx]$"


def check_ids(table: str, ids: pl.Series, ledger: Ledger) -> None:
    """Reject ids that may be citizen numbers (CR409)."""
    if ids.dtype == pl.String:
        compact = ids.str.replace_all("[ -]", "")
        ledger.reject(table, _true(compact.str.contains(_ID_NUMBER)), "CR409", ids.name, ids)
    elif len(ids) and (ids.max() or 0) >= 10**17:  # type: ignore[operator]
        long = pl.Series([looks_like_id_number(str(v)) for v in ids.to_list()])
        ledger.reject(table, _true(long), "CR409", ids.name, ids)


def check_subjects(frame: pl.DataFrame, ledger: Ledger) -> None:
    """Reject regions (CR417) and codes (CR412) that are none."""
    for column, form, code in (("region", _REGION, "CR417"), ("code", _CODE, "CR412")):
        stated = frame[column]
        if stated.null_count() < len(stated):
            ledger.reject("subjects", _true(~stated.cast(pl.String).str.contains(form)), code, column, stated)


def check_listings(frame: pl.DataFrame, ledger: Ledger) -> None:
    """Reject listings whose days are out of order (CR430, CR431, CR442) or that say yes and no (CR447)."""
    for step in ("served", "aggregated"):
        never = frame[f"not_{step}"]
        if never.null_count() == len(never):
            continue
        both = frame[step].is_not_null() & never.fill_null(False)
        ledger.reject("listings", _true(both), "CR447", step, frame[step])
    _in_order("listings", frame, "since", "until", "CR430", ledger)
    _in_order("listings", frame, "conduct_since", "conduct_until", "CR430", ledger)
    for step in _STEPS:
        _in_order("listings", frame, "determined", step, "CR431", ledger)
    _in_order("listings", frame, "conduct_since", "determined", "CR442", ledger)


def check_roles(frame: pl.DataFrame, ledger: Ledger) -> None:
    """Reject roles that end before they begin (CR430)."""
    _in_order("roles", frame, "since", "until", "CR430", ledger)


def check_objections(frame: pl.DataFrame, outcomes: Any, ledger: Ledger) -> None:
    """Reject objections decided before they were filed (CR432), or decided by half (CR433)."""
    _in_order("objections", frame, "filed", "decided", "CR432", ledger)
    half = frame["decided"].is_null().to_numpy() != (outcomes < 0)
    ledger.reject("objections", half, "CR433", "decided", frame["decided"])


def check_repairs(frame: pl.DataFrame, outcomes: Any, granted: int, ledger: Ledger) -> None:
    """Reject repairs whose days are out of order (CR432, CR434), or that were decided by half (CR433)."""
    _in_order("repairs", frame, "applied", "decided", "CR432", ledger)
    _in_order("repairs", frame, "decided", "revoked", "CR434", ledger)
    undated = frame["decided"].is_null().to_numpy()
    half = (~undated & (outcomes < 0)) | (undated & (outcomes == granted))
    ledger.reject("repairs", half, "CR433", "decided", frame["decided"])


def check_events(frame: pl.DataFrame, ledger: Ledger) -> None:
    """Reject events that end before they happened (CR449)."""
    _in_order("events", frame, "on", "until", "CR449", ledger)


def check_determined(
    table: str, frame: pl.DataFrame, listing: Any, determined: pl.Series, ledger: Ledger
) -> None:
    """Reject what was decided on a listing before it was determined (CR431)."""
    decided = frame["decided"]
    if not len(determined) or decided.null_count() == len(decided):
        return
    place = pl.Series(np.maximum(listing, 0))
    early = (decided < determined.gather(place)).fill_null(False).to_numpy() & (listing >= 0)
    ledger.reject(table, early, "CR431", "decided", decided)


def _in_order(table: str, frame: pl.DataFrame, first: str, then: str, code: str, ledger: Ledger) -> None:
    start, end = frame[first], frame[then]
    if start.null_count() < len(start) and end.null_count() < len(end):
        wrong = end < start
        if wrong.any():
            ledger.reject(table, _true(wrong), code, then if code != "CR442" else first, end)


def _true(column: pl.Series) -> Any:
    return column.fill_null(False).to_numpy()
