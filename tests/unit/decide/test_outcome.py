"""A decision works out its fields when they are read, and nobody can tell but by the clock."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from copy import copy, deepcopy
from typing import Any

import pytest
from attrs import evolve, fields

from creditrules.decide import outcome
from creditrules.decide.decide import decide
from creditrules.model.decision import Decision
from tests.support.hand import decided, dossier, listing, measure, memorandum, rulebook

WORKED_OUT = ("subjects", "actions", "undetermined", "set_aside", "records", "statuses", "leads_to")


def _made() -> Decision:
    return decided(memorandum(measure("m1"), measure("m2", units=())), seen=dossier(listing(), listing("L1")))


def test_what_nobody_reads_is_not_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deciding matches and no more; the first look at a field is what the rest waits for."""
    asked: list[str] = []
    original = outcome.gather

    def noted(*given: Any) -> Any:
        asked.append("gather")
        return original(*given)

    monkeypatch.setattr(outcome, "gather", noted)
    made = decide(rulebook(), dossier(), engine="indexed")
    before = list(asked)

    assert before == []
    assert len(made.actions) == 1
    assert made.undetermined == ()
    assert asked == ["gather"]


@pytest.mark.parametrize("name", WORKED_OUT)
def test_a_field_is_a_tuple_and_stays_the_same_one(name: str) -> None:
    """What is read twice is one object, and a tuple in every way."""
    found = getattr(_made(), name)
    made = _made()

    assert type(found) is tuple
    assert getattr(made, name) is getattr(made, name)
    assert (getattr(made, name), len(found), found[:1]) == (found, len(found), found[0:1])
    assert hash(getattr(made, name)) == hash(found)


def test_decisions_that_say_the_same_are_equal_whatever_was_read_of_them() -> None:
    """Equality, hash and printed form look at what a decision says, not at how far it has come."""
    fresh, read = _made(), _made()
    assert read.actions
    assert read.statuses

    assert fresh == read
    assert hash(_made()) == hash(read)
    assert repr(_made()) == repr(read)
    assert evolve(_made(), engine="") == evolve(read, engine="")


def test_a_decision_survives_being_sent_and_then_keeps_its_reasons_to_itself() -> None:
    """Pickled and copied it says the same; what it was made from stays behind."""
    made = _made()
    sent = pickle.loads(pickle.dumps(made))

    assert sent == made == copy(made) == deepcopy(made)
    assert sent.actions == made.actions
    assert [a.name for a in fields(Decision) if getattr(sent, a.name) != getattr(made, a.name)] == [
        "explainer",
        "_pending",
    ]
    with pytest.raises(TypeError, match="decide again"):
        sent.why(sent.actions[0])


def test_what_a_decision_does_not_have_is_an_error_as_anywhere() -> None:
    """A misspelt field is no field."""
    made: Any = _made()

    assert not hasattr(made, "action_list")
    with pytest.raises(AttributeError, match="'Decision' object has no attribute 'actoins'"):
        _ = made.actoins


def test_threads_may_read_a_decision_first_at_once() -> None:
    """Two that read a field at the same time read the same."""
    for _ in range(20):
        made = _made()
        with ThreadPoolExecutor(4) as pool:
            read = list(pool.map(lambda name, made=made: getattr(made, name), WORKED_OUT * 2))
        assert read == [getattr(made, name) for name in WORKED_OUT * 2]
