"""Testing: the workload that engines are compared on: invented lists, measures and subjects, in plain data.

Fifty memoranda of twenty measures, one list each. A measure applies to an active listing on its list when the
kind of subject is among one to three of six, its field is the one asked for (half of the measures), the
amount reaches a limit (a quarter), and no exemption is stated (a tenth). Three in ten reach the legal
representative too, half of those the directly responsible persons. `workload_model` makes the same into a
catalogue and dossiers, `plain_loop` is what somebody would write by hand for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

ON = date(2024, 6, 3)
KINDS = ("enterprise", "cooperative", "institution", "association", "foundation", "sole_trader")
FIELDS = tuple(f"field-{n}" for n in range(8))
LIMITS = (10_000, 100_000, 1_000_000, 5_000_000)
REPRESENTATIVE, RESPONSIBLE = "legal_representative", "directly_responsible_person"
OTHER_ROLES = (RESPONSIBLE, "director", "supervisor", "senior_manager")

# What a measure does to whom: the subject, the person it falls on (None: the subject itself), its memorandum,
# its number, the units.
Applied = tuple[str, str | None, str, str, tuple[str, ...]]


class WorkRule(NamedTuple):
    """One measure: what it asks for (None and False: nothing), whom it reaches, who carries it out."""

    memorandum: str
    measure: str
    list: str
    kinds: frozenset[str]
    field: str | None
    at_least: int | None
    spares_exempt: bool
    representative: bool
    responsible: bool
    units: tuple[str, ...]


class WorkListing(NamedTuple):
    """One listing; both days are included."""

    list: str
    since: date
    until: date | None
    repaired: bool
    amount: int


class WorkSubject(NamedTuple):
    """One organisation with its listings and the persons that hold office in it (role and person)."""

    id: str
    kind: str
    field: str
    exempt: bool
    listings: tuple[WorkListing, ...]
    people: tuple[tuple[str, str], ...]


def rules(lists: int = 50, measures: int = 20, seed: int = 8) -> tuple[WorkRule, ...]:
    """Return the measures of so many memoranda; the same ones every time."""
    chance = Random(seed)
    units = tuple(f"unit-{n}" for n in range(30))
    return tuple(
        _rule(chance, f"memo-{m}", str(n), f"list-{m}", units)
        for m in range(lists)
        for n in range(1, measures + 1)
    )


def _rule(chance: Random, memorandum: str, measure: str, on_list: str, units: tuple[str, ...]) -> WorkRule:
    reaches = chance.random()
    return WorkRule(
        memorandum,
        measure,
        on_list,
        kinds=frozenset(chance.sample(KINDS, chance.randint(1, 3))),
        field=chance.choice(FIELDS) if chance.random() < 0.5 else None,
        at_least=chance.choice(LIMITS) if chance.random() < 0.25 else None,
        spares_exempt=chance.random() < 0.1,
        representative=reaches < 0.3,
        responsible=reaches < 0.15,
        units=tuple(sorted(chance.sample(units, chance.randint(1, 2)))),
    )


def subjects(number: int, lists: int = 50, seed: int = 8) -> Iterator[WorkSubject]:
    """Yield so many subjects with one to three listings and one to four role holders; the same every time."""
    chance = Random(seed + 1)
    for n in range(number):
        key = f"s{n}"
        listed = chance.sample(range(lists), chance.randint(1, 3))
        people = [(REPRESENTATIVE, f"{key}-p0")]
        people += [(_other(chance), f"{key}-p{p}") for p in range(1, chance.randint(1, 4))]
        yield WorkSubject(
            key,
            kind=chance.choice(KINDS),
            field=chance.choice(FIELDS),
            exempt=chance.random() < 0.2,
            listings=tuple(_listing(chance, f"list-{n}") for n in listed),
            people=tuple(people),
        )


def _other(chance: Random) -> str:
    return chance.choice(OTHER_ROLES)


def _listing(chance: Random, on_list: str) -> WorkListing:
    """Six in ten listings are active on the day: others have not begun, have run out or are repaired."""
    begins = chance.random()
    since = ON + timedelta(days=chance.randint(1, 300) if begins < 0.1 else -chance.randint(400, 1500))
    until = None
    if chance.random() < 0.6:
        ended = chance.random() < 0.35
        until = since + timedelta(days=chance.randint(30, 390) if ended else 1800)
    # Ten thousand to ten million, as often between ten and a hundred thousand as between one and ten million.
    amount = 10 ** chance.randint(4, 6) * chance.randint(1, 10)
    return WorkListing(on_list, since, until, chance.random() < 0.15, amount)
