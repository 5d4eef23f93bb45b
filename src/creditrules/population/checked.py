"""Population: every row of the tables checked: by itself, against the catalogue, against the other rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl

from creditrules.model.catalogue import Catalogue
from creditrules.model.words import Outcome
from creditrules.population import orders, vocabulary
from creditrules.population.arrays import are_places, maybe_repeated, translated
from creditrules.population.blocks import both, each
from creditrules.population.columns import typed
from creditrules.population.history import leave_out_later
from creditrules.population.ledger import Fate, Ledger
from creditrules.population.links import CHILDREN, check_distinct, check_references, seats, withhold
from creditrules.population.lookup import Places
from creditrules.population.schema import TABLES
from creditrules.population.stated import Named, check_contradictions, read_facts, wide_facts
from creditrules.population.tables import KNOWN, NATURAL, REFUSED_BY, Tables

_OBJECTION_OUTCOMES = (Outcome.UPHELD, Outcome.REJECTED)
_REPAIR_OUTCOMES = (Outcome.GRANTED, Outcome.REFUSED)


class Checked:
    """The tables of a population with every row checked; each step notes in the ledger what it refuses.

    Beside the `frames` it holds what was looked up for each row: places of words in the catalogue, and
    places of the subjects and listings that rows speak of.
    """

    def __init__(self, tables: Tables, catalogue: Catalogue, on: date, known: date | None) -> None:
        self.catalogue, self.on, self.known = catalogue, on, known
        self.ledger = Ledger()
        names = frozenset(catalogue.facts)
        self.frames = {name: typed(name, tables[name], self.ledger, names) for name in TABLES}
        # Whom a row speaks of though not here: known to the population, and of no account in this part.
        self.elsewhere = {name: _marks(tables[name], KNOWN) for name in ("roles", "findings")}
        self.in_person = _marks(tables["roles"], NATURAL)
        self.refused_by = {
            name: tables[name][REFUSED_BY] if REFUSED_BY in tables[name].columns else None
            for name in self.elsewhere
        }
        self._places, _ = both(self._look_up_places, self._check_alone)
        self.link()
        self.read_facts()
        self.refer()
        for name in ("listings", "roles", "facts", *CHILDREN):
            leave_out_later(self.ledger, name, self.frames[name], known)

    def _check_alone(self) -> None:
        """Check each row by itself."""
        self.look_up_words()
        self.check_days()

    def _look_up_places(self) -> list[Any]:
        """Find the subjects that rows speak of."""
        frames = self.frames
        listings, roles = frames["listings"], frames["roles"]
        self.people, self.named = each(Places, (frames["subjects"]["id"], listings["id"]), 2)
        asked = (
            listings["subject"],
            roles["person"],
            roles["organisation"],
            frames["findings"]["person"],
            frames["facts"]["owner"],
        )
        return [places.astype(np.int32, copy=False) for places in self.people.of_each(*asked)]

    def look_up_words(self) -> None:
        """Turn words into places in the catalogue."""
        frames, ledger, catalogue = self.frames, self.ledger, self.catalogue
        self.kind = vocabulary.kinds(frames["subjects"]["kind"], catalogue, ledger)
        self.list = vocabulary.lists(frames["listings"]["list"], catalogue, ledger)
        self.capacity = vocabulary.capacities(frames["listings"]["capacity"], catalogue, ledger)
        self.role = vocabulary.roles(frames["roles"]["role"], catalogue, ledger)
        self.finds = vocabulary.findings(frames["findings"]["finds"], ledger)
        self.event_kind = vocabulary.event_kinds(frames["events"]["kind"], ledger)
        vocabulary.check_event_outcomes(frames["events"]["outcome"], self.event_kind, ledger)
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
        """Find the rows that rows speak of; reject those that speak of nothing or share what is theirs."""
        frames, ledger = self.frames, self.ledger
        listings, roles = frames["listings"], frames["roles"]
        self.listed, self.person, self.organisation, self.found, self.owner = self._places
        self.first = (
            np.arange(listings.height, dtype=np.int32)
            if self.named.is_distinct
            else self.named.of(listings["id"])
        )
        if not self.named.is_distinct:
            # By name: whom another version names may be in another part of the population.
            named = listings["subject"].gather(np.maximum(self.first, 0))
            differs = (named != listings["subject"]).fill_null(False).to_numpy() & (self.first >= 0)
            ledger.reject("listings", differs, "CR439", "id", listings["id"])
        check_references(ledger, "listings", listings["subject"], self.listed)
        check_references(ledger, "roles", roles["person"], self.person)
        self.seat = seats(
            self.organisation, roles["organisation"], self.elsewhere["roles"], len(self.people.ids)
        )
        if not are_places(self.organisation):
            absent = (self.organisation < 0) & ~self.elsewhere["roles"]
            ledger.reject("roles", absent, "CR435", "organisation", roles["organisation"])
        natural = np.array([kind.natural for kind in self.catalogue.kinds.values()] + [False, False], bool)
        if len(self.kind):
            # The last subject, which -1 stands for, is none.
            in_person = np.append(translated(self.kind, natural).view(bool), False).take(self.organisation)
            ledger.reject("roles", in_person, "CR436", "organisation", roles["organisation"])
        if self.in_person.any():
            away = self.in_person & (self.organisation < 0)
            ledger.reject("roles", away, "CR436", "organisation", roles["organisation"])
        self.about = {name: self.named.of(frames[name]["listing"]) for name in CHILDREN}
        for name in CHILDREN:
            check_references(ledger, name, frames[name]["listing"], self.about[name])
        absent = (self.found < 0) & ~self.elsewhere["findings"]
        ledger.reject("findings", absent, "CR437", "person", frames["findings"]["person"])
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
        rows = None
        if not (are_places(self.person) and are_places(self.seat)):
            rows = np.flatnonzero((self.person >= 0) & (self.seat >= 0))
        person, organisation, role = (
            each if rows is None else each[rows] for each in (self.person, self.seat, self.role)
        )
        kinds = len(self.catalogue.roles) + 3
        offices = person * (np.int32 if len(self.people.ids) * kinds < 2**31 else np.int64)(kinds) + role
        again = maybe_repeated(
            organisation, offices, max(len(self.people.ids), int(self.seat.max(initial=-1)) + 1)
        )
        again = again if rows is None else rows[again]
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
        self.fact_listing = np.full(frame.height, -1)
        rows = np.flatnonzero(~of_subject)
        self.fact_listing[rows] = self.named.of(frame["owner"].gather(rows))
        self.fact_subject = np.where(of_listing | (undeclared & (self.fact_listing >= 0)), -1, self.owner)
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
            keys = pl.DataFrame({"p": self.person, "o": self.seat, "r": self.role})
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
            elsewhere=self.refused_by,
        )


def _marks(frame: pl.DataFrame, column: str) -> Any:
    return frame[column].to_numpy() if column in frame.columns else np.zeros(frame.height, bool)
