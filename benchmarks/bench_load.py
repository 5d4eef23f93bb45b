"""From the YAML of the shipped catalogue to a rulebook for one day, and loading again what was kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.measuring import ON, Result, median_of
from creditrules import load_catalogue
from creditrules.compile.passes import compile_rulebook


def results() -> list[Result]:
    """Measure loading, compiling, and both."""
    with _nothing_kept():
        catalogue = load_catalogue()
        load = median_of(load_catalogue)
        both = median_of(lambda: compile_rulebook(load_catalogue(), ON))
    compiled = median_of(lambda: compile_rulebook(catalogue, ON))
    again = median_of(load_catalogue)
    measures = sum(len(m.measures) for m in catalogue.memoranda.values())
    size = f"{len(catalogue.memoranda)} memoranda, {measures} measures"
    return [
        Result("load the shipped catalogue from YAML", load, target=0.5, note=size),
        Result("compile it for a day", compiled),
        Result("load from YAML and compile", both, target=0.3),
        Result("load it again, unchanged, from the cache", again, target=0.05),
    ]


@contextmanager
def _nothing_kept() -> Iterator[None]:
    """Load every time as if for the first time."""
    os.environ["CREDITRULES_NO_CACHE"] = "1"
    try:
        yield
    finally:
        del os.environ["CREDITRULES_NO_CACHE"]
