"""The durable engine says what conditions mean, whatever they are."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from creditrules.errors import EngineError
from creditrules.evaluate.candidates import Candidates, Row
from creditrules.evaluate.durable import DurableEngine
from creditrules.evaluate.durable_plan import make_plan
from creditrules.model.condition import ALWAYS, All, Condition, Not, Op, Some, Test, Value
from creditrules.model.rulebook import Rulebook
from creditrules.model.time import Period
from tests.support.effort import many
from tests.support.guards import ON, candidates_of, conditions, meaning, rows, rulebook_of

ENGINE = DurableEngine()


@settings(max_examples=many(400), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(conditions(), min_size=1, max_size=6), st.lists(rows(), max_size=6))
def test_every_condition_means_to_durable_what_it_means_by_definition(
    guards: list[Condition], known: list[dict[str, Value | None]]
) -> None:
    """Hits are those of `truth_of`, for every nesting, operator and value, known or unknown."""
    rulebook = rulebook_of(*guards)
    candidates = candidates_of(rulebook, *known)

    assume(not _is_too_wide(rulebook, candidates))

    assert ENGINE.hits(rulebook, candidates) == meaning(rulebook, candidates)


def _is_too_wide(rulebook: Rulebook, candidates: Candidates) -> bool:
    try:
        make_plan(rulebook, candidates.fields)
    except EngineError as refused:
        return {f.code for f in refused.findings} == {"CR500"}
    return False


YES = Test("b", Op.IS, True)
CASES = {
    "nothing asked": ALWAYS,
    "never": Some(()),
    "not never": Not(Some(())),
    "not always": Not(ALWAYS),
    "yes": YES,
    "not yes": Not(YES),
    "yes or not yes": Some((YES, Not(YES))),
    "yes and not yes": All((YES, Not(YES))),
    "exists": Test("b", Op.EXISTS),
    "does not exist": Not(Test("b", Op.EXISTS)),
    "number nought exists": Test("n", Op.EXISTS),
    "one is yes": Test("n", Op.IS, True),
    "in nothing": Test("n", Op.IN, ()),
    "far apart": Test("n", Op.IN, (-(2**53), 0, 2**53)),
    "not far apart": Not(Test("n", Op.IN, (-(2**53), 0, 2**53))),
    "holes": Not(Test("n", Op.IN, (1, 2, 4))),
    "between": All((Test("n", Op.MORE_THAN, 0), Test("n", Op.LESS_THAN, 5))),
    "outside": Some((Test("n", Op.LESS_THAN, 0), Test("n", Op.MORE_THAN, 5))),
    "beyond the end": Test("n", Op.MORE_THAN, 2**53),
    "within": Test("d", Op.WITHIN, Period(years=5)),
    "not within": Not(Test("d", Op.WITHIN, Period(years=5))),
    "text": Test("t", Op.IS, "Li"),
    "text in order": Test("u", Op.AT_LEAST, "Li"),
}


@pytest.mark.parametrize("condition", CASES.values(), ids=CASES.keys())
def test_the_corners_of_each_operator(condition: Condition) -> None:
    """Constant, contradictory, open-ended and full conditions keep their meaning, for unknown values too."""
    rulebook = rulebook_of(condition)
    known = [
        {},
        {"b": True, "n": 1, "d": ON, "t": "Li", "u": "Li Wei"},
        {"b": False, "n": 0, "d": ON.replace(year=2013), "t": "Li ", "u": "L"},
        {"b": True, "n": 2**53, "d": ON.replace(year=2013, day=19), "t": "", "u": "Li"},
        {"b": False, "n": -(2**53), "d": ON.replace(year=2019), "t": '"', "u": "\x00"},
        {"n": 3},
        {"n": False},
    ]
    candidates = candidates_of(rulebook, *known)

    assert ENGINE.hits(rulebook, candidates) == meaning(rulebook, candidates)


def test_each_list_is_matched_against_its_own_guards() -> None:
    """A row meets the guards of its list, and none where the list has none."""
    rulebook = rulebook_of(YES, Not(YES), lists={"a": (0,), "b": (0, 1), "c": ()})
    expected = {"a": [(0, 0, 2)], "b": [(0, 0, 2)], "c": [], "unheard of": []}

    for on_list, hits in expected.items():
        assert ENGINE.hits(rulebook, candidates_of(rulebook, {"b": True}, on_list=on_list)) == hits


def test_no_candidates_give_no_hits() -> None:
    """A dossier without listings is answered without asking durable-rules anything."""
    rulebook = rulebook_of(YES)

    assert ENGINE.hits(rulebook, Candidates(("b",), ())) == []


def test_hits_are_sorted_by_guard_then_row() -> None:
    """Answers of engines can be compared as lists."""
    rulebook = rulebook_of(Not(YES), YES)
    candidates = candidates_of(rulebook, {"b": True}, {}, {"b": False})

    assert ENGINE.hits(rulebook, candidates) == [(0, 1, 1), (0, 2, 2), (1, 0, 2), (1, 1, 1)]


def test_rows_are_read_in_the_order_of_the_candidates_fields() -> None:
    """One rulebook, two orders of fields: the order belongs to the candidates, not to a cache."""
    rulebook = rulebook_of(All((YES, Test("n", Op.IS, 5))))
    made = candidates_of(rulebook, {"b": True, "n": 5})
    turned = Candidates(made.fields[::-1], tuple(_turned(row) for row in made.rows))

    assert ENGINE.hits(rulebook, made) == ENGINE.hits(rulebook, turned) == [(0, 0, 2)]


def _turned(row: Row) -> Row:
    return type(row)(row.listing, row.role, row.list_key, row.values[::-1])
