"""The workload of the population benchmark: invented memoranda, and a population of any size they apply to.

Fifty lists with twenty measures each. A measure reaches one to three of six kinds; half ask for one field of
business, a quarter for an amount, a tenth leave out who is exempt. Three in ten also reach the legal
representative, half of those the directly responsible persons too. Subjects have one to three listings, of
which about every second is active, and one to four role holders.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl

from creditrules.compile.passes import compile_rulebook
from creditrules.model.basis import StatuteIndex
from creditrules.model.catalogue import (
    Catalogue,
    EffectKind,
    FactDeclaration,
    Manifest,
    Matter,
    Party,
    RoleKind,
    SubjectKind,
)
from creditrules.model.condition import ALWAYS, Condition, Op, Test, conjunction
from creditrules.model.lists import ListKind
from creditrules.model.memorandum import Clause, Effect, Exempt, Measure, Memorandum, Reach, UnitPart
from creditrules.model.text import Text
from creditrules.model.time import Since
from creditrules.model.unit import Unit, Units
from creditrules.model.words import Direction, Discretion, HeldAt, Level

ON = date(2018, 12, 20)
KINDS = tuple(f"kind{n}" for n in range(6))
PERSON = "natural_person"
DOMAINS = ("food", "works", "transport", "finance", "trade")
AMOUNTS = (10_000, 50_000, 200_000, 1_000_000)
REPRESENTATIVE, RESPONSIBLE = "legal_representative", "directly_responsible_person"
ROLES = (REPRESENTATIVE, RESPONSIBLE, "director", "supervisor")
MEASURES = 20


class Drawn:
    """What the measures ask for, as arrays; the catalogue and the hand-written kernels are made from it."""

    def __init__(self, lists: int, seed: int = 7) -> None:
        rng = np.random.default_rng(seed)
        self.lists = lists
        shape = (lists, MEASURES)
        self.kinds = np.zeros((*shape, len(KINDS)), bool)
        for at in np.ndindex(shape):
            self.kinds[at][rng.permutation(len(KINDS))[: rng.integers(1, 4)]] = True
        self.domain = np.where(rng.random(shape) < 0.5, rng.integers(0, len(DOMAINS), shape), -1)
        self.amount = np.where(rng.random(shape) < 0.25, rng.choice(AMOUNTS, shape), 0)
        self.exempt = rng.random(shape) < 0.1
        share = rng.random(shape)
        self.reach = np.where(share < 0.15, 2, np.where(share < 0.3, 1, 0))
        self.unit = rng.integers(0, 40, shape)
        self.effect = rng.integers(0, 8, shape)
        self.matter = rng.integers(0, 60, shape)


def catalogue(drawn: Drawn) -> Catalogue:
    """Return the memoranda as a catalogue."""
    kinds = {key: SubjectKind(key, Text(key, key), False) for key in KINDS}
    kinds[PERSON] = SubjectKind(PERSON, Text(PERSON, PERSON), True)
    units = {f"unit{n}": Unit(f"unit{n}", Text(f"虚构单位{n}", f"unit {n}")) for n in range(40)}
    listed = Text("虚构认定部门", "an invented authority")
    lists = {
        f"list{n}": ListKind(
            f"list{n}", Text(f"名单{n}", f"list {n}"), Level.BLACKLIST, listed, listed, (listed,)
        )
        for n in range(drawn.lists)
    }
    facts: tuple[tuple[str, str, str, dict[str, Text], bool | None], ...] = (
        ("firm.domain", "subject", "choice", {d: Text(d, d) for d in DOMAINS}, None),
        ("firm.exempt", "subject", "boolean", {}, False),
        ("case.amount", "listing", "money", {}, None),
    )
    return Catalogue(
        manifests=(Manifest("workload", "2018.12", Text("测试目录", "workload")),),
        memoranda={f"memo{n}": _memorandum(drawn, n) for n in range(drawn.lists)},
        lists=lists,
        units=Units(units, {u.name.zh: (u.key,) for u in units.values()}, {}),
        effects={f"effect{n}": EffectKind(f"effect{n}", Text(), "B", n) for n in range(8)},
        matters={f"matter{n}": Matter(f"matter{n}", Text()) for n in range(60)},
        roles={key: RoleKind(key, Text(key, key)) for key in ROLES},
        kinds=kinds,
        capacities={},
        parties={"any": Party("any", Text(), frozenset())},
        facts={
            n: FactDeclaration(n, about, kind, Text(n, n), choices, missing)
            for n, about, kind, choices, missing in facts
        },
        regimes=(),
        statutes=StatuteIndex(),
        digest=f"workload-{drawn.lists}",
        compiler=compile_rulebook,
    )


def _memorandum(drawn: Drawn, number: int) -> Memorandum:
    measures = tuple(_measure(drawn, number, n) for n in range(MEASURES))
    return Memorandum(
        key=f"memo{number}",
        doc_no=f"虚构〔2016〕{number}号",
        title=Text(f"虚构备忘录{number}", f"invented memorandum {number}"),
        since=Since.exactly(date(2016, 1, 1)),
        lists=frozenset({f"list{number}"}),
        covers=(Clause("any", (Reach(),)),),
        measures=measures,
    )


def _measure(drawn: Drawn, memo: int, n: int) -> Measure:
    at = (memo, n)
    asked: list[Condition] = [
        Test("subject.kind", Op.IN, tuple(k for k, has in zip(KINDS, drawn.kinds[at], strict=True) if has))
    ]
    if drawn.domain[at] >= 0:
        asked.append(Test("firm.domain", Op.IS, DOMAINS[drawn.domain[at]]))
    if drawn.amount[at]:
        asked.append(Test("case.amount", Op.AT_LEAST, int(drawn.amount[at]) * 100))
    exempt = (Exempt("exempt", Test("firm.exempt", Op.IS, True)),) if drawn.exempt[at] else ()
    offices = ((), (REPRESENTATIVE,), (REPRESENTATIVE, RESPONSIBLE))[drawn.reach[at]]
    reaches: tuple[Reach, ...] = (Reach(),)
    if offices:
        reaches = (Reach(), Reach(Direction.ROLE, frozenset(offices), held=HeldAt.DETERMINATION))
    return Measure(
        key=str(n),
        n=n,
        effects=(Effect(f"effect{drawn.effect[at]}", Discretion.MUST, (f"matter{drawn.matter[at]}",)),),
        does=Text("采取虚构措施", "take an invented measure"),
        covers=(Clause("any", reaches),),
        when=conjunction(*asked) if asked else ALWAYS,
        unless=exempt,
        units=(UnitPart(f"虚构单位{drawn.unit[at]}", f"unit{drawn.unit[at]}"),),
    )


def population(subjects: int, lists: int, seed: int = 11) -> dict[str, pl.DataFrame]:
    """Return the tables of a population; half as many persons as firms hold the roles."""
    rng = np.random.default_rng(seed)
    people = max(1, subjects // 2)
    kind = np.concatenate([rng.integers(0, len(KINDS), subjects), np.full(people, len(KINDS))])
    firms = np.arange(subjects)
    words = pl.Enum([*KINDS, PERSON])
    domain = pl.Series(rng.integers(0, len(DOMAINS), subjects + people).astype(np.uint8)).cat.to(
        pl.Enum(DOMAINS)
    )
    table = pl.DataFrame(
        {
            "id": np.arange(subjects + people),
            "kind": pl.Series(kind.astype(np.uint8)).cat.to(words),
            "firm.domain": domain,
            "firm.exempt": rng.random(subjects + people) < 0.1,
        }
    )
    of = np.repeat(firms, rng.integers(1, 4, subjects))
    day = np.datetime64("2016-06-01") + rng.integers(0, 900, len(of)).astype("timedelta64[D]")
    until = day + 365 * rng.integers(1, 4, len(of)).astype("timedelta64[D]")
    removed = np.where(rng.random(len(of)) < 0.15, day + 60, np.datetime64("NaT"))
    listings = pl.DataFrame(
        {
            "id": np.arange(len(of)),
            "subject": of,
            "list": pl.Series(rng.integers(0, lists, len(of)).astype(np.uint16)).cat.to(
                pl.Enum([f"list{n}" for n in range(lists)])
            ),
            "determined": _dates(day),
            "served": _dates(day),
            "aggregated": _dates(day),
            "until": _dates(until),
            "removed": _dates(removed),
            "case.amount": np.round(np.exp(rng.normal(11.5, 1.8, len(of)))).astype(np.int64),
        }
    )
    of = np.repeat(firms, rng.integers(1, 5, subjects))
    role = rng.choice(len(ROLES), len(of), p=(0.35, 0.25, 0.2, 0.2)).astype(np.uint8)
    roles = pl.DataFrame(
        {
            "person": subjects + rng.integers(0, people, len(of)),
            "organisation": of,
            "role": pl.Series(role).cat.to(pl.Enum(ROLES)),
            "since": _dates(
                np.datetime64("2010-01-01") + rng.integers(0, 3000, len(of)).astype("timedelta64[D]")
            ),
        }
    )
    return {"subjects": table, "listings": listings, "roles": roles.unique(maintain_order=True)}


def _dates(days: Any) -> pl.Series:
    return pl.Series(days.astype("datetime64[D]")).cast(pl.Date)
