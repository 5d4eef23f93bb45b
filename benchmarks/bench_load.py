"""From the YAML of the shipped catalogue to a rulebook for one day, nothing kept from before."""

from __future__ import annotations

from benchmarks.measuring import ON, Result, median_of
from creditrules import load_catalogue
from creditrules.compile.passes import compile_rulebook


def results() -> list[Result]:
    """Measure loading, compiling, and both."""
    catalogue = load_catalogue()
    measures = sum(len(m.measures) for m in catalogue.memoranda.values())
    size = f"{len(catalogue.memoranda)} memoranda, {measures} measures"
    load = median_of(load_catalogue)
    compiled = median_of(lambda: compile_rulebook(catalogue, ON))
    both = median_of(lambda: compile_rulebook(load_catalogue(), ON))
    return [
        Result("load the shipped catalogue", load, note=size),
        Result("compile it for a day", compiled),
        Result("load and compile", both, target=0.3),
    ]
