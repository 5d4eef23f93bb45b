"""Operator: reach a role holder without asking for a finding of responsibility.

*What it asks:* is there somebody with the role whom nobody found responsible, expected to be left alone?
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Memorandum
from creditrules.policy.mutation.mutant import Mutant, Operator
from creditrules.policy.mutation.sites import reaches
from creditrules.policy.wording import measure_named, party_named, reach_named, word

NAME = "drop_finding"


def mutants(document: Memorandum, catalogue: Catalogue) -> Iterator[Mutant]:
    """Yield a mutant for every item that asks for a finding."""
    for site in reaches(document):
        if site.value.finding is not None:
            values = {
                "measure": measure_named(site.measure),
                "party": party_named(site.clause, catalogue),
                "whom": reach_named(site.value, catalogue),
                "finding": word(f"finds.{site.value.finding.value}"),
            }
            changed = site.put(evolve(site.value, finding=None))
            yield Mutant(NAME, site.place, site.measures, NAME, values, changed, site.span)


OPERATOR = Operator(NAME, mutants)
