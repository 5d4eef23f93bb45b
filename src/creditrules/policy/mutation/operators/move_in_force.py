"""Operator: let the document come into force, or end, a day earlier or later.

*What it asks:* is there a case on the last day before and on the first day of its force?
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from attrs import evolve

from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Memorandum
from creditrules.model.time import Since
from creditrules.policy.mutation.mutant import Mutant, Operator, Values
from creditrules.policy.wording import word

NAME = "move_in_force"


def mutants(document: Memorandum, catalogue: Catalogue) -> Iterator[Mutant]:
    """Yield two mutants for the day a document comes into force and two for the day it ends."""
    everything = frozenset(measure.key for measure in document.measures)
    for end, day in (("since", document.since), ("until", document.until)):
        for by in (1, -1) if day is not None else ():
            assert day is not None
            other = moved(day, by)
            changed = evolve(document, since=other) if end == "since" else evolve(document, until=other)
            values: Values = {"day": str(day), "end": word(f"mutation.in_force.{end}"), "way": word(_way(by))}
            yield Mutant(NAME, f"{end}{by:+d}", everything, NAME, values, changed, document.span)


def moved(day: Since, by: int) -> Since:
    """Return a start, or its bounds, a day later or earlier."""
    step = timedelta(days=by)
    return Since(day.earliest + step, day.latest + step)


def _way(by: int) -> str:
    return "mutation.later" if by > 0 else "mutation.earlier"


OPERATOR = Operator(NAME, mutants)
