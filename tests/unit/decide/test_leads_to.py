"""What may follow from a listing: other lists, by the lists' own triggers and by measures that act."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from creditrules import Decision, decide, read_dossier
from tests.support.examples import shipped

DAY = date(2018, 12, 20)


def listed(key: str, id: str = "L1", **more: Any) -> dict[str, Any]:
    """Return an active listing."""
    days = {"determined": "2018-06-01", "served": "2018-06-05", "aggregated": "2018-06-20"}
    return {"id": id, "list": key, **days, "published": "2018-06-20", "until": "2021-06-20", **more}


def decided(*listings: dict[str, Any], kind: str = "natural_person", on: date = DAY, **more: Any) -> Decision:
    """Decide on one subject with these listings."""
    subject = {"id": "a", "kind": kind, "name": "虚构", "listings": list(listings), **more}
    rulebook = shipped().rulebook(on=on)
    return decide(rulebook, read_dossier({"subjects": [subject]}, shipped()), engine="indexed")


def lists(decision: Decision) -> list[str | None]:
    """Return the lists that may follow."""
    return [item.list for item in decision.leads_to]


def test_a_person_on_the_tax_list_may_be_barred_from_trains_and_aircraft() -> None:
    """The opinions of 2018 name the class; each warning says its listing, its list and why."""
    decision = decided(listed("tax-major-violations"))

    assert lists(decision) == ["air-travel-limits", "rail-high-class-limits"]
    assert {(item.listing, item.subject, item.by) for item in decision.leads_to} == {
        ("L1", "a", "tax-major-violations")
    }
    assert all("发改财金〔2018〕38" in item.because.zh for item in decision.leads_to)


def test_an_enterprise_is_not_led_to_lists_of_travellers() -> None:
    """Only natural persons buy tickets."""
    assert lists(decided(listed("tax-major-violations"), kind="enterprise")) == []


def test_nothing_follows_before_the_opinions_or_from_a_listing_that_is_not_active() -> None:
    """Neither before 2018-05-01 nor before aggregation."""
    early = listed(
        "tax-major-violations", determined="2018-01-01", served="2018-01-05", aggregated="2018-01-20"
    )
    waiting = listed("tax-major-violations", aggregated=False)

    assert lists(decided(early, on=date(2018, 4, 30))) == []
    assert len(lists(decided(early, on=date(2018, 5, 1)))) == 2
    assert lists(decided(waiting)) == []


def test_a_list_the_subject_is_on_already_does_not_follow() -> None:
    """What has happened is no warning."""
    both = (listed("tax-major-violations"), listed("rail-high-class-limits", "L2"))

    assert lists(decided(*both)) == ["air-travel-limits"]


def test_three_key_attention_fields_lead_to_the_black_list_until_the_law_of_2020() -> None:
    """The rule of 1798号 is recalled, names no list, and ended with the key-attention list itself."""
    (item,) = decided(listed("key-attention")).leads_to

    assert (item.list, item.checked.value) == (None, "recalled")
    assert "三个" in item.because.zh
    assert lists(decided(listed("key-attention"), on=date(2020, 12, 7))) == []


def test_a_list_that_has_ended_does_not_follow() -> None:
    """After 2021-08-31 the abnormal list leads to no list of serious breaches of that name."""
    days = {"determined": "2018-06-01", "until": "2025-06-01"}
    then, later = (
        decided(listed("abnormal-operations", **days), kind="enterprise", on=on)
        for on in (DAY, date(2022, 1, 1))
    )

    assert lists(then) == ["serious-illegal-enterprises"]
    assert lists(later) == []


@pytest.mark.parametrize(("applied", "expected"), [(True, ["judgment-defaulters"]), (False, []), (None, [])])
def test_a_measure_leads_on_only_when_it_acts(applied: bool | None, expected: list[str]) -> None:
    """A tax penalty that a court enforces may end on the list of judgment defaulters."""
    facts = {} if applied is None else {"facts": {"tax.enforcement_applied": applied}}
    decision = decided(listed("tax-major-violations", **facts), kind="enterprise")
    measure = "tax-major-violations#5"

    assert lists(decision) == expected
    assert {item.by for item in decision.leads_to} <= {measure}
