"""The steps of the kernel: classes, days, patterns, repeated keys."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from creditrules.errors import EngineError
from creditrules.model.condition import All, Condition, Not, Op, Some, Test, holds, truth_of
from creditrules.model.condition import tests_in as asked_in
from creditrules.model.time import Period
from creditrules.model.words import Truth
from creditrules.population.arrays import Groups, by_word, compact, looked_up, maybe_repeated, runs
from creditrules.population.coding import Coder, ordered_coder, word_coder, yes_no_coder
from creditrules.population.days import FUTURE, PAST, after, date_of, day_of, ends, starts, to_dates
from creditrules.population.fields import fields_of
from creditrules.population.logic import bounds, literals, truth
from creditrules.population.lookup import Places
from creditrules.population.memory import kept_memory
from creditrules.population.plan import plan_of
from creditrules.population.shares import shares_of
from creditrules.testing.conditions import TESTS, conditions
from creditrules.testing.vocabulary import DAYS, FACTS, VALUES
from tests.support.crowds import rulebook
from tests.support.effort import many

ON = date(2018, 12, 20)
_NUMBERS = st.lists(st.integers(0, 40), max_size=60).map(lambda drawn: np.array(drawn, np.int64))


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)), st.integers(0, 60), st.integers(0, 400))
def test_a_period_ends_as_the_model_says(start: date, months: int, days: int) -> None:
    """Adding a period to many days is adding it to each, the ends of months included."""
    ended = after(np.array([day_of(start)], np.int32), months, days)

    assert date_of(int(ended[0])) == Period(months=months, days=days).after(start)


def test_days_that_are_not_given_are_far() -> None:
    """A start nobody states lies before every day, an end after every day, and both become null again."""
    column = pl.Series([ON, None])

    assert starts(column).tolist() == [day_of(ON), int(PAST)]
    assert ends(column).tolist() == [day_of(ON), int(FUTURE)]
    assert to_dates(starts(column)).to_list() == to_dates(ends(column)).to_list() == [ON, None]


def _coder(path: str) -> tuple[Coder, pl.Series]:
    kind = FACTS[path].type
    values = tuple(FACTS[path].choices) if kind == "choice" else VALUES[kind]
    near: list[object] = []
    if kind == "date":
        near = [value + timedelta(days=1) for value in values]  # type: ignore[operator]
    elif kind in ("integer", "money", "share"):
        near = [value + 1 for value in values]  # type: ignore[operator]
    column = pl.Series([None, *values, *near, *(["?"] if kind in ("choice", "text") else [])])
    tests = [t for t in dict.fromkeys(TESTS) if t.path == path]
    make = yes_no_coder if kind == "boolean" else word_coder if kind in ("choice", "text") else ordered_coder
    return make(tests, ON), column


@pytest.mark.parametrize("path", FACTS)
def test_a_class_says_what_each_of_its_values_says(path: str) -> None:
    """Every test comes to the same for a value as for its class; no value is class 0, which is unknown."""
    coder, column = _coder(path)
    classes = coder.of_column(column)

    for test, said in coder.truths.items():
        for value, number in zip(column.to_list(), classes.tolist(), strict=True):
            known = Truth.UNKNOWN if value is None else Truth.of(holds(value, test.op, test.value, ON))
            assert said[number] == known
    assert coder.size > classes.max()


@settings(max_examples=many(200))
@given(conditions(deep=True), st.data())
def test_truth_for_many_is_truth_for_each(condition: Condition, data: st.DataObject) -> None:
    """A condition comes to the same for a column of answers as for each of them; bounds hold it in."""
    tests = tuple(dict.fromkeys(asked_in(condition)))
    columns = {
        t: np.array(data.draw(st.lists(st.sampled_from((0, 1, 2)), min_size=4, max_size=4)), np.uint8)
        for t in tests
    }
    many = np.broadcast_to(truth(condition, columns.__getitem__), 4)
    low, high = bounds(
        condition, lambda t: (np.uint8(0), np.uint8(2)) if t is tests[0] else (columns[t], columns[t])
    )

    for n in range(4):
        replies = {t: (None, False, None, True)[int(columns[t][n]) + 1] for t in tests}
        assert many[n] == _truth(condition, replies)
    assert (np.broadcast_to(low, 4) <= many).all()
    assert (many <= np.broadcast_to(high, 4)).all()


@given(conditions(), st.data())
def test_literals_ask_what_their_condition_asks(condition: Condition, data: st.DataObject) -> None:
    """A condition that only asks for tests at once is as true as the least of them, or of their opposites."""
    asked = literals(condition)
    known = {t: data.draw(st.sampled_from((0, 1, 2))) for t in asked_in(condition)}

    if asked is None:
        assert any(
            isinstance(part, Some | Not | All) for part in (condition, *getattr(condition, "parts", ()))
        )
    else:
        said = [known[test] if positive else 2 - known[test] for test, positive in asked]
        assert min(said, default=2) == truth(condition, lambda test: np.uint8(known[test]))


def _truth(condition: Condition, replies: dict[Test, bool | None]) -> Truth:
    """Work out a condition with its tests answered, through conditions over yes and no."""
    match condition:
        case Test():
            return truth_of(Test("x", Op.IS, True), lambda path: replies[condition], ON)
        case Not(part):
            return Truth(2 - _truth(part, replies))
        case All(parts):
            return min((_truth(part, replies) for part in parts), default=Truth.TRUE)
        case Some(parts):
            return max((_truth(part, replies) for part in parts), default=Truth.FALSE)


@given(_NUMBERS, st.sampled_from((50, 10**6, 10**12)))
def test_numbering_keys_gives_them_back(keys: np.ndarray, bound: int) -> None:
    """Equal keys have one number, which names the key, whether they are few or many."""
    numbers, distinct = compact(keys, bound)

    assert distinct[numbers].tolist() == keys.tolist()
    assert len(set(distinct.tolist())) == len(distinct)


@given(_NUMBERS)
def test_groups_are_where_their_numbers_are(numbers: np.ndarray) -> None:
    """The places of a number are those at which it stands, in their order."""
    whose, places = Groups(numbers, 41).of(np.arange(41))

    assert sorted(places.tolist()) == list(range(len(numbers)))
    assert numbers[places].tolist() == whose.tolist()


@given(_NUMBERS, st.integers(1, 50))
def test_no_repetition_is_overlooked(keys: np.ndarray, groups: int) -> None:
    """Every pair that occurs twice is named; pairs named in vain are looked at again."""
    group = keys % groups
    named = set(maybe_repeated(group, keys, groups).tolist())
    again = {n for n, key in enumerate(keys.tolist()) if keys.tolist().count(key) > 1}

    assert again <= named


def test_runs_are_laid_one_after_the_other() -> None:
    """Empty runs leave nothing behind."""
    whose, places = runs(np.array([5, 0, 9]), np.array([2, 0, 1]))

    assert (whose.tolist(), places.tolist()) == ([0, 0, 2], [5, 6, 9])


def test_what_is_not_there_is_missing() -> None:
    """Looking up an absent key gives the value that stands for it, in an empty table too."""
    keys, values = np.array([2, 5]), np.array([7, 8])

    assert looked_up(keys, values, np.array([5, 3, 9]), 0).tolist() == [8, 0, 0]
    assert looked_up(keys[:0], values[:0], np.array([5]), 1).tolist() == [1]


@pytest.mark.parametrize("kind", [pl.String, pl.Categorical, pl.Enum(["b", "a", "unused"])])
def test_each_word_is_asked_for_once(kind: pl.DataType) -> None:
    """A number a word, whatever type the column has, and one for no word."""
    asked: list[str | None] = []

    def numbers(words: list[str | None]) -> np.ndarray:
        asked.extend(words)
        return np.array([{None: 0, "a": 1, "b": 2}.get(word, 9) for word in words])

    assert by_word(pl.Series(["a", "b", None, "a"], dtype=pl.String).cast(kind), numbers).tolist() == [
        1,
        2,
        0,
        1,
    ]
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("ids", [[3, 4, 5], [5, 3, 9], [1, 7, 9], ["c", "a", "b"], [4, 4, 2]])
def test_ids_have_places(ids: list[int | str]) -> None:
    """An id is where it first stands; what is not there, and null, is nowhere."""
    kind = pl.Int64 if isinstance(ids[0], int) else pl.String
    places = Places(pl.Series(ids, dtype=kind))

    assert places.of(pl.Series([*ids, None], dtype=kind)).tolist() == [*(ids.index(n) for n in ids), -1]
    assert places.of(pl.Series(["x"])).tolist() == [-1]
    assert places.is_distinct is (len(set(ids)) == len(ids))


def test_guards_that_depend_on_too_much_are_shared_out() -> None:
    """Patterns of one share stay few; a guard that alone has too many is refused by name."""
    book = rulebook()
    assert all(
        share.listing_size * share.route_size <= 2**21 or len(share.guards) == 1 for share in _shares(book)
    )
    facts = [
        Test(f"listing.{name}", Op.IS, day) for name in ("since", "published", "determined") for day in DAYS
    ]
    facts += [Test(f"tax.{n}", Op.IS, True) for n in range(60)]
    wide = All(tuple(facts))
    guards = (evolve(book.guards[0], condition=wide), *book.guards[1:])
    catalogue = evolve(
        book.catalogue, facts={**book.catalogue.facts, **{f"tax.{n}": FACTS["tax.unpaid"] for n in range(60)}}
    )
    broken = evolve(book, guards=guards, catalogue=catalogue, key="wide")
    tests = [t for guard in guards for t in asked_in(guard.condition)]

    with pytest.raises(EngineError, match="CR488"):
        shares_of(broken, fields_of(tests, broken), {})


def _shares(book: object) -> tuple[object, ...]:
    return plan_of(book).shares  # type: ignore[arg-type]


def test_memory_is_given_back() -> None:
    """Keeping memory for reuse ends with the block, whatever happens in it."""
    with pytest.raises(ZeroDivisionError), kept_memory():
        1 // 0  # noqa: B018

    assert np.ones(10**6).sum() == 10**6
