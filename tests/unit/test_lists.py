"""The shipped lists: each says what is known of it, and nothing is known that no source shows."""

from __future__ import annotations

import pytest

from creditrules.model.lists import ListKind
from creditrules.model.words import Checked, Level
from tests.support.examples import shipped

LISTS = sorted(shipped().lists.values(), key=lambda kind: kind.key)
# 国办发〔2020〕49号: the lists of today whose rules set periods, in lists.yaml and lists-today.yaml.
WITH_EARLY_REMOVAL = {
    "market-regulation-serious": "1 y",
    "work-safety-serious": "12 m",
    "wage-arrears-migrant-workers": "6 m",
    "statistics": "6 m",
}


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.key)
def test_a_list_says_who_determines_it_and_how_it_ends(kind: ListKind) -> None:
    """Authority, remedy and ends are there in both languages."""
    for text in (kind.title, kind.determined_by, kind.remedy, *kind.ends_by):
        assert text.zh
        assert text.en


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.key)
def test_what_was_not_seen_has_no_condition(kind: ListKind) -> None:
    """A ground that no source shows is not made up as a condition over facts."""
    assert [case.text.zh for case in kind.entry if case.checked is Checked.UNSEEN and case.when] == []


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.key)
def test_every_ground_and_trigger_names_its_source(kind: ListKind) -> None:
    """Whoever reads a ground can look it up, unless it was not seen."""
    parts = [part for part in (*kind.entry, *kind.triggers) if part.checked is not Checked.UNSEEN]

    assert [part for part in parts if not part.source] == []


def test_a_succession_leads_from_an_older_list_to_a_newer_one() -> None:
    """The later list does not lead back, and its day is not before its beginning."""
    for kind in LISTS:
        if kind.succeeded_by is not None:
            heir = shipped().lists[kind.succeeded_by]
            assert heir.succeeded_by is None
            if kind.succeeded_on and heir.since:
                assert kind.succeeded_on >= heir.since


def test_early_removal_has_the_periods_of_its_rules() -> None:
    """One year, twelve months, six months: as the orders say."""
    known = {k.key: str(k.early_removal.after) for k in LISTS if k.early_removal and k.early_removal.after}

    assert known.items() >= WITH_EARLY_REMOVAL.items()


def test_only_classes_of_the_opinions_lead_to_travel_limits() -> None:
    """Four of the six classes of part two are lists here, and they concern natural persons."""
    leading = {
        k.key for k in LISTS for t in k.triggers if t.list in ("rail-high-class-limits", "air-travel-limits")
    }

    assert leading == {
        "tax-major-violations",
        "judgment-defaulters",
        "social-insurance",
        "listed-company-violations",
    }
    for kind in LISTS:
        for trigger in kind.triggers:
            if trigger.list in ("rail-high-class-limits", "air-travel-limits"):
                assert trigger.reaches == frozenset({"natural_person"})


def test_only_a_watchlist_leads_to_a_list_without_a_name() -> None:
    """The upgrade of 1798号 goes to the black list of its field, ended in 2020, and is recalled."""
    nameless = [(k, t) for k in LISTS for t in k.triggers if t.list is None]

    assert [(k.level, t.checked, str(t.until)) for k, t in nameless] == [
        (Level.WATCHLIST, Checked.RECALLED, "2020-12-06")
    ]


def test_the_facts_of_grounds_are_used_by_grounds() -> None:
    """Every fact that only grounds ask for is asked for by one."""
    from creditrules.model.condition import tests_in

    asked = {test.path for k in LISTS for case in k.entry if case.when for test in tests_in(case.when)}

    assert {"enforcement.ground", "tax.evaded_amount", "tax.evaded_share", "wages.order_unmet"} <= asked
    assert asked <= set(shipped().facts)
