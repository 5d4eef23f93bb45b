"""What overlaps is one action; what contradicts is none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from creditrules.model.memorandum import Effect
from creditrules.model.time import Since
from creditrules.model.words import Discretion, Stance, Truth
from tests.support.hand import UNTIL, decided, dossier, listing, measure, memorandum

MAY = (Effect("restrict", Discretion.MAY, ("procurement",)),)
GRANT = (Effect("grant_preference", Discretion.MAY, ("procurement",)),)


def both(*, one: dict[str, Any] | None = None, two: dict[str, Any] | None = None) -> Any:
    """Decide under two memoranda of one measure each."""
    first = memorandum(measure(**(one or {})))
    return decided(first, memorandum(measure(**(two or {})), number=1))


def test_two_measures_that_ask_the_same_are_one_action() -> None:
    """Same unit, effect, matter and target: one action with both reasons."""
    (action,) = both().actions

    assert [part.memorandum for part in action.parts] == ["memo-0", "memo-1"]


@pytest.mark.parametrize(
    ("one", "two", "wins"),
    [
        (Discretion.MUST, Discretion.MAY, Discretion.MUST),
        (Discretion.MAY, Discretion.WEIGH, Discretion.MAY),
        (Discretion.WEIGH, Discretion.FREE, Discretion.WEIGH),
        (Discretion.FREE, Discretion.UNSTATED, Discretion.FREE),
    ],
)
def test_the_stricter_discretion_wins(one: Discretion, two: Discretion, wins: Discretion) -> None:
    """Whichever is read first, the stricter of two discretions stands, and the parts keep their own."""
    for first, second in ((one, two), (two, one)):
        effects = [(Effect("restrict", each, ("procurement",)),) for each in (first, second)]
        (action,) = both(one={"effects": effects[0]}, two={"effects": effects[1]}).actions
        assert action.discretion is wins
        assert [part.discretion for part in action.parts] == [first, second]


@pytest.mark.parametrize(
    "effect",
    [
        Effect("prohibit", Discretion.MUST, ("procurement",)),
        Effect("restrict", Discretion.MUST, ("exit",)),
        Effect("restrict", Discretion.MUST),
    ],
)
def test_another_effect_or_matter_is_another_action(effect: Effect) -> None:
    """Two measures that ask for different things are two actions."""
    assert len(both(two={"effects": (effect,)}).actions) == 2


def test_a_measure_on_two_matters_is_two_actions() -> None:
    """Each matter can be answered for by itself."""
    effects = (Effect("restrict", Discretion.MUST, ("exit", "procurement")),)

    assert [action.matter for action in decided(memorandum(measure(effects=effects))).actions] == [
        "exit",
        "procurement",
    ]


def test_the_later_end_wins() -> None:
    """An action that rests on two listings ends with the later of them, and begins with the earlier."""
    late = date(2024, 1, 1)
    seen = dossier(listing(), listing("L1", determined=date(2018, 1, 1), until=late))

    (action,) = decided(seen=seen).actions

    assert (action.since, action.until) == (date(2017, 6, 15), late)
    assert [part.until for part in action.parts] == [UNTIL, late]


def test_a_part_to_be_reviewed_leaves_the_action_without_an_end() -> None:
    """Where one listing has no known end, the action has none either, and the latest review counts."""
    review = date(2019, 6, 1)
    seen = dossier(listing(review=date(2019, 1, 1)), listing("L1", until=None, review=review))

    (action,) = decided(seen=seen).actions

    assert (action.until, action.review) == (None, review)


def test_sanction_and_incentive_on_one_matter_are_a_contradiction() -> None:
    """Neither of two contradicting measures is taken; both are named as open."""
    decision = both(two={"effects": GRANT, "stance": Stance.INCENTIVE})

    assert decision.actions == ()
    assert [(u.what, u.memorandum, u.units) for u in decision.undetermined] == [
        ("contradiction", "memo-0", ("planning",)),
        ("contradiction", "memo-1", ("planning",)),
    ]


@pytest.mark.parametrize("matters", [("exit",), ()])
def test_sanction_and_incentive_on_different_matters_stand_side_by_side(matters: tuple[str, ...]) -> None:
    """What concerns another matter, or none, contradicts nothing."""
    effects = (Effect("grant_preference", Discretion.MAY, matters),)

    assert len(both(two={"effects": effects, "stance": Stance.INCENTIVE}).actions) == 2


def test_why_not_says_that_a_measure_is_withheld() -> None:
    """A measure withheld as contradictory is neither taken nor ruled out."""
    decision = both(two={"effects": GRANT, "stance": Stance.INCENTIVE})

    reason = decision.why_not(unit="planning", measure="memo-0#m1", person="s0")

    assert reason.truth is Truth.UNKNOWN
    assert any("contradict" in child.text.en or "favour" in child.text.en for child in reason.children)


def test_a_measure_of_which_one_matter_is_withheld_is_still_taken_in_the_other() -> None:
    """A contradiction in one matter leaves the other matters of a measure alone."""
    effects = (Effect("restrict", Discretion.MUST, ("exit", "procurement")),)
    decision = both(one={"effects": effects}, two={"effects": GRANT, "stance": Stance.INCENTIVE})

    assert [action.matter for action in decision.actions] == ["exit"]
    assert decision.why_not(unit="planning", measure="memo-0#m1", person="s0").truth is Truth.TRUE


def test_a_successor_that_asks_the_same_takes_the_part_over() -> None:
    """Once replaced, the old memorandum has no part in the action."""
    old = memorandum()
    new = memorandum(number=1, since=Since.exactly(date(2018, 1, 1)), supersedes=(old.doc_no,))

    (action,) = decided(old, evolve(new, measures=(measure(),))).actions

    assert [part.memorandum for part in action.parts] == ["memo-1"]
