"""Operator: move the number, the day or the length a test compares with by one.

Money moves by a fen, a share by a hundredth of a per cent, a number by one, a day and a length by a day.

*What it asks:* is there a case on each side of the threshold, just beside it?
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from attrs import evolve

from creditrules.model.catalogue import Catalogue
from creditrules.model.condition import Test
from creditrules.model.memorandum import Memorandum
from creditrules.model.time import Period
from creditrules.policy.mutation.mutant import Mutant, Operator
from creditrules.policy.mutation.parts import parts
from creditrules.policy.mutation.sites import conditions
from creditrules.policy.wording import rule_named, test_named

NAME = "move_threshold"


def mutants(document: Memorandum, catalogue: Catalogue) -> Iterator[Mutant]:
    """Yield two mutants, up and down, for every test that measures something."""
    for site in conditions(document):
        for part in parts(site.value):
            for by in (1, -1):
                other = moved(part.test, by)
                if other is None:
                    continue
                values = {
                    "test": test_named(part.test, catalogue),
                    "other": test_named(other, catalogue),
                    "measure": rule_named(site.measure, site.exempt),
                }
                place = f"{site.place}.{part.number}{by:+d}"
                span = part.test.span or site.span
                yield Mutant(NAME, place, site.measures, NAME, values, site.put(part.put(other)), span)


def moved(test: Test, by: int) -> Test | None:
    """Return a test whose threshold lies one further; None for one that has no threshold."""
    match test.value:
        case bool() | str() | tuple() | None:
            return None
        case int():
            return evolve(test, value=test.value + by)
        case date():
            return evolve(test, value=test.value + timedelta(days=by))
        case Period():
            return evolve(test, value=evolve(test.value, days=test.value.days + by))


OPERATOR = Operator(NAME, mutants)
