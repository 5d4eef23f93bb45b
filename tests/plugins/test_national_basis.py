"""The catalogue of what statutes order: it stands on the shipped one, and its examples hold."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from creditrules import load_catalogue
from creditrules.load.shipped import default_source
from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import STATUTE, Measure, Memorandum
from creditrules.model.words import Checked, Level, Rank, Strength
from creditrules.policy.examples import Example, find_examples, run
from creditrules_national_basis import EXAMPLES, source

CASES = list(find_examples(EXAMPLES))
CARRYING = {Strength.DIRECT, Strength.CONDITION}


@cache
def stacked() -> Catalogue:
    """Return the catalogue on top of the shipped one."""
    return load_catalogue(default_source(), source())


def statutes() -> list[Memorandum]:
    """Return the documents of the catalogue."""
    return [m for m in stacked().memoranda.values() if m.key.startswith("statute-")]


def measures() -> list[tuple[Memorandum, Measure]]:
    """Return every measure with its statute."""
    return [(m, measure) for m in statutes() for measure in m.measures]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_example_comes_out_as_it_says(case: Example) -> None:
    """What the example expects is what both engines decide."""
    assert run(case, stacked()).differences == ()


def test_every_measure_has_an_example() -> None:
    """A measure that no example decides, leaves open or sets aside might say anything."""
    named = {
        f"{expected.measure}"
        for case in CASES
        for part in ("actions", "undetermined", "set_aside")
        for expected in getattr(case.doc.expect, part)
    }

    assert {f"{m.key}#{measure.key}" for m, measure in measures()} - named == set()


def test_the_catalogue_stands_on_the_shipped_one_without_a_finding() -> None:
    """Nothing is replaced, and no key is taken twice."""
    catalogue = stacked()

    assert [manifest.id for manifest in catalogue.manifests] == ["china-2018", "national-basis"]
    assert [str(n) for n in catalogue.notes if "creditrules_national_basis" in n.span.file] == []


def test_every_document_is_a_statute_and_every_measure_cites_it() -> None:
    """A measure rests on a provision that orders it, or sets its condition, and on no document alone."""
    assert {m.instrument for m in statutes()} == {STATUTE}
    for memorandum, measure in measures():
        assert any(b.strength in CARRYING and b.cited for b in measure.bases), (memorandum.key, measure.key)


def test_every_provision_that_was_read_is_in_the_index_of_statutes() -> None:
    """What is called verified names a text whose articles the index counts."""
    catalogue = stacked()

    unknown = [
        str(b) for _, m in measures() for b in m.bases if b.version and not catalogue.statutes.text_of(b)
    ]

    assert unknown == []


def test_no_rule_of_a_statute_rests_on_a_normative_document() -> None:
    """The document basis is left out: the statute is the basis."""
    for day in (date(2018, 12, 20), date(2026, 6, 1)):
        for rule in stacked().rulebook(on=day).rules:
            if rule.memorandum is not None and rule.memorandum.instrument == STATUTE:
                assert rule.bases
                assert Rank.NORMATIVE_DOCUMENT not in {b.rank for b in rule.bases if b.origin == "memorandum"}


def test_a_decision_enters_no_credit_file_by_the_notice() -> None:
    """The notice of 2018 speaks of lists; a penalty or a judgment is none."""
    lists = stacked().lists
    decisions = {key for key, kind in lists.items() if kind.level is Level.DECISION}

    assert {"administrative-decisions", "court-decisions"} <= decisions
    records = [r for r in stacked().rulebook(on=date(2018, 12, 20)).rules if r.record is not None]
    assert records
    assert not any(r.lists & decisions for r in records)


def test_no_measure_acts_from_memory_alone() -> None:
    """All measures were read in the text of their statute."""
    assert {measure.checked for _, measure in measures()} == {Checked.VERIFIED}


@pytest.mark.parametrize("key", [m.key for m in statutes()])
def test_a_statute_orders_nothing_before_its_commencement(key: str) -> None:
    """On the day before its first one, every measure of a statute is set aside as not yet in force."""
    memorandum = stacked().memoranda[key]
    assert memorandum.since is not None
    day = date.fromordinal(memorandum.since.earliest.toordinal() - 1)

    book = stacked().rulebook(on=day)

    assert not [r.key for r in book.rules if r.memorandum is memorandum]
    assert {s.reason for s in book.set_aside if s.memorandum == key} == {"not_yet_in_force"}
