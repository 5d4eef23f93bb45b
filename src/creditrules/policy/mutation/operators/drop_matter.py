"""Operator: take one of several matters away from what a measure does.

*What it asks:* does any example expect the measure to bite on this matter?
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Memorandum
from creditrules.policy.mutation.mutant import Mutant, Operator
from creditrules.policy.mutation.sites import measures, replaced, without
from creditrules.policy.wording import both, measure_named

NAME = "drop_matter"


def mutants(document: Memorandum, catalogue: Catalogue) -> Iterator[Mutant]:
    """Yield a mutant for every matter of an effect that has several."""
    for site in measures(document):
        for n, effect in enumerate(site.value.effects):
            for m, matter in enumerate(effect.matters if len(effect.matters) > 1 else ()):
                named = both(lambda names, matter=matter: names.matter(matter), catalogue)  # type: ignore[misc]
                values = {"measure": measure_named(site.value), "matter": named}
                other = evolve(effect, matters=without(effect.matters, m))
                changed = site.put(evolve(site.value, effects=replaced(site.value.effects, n, other)))
                place = f"{site.place}.matter.{n + 1}.{matter}"
                yield Mutant(NAME, place, site.measures, NAME, values, changed, site.span)


OPERATOR = Operator(NAME, mutants)
