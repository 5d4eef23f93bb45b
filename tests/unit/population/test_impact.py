"""The impact of a change is the difference of two full runs, whatever is left out on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest
from attrs import evolve

from creditrules.errors import UsageError
from creditrules.model.catalogue import Catalogue
from creditrules.model.lists import ListPeriod
from creditrules.model.memorandum import UnitPart
from creditrules.model.text import Text
from creditrules.model.time import Period
from creditrules.model.words import Discretion, Stance
from creditrules.population import impact_of
from creditrules.population.impact import comparing
from creditrules.population.impact.comparing import compare
from creditrules.population.impact.touched import places_of, touched
from creditrules.population.marks import mark_of, paired
from creditrules.population.scan import Scan
from tests.support.changing import (
    LISTS,
    ON,
    altered,
    catalogue,
    numbered,
    people,
    said,
    spoilt,
    whole_difference,
    with_memorandum,
)

TAX = "tax-major-violations"


def _without_tax() -> Catalogue:
    return with_memorandum(TAX, lambda m: evolve(m, measures=m.measures[2:]))


def _milder() -> Catalogue:
    def change(measure):  # type: ignore[no-untyped-def]
        return evolve(measure, effects=tuple(evolve(e, discretion=Discretion.WEIGH) for e in measure.effects))

    return altered(f"{TAX}#9", change)


def _by_another_unit() -> Catalogue:
    part = UnitPart("财政部", "mof")
    return altered(f"{TAX}#14", lambda measure: evolve(measure, units=(part,)))


def _on_another_basis() -> Catalogue:
    return altered(f"{TAX}#9", lambda measure: evolve(measure, bases=()))


def _reaching_no_person() -> Catalogue:
    def change(memorandum):  # type: ignore[no-untyped-def]
        clauses = tuple(evolve(c, reaches=c.reaches[:1]) for c in memorandum.covers)
        return evolve(memorandum, covers=clauses)

    return with_memorandum("agricultural-inputs", change)


def _granting() -> Catalogue:
    return altered("tourism#subsidies", lambda measure: evolve(measure, stance=Stance.INCENTIVE))


def _with_other_lengths() -> Catalogue:
    base = catalogue()
    periods = (ListPeriod(period=Period(months=6)),)
    lists = {
        key: evolve(kind, periods=periods if key in LISTS else kind.periods)
        for key, kind in base.lists.items()
    }
    return numbered(evolve(base, lists=lists))


def _with_a_list_of_another_name() -> Catalogue:
    """Written as before, its listings are not understood any more."""
    base = catalogue()
    lists = {k: v for k, v in base.lists.items() if k != "patents"}
    memoranda = {k: m for k, m in base.memoranda.items() if "patents" not in m.lists}
    memoranda = {
        k: evolve(m, measures=tuple(x for x in m.measures if "patents" not in x.lists))
        for k, m in memoranda.items()
    }
    return evolve(numbered(evolve(base, memoranda=memoranda)), lists=lists, digest="renamed")


def _with_a_fact_of_another_type() -> Catalogue:
    base = catalogue()
    name = people()["facts"]["name"][0]
    fact = base.facts[name]
    kind = "date" if fact.type != "date" else "boolean"
    return evolve(base, facts={**base.facts, name: evolve(fact, type=kind, choices={})}, digest="typed")


CHANGES: tuple[Callable[[], Catalogue], ...] = (
    *(_without_tax, _milder, _by_another_unit, _on_another_basis, _reaching_no_person, _granting),
    *(_with_other_lengths, _with_a_list_of_another_name, _with_a_fact_of_another_type),
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda each: each.__name__.strip("_"))
def test_an_impact_is_the_difference_of_two_full_runs(change: Callable[[], Catalogue]) -> None:
    """Only some rules and some subjects are decided, and nothing that differs is missed, nothing added."""
    after = change()
    found = compare(catalogue().rulebook(on=ON), after.rulebook(on=ON), Scan.of(people()))

    assert said(found.differences) == said(whole_difference(catalogue(), after, (ON, ON), people()))
    assert found.differences.actions.height + found.differences.undetermined.height > 0


def test_refused_rows_are_refused_alike() -> None:
    """Rows that a side refuses, and what is withheld with them, come to what full runs make of them."""
    tables, after = spoilt(people(), 3), _reaching_no_person()
    found = compare(catalogue().rulebook(on=ON), after.rulebook(on=ON), Scan.of(tables))

    assert said(found.differences) == said(whole_difference(catalogue(), after, (ON, ON), tables))


@pytest.mark.parametrize("days", [(ON, date(2019, 1, 20)), (date(2018, 12, 21), ON)], ids=str)
def test_between_two_days_time_and_rules_are_both_looked_at(days: tuple[date, date]) -> None:
    """One catalogue on two days, forwards and backwards, and only whom a day or a rule touches is decided."""
    books = [catalogue().rulebook(on=day) for day in days]
    found = compare(*books, Scan.of(people()))

    assert said(found.differences) == said(whole_difference(catalogue(), catalogue(), days, people()))


def test_far_apart_days_are_decided_in_full() -> None:
    """Between two regimes of the law nearly everything differs, so nothing is left out."""
    days = (ON, date(2026, 6, 1))
    found = compare(*(catalogue().rulebook(on=day) for day in days), Scan.of(people()))

    assert found.touched is None
    assert found.decided == found.subjects
    assert said(found.differences) == said(whole_difference(catalogue(), catalogue(), days, people()))


def test_slices_come_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few subjects are decided at a time, the differences are those of all at once."""
    after = _without_tax()
    monkeypatch.setattr(comparing, "AT_A_TIME", 20)
    found = compare(catalogue().rulebook(on=ON), after.rulebook(on=ON), Scan.of(people()))

    assert said(found.differences) == said(whole_difference(catalogue(), after, (ON, ON), people()))
    assert found.differences.actions["difference"].to_list() == list(range(found.differences.actions.height))


