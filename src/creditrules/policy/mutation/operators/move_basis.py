"""Operator: let a provision come into force, or lapse, a day earlier or later.

*What it asks:* is there a case on the last day on which a provision may be cited, and on the next?
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from attrs import evolve

from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Memorandum
from creditrules.policy.mutation.mutant import Mutant, Operator, Values
from creditrules.policy.mutation.sites import measures, replaced
from creditrules.policy.wording import basis_named, measure_named, word

NAME = "move_basis"


def mutants(document: Memorandum, catalogue: Catalogue) -> Iterator[Mutant]:
    """Yield two mutants for every dated end of every basis of a measure."""
    for site in measures(document):
        for n, basis in enumerate(site.value.bases):
            for end, day in (("since", basis.since), ("until", basis.until)):
                for by in (1, -1) if day is not None else ():
                    assert day is not None
                    step = timedelta(days=by)
                    moved = day + step
                    other = evolve(basis, since=moved) if end == "since" else evolve(basis, until=moved)
                    values: Values = {
                        "basis": basis_named(basis),
                        "measure": measure_named(site.value),
                        "day": str(day),
                        "end": word(f"mutation.in_force.{end}"),
                        "way": word("mutation.later" if by > 0 else "mutation.earlier"),
                    }
                    changed = site.put(evolve(site.value, bases=replaced(site.value.bases, n, other)))
                    place = f"{site.place}.basis.{n + 1}.{end}{by:+d}"
                    yield Mutant(NAME, place, site.measures, NAME, values, changed, basis.span or site.span)


OPERATOR = Operator(NAME, mutants)
