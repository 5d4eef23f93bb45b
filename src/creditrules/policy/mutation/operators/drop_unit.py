"""Operator: take a unit away from a measure.

*What it asks:* does any example expect this unit to act?
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Memorandum
from creditrules.policy.mutation.mutant import Mutant, Operator
from creditrules.policy.mutation.sites import measures, without
from creditrules.policy.wording import measure_named, unit_named

NAME = "drop_unit"


def mutants(document: Memorandum, catalogue: Catalogue) -> Iterator[Mutant]:
    """Yield a mutant for every unit a measure names."""
    for site in measures(document):
        for n, part in enumerate(site.value.units):
            values = {"measure": measure_named(site.value), "unit": unit_named(part.unit, catalogue)}
            changed = site.put(evolve(site.value, units=without(site.value.units, n)))
            place = f"{site.place}.unit.{part.unit}"
            yield Mutant(NAME, place, site.measures, NAME, values, changed, part.span or site.span)


OPERATOR = Operator(NAME, mutants)
