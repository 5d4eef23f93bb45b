"""What the general law of a day takes away from a measure, rule by rule."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from creditrules.compile.regime import APPLY
from creditrules.model.basis import Basis
from creditrules.model.catalogue import Regime
from creditrules.model.memorandum import Effect, UnitPart
from creditrules.model.rulebook import Rulebook
from creditrules.model.text import Text
from creditrules.model.time import Period
from creditrules.model.unit import Unit
from creditrules.model.words import Checked, Discretion, Level, Rank, Stance, Strength
from creditrules.testing.regimes import NAMES
from tests.support.hand import (
    DETERMINED,
    LAW,
    ON,
    PERSON,
    SELF,
    covering,
    decided,
    dossier,
    list_kind,
    listing,
    measure,
    memorandum,
    regime,
    representative,
    role_reach,
    rulebook,
    says,
)

HIGH = frozenset({Rank.LAW, Rank.ADMINISTRATIVE_REGULATION, Rank.CENTRAL_POLICY})
REDUCTION = regime(says("basis_for_reduction", types=frozenset({"A"}), ranks=HIGH))
PUBLISH = (Effect("publicise", Discretion.MUST),)
BANK = Unit("bank", Text("虚构银行", "bank"), nature="financial_institution")


def reasons(book: Rulebook) -> list[str]:
    """Return why things were set aside."""
    return [item.reason for item in book.set_aside]


def book_of(applied: Regime, on: date = ON, lists: Any = (), bodies: Any = (), **more: Any) -> Rulebook:
    """Return the rulebook of one measure under one regime."""
    return rulebook(memorandum(measure(**more)), regimes=(applied,), on=on, lists=lists, bodies=bodies)


def test_the_closed_names_are_those_the_strategies_know() -> None:
    """Random regimes hold every rule the compiler knows, so none goes untried."""
    assert set(APPLY) <= NAMES


@pytest.mark.parametrize(
    ("basis", "stands"),
    [
        (LAW, True),
        (evolve(LAW, rank=Rank.CENTRAL_POLICY), True),
        (evolve(LAW, rank=Rank.DEPARTMENTAL_RULE), False),
        (evolve(LAW, article=None), False),
        (evolve(LAW, article=None, cited="第四十四条"), True),
        (evolve(LAW, strength=Strength.GENERAL), False),
        (evolve(LAW, strength=Strength.POWER), False),
        (evolve(LAW, strength=Strength.LIMIT), False),
        (evolve(LAW, strength=Strength.UNSTATED), True),
        (evolve(LAW, until=date(2018, 12, 19)), False),
        (evolve(LAW, since=date(2018, 12, 21)), False),
        (evolve(LAW, version=date(2018, 12, 21)), False),
        (evolve(LAW, checked=Checked.RECALLED), True),
    ],
)
def test_a_reduction_of_rights_needs_a_basis_of_rank_in_force(basis: Basis, stands: bool) -> None:
    """A measure of type A stands on a law quoted with its place, in force on the day and strong enough."""
    book = book_of(REDUCTION, bases=(basis,))

    assert bool(book.rules) is stands
    assert ("no_basis_for_reduction" in reasons(book)) is not stands


def test_a_document_alone_carries_no_reduction() -> None:
    """Without any statute a measure of type A is set aside with the regime's reason."""
    book = book_of(REDUCTION)

    assert book.rules == ()
    assert [(s.reason, s.regime, s.text.en) for s in book.set_aside] == [
        ("no_basis_for_reduction", "regime-0", "rule basis_for_reduction")
    ]


@pytest.mark.parametrize(
    "more",
    [
        {"effects": (Effect("heighten_supervision", Discretion.MUST),)},
        {"effects": (Effect("report_to_bureau", Discretion.FREE),)},
        {"effects": ()},
        {"stance": Stance.INCENTIVE},
    ],
)
def test_what_reduces_no_right_needs_no_statute(more: dict[str, Any]) -> None:
    """Management within duty, free choice, what no source shows and incentives stand on the document."""
    assert book_of(REDUCTION, **more).rules


