"""Whether an approval may be given on the applicant's word."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from creditrules import decide, load_catalogue, read_dossier
from creditrules.gate.check import check
from creditrules.gate.commitment import by_commitment
from creditrules.model.catalogue import Catalogue
from tests.unit.desk.flow import dossier

MATTER = "toll_road.rights.transferee"
LATER = date(2022, 3, 1)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The shipped catalogue."""
    return load_catalogue()


def _word(catalogue: Catalogue, on: date, *matters: str, **changed: Any) -> bool | None:
    read = read_dossier(dossier(**changed), catalogue)
    made = decide(catalogue.rulebook(on=on), read)
    found = check(made, catalogue, matter=MATTER, applicant="firm")
    return by_commitment(made, read, "firm", MATTER, found.verdict, matters).is_open


def test_without_the_word_of_the_approving_body_it_is_not_known(catalogue: Catalogue) -> None:
    """No source lists the matters, so none is presumed to be run by commitment."""
    assert _word(catalogue, LATER, removed="2019-01-10") is None
    assert _word(catalogue, LATER, MATTER, removed="2019-01-10") is True


def test_what_is_barred_is_not_granted_on_a_word(catalogue: Catalogue) -> None:
    """A commitment is no way round a bar."""
    assert _word(catalogue, date(2018, 12, 20), MATTER) is False


def test_whoever_broke_a_commitment_is_not_taken_at_his_word(catalogue: Catalogue) -> None:
    """A broken commitment closes the way from the day it is recorded, not before."""
    broken = [{"kind": "commitment_broken", "on": "2022-02-01"}]

    assert _word(catalogue, LATER, MATTER, removed="2019-01-10", events=broken) is False
    assert _word(catalogue, date(2022, 1, 1), MATTER, removed="2019-01-10", events=broken) is True


def test_a_list_whose_rules_take_it_away_closes_the_way(catalogue: Catalogue) -> None:
    """Whoever is on the market regulator's list of serious breaches gets nothing by commitment (Order 44)."""
    listed = {
        "list": "market-regulation-serious",
        "determined": "2022-01-10",
        "served": "2022-01-12",
        "aggregated": "2022-01-15",
        "published": "2022-01-15",
        "conduct": {"since": "2021-10-01", "until": "2021-10-31"},
        "until": "2025-01-10",
    }

    assert _word(catalogue, LATER, MATTER, **listed) is False
    assert _word(catalogue, date(2025, 2, 1), MATTER, **listed) is True
