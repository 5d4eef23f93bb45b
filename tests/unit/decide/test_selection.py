"""Which measures answer a question: by unit, matter, list, statute, kind, effect, on a day or at all."""

from __future__ import annotations

from datetime import date

import pytest

from creditrules.decide.selection import Found, Wanted, measures_of
from creditrules.decide.tally import COUNTS, count_by
from creditrules.decide.unit_kin import units_meant
from creditrules.model.basis import plain_title
from creditrules.model.words import Checked, Rank, Stance
from tests.support.examples import shipped

IN_2018, IN_2026 = date(2018, 12, 20), date(2026, 6, 1)


def found(wanted: Wanted, on: date | None = None, recalled: bool = False) -> dict[str, Found]:
    """Return the measures found, by key."""
    selection = measures_of(shipped(), wanted, on=on, recalled=recalled)
    return {item.key: item for item in selection.measures}


def meant(name: str) -> frozenset[str]:
    """Return the units a name means in the shipped catalogue."""
    return units_meant(name, shipped().units)


def test_without_a_question_every_verified_measure_is_found() -> None:
    """Nothing asked, nothing left out but what no source shows."""
    selection = measures_of(shipped(), Wanted())
    everything = [x for m in shipped().memoranda.values() for x in m.measures]

    assert len(selection.measures) == sum(x.checked is Checked.VERIFIED for x in everything)
    assert len(selection.measures) + sum(n for _, n in selection.left_out) == len(everything)
    assert {reason for reason, _ in selection.left_out} == {"recalled", "unseen"}


def test_recalled_measures_come_only_when_asked_for() -> None:
    """What is known from memory is never mixed in unseen."""
    asked = found(Wanted(), recalled=True)
    unasked = found(Wanted())

    assert unasked.keys() < asked.keys()
    assert {asked[key].measure.checked for key in asked.keys() - unasked.keys()} == {Checked.RECALLED}


def test_a_unit_is_found_by_every_spelling_and_local_name() -> None:
    """The ministry, its short name and its bureau in Dandong are one unit."""
    assert meant("财政部") == meant("mof") == meant("丹东市财政局")
    assert meant("丹东市财政局x") == frozenset()


def test_a_unit_takes_in_those_before_and_after_it_but_no_siblings() -> None:
    """The market regulator came from three bodies; asking for one of them does not ask for the others."""
    regulator, industry = meant("市场监管总局"), meant("工商总局")

    assert industry < regulator
    assert len(regulator - industry) >= 2


@pytest.mark.parametrize("name", ["市场监管总局", "工商总局"])
def test_on_a_day_before_the_reform_the_body_of_that_day_is_meant(name: str) -> None:
    """Asked for 2017 by its name of today, the body of 2017 answers."""
    measure = found(Wanted(units=meant(name)), date(2017, 12, 1))["tax-major-violations#3"]

    assert "saic" in {act.unit for line in measure.lines for act in line.acts}


def test_a_matter_takes_in_all_below_it_and_nothing_beside_it() -> None:
    """Dots go from broad to narrow."""
    broad, narrow = found(Wanted(matter="government_procurement")), found(Wanted(matter="government"))

    assert "tax-major-violations#9" in broad
    assert narrow == {}
    assert all(
        any(m.startswith("government_procurement") for m in line.effect.matters)
        for item in broad.values()
        for line in item.lines
    )


def test_a_statute_is_found_in_the_document_and_in_the_kind() -> None:
    """The tax memorandum cites 公司法; others rest on it through their kind alone."""
    keys = found(Wanted(statute="中华人民共和国公司法"))

    assert "tax-major-violations#3" in keys
    assert any(all(b.origin == "kind" for b in item.measure.bases) for item in keys.values())
    for item in keys.values():
        assert "公司法" in {plain_title(basis.law) for line in item.lines for basis in line.bases}


def test_list_kind_effect_and_stance_narrow_the_answer() -> None:
    """Each condition takes measures away, and together they take more away."""
    everything = found(Wanted())
    on_list = found(Wanted(list="judgment-defaulters"))
    both = found(Wanted(list="judgment-defaulters", effect="prohibit"))
    favours = found(Wanted(stance=Stance.INCENTIVE))
    of_kind = found(Wanted(kind="company_officer_bar"))

    assert both.keys() < on_list.keys() < everything.keys()
    assert {item.measure.stance for item in favours.values()} == {Stance.INCENTIVE}
    assert all("company_officer_bar" in item.measure.kinds for item in of_kind.values())


def test_only_the_lines_that_answer_are_kept() -> None:
    """A measure with two effects is shown with the one that was asked for."""
    for item in found(Wanted(effect="restrict")).values():
        assert {line.effect.effect for line in item.lines} == {"restrict"}


def test_a_day_leaves_what_stands_and_counts_the_rest_by_reason() -> None:
    """After 2020 fewer measures stand; each that is gone is counted once."""
    wanted = Wanted(units=meant("财政部"))
    then, now = (measures_of(shipped(), wanted, on=on) for on in (IN_2018, IN_2026))
    reasons = dict(now.left_out)

    assert len(now.measures) < len(then.measures)
    assert reasons["no_basis_for_reduction"] > 0
    assert reasons["superseded"] > 0
    assert "no_basis_for_reduction" not in dict(then.left_out)


def test_on_a_day_the_provisions_are_those_in_force() -> None:
    """In 2018 公司法 146 carries the bar, in 2026 its 178."""
    wanted = Wanted(kind="company_officer_bar")

    def articles(on: date) -> set[int | None]:
        item = found(wanted, on)["tax-major-violations#3"]
        return {basis.article for basis in item.bases if plain_title(basis.law) == "公司法"}

    assert 146 in articles(IN_2018)
    assert 178 not in articles(IN_2018)
    assert 178 in articles(IN_2026)
    assert 146 not in articles(IN_2026)


def test_the_document_itself_is_no_basis_of_its_measures_here() -> None:
    """A measure with no other basis rests on the document alone, and has no rank."""
    for on in (None, IN_2018):
        item = found(Wanted(list="rail-ticket-limits"), on)["rail-travel-restriction#1"]
        assert all(basis.law != item.memorandum.title.zh for basis in item.bases)


def test_what_answers_conduct_of_its_own_gives_no_rank() -> None:
    """A measure whose provisions all ask for conduct of their own has only the document behind it."""
    bare = [f for f in found(Wanted()).values() if f.bases and all(b.conduct for b in f.bases)]

    assert bare != []
    assert {item.rank for item in bare} == {None}


@pytest.mark.parametrize("what", COUNTS)
def test_a_measure_is_counted_once_for_each_key(what: str) -> None:
    """Counts are of measures: none is higher than their number, and the most come first."""
    selection = measures_of(shipped(), Wanted(), on=IN_2018)
    counted = count_by(selection, what)
    numbers = [n for _, n in counted]

    assert max(numbers) <= len(selection.measures)
    assert numbers == sorted(numbers, reverse=True)
    assert len({key for key, _ in counted}) == len(counted)
    if what in ("memorandum", "rank"):
        assert sum(numbers) == len(selection.measures)


def test_ranks_are_counted_by_the_highest_one() -> None:
    """A measure carried by a law and a rule counts under the law."""
    counts = dict(count_by(measures_of(shipped(), Wanted()), "rank"))

    assert counts[Rank.LAW.value] > counts.get(Rank.DEPARTMENTAL_RULE.value, 0)
