"""Testing, peers: zen-engine: one decision table with a row a rule, all facts of a subject in one call."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import zen

from creditrules.testing.peers.problem import Comparison, Fact, Problem, Word, version_of

_OPS = {"is": "==", "at_least": ">=", "at_most": "<=", "not": "!="}
_PLACE = {"x": 0, "y": 0}


class Peer:
    """A decision table that collects every row that matches, run in loop mode."""

    def __init__(self, problem: Problem) -> None:
        self.version = version_of("zen-engine")
        inputs = [{"id": f, "name": f, "type": "expression", "field": f} for f in problem.fields]
        rows = [
            {"_id": str(n), "rule": str(n), **dict.fromkeys(problem.fields, ""), **_cells(rule)}
            for n, rule in enumerate(problem.rules)
        ]
        table = {
            "hitPolicy": "collect",
            "inputs": inputs,
            "outputs": [{"id": "rule", "name": "rule", "type": "expression", "field": "rule"}],
            "rules": rows,
            "inputField": "facts",
            "executionMode": "loop",
            "outputPath": "found",
            "passThrough": False,
        }
        nodes: list[dict[str, Any]] = [
            {"id": "in", "type": "inputNode", "name": "in", "position": _PLACE},
            {
                "id": "table",
                "type": "decisionTableNode",
                "name": "table",
                "position": _PLACE,
                "content": table,
            },
            {"id": "out", "type": "outputNode", "name": "out", "position": _PLACE},
        ]
        edges = [
            {"id": "1", "sourceId": "in", "targetId": "table", "type": "edge"},
            {"id": "2", "sourceId": "table", "targetId": "out", "type": "edge"},
        ]
        content = {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}
        self._engine = zen.ZenEngine()
        self._decision = self._engine.create_decision(json.dumps(content))

    def answer(self, facts: Sequence[Fact]) -> list[list[int]]:
        """Return the rules each fact passes."""
        if not facts:
            return []
        found = self._decision.evaluate({"facts": facts})["result"]["found"]
        return [[row["rule"] for row in rows] for rows in found]


def _cells(rule: tuple[Comparison, ...]) -> dict[str, str]:
    """Return the cells of a rule, in the form that zen reads fastest: `$` only where two comparisons meet."""
    asked: dict[str, list[tuple[str, Word | tuple[Word, ...]]]] = {}
    for field, how, value in rule:
        asked.setdefault(field, []).append((how, value))
    return {
        field: _cell(*comparisons[0])
        if len(comparisons) == 1
        else " and ".join(_whole(*c) for c in comparisons)
        for field, comparisons in asked.items()
    }


def _cell(how: str, value: Word | tuple[Word, ...]) -> str:
    if isinstance(value, tuple):
        return ", ".join(json.dumps(one) for one in value)
    return json.dumps(value) if how == "is" else f"{_OPS[how]} {json.dumps(value)}"


def _whole(how: str, value: Word | tuple[Word, ...]) -> str:
    if isinstance(value, tuple):
        return f"$ in [{', '.join(json.dumps(one) for one in value)}]"
    return f"$ {_OPS[how]} {json.dumps(value)}"
