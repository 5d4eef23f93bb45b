"""Operator: let a measure fall on targets of every kind.

*What it asks:* is there somebody of another kind, within its coverage, expected to be left alone?
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Memorandum
from creditrules.policy.mutation.mutant import Mutant, Operator
from creditrules.policy.mutation.sites import measures
from creditrules.policy.wording import both, measure_named

NAME = "widen_targets"


def mutants(document: Memorandum, catalogue: Catalogue) -> Iterator[Mutant]:
    """Yield a mutant for every measure that is limited to kinds of target."""
    for site in measures(document):
        kinds = sorted(site.value.target_kinds)
        if kinds:
            named = both(lambda names, kinds=kinds: names.words.joined(map(names.kind, kinds)), catalogue)  # type: ignore[misc]
            values = {"measure": measure_named(site.value), "kinds": named}
            changed = site.put(evolve(site.value, target_kinds=frozenset()))
            yield Mutant(NAME, f"{site.place}.reaches", site.measures, NAME, values, changed, site.span)


OPERATOR = Operator(NAME, mutants)
