"""Which memoranda bind on a day, and what is said of the others."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from creditrules.model.rulebook import Rulebook
from creditrules.model.time import Since
from creditrules.model.words import Checked
from tests.support.hand import ON, decided, measure, memorandum, rulebook

NEXT = date(2018, 12, 21)
THIS_MONTH = Since(date(2018, 12, 1), date(2018, 12, 31))


def on(day: date) -> Since:
    """Return a day known exactly."""
    return Since.exactly(day)


def outcome(book: Rulebook, number: int = 0) -> str:
    """Return `acts`, `open`, or the reason why a memorandum was set aside."""
    rule = next((r for r in book.rules if r.memorandum and r.memorandum.key == f"memo-{number}"), None)
    if rule is not None:
        return "open" if rule.open else "acts"
    return next(s.reason for s in book.set_aside if s.memorandum == f"memo-{number}")


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, "acts"),
        ({"since": None}, "undated"),
        ({"since": on(ON)}, "acts"),
        ({"since": on(NEXT)}, "not_yet_in_force"),
        ({"since": THIS_MONTH}, "open"),
        ({"until": on(ON)}, "ended"),
        ({"until": on(NEXT)}, "acts"),
        ({"until": THIS_MONTH}, "open"),
        ({"since": THIS_MONTH, "until": on(ON)}, "ended"),
    ],
)
def test_a_memorandum_binds_from_its_first_day_until_the_day_it_ends(
    more: dict[str, Any], expected: str
) -> None:
    """A memorandum acts between its days, is open where only bounds are known, and is set aside else."""
    assert outcome(rulebook(memorandum(**more))) == expected


@pytest.mark.parametrize(
    ("since", "expected"),
    [(on(ON), "superseded"), (on(NEXT), "acts"), (THIS_MONTH, "open"), (None, "acts")],
)
def test_a_successor_displaces_nothing_before_it_is_in_force(since: Since | None, expected: str) -> None:
    """A memorandum is superseded from the day its successor is in force, and not a day before."""
    old = memorandum()
    new = memorandum(number=1, since=since, supersedes=(old.doc_no,))

    assert outcome(rulebook(old, new)) == expected


def test_a_chain_of_successors_leaves_the_last() -> None:
    """Of three documents that replaced one another only the last acts."""
    first = memorandum()
    second = memorandum(number=1, supersedes=(first.doc_no,))
    third = memorandum(number=2, supersedes=(second.doc_no,))
    book = rulebook(first, second, third)

    assert [outcome(book, n) for n in range(3)] == ["superseded", "superseded", "acts"]


def test_of_several_successors_the_first_is_named() -> None:
    """The reason names the successor that came into force first, whatever order they were read in."""
    old = memorandum()
    early = memorandum(number=1, since=on(date(2017, 1, 1)), supersedes=(old.doc_no,))
    late = memorandum(number=2, since=on(date(2018, 1, 1)), supersedes=(old.doc_no,))

    said = [rulebook(*order).set_aside[0].text for order in ((old, early, late), (late, early, old))]

    assert said[0] == said[1]
    assert early.doc_no in said[0].zh


def test_an_action_ends_with_its_memorandum() -> None:
    """An action's last day is the day before its memorandum ends, or is replaced."""
    old = memorandum(until=on(date(2019, 6, 1)))
    new = memorandum(number=1, since=on(date(2019, 3, 1)), supersedes=(old.doc_no,))

    assert decided(old).actions[0].until == date(2019, 5, 31)
    assert decided(old, new).actions[0].until == date(2019, 2, 28)


@pytest.mark.parametrize(
    ("checked", "recalled", "expected"),
    [
        (Checked.VERIFIED, False, "acts"),
        (Checked.RECALLED, False, "recalled"),
        (Checked.RECALLED, True, "acts"),
        (Checked.UNSEEN, False, "unseen"),
        (Checked.UNSEEN, True, "unseen"),
    ],
)
def test_only_what_was_read_acts(checked: Checked, recalled: bool, expected: str) -> None:
    """A measure nobody read never acts; one known from memory acts only when asked for."""
    book = rulebook(memorandum(measure(checked=checked)), recalled=recalled)

    assert outcome(book) == expected


def test_each_measure_is_judged_by_itself() -> None:
    """One unseen measure of a memorandum does not take the others away."""
    book = rulebook(memorandum(measure("m1", checked=Checked.UNSEEN), measure("m2")))

    assert [r.key for r in book.rules] == ["memo-0#m2"]
    assert [s.measure for s in book.set_aside] == ["m1"]


def test_a_rulebook_is_known_by_catalogue_day_and_recalled() -> None:
    """Two days, or with and without recalled measures, are two rulebooks."""
    catalogue = rulebook().catalogue
    books = [catalogue.rulebook(on=day, recalled=r) for day in (ON, NEXT) for r in (True, False)]

    assert len({book.key for book in books}) == 4
    assert evolve(books[0], key="") != evolve(books[2], key="")