def test_a_small_change_decides_few() -> None:
    """One measure of one memorandum concerns those on its lists and whoever is joined to them."""
    after = _milder()
    found = compare(catalogue().rulebook(on=ON), after.rulebook(on=ON), Scan.of(people()))
    assert found.touched is not None

    assert found.touched.changed == {f"{TAX}#9"}
    assert 0 < found.decided < found.subjects / 3


def test_every_rule_of_a_touched_place_is_decided() -> None:
    """Rules that merge with a changed one are decided on both sides, other places of theirs are not asked."""
    books = [found.rulebook(on=ON) for found in (catalogue(), _milder())]
    found = touched(*books)

    for book, keys in zip(books, (found.before, found.after), strict=True):
        for rule in book.rules:
            assert (rule.key in keys) == (
                rule.key in found.changed or not found.places.isdisjoint(places_of(rule))
            )


def test_words_alone_change_nothing() -> None:
    """Another description makes another catalogue, and no difference."""
    after = altered(f"{TAX}#9", lambda measure: evolve(measure, does=Text("另一说法", "other words")))
    found = impact_of(catalogue().rulebook(on=ON), after.rulebook(on=ON), _tables())

    assert found.counts.is_empty
    assert (found.compared.decided, found.samples) == (0, ())


def _tables() -> dict[str, pl.DataFrame]:
    """Return the tables of the population."""
    return dict(people())


def test_counts_add_up() -> None:
    """Units, regions and kinds share out all differences; a measure counts each that rests on it."""
    found = impact_of(catalogue().rulebook(on=ON), _without_tax().rulebook(on=ON), _tables(), sample=0)
    total = found.compared.differences.actions.height

    for name in ("unit", "region", "kind"):
        assert sum(row.total for row in found.counts.by[name]) == total
    for name in ("measure", "list"):
        assert sum(row.total for row in found.counts.by[name]) >= total
    assert sum(found.counts.actions.values()) == total
    assert found.counts.actions["lost"] > 0


def test_changed_actions_are_told_by_what_changed() -> None:
    """A weaker discretion is milder, another basis is otherwise."""
    milder = impact_of(catalogue().rulebook(on=ON), _milder().rulebook(on=ON), _tables(), sample=0)
    based = impact_of(catalogue().rulebook(on=ON), _on_another_basis().rulebook(on=ON), _tables(), sample=0)

    assert set(milder.counts.ways) <= {("discretion", "milder"), ("parts", "otherwise")}
    assert milder.counts.ways["discretion", "milder"] > 0
    assert set(based.counts.ways) == {("bases", "otherwise")}


def test_samples_say_why_on_both_sides_and_mask_persons() -> None:
    """A lost action has what carried it and what keeps it away now; a person is named by one letter."""
    found = impact_of(catalogue().rulebook(on=ON), _without_tax().rulebook(on=ON), _tables(), sample=30)
    lost = [sample for sample in found.samples if sample.change == "lost"]
    persons = [sample for sample in found.samples if sample.kind == "natural_person"]

    assert lost
    assert all(sample.why_before and sample.why_after and sample.after is None for sample in lost)
    assert persons
    assert all(set(sample.name[1:]) == {"*"} for sample in persons)
    ids = set(found.compared.of_targets.filter(pl.col("kind") == "natural_person")["target"])
    told = " ".join(
        text.en + text.zh for sample in found.samples for text in (*sample.why_before, *sample.why_after)
    )
    assert not {name for name in ids if f"{name} " in told}


def test_the_same_catalogue_on_the_same_day_is_nothing_to_compare() -> None:
    """What cannot differ is told before anything is read."""
    book = catalogue().rulebook(on=ON)
    with pytest.raises(UsageError) as raised:
        impact_of(book, book, "nowhere")

    assert [finding.code for finding in raised.value.findings] == ["CR490"]


def test_marks_that_meet_by_accident_are_found_out() -> None:
    """Two rows with one mark are told apart by what they say."""
    targets = pl.Series(["a", "b"])
    places = mark_of([pl.Series([1, 1])])
    same = places.copy()
    one, other, left, right = paired((same, targets, places), (same, targets.reverse(), places))

    assert sorted(zip(one.tolist(), other.tolist(), strict=True)) == [(0, 1), (1, 0)]
    assert (len(left), len(right)) == (0, 0)
