"""Compile, part of the regime pass: who may still be reached through an organisation, and by which provision.

A provision carries a person under its own condition: in hardly any is the listing of the organisation alone
enough. Source: 国办发〔2020〕49号 (十): the legal representative, actual controller or main person in charge
of a seriously dishonest body answers only as law, regulation or central policy provides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import evolve

from creditrules.compile.bases import in_force
from creditrules.compile.day import Day, aside
from creditrules.model.basis import Basis
from creditrules.model.catalogue import Liability, Regime, RegimeRule
from creditrules.model.condition import ALWAYS, Condition, conjunction
from creditrules.model.memorandum import Clause, Reach
from creditrules.model.rulebook import Rule, SetAside
from creditrules.model.words import MET_BY, Direction, Responsibility

# The words by which provisions name whoever a finding names, and what must be found.
FOUND = {
    "responsible_person": Responsibility.RESPONSIBLE,
    "directly_responsible_person": Responsibility.DIRECT,
}


def keep_liable_persons(
    rule: Rule, regime: Regime, says: RegimeRule, day: Day, carries: Callable[[Basis], bool]
) -> tuple[Rule | None, tuple[SetAside, ...]]:
    """Keep the items of a rule's coverage that an express basis carries, and set the others aside."""
    express: list[tuple[Basis, Condition]] = [
        (b, ALWAYS) for b in (*rule.bases, *_of_lists(rule, day)) if b.reaches and carries(b)
    ]
    express += [(p.basis, p.when) for p in _provisions(rule, day) if carries(p.basis)]
    gone: list[SetAside] = []
    clauses: list[Clause] = []
    for clause in rule.clauses:
        kept = []
        for reach in clause.reaches:
            own = any(carries(b) and in_force(b, day) for b in reach.bases)
            liable = [reach] if own else _liable(reach, express)
            kept += liable
            narrowed = bool(liable) and all(r.finding is not reach.finding for r in liable)
            if not liable or narrowed or reach.roles - frozenset().union(*(r.roles for r in liable)):
                lost = sorted(reach.roles - frozenset().union(*(r.roles for r in liable))) or ["responsible"]
                gone.append(
                    aside(rule, "no_express_basis", says.text, detail=", ".join(lost), regime=regime.key)
                )
        if kept:
            clauses.append(evolve(clause, reaches=tuple(kept)))
    # A rule without any clause reached nobody before: nothing of it is set aside here.
    return (evolve(rule, clauses=tuple(clauses)) if clauses or not gone else None), tuple(gone)


def _of_lists(rule: Rule, day: Day) -> tuple[Basis, ...]:
    """Return the bases that every list of the rule has in force: only those carry all its listings."""
    shared: set[Basis] | None = None
    for key in rule.lists:
        bases = {b for b in day.catalogue.lists[key].bases if in_force(b, day)}
        shared = bases if shared is None else shared & bases
    return tuple(sorted(shared or (), key=str))


def _provisions(rule: Rule, day: Day) -> Iterator[Liability]:
    """Yield the provisions in force that make persons liable for measures of the rule's kinds and lists."""
    kinds = frozenset(rule.kinds)
    for provision in day.catalogue.liabilities:
        fits = (not provision.lists or rule.lists <= provision.lists) and (
            not provision.kinds or bool(provision.kinds & kinds)
        )
        if fits and in_force(provision.basis, day):
            yield provision


def _liable(reach: Reach, express: list[tuple[Basis, Condition]]) -> list[Reach]:
    """Return what of a coverage item stands: one item a provision, under the provision's condition."""
    if reach.direction is Direction.SELF:
        return [reach]
    stands = []
    for basis, when in express:
        finding = _found_by(reach, basis)
        roles = reach.roles if finding else reach.roles & basis.reaches
        if roles or (reach.any_role and finding):
            needed = conjunction(reach.when, when)
            asked = finding or reach.finding
            stands.append(evolve(reach, roles=roles, finding=asked, when=needed, bases=(*reach.bases, basis)))
    return stands


def _found_by(reach: Reach, basis: Basis) -> Responsibility | None:
    """Return the finding under which a provision carries an item that asks for one, if any.

    A clause on whoever is responsible shrinks to the directly responsible where only they are named.
    """
    if reach.finding is None:
        return None
    for word, finding in FOUND.items():
        narrower = MET_BY[finding] <= MET_BY[reach.finding]
        if word in basis.reaches and (narrower or MET_BY[reach.finding] <= MET_BY[finding]):
            return finding if narrower else reach.finding
    return None
