"""Operator: take one test out of a condition.

*What it asks:* does any example fail when the rule no longer asks for this? It takes a case in which
everything else holds and just this does not.
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Memorandum
from creditrules.policy.mutation.mutant import Mutant, Operator
from creditrules.policy.mutation.parts import parts
from creditrules.policy.mutation.sites import conditions
from creditrules.policy.wording import rule_named, test_named

NAME = "drop_condition"


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
                site.put(part.put(None)),
                part.test.span or site.span,
            )


OPERATOR = Operator(NAME, mutants)
