"""Population: the classes of the fields of subjects, and of the facts of listings, each worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from attrs import frozen

from creditrules.population.arrays import by_word, constant, translated
from creditrules.population.encoded import Encoded
from creditrules.population.fields import Field
from creditrules.population.plan import Plan


@frozen(eq=False)
class Classes:
    """Classes by path: of every subject (as the one listed, or as the target), and of every listing.

    None: every listing states the fact, and its class is worked out where it is asked for.
    """

    of_subject: Mapping[str, Any]
    of_listing: Mapping[str, Any]


def classes_of(plan: Plan, data: Encoded) -> Classes:
    """Return the classes of all subjects and listings."""
    of_subject: dict[str, Any] = {}
    of_listing: dict[str, Any] = {}
    for path, found in plan.fields.items():
        if found.about == "listing":
            stated = data.facts.get(path)
            every = stated is not None and stated.owners is None
            of_listing[path] = None if every else _of_fact(found, data, len(data.listings))
        elif found.about is not None:
            of_subject[path] = _of_fact(found, data, len(data.subjects))
        elif path in ("subject.kind", "target.kind"):
            of_subject[path] = translated(data.subjects.kind, found.coder.of_words(plan.kinds))
        elif path == "subject.region":
            of_subject[path] = _of_region(plan, found, data)
    return Classes(of_subject, of_listing)


def _of_fact(found: Field, data: Encoded, size: int) -> Any:
    stated = data.facts.get(found.path)
    if stated is None:
        return constant(found.missing, size, np.int8)
    classes = found.coder.of_column(stated.values)
    if stated.owners is None:
        return classes
    table = np.full(size, found.missing, classes.dtype)
    table[stated.owners] = classes
    return table


def _of_region(plan: Plan, found: Field, data: Encoded) -> Any:
    division = plan.rulebook.catalogue.units.division
    return by_word(
        data.subjects.region, lambda words: found.coder.of_words([division(word) for word in words])
    )
