"""The question of an approval."""

from __future__ import annotations

from datetime import date

import pytest

from creditrules import decide, load_catalogue, read_dossier
from creditrules.errors import UsageError
from creditrules.gate.check import Checked, check
from creditrules.gate.verdict import Verdict, gravest, means
from creditrules.model.catalogue import Catalogue
from creditrules.model.words import Approval, Discretion
from tests.unit.desk.flow import dossier

ON = date(2018, 12, 20)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The shipped catalogue."""
    return load_catalogue()


def _ask(
    catalogue: Catalogue, matter: str, unit: str | None = None, who: str = "firm", **changed: object
) -> Checked:
    made = decide(catalogue.rulebook(on=ON), read_dossier(dossier(**changed), catalogue))
    return check(made, catalogue, matter=matter, applicant=who, unit=unit)


def test_what_must_be_prohibited_bars(catalogue: Catalogue) -> None:
    """A listed firm may not become a supplier, and the answer says because of which action."""
    found = _ask(catalogue, "government_procurement.supplier", "财政部")

    assert found.verdict is Verdict.BARRED
    assert {ground.action.matter for ground in found.grounds} == {"government_procurement.supplier"}
    assert found.reasons()[0].children


def test_a_broader_matter_takes_in_what_lies_below(catalogue: Catalogue) -> None:
    """Whoever asks about procurement as a whole hears of the bar on suppliers."""
    assert _ask(catalogue, "government_procurement").verdict is Verdict.BARRED


def test_nothing_against_the_applicant_is_clear(catalogue: Catalogue) -> None:
    """After removal nothing stands in the way; nor does it in a matter nobody speaks of."""
    assert _ask(catalogue, "government_procurement.supplier", removed="2018-12-01").verdict is Verdict.CLEAR
    assert _ask(catalogue, "company_office.officer").verdict is Verdict.CLEAR


def test_a_missing_fact_on_which_it_depends_is_asked_for(catalogue: Catalogue) -> None:
    """Whether a listing was aggregated is not known: the gate asks instead of granting or refusing."""
    found = _ask(catalogue, "government_procurement.supplier", aggregated=None)

    assert found.verdict is Verdict.ASK
    assert "listing.aggregated" in {ask.fact for ask in found.asks}


def test_another_unit_is_not_held_by_what_is_not_its_own(catalogue: Catalogue) -> None:
    """A unit hears of its own actions alone."""
    assert _ask(catalogue, "government_procurement.supplier", "公安部").verdict is Verdict.CLEAR


@pytest.mark.parametrize(
    ("matter", "who", "code"),
    [("procurement", "firm", "CR641"), ("government_procurement", "nobody", "CR642")],
)
def test_a_question_about_nothing_is_refused(catalogue: Catalogue, matter: str, who: str, code: str) -> None:
    """A misspelt matter or applicant would always be clear, so it is told."""
    with pytest.raises(UsageError, match=code):
        _ask(catalogue, matter, who=who)


@pytest.mark.parametrize("discretion", [d for d in Discretion if d is not Discretion.MUST])
def test_only_what_must_be_done_decides_by_itself(discretion: Discretion) -> None:
    """Where the unit has a choice, or nobody says whether it has, there is something to weigh."""
    assert means(Approval.BARS, Discretion.MUST) is Verdict.BARRED
    assert means(Approval.BARS, discretion) is means(Approval.RESTRICTS, discretion) is Verdict.WEIGH


def test_the_gravest_counts() -> None:
    """Barred goes before conditional, conditional before weigh, weigh before clear."""
    assert gravest([Verdict.WEIGH, Verdict.BARRED, Verdict.CONDITIONAL]) is Verdict.BARRED
    assert gravest([]) is Verdict.CLEAR
