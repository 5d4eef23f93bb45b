"""Operator: take a whole measure away.

*What it asks:* does any example expect the measure at all?
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Memorandum
from creditrules.policy.mutation.mutant import Mutant, Operator
from creditrules.policy.mutation.sites import measures
from creditrules.policy.wording import measure_named

NAME = "drop_measure"


def mutants(document: Memorandum, catalogue: Catalogue) -> Iterator[Mutant]:
    """Yield a mutant for every measure that a source shows."""
    for site in measures(document):
        values = {"measure": measure_named(site.value)}
        yield Mutant(NAME, site.place, site.measures, NAME, values, site.put(None), site.span)


OPERATOR = Operator(NAME, mutants)
