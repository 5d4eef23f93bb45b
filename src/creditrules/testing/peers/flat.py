"""Testing, peers: the workload, and a rulebook with its candidates, as problems and facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from creditrules.evaluate.candidates import Candidates, fields_of
from creditrules.evaluate.normal_form import Allowed, alternatives
from creditrules.evaluate.protocol import Hit
from creditrules.evaluate.symbols import UNKNOWN_ABOVE, UNKNOWN_BELOW, Columns
from creditrules.model.condition import tests_in
from creditrules.model.rulebook import Rulebook
from creditrules.testing.peers.problem import Comparison, Fact, Problem
from creditrules.testing.workload import ON, REPRESENTATIVE, RESPONSIBLE, Applied, WorkRule

WORK_FIELDS = ("list", "kind", "field", "amount", "exempt")


def work_problem(rules: Sequence[WorkRule]) -> Problem:
    """Return the conditions of the workload over one listing; words stay words."""
    return Problem(tuple(_work_rule(r) for r in rules), WORK_FIELDS, frozenset({"list", "kind", "field"}))


def _work_rule(rule: WorkRule) -> tuple[Comparison, ...]:
    asked: list[Comparison] = [("list", "is", rule.list), ("kind", "in", tuple(sorted(rule.kinds)))]
    if rule.field is not None:
        asked.append(("field", "is", rule.field))
    if rule.at_least is not None:
        asked.append(("amount", "at_least", rule.at_least))
    if rule.spares_exempt:
        asked.append(("exempt", "is", 0))
    return tuple(asked)


def work_facts(subject: dict[str, Any]) -> list[Fact]:
    """Return the active listings of a subject as flat facts."""
    shared = {"kind": subject["kind"], "field": subject["field"], "exempt": int(subject["exempt"])}
    return [
        {"list": listing["list"], "amount": listing["amount"], **shared}
        for listing in subject["listings"]
        if listing["since"] <= ON
        and not listing["repaired"]
        and (listing["until"] is None or listing["until"] >= ON)
    ]


def work_rows(subject: dict[str, Any], rules: Sequence[WorkRule], answers: list[list[int]]) -> list[Applied]:
    """Return the rows of a subject: the join of what applies with the holders of roles."""
    found: list[Applied] = []
    for rule in (rules[number] for numbers in answers for number in numbers):
        found.append((subject["id"], None, rule.memorandum, rule.measure, rule.units))
        if rule.representative:
            found += [
                (subject["id"], person, rule.memorandum, rule.measure, rule.units)
                for role, person in subject["people"]
                if role == REPRESENTATIVE or (rule.responsible and role == RESPONSIBLE)
            ]
    return found


class FlatRulebook:
    """The guards of a rulebook as a problem: each alternative a rule, each value a whole number.

    A field is two numbers, which differ only where it is unknown: below and above everything.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        fields = fields_of(rulebook)
        tests = (test for guard in rulebook.guards for test in tests_in(guard.condition))
        self._columns = Columns(tests, fields, rulebook.on)
        self._says: list[tuple[int, int]] = []
        lists: dict[int, list[str]] = {}
        for key, numbers in rulebook.by_list.items():
            for number in numbers:
                lists.setdefault(number, []).append(key)
        self._lists = {key: n for n, key in enumerate(sorted(rulebook.by_list))}
        rules: list[tuple[Comparison, ...]] = []
        for guard in rulebook.guards:
            on_lists = tuple(sorted(self._lists[key] for key in lists.get(guard.number, ())))
            for truth in (2, 1):
                for conjunct in alternatives(guard.condition, self._columns.literal, unknown=truth == 1):
                    asked: list[Comparison] = [("list", "in", on_lists)]
                    asked += [c for n, allowed in sorted(conjunct.items()) for c in _comparisons(n, allowed)]
                    rules.append(tuple(asked))
                    self._says.append((guard.number, truth))
        names = tuple(name for n in range(len(self._columns.columns)) for name in (f"low{n}", f"high{n}"))
        self.problem = Problem(tuple(rules), ("list", *names))

    def facts(self, candidates: Candidates) -> list[Fact]:
        """Return the candidates of a dossier as flat facts."""
        return [self._fact(row.list_key, row.values) for row in candidates.rows]

    def _fact(self, on_list: str, values: tuple[Any, ...]) -> Fact:
        fact: dict[str, int | str] = {"list": self._lists[on_list]}
        for n, column in enumerate(self._columns.columns):
            value = values[column.place]
            code = None if value is None else int(column.encode(value))
            fact[f"low{n}"] = UNKNOWN_BELOW if code is None else code
            fact[f"high{n}"] = UNKNOWN_ABOVE if code is None else code
        return fact

    def hits(self, answers: list[list[int]]) -> list[Hit]:
        """Return the answers of a peer as hits; what is certain is not also possible."""
        best: dict[tuple[int, int], int] = {}
        for row, numbers in enumerate(answers):
            for number in numbers:
                guard, truth = self._says[number]
                best[guard, row] = max(truth, best.get((guard, row), 0))
        return sorted((guard, row, truth) for (guard, row), truth in best.items())


def _comparisons(column: int, allowed: Allowed) -> list[Comparison]:
    low, high = f"low{column}", f"high{column}"
    if not allowed.runs:
        return [(low, "is", UNKNOWN_BELOW)]
    # Unknown is below every `low` and above every `high`: so one of them lets it pass, the other does not.
    above, below = (high, low) if allowed.unknown else (low, high)
    asked: list[Comparison] = [
        (above, "at_least", allowed.runs[0][0]),
        (below, "at_most", allowed.runs[-1][1]),
    ]
    for (_, end), (start, _) in zip(allowed.runs, allowed.runs[1:], strict=False):
        asked += [(low, "not", hole) for hole in range(end + 1, start)]
    return asked
