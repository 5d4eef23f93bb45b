"""Operator: take one role, or the party itself, out of a coverage clause.

*What it asks:* does any example expect a measure to reach somebody just because of this role?
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Memorandum
from creditrules.policy.mutation.mutant import Mutant, Operator
from creditrules.policy.mutation.sites import reaches
from creditrules.policy.wording import measure_named, party_named, reach_named, role_named

NAME = "drop_role"


def mutants(document: Memorandum, catalogue: Catalogue) -> Iterator[Mutant]:
    """Yield a mutant for every role of every item, and one for every item that names none."""
    for site in reaches(document):
        reach = site.value
        values = {"measure": measure_named(site.measure), "party": party_named(site.clause, catalogue)}
        if len(reach.roles) < 2:
            whom = {**values, "whom": reach_named(reach, catalogue)}
            yield Mutant(NAME, site.place, site.measures, NAME, whom, site.put(None), site.span)
            continue
        for role in sorted(reach.roles):
            whom = {**values, "whom": role_named(role, catalogue)}
            changed = site.put(evolve(reach, roles=reach.roles - {role}))
            yield Mutant(NAME, f"{site.place}.{role}", site.measures, NAME, whom, changed, site.span)


OPERATOR = Operator(NAME, mutants)
