"""Operator: let a unit choose where it must, and bind it where it may choose.

*What it asks:* does any example say how binding the measure is?
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Memorandum
from creditrules.model.words import Discretion
from creditrules.policy.mutation.mutant import Mutant, Operator, Values
from creditrules.policy.mutation.sites import measures, replaced
from creditrules.policy.wording import measure_named, word

NAME = "change_discretion"
_OTHER = {Discretion.MUST: Discretion.MAY}


def mutants(document: Memorandum, catalogue: Catalogue) -> Iterator[Mutant]:
    """Yield a mutant for every effect of every measure."""
    for site in measures(document):
        for n, effect in enumerate(site.value.effects):
            other = _OTHER.get(effect.discretion, Discretion.MUST)
            if effect.effect is None:
                continue
            values: Values = {
                "measure": measure_named(site.value),
                "is": word(f"discretion.{effect.discretion.value}"),
                "other": word(f"discretion.{other.value}"),
                "key": effect.discretion.value,
            }
            effects = replaced(site.value.effects, n, evolve(effect, discretion=other))
            changed = site.put(evolve(site.value, effects=effects))
            place = f"{site.place}.discretion.{n + 1}"
            yield Mutant(NAME, place, site.measures, NAME, values, changed, site.span)


OPERATOR = Operator(NAME, mutants)
