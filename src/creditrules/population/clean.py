"""Population: checked tables become arrays for the kernel: the rows that count on the day, and what they say."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl
from attrs import frozen

from creditrules.model.catalogue import Catalogue
from creditrules.population.checked import Checked
from creditrules.population.days import FUTURE, ends, starts
from creditrules.population.encoded import Encoded, Listings, Roles, Stated, Subjects
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

    def encode(self) -> Clean:
        """Encode the rows that count."""
        frames, ledger = self.frames, self.ledger
        used = ledger.is_used("subjects")
        kept = np.flatnonzero(used)
        self.subject_place = _new_places(used)
        subjects = frames["subjects"]
        home = ledger.home["subjects"]
        data = Subjects(
            ids=_some(subjects["id"], kept),
            kind=self.checked.kind[kept].astype(np.int16),
            region=_some(_regions(subjects), kept),
            home=None if home is None or home.all() else home[kept],
        )
        listings, roles = self.listings(), self.roles()
        findings = self.findings(len(kept))
        return Clean(Encoded(data, listings, roles, findings, self.facts()), self.checked)

    def listings(self) -> Listings:
        """Encode the versions of listings that count, with what happened to each."""
        frame = self.frames["listings"]
        rows = keep_newest(
            self.ledger, "listings", pl.DataFrame({"id": self.checked.first}), frame["recorded"]
        )
        self.listing_place = np.full(frame.height, -1)
        self.listing_place[self.checked.first[rows]] = np.arange(len(rows))
        self.versions = _some(frame["version"], rows)
        part = frame if len(rows) == frame.height and (rows == np.arange(len(rows))).all() else frame[rows]
        columns = {name: starts(part[name]) for name in ("conduct_since", "conduct_until", "determined")}
        columns |= {name: starts(part[name]) for name in ("published", "since", "review")}
        columns |= {name: ends(part[name]) for name in ("until", "removed", "revoked")}
        for step in ("served", "aggregated"):
            columns[step] = _or_never(starts(part[step]), part[f"not_{step}"])
        folded = fold_events(columns, self.objections(), self.repairs(), *self.events(), self.checked.on)
        what = happened(folded.objections, folded.repairs, folded.stayed, len(rows), self.checked.on)
        return Listings(
            ids=part["id"],
            subject=self.subject_place[self.checked.listed[rows]].astype(np.int32),
            list=self.checked.list[rows].astype(np.int16),
            capacity=self.checked.capacity[rows].astype(np.int16),
            publishable=_yes(part["publishable"], True),
            complete=_yes(part["findings_complete"], False),
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
        place = self.listing_place[places[rows]]
        self._settle(table, rows[place < 0], Fate.LATER)
        rows, place = rows[place >= 0], place[place >= 0]
        version = self.frames[table]["version"]
        if version.null_count() == len(version) or not len(rows):
            return rows, place
        asked, current = _some(version, rows).cast(pl.String), self.versions.gather(place).cast(pl.String)
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

    def findings(self, people: int) -> Any:
        """Encode the findings in listings that count."""
        rows, place = self.of_listing("findings")
        here = self.checked.found[rows] >= 0
        rows, place = rows[here], place[here]
        person = self.subject_place[self.checked.found[rows]]
        day = starts(_some(self.frames["findings"]["on"], rows))
        return findings_by_pair(place, person, self.checked.finds[rows], day, people, self.checked.on)

    def roles(self) -> Roles:
        """Encode the versions of roles that count."""
        frame = self.frames["roles"]
        keys = pl.DataFrame(
            {
                "p": self.checked.person,
                "o": self.checked.organisation,
                "r": self.checked.role,
                "s": frame["since"],
            }
        )
        here = (self.checked.person >= 0) & (self.checked.organisation >= 0)
        rows = np.flatnonzero(self.ledger.is_used("roles") & here)
        if frame["recorded"].null_count() < frame.height:
            rows = keep_newest(self.ledger, "roles", keys, frame["recorded"])
            rows = rows[here[rows]]
        part = frame if len(rows) == frame.height and (rows == np.arange(len(rows))).all() else frame[rows]
        return Roles(
            person=self.subject_place[self.checked.person[rows]].astype(np.int32),
            organisation=self.subject_place[self.checked.organisation[rows]].astype(np.int32),
            role=self.checked.role[rows].astype(np.int16),
            since=starts(part["since"]),
            until=ends(part["until"]),
            confirmed=part["confirmed"].cast(pl.Int8).fill_null(-1).to_numpy() + 1,
        )

    def facts(self) -> dict[str, Stated]:
        """Return what is stated of every fact on the day."""
        found: dict[str, Stated] = {}
        used, frame = self.ledger.is_used("facts"), self.frames["facts"]
        rows, place = self.of_listing("facts") if (self.checked.fact_listing >= 0).any() else (_NONE, _NONE)
        of_listing = np.full(frame.height, -1)
        of_listing[rows] = place
        of_subject = (
            np.where(
                self.checked.fact_subject >= 0,
                self.subject_place[np.maximum(self.checked.fact_subject, 0)],
                -1,
            )
            if len(self.subject_place)
            else np.full(frame.height, -1)
        )
        for table, columns in self.checked.wide.items():
            place = self.subject_place if table == "subjects" else self.listing_by_row()
            for name, values in columns.items():
                stated = (place >= 0) & values.is_not_null().to_numpy()
                about = self.checked.catalogue.facts[name].about
                found[name] = Stated(about, place[stated], values.filter(pl.Series(stated)))
        for name, named in self.checked.stated.items():
            about = self.checked.catalogue.facts[name].about
            owners = of_listing if about == "listing" else of_subject
            stated = on_the_day(frame, named, about, owners, used & (owners >= 0), pl.lit(self.checked.on))
            found[name] = _both(found.get(name), stated)
        return found

    def listing_by_row(self) -> Any:
        """Return of each row of `listings` its place, -1 for versions that do not count."""
        place = self.listing_place[self.checked.first]
        return np.where(self.ledger.is_used("listings"), place, -1)


_NONE = np.zeros(0, np.int64)


def _both(wide: Stated | None, long: Stated) -> Stated:
    # What comes last counts: a statement in `facts` overrides one in a column.
    if wide is None:
        return long
    return Stated(
        long.about, np.concatenate([wide.owners, long.owners]), pl.concat([wide.values, long.values])
    )


def _new_places(used: Any) -> Any:
    if used.all():
        return np.arange(len(used))
    return np.where(used, np.cumsum(used) - 1, -1)


def _some(column: pl.Series, rows: Any) -> pl.Series:
    return (
        column if len(rows) == len(column) and (rows == np.arange(len(rows))).all() else column.gather(rows)
    )


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
        return np.full(len(column), missing)
    return column.fill_null(missing).to_numpy()
