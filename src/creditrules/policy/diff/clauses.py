"""Policy: what a changed coverage clause means: whom a measure reaches now, and whom no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from creditrules.deliver import clauses as said
from creditrules.deliver.names import Names
from creditrules.model.condition import ALWAYS
from creditrules.model.memorandum import Clause, Reach
from creditrules.model.text import Text
from creditrules.model.words import Direction
from creditrules.policy.diff.changes import Altered, Change, Gained, Lost, Place
from creditrules.policy.diff.conditions import condition_changes
from creditrules.policy.diff.speaking import Speaker


@frozen
class _Who:
    """One kind of person a clause reaches: the listed party itself, a role, whoever was found responsible."""

    direction: Direction
    role: str | None


def clause_changes(
    place: Place, before: tuple[Clause, ...], after: tuple[Clause, ...], old: Speaker, new: Speaker
) -> Iterator[Change]:
    """Yield who is reached now and who no more, for each kind of listed party."""
    was, now = _by_party(before), _by_party(after)
    for party in (p for p in was if p not in now):
        yield Lost(place, "party", _clauses(was[party], old))
    for party in now:
        at = evolve(place, span=now[party][0].span or place.span)
        if party not in was:
            yield Gained(at, "party", _clauses(now[party], new))
        elif was[party] != now[party]:
            yield from _of_party(at, was[party], now[party], old, new)


def _of_party(
    place: Place, before: list[Clause], after: list[Clause], old: Speaker, new: Speaker
) -> Iterator[Change]:
    party = _party(after[0].party, new)
    was, now = _reached(before), _reached(after)
    for who in (w for w in was if w not in now):
        yield Lost(place, "reach", _person(who, was[who], old), party)
    for who, reach in now.items():
        if who not in was:
            yield Gained(
                evolve(place, span=reach.span or place.span), "reach", _person(who, reach, new), party
            )
            continue
        one, two = _person(who, was[who], old), _person(who, reach, new)
        if one != two:
            yield Altered(evolve(place, span=reach.span or place.span), "requirement", one, two, party)
        if was[who].when != reach.when:
            yield from condition_changes(place, "when", was[who].when, reach.when, old, new)
    if before[0].when != after[0].when:
        yield from condition_changes(place, "when", before[0].when, after[0].when, old, new)
    if before[0].checked is not after[0].checked:
        yield Altered(
            place,
            "checked",
            old.said("checked", before[0].checked),
            new.said("checked", after[0].checked),
            party,
        )


def _by_party(clauses: tuple[Clause, ...]) -> Mapping[str, list[Clause]]:
    found: dict[str, list[Clause]] = {}
    for clause in clauses:
        found.setdefault(clause.party, []).append(clause)
    return found


def _reached(clauses: list[Clause]) -> dict[_Who, Reach]:
    """Return every kind of person that clauses reach, role by role."""
    found: dict[_Who, Reach] = {}
    for clause in clauses:
        for reach in clause.reaches:
            roles: list[str | None] = [*sorted(reach.roles)] or [None]
            for role in roles:
                one = reach if role is None else evolve(reach, roles=frozenset({role}))
                found.setdefault(_Who(reach.direction, role), one)
    return found


def _person(who: _Who, reach: Reach, speaker: Speaker) -> Text:
    return speaker.both(lambda names: _reach_text(reach, names))


def _reach_text(reach: Reach, names: Names) -> str:
    clause = Clause("", (evolve(reach, when=ALWAYS),))
    return said.clause_text(clause, names).partition("→ ")[2]


def _clauses(clauses: list[Clause], speaker: Speaker) -> Text:
    return speaker.both(
        lambda names: names.words.joined((said.clause_text(clause, names) for clause in clauses), "part")
    )


def _party(key: str, speaker: Speaker) -> Text:
    found = speaker.catalogue.parties.get(key)
    return found.name if found else Text(key, key)
