"""A case is the shared dossier with its changes laid over it."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from creditrules.policy.merge import laid_over

BASE = {
    "subjects": [
        {"id": "a", "name": "甲", "facts": {"x": True, "y": 1}, "roles": [{"in": "b", "role": "director"}]},
        {"id": "b", "name": "乙", "listings": [{"id": "L1", "until": 2020}, {"id": "L2", "until": 2021}]},
    ]
}


@pytest.mark.parametrize(
    ("base", "change", "merged"),
    [
        ({"x": 1, "y": 2}, {"y": 3}, {"x": 1, "y": 3}),
        ({"x": 1}, {"y": {"z": 1}}, {"x": 1, "y": {"z": 1}}),
        ({"x": {"y": 1, "z": 2}}, {"x": {"z": 3}}, {"x": {"y": 1, "z": 3}}),
        ({"x": 1, "y": 2}, {"y": None}, {"x": 1}),
        ({"x": 1}, {"y": None}, {"x": 1}),
        ({"x": 1}, {"x": {"y": 2}}, {"x": {"y": 2}}),
        ({"x": {"y": 2}}, {"x": 1}, {"x": 1}),
        ({"x": False}, {}, {"x": False}),
    ],
)
def test_mappings_are_merged_and_a_null_takes_a_key_away(
    base: dict[str, Any], change: dict[str, Any], merged: dict[str, Any]
) -> None:
    """What the change does not speak of stays; what it says wins; a null removes."""
    assert laid_over(base, change) == merged


def test_an_entry_is_changed_by_its_namesake_and_the_others_stay() -> None:
    """Lists of entries with an id are merged entry by entry, in the order they had."""
    merged = laid_over(BASE, {"subjects": [{"id": "b", "listings": [{"id": "L2", "until": 2022}]}]})

    assert merged["subjects"][0] == BASE["subjects"][0]
    assert merged["subjects"][1]["listings"] == [{"id": "L1", "until": 2020}, {"id": "L2", "until": 2022}]


def test_an_entry_nobody_knew_is_added_at_the_end() -> None:
    """A new id makes a new entry; a null in it says nothing."""
    merged = laid_over(BASE, {"subjects": [{"id": "c", "name": "丙", "region": None}]})

    assert [entry["id"] for entry in merged["subjects"]] == ["a", "b", "c"]
    assert merged["subjects"][2] == {"id": "c", "name": "丙"}


@pytest.mark.parametrize("roles", [[], [{"in": "b", "role": "supervisor"}]])
def test_a_list_without_ids_replaces_what_was_there(roles: list[dict[str, str]]) -> None:
    """Roles and findings have no id, so a case states them anew."""
    merged = laid_over(BASE, {"subjects": [{"id": "a", "roles": roles}]})

    assert merged["subjects"][0]["roles"] == roles


def test_versions_of_one_listing_replace_the_list() -> None:
    """Two entries of one id are a late correction; neither of them may be lost in the merge."""
    versions = [{"id": "L1", "until": 2020}, {"id": "L1", "until": 2019, "recorded": 2021}]

    stated = laid_over(BASE, {"subjects": [{"id": "b", "listings": versions}]})
    back = laid_over(stated, {"subjects": [{"id": "b", "listings": [{"id": "L1", "until": 2020}]}]})

    assert stated["subjects"][1]["listings"] == versions
    assert back["subjects"][1]["listings"] == [{"id": "L1", "until": 2020}]


def test_nothing_that_was_given_is_altered() -> None:
    """Cases of a file share one dossier, so a change must not leak into it."""
    base = deepcopy(BASE)
    change = {"subjects": [{"id": "a", "facts": {"x": None, "z": {"w": 1}}}]}
    before = deepcopy(change)

    merged = laid_over(base, change)
    merged["subjects"][0]["facts"]["z"]["w"] = 2
    merged["subjects"][1]["listings"].append({"id": "L3"})

    assert base == BASE
    assert change == before
