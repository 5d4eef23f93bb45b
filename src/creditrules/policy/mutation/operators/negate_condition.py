"""Operator: turn one test of a condition into its opposite.

*What it asks:* does any example know on which side of the condition it stands?
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.model.catalogue import Catalogue
from creditrules.model.condition import Not
from creditrules.model.memorandum import Memorandum
from creditrules.policy.mutation.mutant import Mutant, Operator
from creditrules.policy.mutation.parts import parts
from creditrules.policy.mutation.sites import conditions
from creditrules.policy.wording import rule_named, test_named

NAME = "negate_condition"


def mutants(document: Memorandum, catalogue: Catalogue) -> Iterator[Mutant]:
    """Yield a mutant for every test of every condition."""
    for site in conditions(document):
        for part in parts(site.value):
            values = {
                "test": test_named(part.test, catalogue),
                "measure": rule_named(site.measure, site.exempt),
            }
            yield Mutant(
                NAME,
                f"{site.place}.{part.number}",
                site.measures,
                NAME,
                values,
                site.put(part.put(Not(part.test))),
                part.test.span or site.span,
            )


OPERATOR = Operator(NAME, mutants)
