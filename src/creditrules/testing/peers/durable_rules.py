"""Testing, peers: durable-rules as it comes, through its C core: one ruleset, fact by fact, unchecked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import durable_rules_engine as core

from creditrules.testing.peers.problem import Comparison, Fact, Problem, version_of

_OPS = {"at_least": "$gte", "at_most": "$lte", "not": "$neq"}
_RETRACT = '{"id":"1","sid":"1"}'


class Peer:
    """One ruleset with every rule, and one that always fires: a fact no rule looks at would be an error."""

    def __init__(self, problem: Problem) -> None:
        self.version = version_of("durable-rules")
        definition: dict[str, Any] = {}
        for number, rule in enumerate(problem.rules):
            for way, asked in enumerate(_ways(rule)):
                definition[f"{number}.{way}"] = {"all": [{"m": {"$and": asked}}]}
        definition["last"] = {"all": [{"m": {"$and": [{"one": 1}]}}]}
        self._handle = core.create_ruleset("peer", json.dumps(definition))

    def answer(self, facts: Sequence[Fact]) -> list[list[int]]:
        """Return the rules each fact passes."""
        return [self._of(fact) for fact in facts]

    def _of(self, fact: Fact) -> list[int]:
        handle, found = self._handle, []
        _, session = core.assert_fact(handle, json.dumps({"id": "1", "sid": "1", "one": 1, **fact}))
        message = core.start_action_for_state(handle, session)[1]
        while message is not None:
            name = message[2 : message.index('"', 2)]
            if name != "last":
                found.append(int(name.partition(".")[0]))
            message = core.complete_and_start_action(handle, session)
        core.retract_fact(handle, _RETRACT)
        return found


def _ways(rule: tuple[Comparison, ...]) -> list[list[dict[str, Any]]]:
    """Return a rule as rules without `in`: an `$or` in a rule gives wrong rows."""
    ways: list[list[dict[str, Any]]] = [[]]
    for field, how, value in rule:
        if isinstance(value, tuple):
            ways = [[*way, {field: one}] for way in ways for one in value]
        else:
            asked = {field: value} if how == "is" else {_OPS[how]: {field: value}}
            ways = [[*way, asked] for way in ways]
    return ways
