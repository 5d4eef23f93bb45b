"""Operator: let a document, or a measure, no longer speak of one of several lists.

*What it asks:* does any example list somebody there?
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Memorandum
from creditrules.policy.mutation.mutant import Mutant, Operator
from creditrules.policy.mutation.sites import measures
from creditrules.policy.wording import both, measure_named

NAME = "drop_list"


def mutants(document: Memorandum, catalogue: Catalogue) -> Iterator[Mutant]:
    """Yield a mutant for every one of several lists."""
    sharing = frozenset(site.place for site in measures(document) if not site.value.lists)
    for key in sorted(document.lists) if len(document.lists) > 1 and sharing else ():
        named = both(lambda names, key=key: names.list(key), catalogue)  # type: ignore[misc]
        values = {"measure": measure_named(None), "list": named}
        changed = evolve(document, lists=document.lists - {key})
        yield Mutant(NAME, f"lists.{key}", sharing, NAME, values, changed, document.span)
    for site in measures(document):
        for key in sorted(site.value.lists) if len(site.value.lists) > 1 else ():
            named = both(lambda names, key=key: names.list(key), catalogue)  # type: ignore[misc]
            values = {"measure": measure_named(site.value), "list": named}
            changed = site.put(evolve(site.value, lists=site.value.lists - {key}))
            yield Mutant(NAME, f"{site.place}.lists.{key}", site.measures, NAME, values, changed, site.span)


OPERATOR = Operator(NAME, mutants)
