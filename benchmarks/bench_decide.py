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

    def read(engine: str) -> None:
        _ = decide(rulebook, dossier, engine=engine).actions

    def with_reasons(engine: str) -> None:
        decision = decide(rulebook, dossier, engine=engine)
        for action in decision.actions:
            decision.why(action)

    def one_reason(engine: str) -> None:
        decision = decide(rulebook, dossier, engine=engine)
        decision.why(decision.actions[0])

    rows = []
    for engine, target in (("checked", 1e-3), ("indexed", 200e-6), ("durable", None), ("reference", None)):
        alone = median_of(lambda engine=engine: decide(rulebook, dossier, engine=engine))  # type: ignore[misc]
        rows.append(Result(f"decide with `{engine}`", alone, note="nothing read"))
        whole = median_of(lambda engine=engine: read(engine))  # type: ignore[misc]
        note = f"{len(actions)} actions"
        rows.append(Result(f"decide with `{engine}` and read every action", whole, target, note=note))
    for engine, target in (("checked", None), ("indexed", None)):
        one = median_of(lambda engine=engine: one_reason(engine))  # type: ignore[misc]
        rows.append(Result(f"decide with `{engine}` and tell one reason", one, target))
        told = median_of(lambda engine=engine: with_reasons(engine))  # type: ignore[misc]
        rows.append(Result(f"decide with `{engine}` and tell every reason", told, target))
    return rows
