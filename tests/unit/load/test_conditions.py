"""Conditions as written become conditions of the model, every value of the type of its fact."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from creditrules.model.condition import ALWAYS, All, Condition, Not, Op, Some, Test
from creditrules.model.time import Period
from tests.support.loading import HEAD, MEASURE, load_with

ARREARS = Test("tax.arrears_unsecured", Op.IS, True)


def condition(written: str) -> Condition:
    """Return what a `when` means."""
    catalogue = load_with({"memoranda/other.yaml": HEAD + MEASURE + f"    when: {written}\n"})
    return catalogue.memoranda["other"].measures[0].when


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("null", ALWAYS),
        ("{tax.arrears_unsecured: true}", ARREARS),
        ("{tax.arrears_unsecured: {is: true}}", ARREARS),
        ("{tax.grade: [serious, grave]}", Test("tax.grade", Op.IN, ("serious", "grave"))),
        ("{tax.grade: {in: [严重]}}", Test("tax.grade", Op.IN, ("serious",))),
        ("{tax.number: 税案1号}", Test("tax.number", Op.IS, "税案1号")),
        ("{tax.cases: {at_least: 2}}", Test("tax.cases", Op.AT_LEAST, 2)),
        ("{tax.cases: {more_than: -1}}", Test("tax.cases", Op.MORE_THAN, -1)),
        ("{tax.cases: 9007199254740992}", Test("tax.cases", Op.IS, 2**53)),
        ("{tax.arrears: {at_least: 100000}}", Test("tax.arrears", Op.AT_LEAST, 10_000_000)),
        ("{tax.arrears: {at_most: 0.10}}", Test("tax.arrears", Op.AT_MOST, 10)),
        ('{tax.arrears: {less_than: "1234.5"}}', Test("tax.arrears", Op.LESS_THAN, 123_450)),
        ("{tax.share: {at_least: 12.5}}", Test("tax.share", Op.AT_LEAST, 1250)),
        ("{tax.closed: 2018-01-01}", Test("tax.closed", Op.IS, date(2018, 1, 1))),
        ("{tax.closed: {before: 2018-01-01}}", Test("tax.closed", Op.LESS_THAN, date(2018, 1, 1))),
        ("{tax.closed: {after: '2018-01-01'}}", Test("tax.closed", Op.MORE_THAN, date(2018, 1, 1))),
        ("{tax.closed: {on_or_before: 2018-01-01}}", Test("tax.closed", Op.AT_MOST, date(2018, 1, 1))),
        ("{tax.closed: {on_or_after: 2018-01-01}}", Test("tax.closed", Op.AT_LEAST, date(2018, 1, 1))),
        ("{tax.closed: {within: {years: 5}}}", Test("tax.closed", Op.WITHIN, Period(years=5))),
        ("{exists: tax.closed}", Test("tax.closed", Op.EXISTS)),
        ("{not: {tax.arrears_unsecured: true}}", Not(ARREARS)),
        (
            "{any: [{tax.arrears_unsecured: true}, {exists: tax.closed}]}",
            Some((ARREARS, Test("tax.closed", Op.EXISTS))),
        ),
        ("{subject.kind: 企业}", Test("subject.kind", Op.IS, "enterprise")),
        ("{listing.capacity: [supplier]}", Test("listing.capacity", Op.IN, ("supplier",))),
        ("{role.name: legal_representative}", Test("role.name", Op.IS, "legal_representative")),
        (
            "{listing.determined: {on_or_after: 2018-01-01}}",
            Test("listing.determined", Op.AT_LEAST, date(2018, 1, 1)),
        ),
    ],
)
def test_what_is_written_is_what_is_meant(written: str, meant: Condition) -> None:
    """Money is whole fen, a share hundredths of a per cent, a day a day, a choice its key."""
    assert condition(written) == meant


def test_several_keys_hold_together() -> None:
    """A mapping with several keys is the conjunction of its parts, in written order."""
    both = condition("{tax.arrears_unsecured: true, tax.cases: {at_least: 2, at_most: 5}}")

    assert both == All((ARREARS, Test("tax.cases", Op.AT_LEAST, 2), Test("tax.cases", Op.AT_MOST, 5)))


def test_several_names_that_exist_hold_together() -> None:
    """`exists` takes one name or a list of names."""
    both = condition("{exists: [tax.closed, tax.number]}")

    assert both == All((Test("tax.closed", Op.EXISTS), Test("tax.number", Op.EXISTS)))


def test_alternatives_of_one_part_keep_their_meaning() -> None:
    """`all` and `any` with one part mean that part."""
    assert condition("{all: [{tax.arrears_unsecured: true}]}") == ARREARS
    assert condition("{any: [{tax.arrears_unsecured: true}]}") == Some((ARREARS,))


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        (
            "{全部: [{tax.cases: {不少于: 2}}, {非: {有记录: tax.closed}}]}",
            "{all: [{tax.cases: {at_least: 2}}, {not: {exists: tax.closed}}]}",
        ),
        (
            "{任一: [{tax.closed: {近: {年: 5}}}, {tax.grade: {属于: [严重]}}]}",
            "{any: [{tax.closed: {within: {years: 5}}}, {tax.grade: {in: [serious]}}]}",
        ),
        ("{tax.closed: {早于: 2018-01-01}}", "{tax.closed: {before: 2018-01-01}}"),
    ],
)
def test_a_condition_may_be_written_in_chinese(chinese: str, english: str) -> None:
    """Chinese and English words of conditions mean the same."""
    assert condition(chinese) == condition(english)


def test_a_fact_of_a_memorandum_is_known_to_its_conditions() -> None:
    """A memorandum may declare the facts it asks for itself."""
    own = (
        "facts: {salt.licence: {about: target, type: boolean, ask: {zh: 有无许可证？, en: Is there one?}}}\n"
    )
    text = HEAD.replace("measures:\n", own + "measures:\n") + MEASURE + "    when: {salt.licence: false}\n"

    catalogue = load_with({"memoranda/other.yaml": text})

    assert catalogue.memoranda["other"].measures[0].when == Test("salt.licence", Op.IS, False)
    assert catalogue.facts["salt.licence"].ask("en") == "Is there one?"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{years: 1}", {"period": Period(years=1), "counts_from": "listing.since"}),
        ("{days: 180, from: tax.closed}", {"period": Period(days=180), "counts_from": "tax.closed"}),
        ("{for_life: true}", {"for_life": True}),
    ],
)
def test_a_duration_is_a_length_or_for_life(written: str, meant: dict[str, Any]) -> None:
    """What a document says of the length of a measure stands in the model."""
    catalogue = load_with({"memoranda/other.yaml": HEAD + MEASURE + f"    duration: {written}\n"})
    duration = catalogue.memoranda["other"].measures[0].duration

    assert not duration.with_listing
    assert {name: getattr(duration, name) for name in meant} == meant


def test_a_graded_duration_keeps_its_steps_in_order() -> None:
    """Each step has its condition and its length."""
    written = "{grades: [{when: {tax.grade: serious}, years: 1}, {when: {tax.grade: grave}, years: 3}]}"
    catalogue = load_with({"memoranda/other.yaml": HEAD + MEASURE + f"    duration: {written}\n"})
    grades = catalogue.memoranda["other"].measures[0].duration.grades

    assert [(grade.when, grade.period) for grade in grades] == [
        (Test("tax.grade", Op.IS, "serious"), Period(years=1)),
        (Test("tax.grade", Op.IS, "grave"), Period(years=3)),
    ]
