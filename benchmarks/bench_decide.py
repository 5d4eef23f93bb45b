"""One enterprise with two listings and four role holders: a decision, and the reasons of all its actions."""

from __future__ import annotations

from benchmarks.measuring import DOSSIER, ON, Result, median_of
from creditrules import decide, load_catalogue, read_dossier


def results() -> list[Result]:
    """Measure a decision by each engine, alone and with every reason told."""
    catalogue = load_catalogue()
    rulebook = catalogue.rulebook(on=ON)
    dossier = read_dossier(DOSSIER, catalogue)
    actions = decide(rulebook, dossier).actions

    def with_reasons(engine: str) -> None:
        decision = decide(rulebook, dossier, engine=engine)
        for action in decision.actions:
            decision.why(action)

    rows = []
    for engine, target in (("checked", 1e-3), ("indexed", 200e-6), ("durable", None), ("reference", None)):
        alone = median_of(lambda engine=engine: decide(rulebook, dossier, engine=engine))  # type: ignore[misc]
        rows.append(Result(f"decide with `{engine}`", alone, target, note=f"{len(actions)} actions"))
    for engine, target in (("checked", 1e-3), ("indexed", 200e-6)):
        told = median_of(lambda engine=engine: with_reasons(engine))  # type: ignore[misc]
        rows.append(Result(f"decide with `{engine}` and tell every reason", told, target))
    return rows
