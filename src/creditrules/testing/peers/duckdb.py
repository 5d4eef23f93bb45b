"""Testing, peers: DuckDB: the rules as a table of bounds, the facts of a subject as another, one join."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from creditrules.testing.peers.problem import Comparison, Fact, Problem, Word, version_of


class Peer:
    """One connection in memory on one thread, and one prepared query.

    Words become numbers; a rule with `in` or `not` is several rows, one for each run of numbers it takes.
    """

    def __init__(self, problem: Problem) -> None:
        self.version = version_of("duckdb")
        self._fields = problem.fields
        self._numbers: dict[Word, int] = {}
        self._connection = duckdb.connect(config={"threads": 1})
        columns = ", ".join(f"{f}_from BIGINT, {f}_to BIGINT" for f in problem.fields)
        self._connection.execute(f"CREATE TABLE rules (rule INTEGER, {columns})")
        rows = ", ".join(
            f"({number}, {', '.join(_sql(n) for f in self._fields for n in way.get(f, (None, None)))})"
            for number, rule in enumerate(problem.rules)
            for way in self._ways(rule)
        )
        self._connection.execute(f"INSERT INTO rules VALUES {rows}")
        self._connection.execute(
            f"CREATE TEMP TABLE facts (row_number INTEGER, {', '.join(f'{f} BIGINT' for f in self._fields)})"
        )
        within = " AND ".join(
            f"({f}_from IS NULL OR {f} >= {f}_from) AND ({f}_to IS NULL OR {f} <= {f}_to)"
            for f in self._fields
        )
        self._query = f"SELECT DISTINCT row_number, rule FROM facts JOIN rules ON {within}"

    def _number(self, word: Word) -> int:
        return word if isinstance(word, int) else self._numbers.setdefault(word, len(self._numbers))

    def _ways(self, rule: tuple[Comparison, ...]) -> list[dict[str, tuple[int | None, int | None]]]:
        ways: list[dict[str, tuple[int | None, int | None]]] = [{}]
        for field, how, value in rule:
            runs = _runs(how, [self._number(v) for v in (value if isinstance(value, tuple) else (value,))])
            ways = [
                {**way, field: met}
                for way in ways
                for run in runs
                if (met := _met(way.get(field), run)) is not None
            ]
        return ways

    def answer(self, facts: Sequence[Fact]) -> list[list[int]]:
        """Return the rules each fact passes."""
        answers: list[list[int]] = [[] for _ in facts]
        if facts:
            values = ", ".join(
                f"({n}, {', '.join(str(self._number(fact[f])) for f in self._fields)})"
                for n, fact in enumerate(facts)
            )
            self._connection.execute(f"DELETE FROM facts; INSERT INTO facts VALUES {values}")
            for row, rule in self._connection.execute(self._query).fetchall():
                answers[row].append(rule)
        return answers


Run = tuple[int | None, int | None]


def _sql(number: int | None) -> str:
    return "NULL" if number is None else str(number)


def _runs(how: str, values: list[int]) -> list[Run]:
    match how:
        case "at_least":
            return [(values[0], None)]
        case "at_most":
            return [(None, values[0])]
        case "not":
            return [(None, values[0] - 1), (values[0] + 1, None)]
        case _:
            return [(value, value) for value in values]


def _met(one: Run | None, two: Run) -> Run | None:
    """Return what two runs have in common, None when nothing."""
    if one is None:
        return two
    low = max((n for n in (one[0], two[0]) if n is not None), default=None)
    high = min((n for n in (one[1], two[1]) if n is not None), default=None)
    return None if low is not None and high is not None and low > high else (low, high)
