"""Testing: many invented dossiers that fit any catalogue: on its lists, with its roles and facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from creditrules.model.catalogue import FactDeclaration
from creditrules.model.condition import tests_in
from creditrules.model.dossier import (
    Dossier,
    FactEntry,
    Facts,
    Listing,
    ResponsibilityFinding,
    RoleHeld,
    Subject,
)
from creditrules.model.rulebook import Rulebook
from creditrules.model.words import Responsibility

_FINDS = (Responsibility.DIRECT, Responsibility.LEADERSHIP, Responsibility.NONE)
# In ten facts that are asked for, three are missing, as in the files of an office.
_MISSING = 0.3


def dossiers_for(rulebook: Rulebook, number: int, seed: int = 8) -> Iterator[Dossier]:
    """Yield so many dossiers of one listed organisation and its role holders; the same ones every time."""
    chance = Random(seed)
    catalogue = rulebook.catalogue
    lists = sorted(key for key, guards in rulebook.by_list.items() if guards)
    legal = sorted(key for key, kind in catalogue.kinds.items() if not kind.natural)
    natural = sorted(key for key, kind in catalogue.kinds.items() if kind.natural)
    roles = sorted(catalogue.roles)
    regions: list[str | None] = [*sorted(c for c in catalogue.units.regions if not c.endswith("00"))] or [
        None
    ]
    tests = {t.path: t.value for guard in rulebook.guards for t in tests_in(guard.condition)}
    for n in range(number):
        facts = _Facts(chance, rulebook, tests)
        firm = Subject(
            f"s{n}", chance.choice(legal), f"虚构{n}", region=chance.choice(regions), facts=facts("subject")
        )
        people = [
            Subject(f"s{n}-p{p}", chance.choice(natural), f"虚构人{p}", facts=facts("target"))
            for p in range(chance.randint(1, 4))
        ]
        held = tuple(_role(chance, person.id, firm.id, roles, rulebook.on) for person in people)
        on_lists = chance.sample(lists, min(len(lists), chance.randint(1, 3)))
        listings = tuple(
            _listing(chance, f"L{k}", firm.id, key, people, facts, rulebook.on)
            for k, key in enumerate(on_lists)
        )
        yield Dossier({s.id: s for s in (firm, *people)}, listings, held, digest=firm.id)


class _Facts:
    """Facts with values near those that somebody compares them with."""

    def __init__(self, chance: Random, rulebook: Rulebook, tests: dict[str, Any]) -> None:
        self._chance, self._on, self._tests = chance, rulebook.on, tests
        self._declared = [d for name, d in sorted(rulebook.catalogue.facts.items()) if name in tests]

    def __call__(self, about: str) -> Facts:
        stated = (d for d in self._declared if d.about == about and self._chance.random() >= _MISSING)
        return {d.name: (FactEntry(self._value(d)),) for d in stated}

    def _value(self, declared: FactDeclaration) -> Any:
        asked, chance = self._tests[declared.name], self._chance
        match declared.type:
            case "boolean":
                return chance.random() < 0.5
            case "choice":
                return chance.choice(sorted(declared.choices))
            case "date":
                return self._on - timedelta(days=chance.randint(0, 3000))
            case "text":
                return chance.choice((asked, "虚构")) if isinstance(asked, str) else "虚构"
            case _:
                return (asked if isinstance(asked, int) else 100) + chance.randint(-1, 1)


def _role(chance: Random, person: str, organisation: str, roles: list[str], on: date) -> RoleHeld:
    since = on - timedelta(days=chance.randint(100, 4000))
    until = None if chance.random() < 0.8 else since + timedelta(days=chance.randint(30, 2000))
    role = (
        "legal_representative"
        if chance.random() < 0.4 and "legal_representative" in roles
        else chance.choice(roles)
    )
    return RoleHeld(person, organisation, role, since, until)


def _listing(
    chance: Random, key: str, subject: str, on_list: str, people: list[Subject], facts: _Facts, on: date
) -> Listing:
    determined = on - timedelta(days=chance.randint(10, 1200))
    ended = chance.random() < 0.2
    found = [
        ResponsibilityFinding(person.id, chance.choice(_FINDS), determined)
        for person in people
        if chance.random() < 0.4
    ]
    return Listing(
        key,
        subject,
        on_list,
        conduct_since=determined - timedelta(days=chance.randint(30, 700)) if chance.random() < 0.8 else None,
        determined=determined,
        served=determined,
        aggregated=None if chance.random() < 0.05 else determined,
        published=determined,
        until=determined + timedelta(days=5 if ended else 1800),
        review=on + timedelta(days=90),
        removed=on - timedelta(days=3) if chance.random() < 0.1 else None,
        findings=tuple(found),
        findings_complete=chance.random() < 0.5,
        facts=facts("listing"),
    )
