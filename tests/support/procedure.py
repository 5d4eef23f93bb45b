"""Procedure in tests: a small one, events by day, and what comes of them."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from creditrules.compile.passes import rulebook_of
from creditrules.model.catalogue import Catalogue
from creditrules.model.dossier import Dossier, FactEntry, Facts, Listing, Subject
from creditrules.model.event import Event, EventKind, in_order
from creditrules.model.procedure import Duty, Exit, Proceedings
from creditrules.model.rulebook import Rulebook
from creditrules.procedure.proceed import proceed
from tests.support.loading import load_with

PROCEDURE = Path(__file__).with_name("procedure.yaml")
DETERMINED = date(2018, 12, 10)


@cache
def catalogue() -> Catalogue:
    """Return the small catalogue with the small procedure."""
    return load_with({"rules/procedure.yaml": PROCEDURE.read_text("utf-8")})


@cache
def rulebook(on: date, recalled: bool = False) -> Rulebook:
    """Return its rulebook of a day."""
    return rulebook_of(catalogue(), on, recalled)


def event(kind: str, on: date, **rest: Any) -> Event:
    """Return one event."""
    return Event(EventKind(kind), on, **rest)


def order(on: date, until: date | None) -> Event:
    """Return a rectification order that sets a period."""
    return event("rectification_order", on, until=until)


def facts(**values: Any) -> Facts:
    """Return facts that hold on every day; `__` in a name stands for a dot."""
    return {name.replace("__", "."): (FactEntry(value),) for name, value in values.items()}


def dossier(
    *events: Event, about: Facts | None = None, region: str | None = "210681", **fields: Any
) -> Dossier:
    """Return a dossier of one enterprise and one listing, determined, served and aggregated on one day."""
    steps = {"determined": DETERMINED, "served": DETERMINED, "aggregated": DETERMINED}
    known = facts(tax__arrears_unsecured=True) if about is None else about
    firm = Subject("firm", "enterprise", "虚构公司", region=region, facts=known)
    rest = {"list": "tax-major", "authority": "虚构局", "until": date(2026, 12, 10), **steps, **fields}
    return Dossier({"firm": firm}, (Listing(id="L1", subject="firm", events=in_order(events), **rest),))


def said(case: Dossier, on: date, *, recalled: bool = False, **rest: Any) -> Proceedings:
    """Return what the procedure says on a day."""
    return proceed(rulebook(on, recalled), case, **rest)


def duties(case: Dossier, on: date, rule: str, **rest: Any) -> list[Duty]:
    """Return the duties of one rule on a day."""
    return [duty for duty in said(case, on, **rest).duties if duty.rule == rule]


def duty(case: Dossier, on: date, rule: str, **rest: Any) -> Duty:
    """Return the only duty of one rule on a day."""
    (only,) = duties(case, on, rule, **rest)
    return only


def way(case: Dossier, on: date, key: str, **rest: Any) -> Exit:
    """Return one way out on a day."""
    (only,) = [each for each in said(case, on, **rest).exits if each.way == key]
    return only
