"""The examples cover what the catalogue makes depend on something.

Of every memorandum in `COVERED`:

* each verified measure with a condition, an exception, a limit to kinds of target or a clause of its own has
  a firing case (some example expects its action, or that only its unit is not known) and a near miss (some
  example expects it to leave somebody untouched, on a day on which the measure is in force and a listing on
  its lists is active);
* each item of its coverage clauses has a firing case (an expected action against somebody whom just that item
  reaches) and a near miss (somebody, expected to be untouched, around an active listing, who fails it).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from creditrules.compile.coverage import party_condition, reach_condition
from creditrules.model.condition import ALWAYS
from creditrules.model.memorandum import Clause, Measure, Reach
from creditrules.model.words import Checked, Direction, Truth
from tests.support.examples import COVERED, Seen, of, shipped


def depending(memorandum: str) -> Iterator[Measure]:
    """Yield the verified measures that depend on more than the memorandum's own clauses."""
    for measure in shipped().memoranda[memorandum].measures:
        depends = (
            measure.when != ALWAYS or measure.unless or measure.target_kinds or measure.covers is not None
        )
        if measure.checked is Checked.VERIFIED and depends:
            yield measure


def items(memorandum: str) -> Iterator[tuple[Clause, Reach]]:
    """Yield every item of every coverage clause of a memorandum and of its verified measures."""
    document = shipped().memoranda[memorandum]
    own = (measure.covers or () for measure in depending(memorandum))
    seen: set[tuple[Clause, Reach]] = set()
    for clause in (*document.covers, *(clause for clauses in own for clause in clauses)):
        for reach in clause.reaches:
            if (clause, reach) not in seen:
                seen.add((clause, reach))
                yield clause, reach


def is_of(named: str | None, memorandum: str, measure: str | None = None) -> bool:
    """Say whether a measure named in an example of its memorandum (`9`) is meant."""
    return named is not None and "#" not in named and measure in (None, named)


def fires(case: Seen, memorandum: str, measure: str) -> bool:
    """Say whether a case expects a measure to act, or to lack nothing but its unit."""
    expect = case.step.expect
    acting = any(is_of(wanted.measure, memorandum, measure) for wanted in expect.actions)
    return acting or any(
        is_of(point.measure, memorandum, measure) and point.what == "unit" for point in expect.undetermined
    )


def narrowly_misses(case: Seen, memorandum: str, measure: Measure) -> bool:
    """Say whether a case expects a measure in force to leave somebody around an active listing untouched."""
    lists = measure.lists or shipped().memoranda[memorandum].lists
    around = {candidate.target.id for candidate in case.active(lists)}
    return case.carries(memorandum, measure.key) and any(
        is_of(spared.measure, memorandum, measure.key) and spared.against in around
        for spared in case.step.expect.untouched
    )


@pytest.mark.parametrize("memorandum", COVERED)
def test_every_measure_that_depends_on_something_has_a_firing_case(memorandum: str) -> None:
    """A condition that nobody has seen to hold may be one that cannot hold."""
    silent = [
        measure.key
        for measure in depending(memorandum)
        if not any(fires(case, memorandum, measure.key) for case in of(memorandum))
    ]

    assert silent == []


@pytest.mark.parametrize("memorandum", COVERED)
def test_every_measure_that_depends_on_something_has_a_near_miss(memorandum: str) -> None:
    """A condition that nobody has seen to fail may be one that always holds."""
    silent = [
        measure.key
        for measure in depending(memorandum)
        if not any(narrowly_misses(case, memorandum, measure) for case in of(memorandum))
    ]

    assert silent == []


def reaches(case: Seen, memorandum: str, clause: Clause, reach: Reach) -> bool:
    """Say whether a case expects an action against somebody whom this item reaches for certain."""
    against = {wanted.against for wanted in case.step.expect.actions if is_of(wanted.measure, memorandum)}
    return any(
        candidate.target.id in against
        and case.truth(party_condition(clause, shipped()), candidate) is Truth.TRUE
        and case.truth(reach_condition(reach), candidate) is Truth.TRUE
        for candidate in case.active(shipped().memoranda[memorandum].lists)
    )


def spares(case: Seen, memorandum: str, clause: Clause, reach: Reach) -> bool:
    """Say whether a case expects somebody who fails this item for certain to be untouched.

    A listed subject fails the item `self` only by not being the party the clause speaks of.
    """
    spared = {each.against for each in case.step.expect.untouched}
    for candidate in case.active(shipped().memoranda[memorandum].lists):
        party = case.truth(party_condition(clause, shipped()), candidate)
        item = case.truth(reach_condition(reach), candidate)
        of_self = reach.direction is Direction.SELF
        fails = party is Truth.FALSE if of_self else (party is Truth.TRUE and item is Truth.FALSE)
        if candidate.target.id in spared and candidate.direction is reach.direction and fails:
            return True
    return False


@pytest.mark.parametrize("memorandum", COVERED)
def test_every_item_of_a_coverage_clause_reaches_somebody(memorandum: str) -> None:
    """Each kind of party and each role that a clause names is met by an example."""
    silent = [
        (clause.party, str(reach))
        for clause, reach in items(memorandum)
        if not any(reaches(case, memorandum, clause, reach) for case in of(memorandum))
    ]

    assert silent == []


@pytest.mark.parametrize("memorandum", COVERED)
def test_every_item_of_a_coverage_clause_spares_somebody(memorandum: str) -> None:
    """Each item has somebody who stands beside it and is not reached."""
    silent = [
        (clause.party, str(reach))
        for clause, reach in items(memorandum)
        if not any(spares(case, memorandum, clause, reach) for case in of(memorandum))
    ]

    assert silent == []


def test_a_measure_that_no_example_speaks_of_would_be_found() -> None:
    """The rule itself can fail: a measure of another memorandum has neither a firing case nor a near miss."""
    measure = next(depending("accounting"))

    assert not any(fires(case, "patents", measure.key) for case in of("patents"))
    assert not any(narrowly_misses(case, "patents", measure) for case in of("patents"))
