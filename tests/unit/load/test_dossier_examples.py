"""The example dossiers belong to the shipped catalogue and are plainly invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from creditrules import Catalogue, load_catalogue
from creditrules.load.dossier import read_dossier
from creditrules.model.status import Status, standing

EXAMPLES = Path(__file__).parents[3] / "examples" / "dossiers"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The shipped catalogue."""
    return load_catalogue()


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_example_is_a_dossier(path: Path, catalogue: Catalogue) -> None:
    """An example has no finding, and its listings are active at the end of 2018."""
    dossier = read_dossier(path, catalogue)

    listings = dossier.listings
    assert listings
    assert {standing(listing, listing.until, date(2018, 12, 20)).status for listing in listings} == {
        Status.ACTIVE
    }


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_example_says_that_it_is_invented(path: Path, catalogue: Catalogue) -> None:
    """The file says so at its top, and so does the name of everyone in it."""
    assert "虚构示例" in "".join(path.read_text("utf-8").splitlines()[:3])
    assert all("虚构" in subject.name for subject in read_dossier(path, catalogue).subjects.values())
