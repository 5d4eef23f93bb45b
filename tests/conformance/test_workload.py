"""On the workload of the benchmarks every engine gives the rows of a loop written by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from attrs import evolve

from creditrules.decide.decide import decide
from creditrules.evaluate.engines import engine_named
from creditrules.model.dossier import Dossier, Objection
from creditrules.testing.plain_loop import PlainLoop, as_dict
from creditrules.testing.workload import ON, Applied, rules, subjects
from creditrules.testing.workload_model import catalogue_of, dossier_of, rows_of

FIRST = ON - timedelta(days=30)
RULES = rules()
BOOK = catalogue_of(RULES).rulebook(on=ON)
LOOP = PlainLoop(RULES)


def _rows(engine: str, dossier: Dossier) -> list[Applied]:
    return sorted(rows_of(BOOK, dossier, engine_named(engine).matches(BOOK, dossier)), key=repr)


def _wrong(engine: str, number: int) -> list[str]:
    return [
        subject.id
        for subject in subjects(number)
        if _rows(engine, dossier_of(subject)) != sorted(LOOP.rows(as_dict(subject)), key=repr)
    ]


@pytest.mark.parametrize(("engine", "number"), [("indexed", 400), ("checked", 200), ("reference", 15)])
def test_an_engine_gives_the_rows_of_the_plain_loop(engine: str, number: int) -> None:
    """Nobody gains speed by answering something else."""
    assert _wrong(engine, number) == []


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["indexed", "durable", "checked", "reference"])
def test_an_engine_gives_them_for_two_thousand_subjects(engine: str) -> None:
    """The rows are the same for every subject that the benchmark measures."""
    assert _wrong(engine, 2000) == []


def test_the_workload_is_what_the_measurements_say() -> None:
    """About one listing in two is active, and about five or six measures fall on a subject."""
    found = [LOOP.rows(as_dict(subject)) for subject in subjects(2000)]

    assert 4 < sum(map(len, found)) / len(found) < 7
    assert {person is None for rows in found for _, person, *_ in rows} == {True, False}
    assert len(RULES) == len(BOOK.rules) == 1000


def test_the_workload_is_the_same_every_time() -> None:
    """Numbers of two runs can be compared, since nothing in the workload is left to chance."""
    assert rules() == RULES
    assert list(subjects(20)) == list(subjects(20))
    assert catalogue_of(rules()).digest == BOOK.catalogue.digest
    assert len(rules(lists=500)) == 10_000


def test_a_subject_of_the_workload_is_decided_like_any_other() -> None:
    """The rows of a subject are the actions of its decision, unit by unit."""
    for subject in subjects(30):
        made = decide(BOOK, dossier_of(subject), engine="indexed")
        parts = {
            (action.target, part.memorandum, part.measure, action.unit)
            for action in made.actions
            for part in action.parts
        }
        rows = LOOP.rows(as_dict(subject))

        assert parts == {(person or key, memo, n, u) for key, person, memo, n, us in rows for u in us}
        assert made.undetermined == ()


def test_what_is_missing_or_objected_to_is_the_same_to_every_engine() -> None:
    """With facts left out and listings under objection the workload asks for all a rule can come to."""
    engines = [engine_named(name) for name in ("reference", "indexed", "durable")]
    for n, subject in enumerate(subjects(40)):
        whole = dossier_of(subject)
        dossier = _with_holes(whole, n)
        right, *others = (engine.matches(BOOK, dossier) for engine in engines)

        assert others == [right, right]


def _with_holes(dossier: Dossier, n: int) -> Dossier:
    facts = ("work.field", "work.amount", "work.exempt")
    missing = {facts[n % 3], facts[n % 7 % 3]}
    objection = Objection(FIRST, suspends=(True, False, None)[n % 3])
    seen = {
        key: evolve(subject, facts={k: v for k, v in subject.facts.items() if k not in missing})
        for key, subject in dossier.subjects.items()
    }
    listings = tuple(
        evolve(
            listing,
            facts={k: v for k, v in listing.facts.items() if k not in missing},
            objections=(objection,) if (n + place) % 2 else (),
            served=None if (n + place) % 5 == 0 else listing.served,
        )
        for place, listing in enumerate(dossier.listings)
    )
    return evolve(dossier, subjects=seen, listings=listings)
