"""Operator: take a provision away from a measure, or from an item of its coverage.

*What it asks:* does any example say that this provision is cited, or stand on a day on which only it carries
the measure?
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Memorandum
from creditrules.policy.mutation.mutant import Mutant, Operator
from creditrules.policy.mutation.sites import measures, reaches, without
from creditrules.policy.wording import basis_named, measure_named

NAME = "drop_basis"


def mutants(document: Memorandum, catalogue: Catalogue) -> Iterator[Mutant]:
    """Yield a mutant for every basis of a measure and of an item of a clause."""
    for site in measures(document):
        for n, basis in enumerate(site.value.bases):
            values = {"measure": measure_named(site.value), "basis": basis_named(basis)}
            changed = site.put(evolve(site.value, bases=without(site.value.bases, n)))
            place = f"{site.place}.basis.{n + 1}"
            yield Mutant(NAME, place, site.measures, NAME, values, changed, basis.span or site.span)
    for reach in reaches(document):
        for n, basis in enumerate(reach.value.bases):
            values = {"measure": measure_named(reach.measure), "basis": basis_named(basis)}
            changed = reach.put(evolve(reach.value, bases=without(reach.value.bases, n)))
            place = f"{reach.place}.basis.{n + 1}"
            yield Mutant(NAME, place, reach.measures, NAME, values, changed, basis.span or reach.span)


OPERATOR = Operator(NAME, mutants)