def test_a_regime_applies_between_its_days_only() -> None:
    """Before a regime is in force, and after, the measure stands."""
    dated = evolve(REDUCTION, since=ON, until=date(2019, 1, 1))

    stands = {day: bool(book_of(dated, on=day).rules) for day in (date(2018, 12, 19), ON, date(2019, 1, 2))}

    assert stands == {date(2018, 12, 19): True, ON: False, date(2019, 1, 2): True}


def test_a_regime_of_one_region_takes_nothing_away_elsewhere() -> None:
    """Rules of a city's regime do not change what national units do."""
    assert book_of(evolve(REDUCTION, region="210600")).rules


WATCH = list_kind("watch", Level.WATCHLIST)
INTERNAL = regime(says("no_watchlist_measures"))


@pytest.mark.parametrize(
    ("lists", "left"),
    [({"tax"}, {"tax"}), ({"watch"}, None), ({"tax", "watch"}, {"tax"})],
)
def test_a_watchlist_carries_nothing_once_it_is_internal(lists: set[str], left: set[str] | None) -> None:
    """Of a measure's lists the watchlists go, and with the last of them the measure."""
    book = rulebook(memorandum(lists=frozenset(lists)), lists=(WATCH,), regimes=(INTERNAL,))

    assert [set(rule.lists) for rule in book.rules] == ([left] if left else [])
    assert [set(s.lists) for s in book.set_aside if s.reason == "watchlist"] == (
        [{"watch"}] if "watch" in lists else []
    )


@pytest.mark.parametrize("discretion", [Discretion.MUST, Discretion.MAY, Discretion.UNSTATED])
def test_nobody_outside_government_is_told_what_it_must_do(discretion: Discretion) -> None:
    """A bank that a document compels is left free, with a note; a public body stays compelled."""
    applied = regime(says("no_compulsion", natures=frozenset({"financial_institution"})))
    effects = (Effect("restrict", discretion),)
    parts = (UnitPart("虚构银行", "bank"), UnitPart("国家planning总局", "planning"))

    book = book_of(applied, bodies=(BANK,), effects=effects, units=parts)

    bank, planning = book.rules[0].acts
    assert (bank.discretion, planning.discretion) == (Discretion.FREE, discretion)
    assert [note.en for note in bank.notes] == ["rule no_compulsion"]
    assert [(s.reason, s.detail) for s in book.set_aside] == [("compulsion", "bank")]


def test_a_free_choice_is_no_compulsion() -> None:
    """What a document leaves to a bank itself is not set aside."""
    applied = regime(says("no_compulsion", natures=frozenset({"financial_institution"})))
    effects = (Effect("report_to_bureau", Discretion.FREE),)

    book = book_of(applied, bodies=(BANK,), effects=effects, units=(UnitPart("虚构银行", "bank"),))

    assert reasons(book) == []
    assert book.rules[0].acts[0].notes == ()


PERSONS = regime(says("basis_for_publishing_persons", effects=frozenset({"publicise"}), ranks=HIGH))


def test_persons_are_not_published_without_a_basis() -> None:
    """Publication is left to organisations, unless a law orders it."""
    without = book_of(PERSONS, effects=PUBLISH)
    with_law = book_of(PERSONS, effects=PUBLISH, bases=(LAW,))
    of_persons = book_of(PERSONS, effects=PUBLISH, target_kinds=frozenset({"natural_person"}))

    assert without.rules[0].target_kinds == {"enterprise", "public_institution"}
    assert with_law.rules[0].target_kinds == frozenset()
    assert of_persons.rules == ()
    assert [reasons(book) for book in (without, with_law, of_persons)] == [
        ["publishing_persons"],
        [],
        ["publishing_persons"],
    ]


def test_publication_ends_when_the_law_says() -> None:
    """Published for a year at most, counted from the determination, however long the listing lasts."""
    capped = regime(says("publication_cap", effects=frozenset({"publicise"}), period=Period(years=2)))
    memo = memorandum(measure(effects=PUBLISH))

    (action,) = decided(memo, regimes=(capped,)).actions

    assert action.until == Period(years=2).after(DETERMINED)
    assert [note.en for note in action.notes] == ["rule publication_cap"]


