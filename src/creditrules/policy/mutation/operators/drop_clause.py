"""Operator: take a whole coverage clause away.

*What it asks:* does any example list a party of this kind?
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Memorandum
from creditrules.policy.mutation.mutant import Mutant, Operator
from creditrules.policy.mutation.sites import clauses
from creditrules.policy.wording import measure_named, party_named

NAME = "drop_clause"


def mutants(document: Memorandum, catalogue: Catalogue) -> Iterator[Mutant]:
    """Yield a mutant for every clause of several items; one of a single item is `drop_role`'s."""
    for site in clauses(document):
        if len(site.value.reaches) > 1:
            values = {"measure": measure_named(site.measure), "party": party_named(site.value, catalogue)}
            yield Mutant(NAME, site.place, site.measures, NAME, values, site.put(None), site.span)


OPERATOR = Operator(NAME, mutants)
