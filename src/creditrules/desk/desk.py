"""Desk: one office's desk: a store, a catalogue, and what can be done with them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update

from creditrules.api import load_catalogue
from creditrules.decide.decide import decide
from creditrules.desk.chart import CaseState
from creditrules.desk.clock import day_of
from creditrules.desk.ledger import Entry, append, hold
from creditrules.desk.occasion import Occasion
from creditrules.desk.reminders import day_to_respond, remind, terms_of
from creditrules.desk.settling import Settled, resting_on, settle
from creditrules.desk.snapshots import Layers, keep_catalogue, keep_dossier, kept_body
from creditrules.desk.store import Store
from creditrules.desk.tables import cases, periods
from creditrules.errors import FactsError, Finding, UsageError
from creditrules.load.dossier import read_dossier_text
from creditrules.load.findings import Findings
from creditrules.load.shipped import default_source
from creditrules.load.sources import CatalogueSource, FolderSource, documents_of
from creditrules.model.dossier import Dossier
from creditrules.model.procedure import Term
from creditrules.model.time import Period


class Desk:
    """Initiate – respond – feedback for one office.

    Args:
        store: where everything is kept.
        sources: the catalogues, the first at the bottom; the shipped one when none is named.
        parameters: periods such as `feedback-deadline`, beside those set with `set_period`; none is guessed.
    """

    def __init__(
        self,
        store: Store,
        *sources: str | Path | CatalogueSource,
        parameters: Mapping[str, Term] | None = None,
    ) -> None:
        self.store = store
        self.sources = [FolderSource(Path(s)) if isinstance(s, str | Path) else s for s in sources]
        self.sources = self.sources or [default_source()]
        self.catalogue = load_catalogue(*self.sources)
        kept = {name: _term(length, unit) for name, (length, unit) in self.periods().items()}
        self.parameters = {**kept, **(parameters or {})}

    def initiate(
        self,
        given: bytes | str | Mapping[str, Any],
        *,
        by: str,
        because: str = "",
        on: date | None = None,
        engine: str = "checked",
        file: str = "dossier",
    ) -> Settled:
        """Decide a dossier and push what follows: the same dossier again pushes only what is new.

        Args:
            given: the dossier as YAML or JSON text, or as a mapping.
            by: who initiates.
            because: why.
            on: the day of the decision; today when nothing is said.
            engine: what decides.
            file: what findings call the dossier.

        Raises:
            FactsError: the dossier has findings; nothing was decided or pushed.
            EngineError: an engine or the database failed; nothing was pushed.
        """
        body = _bytes(given)
        dossier = read_dossier_text(body, self.catalogue, file=file)
        return self._settle(body, dossier, by, because, on, engine)

    def redecide(
        self, *, by: str, because: str = "", on: date | None = None, engine: str = "checked"
    ) -> Mapping[int, Settled]:
        """Decide every open case again, on its last dossier; only the difference goes out.

        Returns what changed, by the number of the first case of each dossier. A dossier at a time is one
        transaction: whoever is interrupted goes on where he was.

        Raises:
            FactsError: dossiers that cannot be decided any more, such as by a catalogue without their list;
                all others have been.
            EngineError: an engine or the database failed; the dossiers before have been decided.
        """
        found: dict[int, Settled] = {}
        problems: list[Finding] = []
        for digest in self._open_dossiers():
            try:
                with self.store.reading() as connection:
                    body = kept_body(connection, digest, self.store.keys)
                dossier = read_dossier_text(body, self.catalogue, file=f"dossier {digest[:12]}")
                settled = self._settle(body, dossier, by, because, on, engine, again=True)
            except (FactsError, UsageError) as error:
                # One that cannot be decided does not keep the lifts of the others back.
                problems += error.findings
                continue
            if settled.changed:
                found[settled.cases[0]] = settled
        if problems:
            raise FactsError(problems)
        return found

    def _settle(
        self,
        body: bytes,
        dossier: Dossier,
        by: str,
        because: str,
        on: date | None,
        engine: str,
        again: bool = False,
    ) -> Settled:
        now, keys = self.store.clock(), self.store.keys
        day = on or day_of(now)
        decision = decide(self.catalogue.rulebook(on=day), dossier, engine=engine)
        occasion = Occasion(by, now, because, self._respond_by(now))
        with self.store.writing() as connection:
            hold(connection)
            # What was initiated since, on a later dossier, is not undone by an earlier one.
            listings = resting_on(connection, dossier, keys) if again else None
            if again and not listings:
                return Settled((), {})
            keep_catalogue(connection, self.catalogue, self._layers, now)
            keep_dossier(connection, body, dossier, keys, now)
            return settle(connection, decision, dossier, keys, occasion, listings)

    def _layers(self) -> Layers:
        return [documents_of(source, Findings()) for source in self.sources]

    def periods(self) -> Mapping[str, tuple[int, str]]:
        """Return the periods the office has set: a length and its unit, by the name of the parameter."""
        with self.store.reading() as connection:
            return {row.name: (row.length, row.unit) for row in connection.execute(select(periods))}

    def set_period(self, name: str, length: int, unit: str, *, by: str) -> None:
        """Set a period from now on; what went out already keeps its day.

        Args:
            name: a parameter of the procedure, such as `feedback-deadline`.
            length: how long.
            unit: `working_days`, `days`, `months` or `years`.
            by: who sets it.
        """
        now = self.store.clock()
        row = {"length": length, "unit": unit, "set_at": now}
        with self.store.writing() as connection:
            hold(connection)
            if not connection.execute(update(periods).where(periods.c.name == name).values(**row)).rowcount:
                connection.execute(insert(periods).values(name=name, **row))
            append(connection, [Entry("period_set", by, body={"name": name, **row})], now)
        self.parameters[name] = _term(length, unit)

    def _respond_by(self, now: str) -> str | None:
        """Return the last day to respond to what goes out now; None while nobody has set a period."""
        return day_to_respond(day_of(now), terms_of(self.catalogue, self.parameters))

    def remind(self, *, by: str, on: date | None = None) -> int:
        """Remind every addressee who owes an answer; return how many reminders go out."""
        day = on or day_of(self.store.clock())
        return remind(self.store, day, by, terms_of(self.catalogue, self.parameters))

    def _open_dossiers(self) -> Sequence[str]:
        query = select(cases.c.dossier).where(cases.c.state != CaseState.CLOSED.value).distinct()
        with self.store.reading() as connection:
            return list(connection.execute(query.order_by(cases.c.dossier)).scalars())


def _term(length: int, unit: str) -> Term:
    return Term(working_days=length) if unit == "working_days" else Term(Period(**{unit: length}))


def _bytes(given: bytes | str | Mapping[str, Any]) -> bytes:
    if isinstance(given, bytes):
        return given
    if isinstance(given, str):
        return given.encode()
    return json.dumps(given, ensure_ascii=False, default=str).encode()
