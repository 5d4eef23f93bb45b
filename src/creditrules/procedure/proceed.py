"""Procedure: everything it says of one dossier on one day. A pure function of its arguments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from creditrules.model.dossier import Dossier
from creditrules.model.procedure import Counted, Duty, Exit, Proceedings, Term
from creditrules.model.rulebook import Rulebook
from creditrules.model.text import Text
from creditrules.procedure import phrases
from creditrules.procedure.calendar import CHINA, WorkingCalendar
from creditrules.procedure.duties import duties_of
from creditrules.procedure.exits import exits_of
from creditrules.procedure.plan import Plan, plan
from creditrules.procedure.scene import Counter, Scene

# The notice about the holidays of a year comes out in the autumn before; half a year leaves time to update.
_AHEAD = timedelta(days=183)


def proceed(
    rulebook: Rulebook,
    dossier: Dossier,
    *,
    known: date | None = None,
    calendar: WorkingCalendar | None = None,
    parameters: Mapping[str, Term] | None = None,
) -> Proceedings:
    """Say who owes what to whom by when about every listing, and which ways lead out of it.

    Args:
        rulebook: the catalogue made ready for the day.
        dossier: what is known of the subjects, with the events around their listings.
        known: as on the entries recorded by this day; all of them when it is None.
        calendar: the working days; those of China by default.
        parameters: periods an authority has set; they go before those of the catalogue.
    """
    seen = dossier if known is None and dossier.is_plain else dossier.as_known(known)
    ready = plan(rulebook)
    counter = Counter(calendar or CHINA, {**ready.terms, **(parameters or {})})
    duties: list[Duty] = []
    exits: list[Exit] = []
    for scene in scenes(rulebook, seen, ready, counter):
        duties += duties_of(scene)
        exits += exits_of(scene)
    return Proceedings(tuple(duties), tuple(exits), _notes(rulebook, ready, counter.calendar, duties, exits))


def scenes(rulebook: Rulebook, seen: Dossier, ready: Plan, counter: Counter) -> Iterable[Scene]:
    """Yield every listing on the day, in the order of their ids."""
    for number, listing in sorted(enumerate(seen.listings), key=lambda each: each[1].id):
        yield Scene(rulebook, ready, counter, seen, number, listing)


def _notes(
    rulebook: Rulebook, ready: Plan, calendar: WorkingCalendar, duties: list[Duty], exits: list[Exit]
) -> tuple[Text, ...]:
    notes = []
    if ready.left_out:
        notes.append(phrases.RECALLED.filled(n=ready.left_out))
    counted: list[Counted | None] = [duty.deadline for duty in duties]
    for way in exits:
        counted += [way.earliest, way.publicity_ends, way.acceptance_due, way.decision_due]
    years = sorted({c.day.year for c in counted if c is not None and c.provisional})
    notes += [phrases.PROVISIONAL.filled(year=year) for year in years if not calendar.knows(year)]
    if rulebook.on.year >= calendar.last_year and not calendar.knows(_later(rulebook.on).year):
        notes.append(phrases.CALENDAR_ENDS.filled(year=calendar.last_year))
    return tuple(notes)


def _later(day: date) -> date:
    return day + _AHEAD if day < date.max - _AHEAD else day