EXPRESS = regime(says("express_basis_for_persons", ranks=HIGH))
SEEN = dossier(roles=(representative(),))
NAMING = evolve(LAW, reaches=frozenset({"legal_representative"}))


def test_a_person_behind_an_organisation_needs_an_express_basis() -> None:
    """A clause reaches the representative only where a law names him; the listed firm stays reached."""
    memo = covering(SELF, role_reach())
    before = decided(memo, seen=SEEN)
    after = decided(memo, seen=SEEN, regimes=(EXPRESS,))

    assert [a.target for a in before.actions] == ["s0", "s1"]
    assert [a.target for a in after.actions] == ["s0"]
    assert [(s.reason, s.detail) for s in after.set_aside] == [("no_express_basis", "legal_representative")]


@pytest.mark.parametrize(
    ("basis", "reached"),
    [
        (NAMING, True),
        (evolve(NAMING, rank=Rank.DEPARTMENTAL_RULE), False),
        (evolve(NAMING, until=date(2018, 12, 19)), False),
        (evolve(NAMING, version=date(2018, 12, 21)), False),
        (evolve(NAMING, reaches=frozenset({"financial_officer"})), False),
        (LAW, False),
    ],
)
def test_a_law_carries_whom_it_names_while_it_is_in_force(basis: Basis, reached: bool) -> None:
    """The representative is reached where the measure, its list or its clause cites a law that names him."""
    clause = covering(SELF, role_reach())
    of_measure = evolve(clause, measures=(measure(bases=(basis,)),))
    of_list = decided(clause, seen=SEEN, regimes=(EXPRESS,), lists=(list_kind(bases=(basis,)),))

    assert ("s1" in {a.target for a in decided(of_measure, seen=SEEN, regimes=(EXPRESS,)).actions}) is reached
    assert ("s1" in {a.target for a in of_list.actions}) is reached


def test_a_clause_may_cite_its_own_basis() -> None:
    """A coverage item with a basis of rank stands; one whose basis is too low, or not yet in force, goes."""
    bases = (LAW, evolve(LAW, rank=Rank.NORMATIVE_DOCUMENT), evolve(LAW, version=date(2018, 12, 21)))

    reached = [
        "s1"
        in {
            a.target for a in decided(covering(role_reach(bases=(b,))), seen=SEEN, regimes=(EXPRESS,)).actions
        }
        for b in bases
    ]

    assert reached == [True, False, False]


def test_a_basis_of_one_list_does_not_carry_another() -> None:
    """A law that only one of a measure's lists rests on makes nobody liable for the others."""
    memo = evolve(covering(role_reach()), lists=frozenset({"tax", "fire"}))
    one = (list_kind("fire"), list_kind(bases=(NAMING,)))
    both = (list_kind("fire", bases=(NAMING,)), list_kind(bases=(NAMING,)))

    assert decided(memo, seen=SEEN, regimes=(EXPRESS,), lists=one).actions == ()
    assert decided(memo, seen=SEEN, regimes=(EXPRESS,), lists=both).actions


def test_an_incentive_needs_no_express_basis() -> None:
    """Whoever is favoured need not be made liable."""
    memo = evolve(covering(role_reach()), measures=(measure(stance=Stance.INCENTIVE),))

    assert [a.target for a in decided(memo, seen=SEEN, regimes=(EXPRESS,)).actions] == ["s1"]


def test_a_rule_that_covers_nobody_is_not_lost() -> None:
    """A measure without any clause stays in the rulebook, for what it is worth."""
    book = rulebook(memorandum(covers=()), regimes=(EXPRESS,))

    assert [rule.key for rule in book.rules] == ["memo-0#m1"]


def test_a_listed_person_needs_no_express_basis() -> None:
    """Whoever is listed himself is reached as before."""
    seen = dossier(listing(subject="s1"), subjects=(PERSON,))

    assert [a.target for a in decided(seen=seen, regimes=(EXPRESS,)).actions] == ["s1"]
