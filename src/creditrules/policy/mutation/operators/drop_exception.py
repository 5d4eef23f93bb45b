"""Operator: take a labelled exception away from a measure.

*What it asks:* is there a case to which the exception applies?
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Memorandum
from creditrules.policy.mutation.mutant import Mutant, Operator
from creditrules.policy.mutation.sites import measures, without
from creditrules.policy.wording import exempt_named, measure_named

NAME = "drop_exception"


def mutants(document: Memorandum, catalogue: Catalogue) -> Iterator[Mutant]:
    """Yield a mutant for every exception."""
    for site in measures(document):
        for n, exempt in enumerate(site.value.unless):
            values = {"measure": measure_named(site.value), "label": exempt_named(exempt)}
            changed = site.put(evolve(site.value, unless=without(site.value.unless, n)))
            place = f"{site.place}.unless.{exempt.label}"
            yield Mutant(NAME, place, site.measures, NAME, values, changed, exempt.span or site.span)


OPERATOR = Operator(NAME, mutants)
