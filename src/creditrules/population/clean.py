"""Population: checked tables become arrays for the kernel: the rows that count on the day."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl
from attrs import frozen

from creditrules.model.catalogue import Catalogue
from creditrules.population.arrays import are_places, constant
from creditrules.population.blocks import both
from creditrules.population.checked import Checked
from creditrules.population.days import FUTURE, ends, starts
from creditrules.population.encoded import Encoded, Findings, Listings, Roles, Stated, Subjects
from creditrules.population.events import fold_events
from creditrules.population.history import (
    Objections,
    Repairs,
    findings_by_pair,
    happened,
    keep_newest,
)
from creditrules.population.ledger import Fate, Ledger
from creditrules.population.stated import on_the_day
from creditrules.population.tables import Tables


@frozen(eq=False)
class Clean:
    """Encoded tables, and the checked rows they were made from."""

    data: Encoded
    checked: Checked

    @property
    def ledger(self) -> Ledger:
        """What became of every row."""
        return self.checked.ledger


def clean(tables: Tables, catalogue: Catalogue, on: date, known: date | None = None) -> Clean:
    """Check every row of a population and encode those that count on a day.

    Args:
        tables: the tables as they were read.
        catalogue: declares the lists, roles, kinds and facts they may speak of.
        on: the day of the decision.
        known: leave out what was recorded later.
    """
    return _Encoder(Checked(tables, catalogue, on, known)).encode()


class _Encoder:
    """Encodes one population; the places of listings and subjects change as rows are left out."""

    def __init__(self, checked: Checked) -> None:
        self.checked = checked
        self.ledger, self.frames = checked.ledger, checked.frames
        self.subjects, self.listed = Moved.of(self.ledger.is_used("subjects")), Moved(None)
        self.versions = pl.Series("version", [], pl.String)

    def encode(self) -> Clean:
        """Encode the rows that count."""
        frame, ledger = self.frames["subjects"], self.ledger
        kept = None if self.subjects.places is None else np.flatnonzero(ledger.is_used("subjects"))
        home = ledger.home["subjects"]
        subjects = Subjects(
            ids=picked(frame["id"], kept),
            kind=picked(self.checked.kind, kept),
            region=picked(_regions(frame), kept),
            home=None if home is None or home.all() else picked(home, kept),
        )
        listings, roles = both(self.encode_listings, self.encode_roles)
        findings = self.encode_findings(len(subjects))
        return Clean(Encoded(subjects, listings, roles, findings, self.encode_facts()), self.checked)

    def encode_listings(self) -> Listings:
        """Encode the versions of listings that count, with what happened to each."""
        frame, checked = self.frames["listings"], self.checked
        rows = keep_newest(
            self.ledger, "listings", {"id": checked.first}, frame["recorded"], checked.named.is_distinct
        )
        if rows is not None:
            places = np.full(frame.height, -1)
            places[checked.first[rows]] = np.arange(len(rows))
            self.listed = Moved(places)
        self.versions = picked(frame["version"], rows)
        size = frame.height if rows is None else len(rows)
        columns = {name: starts(picked(frame[name], rows)) for name in _STARTS}
        columns |= {name: ends(picked(frame[name], rows)) for name in _ENDS}
        for step in ("served", "aggregated"):
            columns[step] = _or_never(starts(picked(frame[step], rows)), picked(frame[f"not_{step}"], rows))
        folded = fold_events(columns, self.objections(), self.repairs(), *self.events(), checked.on)
        what = happened(folded.objections, folded.repairs, folded.stayed, size, checked.on)
        return Listings(
            ids=picked(frame["id"], rows),
            subject=self.subjects.moved(picked(checked.listed, rows)).astype(np.int32, copy=False),
            list=picked(checked.list, rows),
            capacity=picked(checked.capacity, rows),
            publishable=_yes(picked(frame["publishable"], rows), True),
            complete=_yes(picked(frame["findings_complete"], rows), False),
            upheld=what.upheld,
            repaired=what.repaired,
            stayed=what.stayed,
            suspended=what.suspended,
            doubtful=what.doubtful,
            **folded.columns,
        )

    def of_listing(self, table: str) -> tuple[Any, Any]:
        """Return the rows of a table that belong to listings that count, and the places of these."""
        places = self.checked.about.get(table, self.checked.fact_listing)
        rows = np.flatnonzero(self.ledger.is_used(table) & (places >= 0))
        place = self.listed.moved(places[rows])
        self._settle(table, rows[place < 0], Fate.LATER)
        rows, place = rows[place >= 0], place[place >= 0]
        version = self.frames[table]["version"]
        if version.null_count() == len(version) or not len(rows):
            return rows, place
        asked, current = version.gather(rows).cast(pl.String), self.versions.gather(place).cast(pl.String)
        ours = (asked.is_null() | (asked == current).fill_null(False)).to_numpy()
        self._settle(table, rows[~ours], Fate.CORRECTED)
        return rows[ours], place[ours]

    def _settle(self, table: str, rows: Any, fate: Fate) -> None:
        where = np.zeros(len(self.ledger.fates[table]), bool)
        where[rows] = True
        self.ledger.settle(table, where, fate)

    def objections(self) -> Objections:
        """Encode the objections to listings that count."""
        rows, place = self.of_listing("objections")
        part = self.frames["objections"][rows]
        asked = part["suspends"].cast(pl.Int8).fill_null(-1).to_numpy()
        outcome = self.checked.outcome["objections"][rows]
        return Objections(place, starts(part["filed"]), ends(part["decided"]), outcome, asked)

    def repairs(self) -> Repairs:
        """Encode the repairs of listings that count."""
        rows, place = self.of_listing("repairs")
        part = self.frames["repairs"][rows]
        days = (starts(part["applied"]), ends(part["decided"]), ends(part["revoked"]))
        return Repairs(place, *days, self.checked.outcome["repairs"][rows])

    def events(self) -> tuple[Any, pl.DataFrame, Any]:
        """Return the events around listings that count: whose, what, and of which kind."""
        rows, place = self.of_listing("events")
        return place, self.frames["events"][rows], self.checked.event_kind[rows]

    def encode_findings(self, people: int) -> Findings:
        """Encode the findings in listings that count."""
        rows, place = self.of_listing("findings")
        here = self.checked.found[rows] >= 0
        rows, place = rows[here], place[here]
        person = self.subjects.moved(self.checked.found[rows])
        day = starts(self.frames["findings"]["on"].gather(rows))
        return findings_by_pair(place, person, self.checked.finds[rows], day, people, self.checked.on)

    def encode_roles(self) -> Roles:
        """Encode the versions of roles that count."""
        frame, checked = self.frames["roles"], self.checked
        keys = {"p": checked.person, "o": checked.seat, "r": checked.role, "s": frame["since"]}
        # Two versions of a role differ in the day of recording, or one of them was rejected.
        distinct = frame["recorded"].null_count() == frame.height
        rows = keep_newest(self.ledger, "roles", keys, frame["recorded"], distinct)
        if not (are_places(checked.person) and are_places(checked.organisation)):
            here = (checked.person >= 0) & (checked.organisation >= 0)
            rows = np.flatnonzero(here) if rows is None else rows[here[rows]]
        return Roles(
            person=self.subjects.moved(picked(checked.person, rows)).astype(np.int32, copy=False),
            organisation=self.subjects.moved(picked(checked.organisation, rows)).astype(np.int32, copy=False),
            role=picked(checked.role, rows),
            since=starts(picked(frame["since"], rows)),
            until=ends(picked(frame["until"], rows)),
            confirmed=_answers(picked(frame["confirmed"], rows)),
        )

    def encode_facts(self) -> dict[str, Stated]:
        """Return what is stated of every fact on the day."""
        found: dict[str, Stated] = {}
        checked, frame = self.checked, self.frames["facts"]
        for table, columns in checked.wide.items():
            for name, values in columns.items():
                found[name] = self._wide(table, checked.catalogue.facts[name].about, values)
        if not checked.stated:
            return found
        rows, place = self.of_listing("facts")
        of_listing = np.full(frame.height, -1)
        of_listing[rows] = place
        of_subject = np.full(frame.height, -1)
        rows = np.flatnonzero(checked.fact_subject >= 0)
        of_subject[rows] = self.subjects.moved(checked.fact_subject[rows])
        used = self.ledger.is_used("facts")
        for name, named in checked.stated.items():
            about = checked.catalogue.facts[name].about
            owners = of_listing if about == "listing" else of_subject
            stated = on_the_day(frame, named, about, owners, used & (owners >= 0), pl.lit(checked.on))
            found[name] = _both(found.get(name), stated)
        return found

    def _wide(self, table: str, about: str, values: pl.Series) -> Stated:
        """Return a fact that a column of subjects or listings states."""
        moved = self.subjects if table == "subjects" else self.listed
        if moved.places is None and not values.null_count():
            return Stated(about, None, values)
        rows = np.flatnonzero(self.ledger.is_used(table) & values.is_not_null().to_numpy())
        places = rows if table == "subjects" else self.checked.first[rows]
        owners = moved.moved(places)
        return Stated(about, owners[owners >= 0], values.gather(rows[owners >= 0]))


@frozen(eq=False)
class Moved:
    """Where rows are once others are left out: None when all stayed in place, else -1 for those left out."""

    places: Any

    @classmethod
    def of(cls, used: Any) -> Moved:
        """Move rows up to fill the places of those that are not used."""
        return cls(None if used.all() else np.where(used, np.cumsum(used) - 1, -1))

    def moved(self, rows: Any) -> Any:
        """Return where rows are now."""
        return rows if self.places is None else self.places[rows]


def picked(column: Any, rows: Any) -> Any:
    """Return some rows of a column; all of them, in their order, when *rows* is None."""
    if rows is None:
        return column
    return column.gather(rows) if isinstance(column, pl.Series) else column[rows]


_STARTS = ("conduct_since", "conduct_until", "determined", "published", "since", "review")
_ENDS = ("until", "removed", "revoked")


def _both(wide: Stated | None, long: Stated) -> Stated:
    # What comes last counts: a statement in `facts` overrides one in a column.
    if wide is None:
        return long
    owners = np.arange(len(wide.values)) if wide.owners is None else wide.owners
    values = pl.concat([wide.values.cast(long.values.dtype), long.values])
    return Stated(long.about, np.concatenate([owners, long.owners]), values)


def _regions(frame: pl.DataFrame) -> pl.Series:
    region, code = frame["region"], frame["code"]
    if code.null_count() == len(code):
        return region
    frame = pl.DataFrame([region.cast(pl.String), code])
    return frame.select(pl.coalesce("region", pl.col("code").str.slice(2, 6))).to_series()


def _or_never(days: Any, never: pl.Series) -> Any:
    return np.where(_yes(never, False), FUTURE, days) if never.null_count() < len(never) else days


def _yes(column: pl.Series, missing: bool) -> Any:
    if column.null_count() == len(column):
        return constant(missing, len(column), bool)
    return column.fill_null(missing).to_numpy()


def _answers(column: pl.Series) -> Any:
    if column.null_count() == len(column):
        return constant(0, len(column), np.int8)
    return column.cast(pl.Int8).fill_null(-1).to_numpy() + 1
