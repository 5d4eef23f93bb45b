"""Operator: ask for a role at another time than the clause does.

*What it asks:* is there somebody who held the role at the one time and not at the other?
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Memorandum
from creditrules.model.words import Direction, HeldAt
from creditrules.policy.mutation.mutant import Mutant, Operator
from creditrules.policy.mutation.sites import reaches
from creditrules.policy.wording import measure_named, party_named, reach_named, word

NAME = "change_held"


def mutants(document: Memorandum, catalogue: Catalogue) -> Iterator[Mutant]:
    """Yield a mutant for every other time of every item about a role."""
    for site in reaches(document):
        for other in HeldAt if site.value.direction is not Direction.SELF else ():
            if other is site.value.held:
                continue
            values = {
                "measure": measure_named(site.measure),
                "party": party_named(site.clause, catalogue),
                "whom": reach_named(site.value, catalogue),
                "is": word(f"held.{site.value.held.value}"),
                "other": word(f"held.{other.value}"),
            }
            changed = site.put(evolve(site.value, held=other))
            place = f"{site.place}.{other.value}"
            yield Mutant(NAME, place, site.measures, NAME, values, changed, site.span)


OPERATOR = Operator(NAME, mutants)
