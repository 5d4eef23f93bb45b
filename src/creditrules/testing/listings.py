"""Testing: random listings with everything that may happen to one; whose they are is said later."""

from __future__ import annotations

from datetime import date

from attrs import evolve, frozen
from hypothesis import strategies as st

from creditrules.model.dossier import Facts, Listing, Objection, Repair, ResponsibilityFinding
from creditrules.model.words import Outcome, Responsibility
from creditrules.testing.conditions import several
from creditrules.testing.pools import EARLY, EARLY_DAY, MAYBE_DAY, MAYBE_RECORDED, SELDOM, beside
from creditrules.testing.vocabulary import DAYS, LAST_DAY

_LATER = (0, 0, 0, 1, 30, 365)
# Days after the determination; mostly the same day, else the listing would seldom be active.
_STEP: st.SearchStrategy[int | bool | None] = st.sampled_from(
    (*(True,) * 24, 1, 30, 365, 1000, False, None, None)
)
_MAYBE_LATER: st.SearchStrategy[int | None] = st.sampled_from((None, None, None, *_LATER))
_RARELY_LATER: st.SearchStrategy[int | None] = st.sampled_from((None,) * 60 + _LATER)
_END: st.SearchStrategy[int | None] = st.sampled_from((*(None,) * 8, 0, 1, 365, *(3650,) * 8))


@frozen
class Drawn:
    """A listing that still needs an owner: the place of its subject, and whether it corrects the last one."""

    subject: int
    listing: Listing
    corrects: bool = False


def _finding(
    person: int, finds: Responsibility, on: date | None, recorded: date | None
) -> ResponsibilityFinding:
    return ResponsibilityFinding(str(person), finds, on, "虚构局", recorded=recorded)


def _objection(
    filed: int, suspends: bool | None, decided: int | None, outcome: Outcome, recorded: date | None
) -> Objection:
    # Days since the determination, made into days by `_listing`.
    start = beside(DAYS[0], filed)
    end = None if decided is None else beside(start, decided)
    return Objection(start, suspends, end, None if end is None else outcome, recorded)


def _repair(decided: int | None, outcome: Outcome, revoked: int | None, recorded: date | None) -> Repair:
    if decided is None:
        return Repair(recorded=recorded)
    end = beside(DAYS[0], decided)
    last = None if revoked is None or outcome is Outcome.REFUSED else beside(end, revoked)
    return Repair(None, end, outcome, last, recorded)


def _shift(day: date, start: date) -> date:
    return beside(day, start.toordinal() - DAYS[0].toordinal())


def _maybe_shift(day: date | None, start: date) -> date | None:
    return None if day is None else _shift(day, start)


def _step(start: date, step: int | bool | None) -> date | bool | None:
    if step is True:
        return start
    return step if step is None or step is False else beside(start, step)


def _later(start: date, by: int | None) -> date | None:
    return None if by is None else beside(start, by)


def _listing(
    determined: date | None,
    conduct: date | None,
    conduct_lasts: int | None,
    served: int | bool | None,
    aggregated: int | bool | None,
    published: int | None,
    since: int | None,
    until: int | None,
    removed: int | None,
    revoked: int | None,
    objections: tuple[Objection, ...],
    repairs: tuple[Repair, ...],
    **parts: object,
) -> Listing:
    start = determined or EARLY[0]
    begun = None if conduct is None else min(conduct, start)
    return Listing(
        id="?",
        subject="?",
        authority="虚构局",
        conduct_since=begun,
        conduct_until=None if begun is None else _later(begun, conduct_lasts),
        determined=determined,
        served=_step(start, served),
        aggregated=_step(start, aggregated),
        published=_later(start, published),
        since=_later(start, since),
        until=_later(start, None if until is None else until + (since or 0)),
        removed=_later(start, removed),
        revoked=_later(start, revoked),
        objections=tuple(
            evolve(o, filed=_shift(o.filed, start), decided=_maybe_shift(o.decided, start))
            for o in objections
        ),
        repairs=tuple(
            evolve(r, decided=_maybe_shift(r.decided, start), revoked=_maybe_shift(r.revoked, start))
            for r in repairs
        ),
        **parts,  # type: ignore[arg-type]
    )


_FINDING = st.builds(
    _finding, st.sampled_from((0, 1, 2, 3)), st.sampled_from(tuple(Responsibility)), MAYBE_DAY, MAYBE_RECORDED
)
_OBJECTION = st.builds(
    _objection,
    st.sampled_from(_LATER),
    st.sampled_from((True, False, None)),
    _MAYBE_LATER,
    st.sampled_from((Outcome.REJECTED, Outcome.UPHELD)),
    MAYBE_RECORDED,
)
_REPAIR = st.builds(
    _repair,
    _MAYBE_LATER,
    st.sampled_from((Outcome.GRANTED, Outcome.REFUSED)),
    _MAYBE_LATER,
    MAYBE_RECORDED,
)


def listings(
    lists: tuple[str, ...], capacities: tuple[str, ...], facts: st.SearchStrategy[Facts]
) -> st.SearchStrategy[Drawn]:
    """Generate one listing on one of the lists."""
    listing = st.builds(
        _listing,
        determined=st.sampled_from((*EARLY_DAY * 9, *DAYS, *(None,) * 12)),
        conduct=st.sampled_from((*EARLY_DAY, *(None,) * 10)),
        conduct_lasts=_MAYBE_LATER,
        served=_STEP,
        aggregated=_STEP,
        published=_MAYBE_LATER,
        since=_MAYBE_LATER,
        until=_END,
        removed=_RARELY_LATER,
        revoked=_RARELY_LATER,
        objections=several(_OBJECTION, (0, 0, 0, 0, 0, 0, 1, 2)),
        repairs=several(_REPAIR, (0, 0, 0, 0, 0, 0, 1, 2)),
        list=st.sampled_from((*lists[:1] * 4, *lists)),
        capacity=st.sampled_from((None, *capacities)),
        review=st.sampled_from((LAST_DAY, LAST_DAY, None)),
        publishable=st.sampled_from((None, True, False)),
        findings=several(_FINDING, (0, 1, 1, 2)),
        findings_complete=st.booleans(),
        recorded=MAYBE_RECORDED,
        facts=facts,
    )
    return st.builds(Drawn, st.sampled_from((0, 0, 0, 1, 2, 3)), listing, SELDOM)
