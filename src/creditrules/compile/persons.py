"""Compile, part of the regime pass: who may still be reached through an organisation, and by which provision.

Source: 国办发〔2020〕49号 (十): the legal representative, actual controller or main person in charge of a
seriously dishonest body answers only as law, regulation or central policy provides.
"""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from creditrules.compile.day import Day, aside
from creditrules.model.basis import Basis
from creditrules.model.catalogue import Regime, RegimeRule
from creditrules.model.memorandum import Clause, Reach
from creditrules.model.rulebook import Rule, SetAside
from creditrules.model.time import covers
from creditrules.model.words import Direction, Responsibility

# The word a provision uses for whoever a finding names, whatever office he holds.
FOUND = {
    Responsibility.DIRECT: "directly_responsible_person",
    Responsibility.LEADERSHIP: "directly_responsible_person",
    Responsibility.RESPONSIBLE: "responsible_person",
}


def keep_liable_persons(
    rule: Rule, regime: Regime, says: RegimeRule, day: Day, carries: Callable[[Basis], bool]
) -> tuple[Rule | None, tuple[SetAside, ...]]:
    """Keep the items of a rule's coverage that an express basis carries, and set the others aside."""
    express = tuple(b for b in (*rule.bases, *_of_lists(rule, day)) if b.reaches and carries(b))
    gone: list[SetAside] = []
    clauses: list[Clause] = []
    for clause in rule.clauses:
        kept = []
        for reach in clause.reaches:
            own = tuple(b for b in reach.bases if carries(b) and covers(b.since, b.until, day.on))
            liable = _liable(reach, express, own)
            kept += [liable] if liable is not None else []
            if liable is None or liable.roles != reach.roles:
                lost = sorted(reach.roles - (liable.roles if liable else frozenset())) or ["responsible"]
                gone.append(
                    aside(rule, "no_express_basis", says.text, detail=", ".join(lost), regime=regime.key)
                )
        if kept:
            clauses.append(evolve(clause, reaches=tuple(kept)))
    return (evolve(rule, clauses=tuple(clauses)) if clauses else None), tuple(gone)


def _of_lists(rule: Rule, day: Day) -> tuple[Basis, ...]:
    """Return the bases that every list of the rule has in force: only those carry all its listings."""
    shared: set[Basis] | None = None
    for key in rule.lists:
        bases = {b for b in day.catalogue.lists[key].bases if covers(b.since, b.until, day.on)}
        shared = bases if shared is None else shared & bases
    return tuple(sorted(shared or (), key=str))


def _liable(reach: Reach, express: tuple[Basis, ...], own: tuple[Basis, ...]) -> Reach | None:
    """Return what of a coverage item stands: whole, fewer roles, or nothing."""
    if reach.direction is Direction.SELF or own:
        return reach
    named = frozenset(role for basis in express for role in basis.reaches)
    by_finding = reach.finding is not None and FOUND.get(reach.finding) in named
    roles = reach.roles if by_finding else reach.roles & named
    if not roles and not (reach.any_role and by_finding):
        return None
    carrying = tuple(
        b for b in express if b.reaches & (roles | {FOUND.get(reach.finding or Responsibility.NONE, "")})
    )
    return evolve(reach, roles=roles, bases=(*reach.bases, *carrying))
