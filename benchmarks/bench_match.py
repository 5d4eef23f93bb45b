"""Matching alone: the guards of a rulebook against candidates that are already made."""

from __future__ import annotations

from benchmarks.measuring import DOSSIER, ON, Result, median_of
from creditrules import load_catalogue, read_dossier
from creditrules.evaluate.candidates import candidates
from creditrules.evaluate.durable import DurableEngine
from creditrules.evaluate.indexed import IndexedEngine


def results() -> list[Result]:
    """Measure making the candidates, and each engine on them."""
    catalogue = load_catalogue()
    rulebook = catalogue.rulebook(on=ON)
    dossier = read_dossier(DOSSIER, catalogue)
    made = candidates(rulebook, dossier)
    indexed, durable = IndexedEngine(), DurableEngine()
    note = f"{len(made.rows)} candidates, {len(rulebook.guards)} guards"
    return [
        Result("make the candidates", median_of(lambda: candidates(rulebook, dossier))),
        Result("match with `indexed`", median_of(lambda: indexed.hits(rulebook, made)), 20e-6, note=note),
        Result("match with `durable`", median_of(lambda: durable.hits(rulebook, made)), 300e-6, note=note),
    ]
