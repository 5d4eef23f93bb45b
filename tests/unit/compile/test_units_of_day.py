"""Who acts for a unit on a day: itself, its heirs, or nobody a source shows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from creditrules.model.dossier import Subject
from creditrules.model.memorandum import Effect, UnitPart
from creditrules.model.rulebook import Rule, Rulebook
from creditrules.model.text import Text
from creditrules.model.unit import LocalName, Succession, Unit
from creditrules.model.words import Discretion
from tests.support.hand import FIRM, ON, decided, dossier, listing, measure, memorandum, rulebook

MERGED = date(2018, 4, 8)
BEFORE = date(2018, 4, 7)


def unit(key: str, **more: Any) -> Unit:
    """Return a body."""
    return Unit(key, Text(f"国家{key}总局", key), aliases=(f"{key}局",), **more)


def to(*keys: str, on: date = MERGED, whole: bool = True, **more: Any) -> tuple[Succession, ...]:
    """Return a transfer to each of these bodies."""
    return tuple(Succession(key, on, whole, **more) for key in keys)


BANKS = unit("banks", until=MERGED, successions=to("bankinsurance"))
INSURANCE = unit("insurance", until=MERGED, successions=to("bankinsurance"))
TOGETHER = unit(
    "bankinsurance", since=MERGED, until=date(2023, 5, 18), successions=to("finance", on=date(2023, 5, 18))
)
FINANCE = unit("finance", since=date(2023, 5, 18))
BODIES = (BANKS, INSURANCE, TOGETHER, FINANCE)


def book_of(*parts: UnitPart, on: date = ON, bodies: tuple[Unit, ...] = BODIES, **more: Any) -> Rulebook:
    """Return the rulebook of one measure that names these units."""
    return rulebook(memorandum(measure(units=parts, **more)), bodies=bodies, on=on)


def rule_of(*parts: UnitPart, **more: Any) -> Rule:
    """Return the rule of one measure that names these units."""
    return book_of(*parts, **more).rules[0]


def part(key: str, **more: Any) -> UnitPart:
    """Return a unit as a measure names it."""
    return UnitPart(f"{key}局", key, **more)


@pytest.mark.parametrize(
    ("on", "acting"),
    [
        (BEFORE, ["banks", "insurance"]),
        (MERGED, ["bankinsurance"]),
        (date(2023, 5, 17), ["bankinsurance"]),
        (date(2023, 5, 18), ["finance"]),
    ],
)
def test_merged_bodies_act_as_one_from_the_day_of_the_merger(on: date, acting: list[str]) -> None:
    """A body is followed to what took its work over, through every later change."""
    assert [act.unit for act in rule_of(part("banks"), part("insurance"), on=on).acts] == acting


def test_a_merged_act_keeps_both_spellings_and_the_leading_part() -> None:
    """Of two parts that fall to one body the leading one stays, and both spellings are told."""
    (act,) = rule_of(part("banks", assists=True), part("insurance")).acts

    assert act.written == "banks局、insurance局"
    assert not act.assists


def test_a_body_that_only_assists_still_assists_after_the_merger() -> None:
    """Two assisting parts stay assisting."""
    (act,) = rule_of(part("banks", assists=True), part("insurance", assists=True)).acts

    assert act.assists


def test_a_body_split_in_two_is_followed_to_both() -> None:
    """The work of a body that was divided falls to each of its heirs."""
    split = unit("old", until=MERGED, successions=to("one", "two"))
    rule = rule_of(part("old"), bodies=(split, unit("one"), unit("two")))

    assert [act.unit for act in rule.acts] == ["one", "two"]


def test_a_body_that_gave_a_part_away_still_acts() -> None:
    """A transfer of a part leaves the body itself in charge."""
    rest = unit("customs", successions=to("finance", whole=False))

    assert [act.unit for act in rule_of(part("customs"), bodies=(rest, FINANCE)).acts] == ["customs"]


def test_a_matter_goes_to_whom_it_was_given() -> None:
    """A measure on several matters is divided among the bodies that took each of them over."""
    giving = unit("customs", successions=to("finance", whole=False, matters=("exit",)))
    effects = (Effect("restrict", Discretion.MUST, ("exit", "procurement")),)

    rules = book_of(part("customs"), bodies=(giving, FINANCE), effects=effects).rules

    assert {m: act.unit for r in rules for m in r.effect.matters for act in r.acts} == {
        "exit": "finance",
        "procurement": "customs",
    }


def test_a_body_without_a_successor_leaves_the_measure_open() -> None:
    """Where no source shows who took the work over nothing is decided, and it is said."""
    lost = unit("lost", until=MERGED)
    rule = rule_of(part("lost"), bodies=(lost,))

    assert rule.acts == ()
    assert [item.what for item in rule.open] == ["unit"]
    assert "lost局" in rule.open[0].text.zh


def test_a_lost_body_beside_others_is_set_aside_alone() -> None:
    """The other units of the measure still act."""
    lost = unit("lost", until=MERGED)
    book = book_of(part("lost"), part("banks"), bodies=(lost, *BODIES))

    assert [act.unit for act in book.rules[0].acts] == ["bankinsurance"]
    assert [(s.reason, s.detail) for s in book.set_aside] == [("unit", "lost局")]


def test_a_phrase_is_no_body() -> None:
    """A phrase such as 各相关单位 names nobody, so nothing is decided."""
    rule = rule_of(part("all"), bodies=(unit("all", is_generic=True),))

    assert rule.acts == ()
    assert [item.what for item in rule.open] == ["unit"]


def test_a_measure_that_names_no_unit_is_open() -> None:
    """A measure whose units no source shows decides nothing."""
    assert [item.what for item in rule_of().open] == ["unit"]
    assert [item.what for item in decided(memorandum(measure(units=()))).undetermined] == ["unit"]


@pytest.mark.parametrize(
    ("region", "expected"),
    [("210681", "虚构市局"), ("210600", "虚构市局"), ("210699", "虚构市局"), ("310101", None), (None, None)],
)
def test_the_local_body_is_that_of_the_target_s_place(region: str | None, expected: str | None) -> None:
    """An action names the body that acts for the unit where the target is registered, or above it."""
    local = unit("planning", locals=(LocalName("210600", "虚构市局"),))
    seen = dossier(listing(), subjects=(_registered(region),))

    (action,) = decided(memorandum(), seen=seen, bodies=(local,)).actions

    assert action.local == expected


def _registered(region: str | None) -> Subject:
    """Return the firm as registered somewhere else, or nowhere."""
    return evolve(FIRM, region=region)


def test_a_local_name_has_days_of_its_own() -> None:
    """A local body is named only between the days it bore the name."""
    local = unit("planning", locals=(LocalName("210600", "旧局", until=date(2018, 12, 19)),))

    assert decided(memorandum(), bodies=(local,)).actions[0].local is None


def test_a_unit_is_found_by_its_old_name() -> None:
    """Whoever asks for a dissolved body is shown the actions of its heirs."""
    decision = decided(memorandum(measure(units=(part("banks"),))), bodies=BODIES)

    assert decision.for_unit("国家banks总局") == decision.actions
    assert decision.for_unit("bankinsurance") == decision.actions
    assert decision.for_unit("finance") == ()
