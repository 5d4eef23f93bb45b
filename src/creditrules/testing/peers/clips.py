"""Testing, peers: CLIPS through clipspy: one template, a rule a rule, facts asserted and retracted."""

from __future__ import annotations

from collections.abc import Sequence

import clips

from creditrules.testing.peers.problem import Comparison, Fact, Problem, version_of

_OPS = {"at_least": ">=", "at_most": "<=", "not": "<>"}


class Peer:
    """An environment whose rules call back with their number and that of the fact."""

    def __init__(self, problem: Problem) -> None:
        self.version = version_of("clipspy")
        self._words = problem.words
        self._found: list[tuple[int, int]] = []
        self._environment = clips.Environment()
        self._environment.define_function(self._note, name="note")
        slots = " ".join(f"(slot {name})" for name in ("row", *problem.fields))
        self._environment.build(f"(deftemplate fact {slots})")
        self._template = self._environment.find_template("fact")
        for number, rule in enumerate(problem.rules):
            self._environment.build(
                f"(defrule r{number} (fact (row ?row) {_pattern(rule, self._words)}) => (note {number} ?row))"
            )

    def _note(self, rule: int, row: int) -> None:
        self._found.append((int(rule), int(row)))

    def answer(self, facts: Sequence[Fact]) -> list[list[int]]:
        """Return the rules each fact passes."""
        self._found.clear()
        held = []
        for row, fact in enumerate(facts):
            slots = {n: clips.Symbol(v) if n in self._words else v for n, v in fact.items()}
            held.append(self._template.assert_fact(row=row, **slots))
        self._environment.run()
        for fact in held:
            fact.retract()
        answers: list[list[int]] = [[] for _ in facts]
        for rule, row in self._found:
            answers[row].append(rule)
        return answers


def _pattern(rule: tuple[Comparison, ...], words: frozenset[str]) -> str:
    slots: dict[str, list[str]] = {}
    for field, how, value in rule:
        if isinstance(value, tuple):
            asked = "|".join(map(str, value))
        elif how == "is":
            asked = str(value)
        else:
            asked = f":({_OPS[how]} ?{field} {value})"
        slots.setdefault(field, []).append(asked)
    return " ".join(
        f"({field} ?{field}&{'&'.join(asked)})"
        if any(":" in a for a in asked)
        else f"({field} {'&'.join(asked)})"
        for field, asked in slots.items()
    )
