"""Policy, mutation: every operator, in the order in which reports name them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Memorandum
from creditrules.policy.mutation.mutant import Mutant, Operator
from creditrules.policy.mutation.operators import (
    change_discretion,
    change_held,
    change_period,
    drop_basis,
    drop_clause,
    drop_condition,
    drop_exception,
    drop_finding,
    drop_list,
    drop_matter,
    drop_measure,
    drop_role,
    drop_unit,
    move_basis,
    move_in_force,
    move_threshold,
    negate_condition,
    widen_targets,
)

OPERATORS: tuple[Operator, ...] = (
    drop_measure.OPERATOR,
    drop_clause.OPERATOR,
    drop_role.OPERATOR,
    drop_finding.OPERATOR,
    change_held.OPERATOR,
    widen_targets.OPERATOR,
    drop_condition.OPERATOR,
    negate_condition.OPERATOR,
    move_threshold.OPERATOR,
    drop_exception.OPERATOR,
    drop_unit.OPERATOR,
    drop_matter.OPERATOR,
    change_discretion.OPERATOR,
    change_period.OPERATOR,
    drop_basis.OPERATOR,
    move_basis.OPERATOR,
    move_in_force.OPERATOR,
    drop_list.OPERATOR,
)
NAMES: tuple[str, ...] = tuple(operator.name for operator in OPERATORS)


def mutants_of(document: Memorandum, catalogue: Catalogue, names: Iterable[str] = NAMES) -> Iterator[Mutant]:
    """Yield every change of a document that the named operators allow, always in the same order."""
    wanted = frozenset(names)
    for operator in OPERATORS:
        if operator.name in wanted:
            yield from operator.mutants(document, catalogue)
