"""Compile pass: turn coverage clauses into conditions over candidate fields.

A candidate is one listing seen with the listed subject itself, or with one role held around it. Its derived
fields (`relation`, `held.*`, `found.*`, …) are made by `evaluate.candidates`.
"""

from __future__ import annotations

from creditrules.model.catalogue import Catalogue
from creditrules.model.condition import Condition, Not, Op, Some, Test, conjunction
from creditrules.model.memorandum import Clause, Reach
from creditrules.model.rulebook import Rule
from creditrules.model.words import Direction

ACTIVE = Test("listing.active", Op.IS, True)
ON_RECORD = Test("listing.on_record", Op.IS, True)


def covered(clauses: tuple[Clause, ...], catalogue: Catalogue) -> Condition:
    """Return what must hold for one of a rule's clauses to reach a candidate."""
    return _either(tuple(clause_condition(clause, catalogue) for clause in clauses))


def condition_of(rule: Rule, is_covered: Condition) -> Condition:
    """Return everything that must hold for a rule to act on a candidate, as one condition."""
    kinds = tuple(sorted(rule.target_kinds))
    return conjunction(
        ACTIVE if rule.record is None else ON_RECORD,
        is_covered,
        *([Test("target.kind", Op.IN, kinds)] if kinds else []),
        rule.when,
        *([Not(_either(tuple(e.when for e in rule.unless)))] if rule.unless else []),
    )


def clause_condition(clause: Clause, catalogue: Catalogue) -> Condition:
    """Return what must hold for a clause to reach a candidate: the party, and one of its items."""
    reached = _either(tuple(reach_condition(reach) for reach in clause.reaches))
    return conjunction(party_condition(clause, catalogue), reached)


def party_condition(clause: Clause, catalogue: Catalogue) -> Condition:
    """Return what must hold for a clause to speak of the listed party at all."""
    party = catalogue.parties[clause.party]
    return conjunction(
        *([Test("subject.kind", Op.IN, tuple(sorted(party.kinds)))] if party.kinds else []),
        *([Test("listing.capacity", Op.IS, party.capacity)] if party.capacity else []),
        clause.when,
    )


def reach_condition(reach: Reach) -> Condition:
    """Return what must hold for one item of a clause to reach a candidate."""
    relation = Test("relation", Op.IS, reach.direction.value)
    if reach.direction is Direction.SELF:
        return conjunction(relation, reach.when)
    return conjunction(
        relation,
        *([] if reach.any_role else [Test("role.name", Op.IN, tuple(sorted(reach.roles)))]),
        Test(f"held.{reach.held.value}", Op.IS, True),
        *([Test(f"found.{reach.finding.value}", Op.IS, True)] if reach.finding else []),
        reach.when,
    )


def _either(parts: tuple[Condition, ...]) -> Condition:
    return parts[0] if len(parts) == 1 else Some(parts)
