"""Policy, checks: whom a measure can reach by one item of a clause."""

from __future__ import annotations

from creditrules.compile.coverage import covered, party_condition, reach_condition
from creditrules.model.catalogue import Catalogue
from creditrules.model.condition import ALWAYS, Condition, Not, Op, Test, conjunction
from creditrules.model.memorandum import Clause, Measure, Memorandum, Reach
from creditrules.policy.checks.check import Scope
from creditrules.policy.checks.truth import seen_by


def clauses_of(memorandum: Memorandum, measure: Measure) -> tuple[Clause, ...]:
    """Return the clauses that hold for a measure: its own, else those of its memorandum."""
    return memorandum.covers if measure.covers is None else measure.covers


def limits_of(measure: Measure) -> Condition:
    """Return what a measure asks of a target beside its clauses."""
    kinds = tuple(sorted(measure.target_kinds))
    return conjunction(
        *([Test("target.kind", Op.IN, kinds)] if kinds else []),
        measure.when,
        *(Not(exempt.when) for exempt in measure.unless if exempt.when != ALWAYS),
    )


def item_is_dead(clause: Clause, reach: Reach, measure: Measure, scope: Scope) -> bool:
    """Say whether nobody can be reached by a measure through one item of a clause."""
    item = conjunction(party_condition(clause, scope.catalogue), reach_condition(reach))
    return scope.logic.never(seen_by(reach.direction, conjunction(item, limits_of(measure))))


def reaches_nobody(memorandum: Memorandum, measure: Measure, scope: Scope) -> bool:
    """Say whether every item of every clause is dead for a measure."""
    items = ((clause, reach) for clause in clauses_of(memorandum, measure) for reach in clause.reaches)
    return all(item_is_dead(clause, reach, measure, scope) for clause, reach in items)


def whole_condition(memorandum: Memorandum, measure: Measure, catalogue: Catalogue) -> Condition:
    """Return everything that must hold for a measure to act on somebody."""
    clauses = clauses_of(memorandum, measure)
    return conjunction(covered(clauses, catalogue), limits_of(measure)) if clauses else limits_of(measure)
