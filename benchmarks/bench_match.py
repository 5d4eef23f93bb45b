"""Matching alone: from a dossier to the rules that are met."""

from __future__ import annotations

from benchmarks.measuring import DOSSIER, ON, Result, median_of
from creditrules import load_catalogue, read_dossier
from creditrules.evaluate.candidates import candidates
from creditrules.evaluate.engines import engine_named, met_of


def results() -> list[Result]:
    """Measure making the candidates, and each engine."""
    catalogue = load_catalogue()
    rulebook = catalogue.rulebook(on=ON)
    dossier = read_dossier(DOSSIER, catalogue)
    note = f"{len(candidates(rulebook, dossier).rows)} candidates, {len(rulebook.guards)} guards"
    rows = [Result("make the candidates", median_of(lambda: candidates(rulebook, dossier)))]
    for name, target in (("indexed", 20e-6), ("durable", 300e-6)):
        engine = engine_named(name)
        seconds = median_of(lambda engine=engine: met_of(engine, rulebook, dossier))  # type: ignore[misc]
        rows.append(Result(f"match with `{name}`", seconds, target, note=note))
    return rows
