"""Population, impact: some differences with their reasons, decided again by the reference engine."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
from attrs import frozen

from creditrules.decide.decide import decide
from creditrules.deliver.words import word_table
from creditrules.errors import EngineError, Finding, Span
from creditrules.model.decision import Action, Decision
from creditrules.model.rulebook import Rulebook
from creditrules.model.text import Text
from creditrules.population.buckets import bucket_of
from creditrules.population.clean import clean
from creditrules.population.differences import CHANGES
from creditrules.population.dossiers import Dossiers
from creditrules.population.impact.comparing import Compared
from creditrules.population.impact.reasons import why, why_not
from creditrules.population.neighbours import tables_around
from creditrules.population.scan import Scan

_COLUMNS = ("discretion", "since", "until", "review")


@frozen
class Sample:
    """One difference: what it was and is (None: no action), and why on either side.

    `name` is that of the target as it may be shown; what names a person is masked.
    """

    change: str
    aspects: tuple[str, ...]
    name: str
    kind: str
    region: str | None
    key: tuple[str, str, str | None]
    measures: tuple[str, ...]
    before: Action | None
    after: Action | None
    why_before: tuple[Text, ...]
    why_after: tuple[Text, ...]


def samples_of(
    compared: Compared,
    before: Rulebook,
    after: Rulebook,
    scan: Scan,
    wanted: int,
    known: date | None = None,
) -> tuple[Sample, ...]:
    """Return some of the differences with their reasons.

    Args:
        compared: what was found.
        before: the one rulebook.
        after: the other.
        scan: the population.
        wanted: how many; of every measure and kind of change one comes before any has a second.
        known: decide as on what was recorded by this day.

    Raises:
        EngineError: CR530, the reference engine says something else of one of them.
    """
    chosen = _chosen(compared, wanted)
    if not chosen:
        return ()
    targets = pl.Series(
        "target", [row["target"] for row in chosen], compared.differences.actions["target"].dtype
    )
    tables = tables_around(scan, targets.unique())
    sides = []
    for book in (before, after):
        checked = clean(tables, book.catalogue, book.on, known).checked
        places = checked.people.of(targets)
        # A subject that one side refuses has no dossier there.
        used = checked.ledger.is_used("subjects")
        dossiers = Dossiers(checked, places[places >= 0])
        decisions = {
            target: decide(book, dossiers.of(place), known=known, engine="reference")
            for target, place in zip(targets.to_list(), places.tolist(), strict=True)
            if place >= 0 and used[place]
        }
        sides.append((book, decisions))
    return tuple(_sample(row, *sides) for row in chosen)


def _chosen(compared: Compared, wanted: int) -> list[dict[str, Any]]:
    """Choose differences, always the same ones: as many kinds of change and measures as there is room for."""
    found = compared.differences
    if wanted <= 0 or not found.actions.height:
        return []
    measure = pl.concat_str("memorandum", "measure", separator="#")
    parts = found.parts.group_by("difference", maintain_order=True).agg(
        measure.unique(maintain_order=True).alias("measures")
    )
    rows = found.actions.select("difference", "change", "target").join(parts, on="difference")
    # Targets in another order for each measure, so that not all samples fall on the same few.
    key = pl.concat_str(pl.col("target").cast(pl.String), pl.col("measures").list.first(), separator="|")
    rows = rows.with_columns(pl.Series("order", bucket_of(rows.select(key).to_series(), 2**61)))
    rows = rows.sort("order", "difference").with_columns(
        pl.int_range(pl.len()).over("change", pl.col("measures").list.first()).alias("again")
    )
    rows = rows.with_columns(pl.int_range(pl.len()).over("change", "again").alias("place"))
    rows = rows.sort("again", "place", pl.col("change").cast(pl.Enum(CHANGES)), "order").head(wanted)
    told = rows.select("difference", "measures").join(
        found.actions, on="difference", how="left", maintain_order="left"
    )
    return told.join(compared.of_targets, on="target", how="left", maintain_order="left").to_dicts()


_Decided = tuple[Rulebook, dict[Any, Decision]]


def _sample(row: dict[str, Any], before: _Decided, after: _Decided) -> Sample:
    actions: list[Action | None] = []
    reasons: list[tuple[Text, ...]] = []
    name = ""
    others = (before[0], after[0])
    for side, (book, decisions) in (("before", before), ("after", after)):
        decision = decisions.get(row["target"])
        action = None if decision is None else _action(decision, row)
        if _said(action) != _told(row, side):
            raise EngineError([_disagreement(row, book, side, action)])
        actions.append(action)
        if decision is None:
            reasons.append(())
            continue
        name = next(view.name for view in decision.subjects if view.id == str(row["target"]))
        reasons.append(
            why_not(decision, _unit(row["unit"], book, *others), row["measures"], str(row["target"]))
            if action is None
            else why(decision, action)
        )
    if actions[0] is not None and actions[1] is not None:
        # Of an action that stands on both sides only what differs is told.
        told = [
            {**dict.fromkeys(lines), **_bases(action)} for lines, action in zip(reasons, actions, strict=True)
        ]
        reasons = [tuple(t for t in one if t not in two) for one, two in (told, told[::-1])]
    return Sample(
        change=row["change"],
        aspects=tuple(row["aspects"] or ()),
        name=name,
        kind=row["kind"] or "",
        region=row["region"],
        key=(row["unit"], row["effect"], row["matter"]),
        measures=tuple(row["measures"]),
        before=actions[0],
        after=actions[1],
        why_before=reasons[0],
        why_after=reasons[1],
    )


def _unit(key: str, *books: Rulebook) -> str:
    """Return the name of a unit in the first catalogue that knows it, else its key."""
    known = (book.catalogue.units.by_key.get(key) for book in books)
    return next((unit.name.zh for unit in known if unit is not None), key)


def _bases(action: Action | None) -> dict[Text, None]:
    words = word_table()["impact.why.basis"]
    parts = () if action is None else action.parts
    return {words.filled(basis=str(basis)): None for part in parts for basis in part.bases}


def _action(decision: Decision, row: dict[str, Any]) -> Action | None:
    key = (str(row["target"]), row["unit"], row["effect"] or "", row["matter"])
    return next((a for a in decision.actions if (a.target, a.unit, a.effect, a.matter) == key), None)


def _said(action: Action | None) -> tuple[Any, ...] | None:
    return None if action is None else (action.discretion.value, action.since, action.until, action.review)


def _told(row: dict[str, Any], side: str) -> tuple[Any, ...] | None:
    if row[f"action_{side}"] is None:
        return None
    return tuple(row[f"{name}_{side}"] for name in _COLUMNS)


def _disagreement(row: dict[str, Any], book: Rulebook, side: str, action: Action | None) -> Finding:
    words = {
        "first": "reference",
        "second": "population",
        "only_first": " ".join(map(str, _said(action) or ("nothing",))),
        "only_second": " ".join(map(str, _told(row, side) or ("nothing",))),
        "day": str(book.on),
    }
    return Finding("CR530", Span(f"subject {row['target']}"), words)
