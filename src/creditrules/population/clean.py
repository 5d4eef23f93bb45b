"""Population: tables as they were read become arrays for the kernel, and a ledger of what became of every row."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl
from attrs import frozen

from creditrules.model.catalogue import Catalogue
from creditrules.model.words import Outcome
from creditrules.population import orders, vocabulary
from creditrules.population.arrays import maybe_repeated
from creditrules.population.columns import typed
from creditrules.population.days import FUTURE, ends, starts
from creditrules.population.encoded import Encoded, Listings, Roles, Stated, Subjects
from creditrules.population.events import fold_events
from creditrules.population.history import (
    Happened,
    Objections,
    Repairs,
    findings_by_pair,
    happened,
    keep_newest,
    leave_out_later,
)
from creditrules.population.ledger import Fate, Ledger
from creditrules.population.links import CHILDREN, check_distinct, check_references, withhold
from creditrules.population.lookup import Places
from creditrules.population.schema import TABLES
from creditrules.population.stated import Named, check_contradictions, on_the_day, read_facts, wide_facts
from creditrules.population.tables import Tables

_OBJECTION_OUTCOMES = (Outcome.UPHELD, Outcome.REJECTED)
_REPAIR_OUTCOMES = (Outcome.GRANTED, Outcome.REFUSED)


@frozen(eq=False)
class Clean:
    """Encoded tables, what became of every row, and which rows of `listings` the listings are."""

    data: Encoded
    ledger: Ledger
    listing_rows: Any
    role_rows: Any


def clean(tables: Tables, catalogue: Catalogue, on: date, known: date | None = None) -> Clean:
    """Check every row of a population and encode those that count on a day.

    Args:
        tables: the tables as they were read.
        catalogue: declares the lists, roles, kinds and facts they may speak of.
        on: the day of the decision.
        known: leave out what was recorded later.
    """
    return _Cleaner(tables, catalogue, on, known).clean()


class _Cleaner:
    """One run of the checks; every step notes in the ledger what it refuses."""

    def __init__(self, tables: Tables, catalogue: Catalogue, on: date, known: date | None) -> None:
        self.catalogue, self.on, self.known = catalogue, on, known
        self.ledger = Ledger()
        names = frozenset(catalogue.facts)
        self.frames = {name: typed(name, tables[name], self.ledger, names) for name in TABLES}

    def clean(self) -> Clean:
        """Run the checks and encode what is left."""
        self.look_up_words()
        self.check_days()
        self.link()
        self.read_facts()
        self.refer()
        for name in ("listings", "roles", "facts", *CHILDREN):
            leave_out_later(self.ledger, name, self.frames[name], self.known)
        return self.encode()

    def look_up_words(self) -> None:
        """Turn words into places in the catalogue."""
        frames, ledger, catalogue = self.frames, self.ledger, self.catalogue
        self.kind = vocabulary.kinds(frames["subjects"]["kind"], catalogue, ledger)
        self.list = vocabulary.lists(frames["listings"]["list"], catalogue, ledger)
        self.capacity = vocabulary.capacities(frames["listings"]["capacity"], catalogue, ledger)
        self.role = vocabulary.roles(frames["roles"]["role"], catalogue, ledger)
        self.finds = vocabulary.findings(frames["findings"]["finds"], ledger)
        self.event_kind = vocabulary.event_kinds(frames["events"]["kind"], ledger)
        self.outcome = {
            name: vocabulary.outcomes(name, frames[name]["outcome"], ledger, among)
            for name, among in (("objections", _OBJECTION_OUTCOMES), ("repairs", _REPAIR_OUTCOMES))
        }

    def check_days(self) -> None:
        """Check ids and days, each row by itself."""
        frames, ledger = self.frames, self.ledger
        orders.check_ids("subjects", frames["subjects"]["id"], ledger)
        orders.check_ids("listings", frames["listings"]["id"], ledger)
        orders.check_subjects(frames["subjects"], ledger)
        orders.check_listings(frames["listings"], ledger)
        orders.check_roles(frames["roles"], ledger)
        orders.check_objections(frames["objections"], self.outcome["objections"], ledger)
        granted = vocabulary.OUTCOMES.index(Outcome.GRANTED)
        orders.check_repairs(frames["repairs"], self.outcome["repairs"], granted, ledger)
        orders.check_events(frames["events"], ledger)

    def link(self) -> None:
        """Find the rows that rows speak of, and reject those that speak of nothing or share what is theirs."""
        frames, ledger = self.frames, self.ledger
        subjects, listings, roles = frames["subjects"], frames["listings"], frames["roles"]
        self.people, self.named = Places(subjects["id"]), Places(listings["id"])
        self.listed = self.people.of(listings["subject"])
        check_references(ledger, "listings", listings["subject"], self.listed)
        self.first = np.arange(listings.height) if self.named.is_distinct else self.named.of(listings["id"])
        self.person = self.people.of(roles["person"])
        self.organisation = self.people.of(roles["organisation"])
        check_references(ledger, "roles", roles["person"], self.person)
        check_references(ledger, "roles", roles["organisation"], self.organisation, "CR435")
        natural = np.array([kind.natural for kind in self.catalogue.kinds.values()] + [False, False], bool)
        of_person = natural[self.kind[np.maximum(self.organisation, 0)]] if len(self.kind) else natural[:0]
        if len(of_person):
            ledger.reject(
                "roles", of_person & (self.organisation >= 0), "CR436", "organisation", roles["organisation"]
            )
        self.about = {name: self.named.of(frames[name]["listing"]) for name in CHILDREN}
        for name in CHILDREN:
            check_references(ledger, name, frames[name]["listing"], self.about[name])
        self.found = self.people.of(frames["findings"]["person"])
        check_references(ledger, "findings", frames["findings"]["person"], self.found, "CR437")
        for name in ("objections", "repairs"):
            orders.check_determined(name, frames[name], self.version_of(name), listings["determined"], ledger)
        self.check_distinct()

    def version_of(self, name: str) -> Any:
        """Return the row of the version of its listing that each row belongs to, -1 when it is not known."""
        place = self.about[name]
        if self.named.is_distinct or not len(place):
            return place
        rows = pl.DataFrame({"first": self.first, "version": self.frames["listings"]["version"]})
        rows = rows.with_row_index("row").unique(["first", "version"], keep="first")
        asked = pl.DataFrame({"first": place, "version": self.frames[name]["version"]})
        found = asked.join(rows, on=["first", "version"], how="left", maintain_order="left")
        return found["row"].cast(pl.Int64).fill_null(-1).to_numpy()

    def check_distinct(self) -> None:
        """Reject rows that share what must tell them apart."""
        frames, ledger = self.frames, self.ledger
        if not self.people.is_distinct:
            check_distinct(ledger, "subjects", frames["subjects"], ["id"], "CR415")
        if not self.named.is_distinct:
            check_distinct(ledger, "listings", frames["listings"], ["id", "recorded"], "CR438")
            holder = self.listed[self.first] != self.listed
            ledger.reject("listings", holder, "CR439", "id", frames["listings"]["id"])
        real = np.flatnonzero((self.person >= 0) & (self.organisation >= 0))
        offices = self.person[real] * (len(self.catalogue.roles) + 3) + self.role[real]
        again = real[maybe_repeated(self.organisation[real], offices, len(self.people.ids))]
        keys = ["person", "organisation", "role", "since", "recorded"]
        check_distinct(ledger, "roles", frames["roles"], keys, "CR440", again)

    def read_facts(self) -> None:
        """Read the facts, and find whose they are."""
        frame, ledger, declared = self.frames["facts"], self.ledger, self.catalogue.facts
        self.wide = {
            name: wide_facts(name, self.frames[name], declared, ledger) for name in ("subjects", "listings")
        }
        self.stated: dict[str, Named] = read_facts(frame, declared, ledger)
        of_listing = np.zeros(frame.height, bool)
        of_subject = np.zeros(frame.height, bool)
        for name, named in self.stated.items():
            (of_listing if declared[name].about == "listing" else of_subject)[named.rows] = True
        undeclared = ~of_listing & ~of_subject
        # A fact of a name nobody knows may be about either.
        subject = np.where(of_listing, -1, self.people.of(frame["owner"]))
        listing = np.where(of_subject, -1, self.named.of(frame["owner"]))
        self.fact_subject = np.where(undeclared & (listing >= 0), -1, subject)
        self.fact_listing = listing
        check_references(ledger, "facts", frame["owner"], np.maximum(self.fact_subject, self.fact_listing))
        _in_order = frame["until"] < frame["since"]
        ledger.reject("facts", _in_order.fill_null(False).to_numpy(), "CR430", "until", frame["until"])
        for named in self.stated.values():
            check_contradictions(frame, named, ledger)

    def refer(self) -> None:
        """Withhold what hangs together with refused rows."""
        frame = self.frames["roles"]
        tenure = np.zeros(frame.height, np.int64)
        if (self.ledger.fates["roles"] == Fate.REJECTED).any():
            keys = pl.DataFrame({"p": self.person, "o": self.organisation, "r": self.role})
            tenure = (
                keys.select(pl.struct("p", "o", "r").rank("dense")).to_series().to_numpy().astype(np.int64)
            )
        withhold(
            self.ledger,
            subjects=self.people,
            listing_places=self.first,
            listed=self.listed,
            children=self.about,
            persons=self.found,
            roles=(self.person, self.organisation, tenure),
            facts=(self.fact_subject, self.fact_listing),
        )

    def encode(self) -> Clean:
        """Encode the rows that count."""
        frames, ledger = self.frames, self.ledger
        used = ledger.is_used("subjects")
        kept = np.flatnonzero(used)
        self.subject_place = _new_places(used)
        subjects = frames["subjects"]
        data = Subjects(
            _some(subjects["id"], kept), self.kind[kept].astype(np.int16), _some(_regions(subjects), kept)
        )
        listings, rows = self.listings()
        roles, role_rows = self.roles()
        findings = self.findings(len(kept))
        return Clean(Encoded(data, listings, roles, findings, self.facts()), ledger, rows, role_rows)

    def listings(self) -> tuple[Listings, Any]:
        """Encode the versions of listings that count, with what happened to each."""
        frame = self.frames["listings"]
        rows = keep_newest(self.ledger, "listings", pl.DataFrame({"id": self.first}), frame["recorded"])
        self.listing_place = np.full(frame.height, -1)
        self.listing_place[self.first[rows]] = np.arange(len(rows))
        self.versions = _some(frame["version"], rows)
        part = frame if len(rows) == frame.height and (rows == np.arange(len(rows))).all() else frame[rows]
        columns = {name: starts(part[name]) for name in ("conduct_since", "conduct_until", "determined")}
        columns |= {name: starts(part[name]) for name in ("published", "since", "review")}
        columns |= {name: ends(part[name]) for name in ("until", "removed", "revoked")}
        for step in ("served", "aggregated"):
            columns[step] = _or_never(starts(part[step]), part[f"not_{step}"])
        folded = fold_events(columns, self.objections(), self.repairs(), *self.events(), self.on)
        what: Happened = happened(folded.objections, folded.repairs, folded.stayed, len(rows), self.on)
        made = Listings(
            ids=part["id"],
            subject=self.subject_place[self.listed[rows]].astype(np.int32),
            list=self.list[rows].astype(np.int16),
            capacity=self.capacity[rows].astype(np.int16),
            publishable=_yes(part["publishable"], True),
            complete=_yes(part["findings_complete"], False),
            upheld=what.upheld,
            repaired=what.repaired,
            stayed=what.stayed,
            suspended=what.suspended,
            doubtful=what.doubtful,
            **folded.columns,
        )
        return made, rows

    def of_listing(self, table: str) -> tuple[Any, Any]:
        """Return the rows of a table that belong to listings that count, and the places of these."""
        rows = np.flatnonzero(self.ledger.is_used(table))
        places = self.about[table] if table in self.about else self.fact_listing
        place = self.listing_place[places[rows]]
        ours = place >= 0
        version = self.frames[table]["version"]
        if version.null_count() < len(version):
            asked, current = _some(version, rows), self.versions.gather(np.maximum(place, 0))
            same = asked.is_null() | (asked.cast(pl.String) == current.cast(pl.String)).fill_null(False)
            others = np.zeros(len(version), bool)
            others[rows] = ~same.to_numpy()
            self.ledger.settle(table, others, Fate.CORRECTED)
            ours &= same.to_numpy()
        absent = np.zeros(len(version), bool)
        absent[rows] = place < 0
        self.ledger.settle(table, absent, Fate.LATER)
        return rows[ours], place[ours]

    def objections(self) -> Objections:
        """Encode the objections to listings that count."""
        rows, place = self.of_listing("objections")
        part = self.frames["objections"][rows]
        asked = part["suspends"].cast(pl.Int8).fill_null(-1).to_numpy()
        outcome = self.outcome["objections"][rows]
        return Objections(place, starts(part["filed"]), ends(part["decided"]), outcome, asked)

    def repairs(self) -> Repairs:
        """Encode the repairs of listings that count."""
        rows, place = self.of_listing("repairs")
        part = self.frames["repairs"][rows]
        days = (starts(part["applied"]), ends(part["decided"]), ends(part["revoked"]))
        return Repairs(place, *days, self.outcome["repairs"][rows])

    def events(self) -> tuple[Any, pl.DataFrame, Any]:
        """Return the events around listings that count: whose, what, and of which kind."""
        rows, place = self.of_listing("events")
        return place, self.frames["events"][rows], self.event_kind[rows]

    def findings(self, people: int) -> Any:
        """Encode the findings in listings that count."""
        rows, place = self.of_listing("findings")
        person = self.subject_place[self.found[rows]]
        day = starts(_some(self.frames["findings"]["on"], rows))
        return findings_by_pair(place, person, self.finds[rows], day, people, self.on)

    def roles(self) -> tuple[Roles, Any]:
        """Encode the versions of roles that count."""
        frame = self.frames["roles"]
        keys = pl.DataFrame({"p": self.person, "o": self.organisation, "r": self.role, "s": frame["since"]})
        rows = np.flatnonzero(self.ledger.is_used("roles"))
        if frame["recorded"].null_count() < frame.height:
            rows = keep_newest(self.ledger, "roles", keys, frame["recorded"])
        part = frame if len(rows) == frame.height and (rows == np.arange(len(rows))).all() else frame[rows]
        return Roles(
            person=self.subject_place[self.person[rows]].astype(np.int32),
            organisation=self.subject_place[self.organisation[rows]].astype(np.int32),
            role=self.role[rows].astype(np.int16),
            since=starts(part["since"]),
            until=ends(part["until"]),
            confirmed=part["confirmed"].cast(pl.Int8).fill_null(-1).to_numpy() + 1,
        ), rows

    def facts(self) -> dict[str, Stated]:
        """Return what is stated of every fact on the day."""
        found: dict[str, Stated] = {}
        used, frame = self.ledger.is_used("facts"), self.frames["facts"]
        rows, place = self.of_listing("facts") if (self.fact_listing >= 0).any() else (_NONE, _NONE)
        of_listing = np.full(frame.height, -1)
        of_listing[rows] = place
        of_subject = (
            np.where(self.fact_subject >= 0, self.subject_place[np.maximum(self.fact_subject, 0)], -1)
            if len(self.subject_place)
            else np.full(frame.height, -1)
        )
        for table, columns in self.wide.items():
            place = self.subject_place if table == "subjects" else self.listing_by_row()
            for name, values in columns.items():
                stated = (place >= 0) & values.is_not_null().to_numpy()
                about = self.catalogue.facts[name].about
                found[name] = Stated(about, place[stated], values.filter(pl.Series(stated)))
        for name, named in self.stated.items():
            about = self.catalogue.facts[name].about
            owners = of_listing if about == "listing" else of_subject
            stated = on_the_day(frame, named, about, owners, used & (owners >= 0), pl.lit(self.on))
            found[name] = _both(found.get(name), stated)
        return found

    def listing_by_row(self) -> Any:
        """Return of each row of `listings` its place, -1 for versions that do not count."""
        place = self.listing_place[self.first]
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
