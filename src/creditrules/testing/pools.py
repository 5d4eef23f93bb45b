"""Testing: ready-made days, bases, coverage items and durations. Drawing one costs one choice."""

from __future__ import annotations

from datetime import date

from attrs import evolve
from hypothesis import strategies as st

from creditrules.model.basis import Basis
from creditrules.model.condition import Op, Test
from creditrules.model.memorandum import Duration, Grade, Reach
from creditrules.model.time import Since
from creditrules.model.words import Checked, Direction, HeldAt, Rank, Responsibility, Strength
from creditrules.testing.conditions import PERIODS, several
from creditrules.testing.vocabulary import DAYS, OFFICES


def beside(day: date, by: int) -> date:
    """Return the day so many days later."""
    return date.fromordinal(day.toordinal() + by)


_NEAR = tuple(beside(day, by) for day in DAYS for by in (-1, 1))
_ENDS = tuple(beside(period.after(day), by) for day in DAYS[:4] for period in PERIODS for by in (0, 1))
# One of the days on which things change, a day beside it, or the last day of a period that began on one.
ANY_DAY = DAYS * 4 + _NEAR * 2 + _ENDS
# Most things that decide anything happened by the end of 2018.
EARLY = tuple(sorted(DAYS))[:3]
EARLY_DAY = EARLY * 8 + tuple(day for day in _NEAR if day < DAYS[0])


def known(day: date) -> Since:
    """Return a start known to the day."""
    return Since.exactly(day)


def in_month(day: date) -> Since:
    """Return a start of which only the month is known."""
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return Since(day.replace(day=1), beside(following, -1))


def in_year(day: date) -> Since:
    """Return a start of which only the year is known."""
    return Since(date(day.year, 1, 1), date(day.year, 12, 31))


EARLY_BOUNDS = tuple(known(day) for day in EARLY * 12 + DAYS) + tuple(
    in_month(day) for day in EARLY * 2 + DAYS[:2]
)
ANY_BOUNDS = tuple(known(day) for day in DAYS) + tuple(f(day) for day in DAYS for f in (in_month, in_year))

_LAW = Basis("中华人民共和国虚构法", date(2015, 4, 24), 44, rank=Rank.LAW, strength=Strength.DIRECT)
_REACHING = (
    frozenset({"legal_representative"}),
    frozenset({"directly_responsible_person"}),
    frozenset({"responsible_person", "actual_controller"}),
    frozenset(OFFICES),
)
BASES: tuple[Basis, ...] = (
    _LAW,
    evolve(_LAW, article=None),
    evolve(_LAW, article=None, cited="第四十四条第二款"),
    evolve(_LAW, strength=Strength.GENERAL),
    evolve(_LAW, strength=Strength.CONDITION, checked=Checked.RECALLED),
    evolve(_LAW, until=date(2020, 2, 29)),
    evolve(_LAW, version=date(2020, 3, 1), since=date(2020, 3, 1)),
    evolve(_LAW, version=date(2020, 3, 1)),
    evolve(_LAW, since=date(2017, 6, 15), until=date(2021, 11, 1)),
    *(evolve(_LAW, article=70 + n, reaches=reaches) for n, reaches in enumerate(_REACHING)),
    *(evolve(_LAW, article=80 + n, reaches=reaches, until=DAYS[6]) for n, reaches in enumerate(_REACHING)),
    *(
        Basis(f"虚构{rank.value}", article=3, rank=rank, strength=strength)
        for rank in Rank
        for strength in (Strength.DIRECT, Strength.UNSTATED)
    ),
    Basis("虚构规章", rank=Rank.DEPARTMENTAL_RULE, cited="第三条", reaches=frozenset(OFFICES)),
    Basis("虚构意见", rank=Rank.CENTRAL_POLICY, item="（十）", strength=Strength.POWER),
)
REACHING = tuple(basis for basis in BASES if basis.reaches)
SEVERAL_BASES = several(st.sampled_from(BASES), (1, 0, 2)).map(lambda drawn: tuple(dict.fromkeys(drawn)))

_FINDINGS = (None, Responsibility.DIRECT, Responsibility.LEADERSHIP, Responsibility.RESPONSIBLE)
_ONE = frozenset({"legal_representative"})
SELF = Reach()
REACHES: tuple[Reach, ...] = (
    SELF,
    *(Reach(Direction.ROLE, frozenset(OFFICES), held=held) for held in HeldAt),
    *(Reach(Direction.ROLE, _ONE, held=held, finding=finding) for held in HeldAt for finding in _FINDINGS),
    # Whoever it was: only a finding can name him.
    *(
        Reach(Direction.ROLE, any_role=True, held=held, finding=finding)
        for held in HeldAt
        for finding in _FINDINGS[1:]
    ),
    *(Reach(Direction.ORGANISATION, _ONE, held=held) for held in HeldAt),
    Reach(Direction.ORGANISATION, frozenset(OFFICES), finding=Responsibility.DIRECT),
    *(Reach(Direction.ROLE, _ONE, held=HeldAt.DAY, bases=(basis,)) for basis in REACHING[:2]),
    Reach(Direction.ROLE, frozenset(OFFICES), when=Test("case.gravity", Op.IS, "grave")),
    Reach(when=Test("tax.unpaid", Op.IS, True)),
)


def _lasting(years_of: int, counts_from: str) -> Duration:
    return Duration(period=PERIODS[years_of], counts_from=counts_from)


def _graded(*grades: Grade) -> Duration:
    return Duration(counts_from="listing.determined", grades=grades)


_FORMS: tuple[Duration, ...] = (
    *(_lasting(n, "listing.determined") for n in range(len(PERIODS))),
    _lasting(1, "listing.since"),
    _lasting(3, "listing.published"),
    _lasting(4, "case.notice_ended"),
    _lasting(1, "listing.conduct_since"),
    Duration(for_life=True),
    Duration(counts_from="listing.determined", shortest=PERIODS[0], longest=PERIODS[1]),
    _graded(
        Grade(Test("case.gravity", Op.IS, "grave"), PERIODS[1]),
        Grade(Test("case.gravity", Op.IN, ("ordinary", "slight")), PERIODS[0]),
    ),
    _graded(
        Grade(Test("tax.amount", Op.AT_LEAST, 10_000_00), PERIODS[1]),
        Grade(Test("case.criminal", Op.IS, True), PERIODS[3]),
    ),
)
# Most measures last as long as the listing.
DURATIONS = (Duration(),) * len(_FORMS) + _FORMS


def days(*, early: bool = False) -> st.SearchStrategy[date]:
    """Generate one of the days on which things change or end, or a day beside it."""
    return _EARLY_DAY if early else _ANY_DAY


_EARLY_DAY, _ANY_DAY = st.sampled_from(EARLY_DAY), st.sampled_from(ANY_DAY)
MAYBE_DAY: st.SearchStrategy[date | None] = st.sampled_from((None,) * len(ANY_DAY) + ANY_DAY)
# An entry seldom says when it was recorded; where it does, corrections have an order.
MAYBE_RECORDED: st.SearchStrategy[date | None] = st.sampled_from((None,) * 4 * len(DAYS) + DAYS)
SELDOM = st.sampled_from((False, False, False, False, True))
