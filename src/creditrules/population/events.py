"""Population: events folded into the fields of their listings, by the same code as those of a dossier.

Only listings with events that say something of their fields are looked at one by one.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl
from attrs import frozen

from creditrules.load.dossier_aliases import WORDS
from creditrules.model.dossier import Listing, Objection, Repair
from creditrules.model.event import Event, EventKind, in_order
from creditrules.model.folding import FIELDS, folded
from creditrules.model.status import stayed_since
from creditrules.model.words import Outcome
from creditrules.population.arrays import constant
from creditrules.population.days import FUTURE, PAST, date_of, day_of, end_of, start_of
from creditrules.population.history import Objections, Repairs
from creditrules.population.vocabulary import KINDS_OF_EVENT, OUTCOMES

# Events that say something of the fields of their listing, or of where it stands.
TELLING = frozenset(
    {
        *FIELDS,
        EventKind.OBJECTION,
        EventKind.OBJECTION_OUTCOME,
        EventKind.REPAIR_APPLICATION,
        EventKind.REPAIR_DECISION,
        EventKind.REPAIR_REVOCATION,
        EventKind.COURT_STAY,
    }
)
# Fields of listings that events may fill; what is not given lies in the far past for these ...
_STARTS = ("determined", "served", "aggregated", "published")
# ... and in the far future for these.
_ENDS = ("until", "removed", "revoked")


@frozen(eq=False)
class Folded:
    """The columns of listings, and their objections and repairs, with what their events say."""

    columns: dict[str, Any]
    objections: Objections
    repairs: Repairs
    stayed: Any


def fold_events(
    columns: dict[str, Any],
    objections: Objections,
    repairs: Repairs,
    listing: Any,
    events: pl.DataFrame,
    kinds: Any,
    on: date,
) -> Folded:
    """Fold the events of listings into their columns.

    Args:
        columns: the columns of listings, as numbers.
        objections: their objections.
        repairs: their repairs.
        listing: the place of the listing of each event.
        events: the events.
        kinds: the place of the kind of each.
        on: the day, on which a court may stay a listing.
    """
    stayed = constant(FUTURE, len(columns["determined"]), np.int32)
    telling = np.isin(kinds, [n for n, kind in enumerate(KINDS_OF_EVENT) if kind in TELLING])
    rows = np.flatnonzero(telling & (listing >= 0))
    if not len(rows):
        return Folded(columns, objections, repairs, stayed)
    columns, stayed = {name: values.copy() for name, values in columns.items()}, stayed.copy()
    told = np.unique(listing[rows])
    of_listing = _by_listing(listing[rows], events[rows], kinds[rows])
    ours, theirs = _objections_of(objections, told), _repairs_of(repairs, told)
    more_objections: list[tuple[int, Objection]] = []
    more_repairs: list[tuple[int, Repair]] = []
    for place in told.tolist():
        whole = folded(
            _listing(columns, place, of_listing[place], ours.get(place, ()), theirs.get(place, ()))
        )
        for name in _STARTS:
            day = getattr(whole, name)
            columns[name][place] = int(FUTURE) if day is False else start_of(day)
        for name in _ENDS:
            columns[name][place] = end_of(getattr(whole, name))
        stayed[place] = end_of(stayed_since(whole, on))
        more_objections += [(place, objection) for objection in whole.objections]
        more_repairs += [(place, repair) for repair in whole.repairs]
    left, kept = ~np.isin(objections.listing, told), ~np.isin(repairs.listing, told)
    return Folded(
        columns,
        _with_objections(objections, left, more_objections),
        _with_repairs(repairs, kept, more_repairs),
        stayed,
    )


def _by_listing(listing: Any, events: pl.DataFrame, kinds: Any) -> dict[int, list[Event]]:
    made: dict[int, list[Event]] = {}
    rows = events.select("on", "until", "outcome", "suspends", "recorded").rows()
    for place, kind, (on, until, outcome, suspends, recorded) in zip(
        listing.tolist(), kinds.tolist(), rows, strict=True
    ):
        details = {} if suspends is None else {"suspends": "true" if suspends else "false"}
        word = None if outcome is None else str(WORDS.get(outcome, outcome))
        event = Event(KINDS_OF_EVENT[kind], on, until=until, outcome=word, details=details, recorded=recorded)
        made.setdefault(place, []).append(event)
    return made


def _listing(
    columns: dict[str, Any],
    place: int,
    events: list[Event],
    objections: tuple[Objection, ...],
    repairs: tuple[Repair, ...],
) -> Listing:
    fields: dict[str, Any] = {}
    for name in (*_STARTS, *_ENDS):
        day = int(columns[name][place])
        never = day == FUTURE and name in ("served", "aggregated")
        fields[name] = False if never else None if day in (PAST, FUTURE) else date_of(day)
    return Listing("", "", "", **fields, objections=objections, repairs=repairs, events=in_order(events))


def _objections_of(objections: Objections, told: Any) -> dict[int, tuple[Objection, ...]]:
    found: dict[int, tuple[Objection, ...]] = {}
    for n in np.flatnonzero(np.isin(objections.listing, told)).tolist():
        suspends = int(objections.suspends[n])
        objection = Objection(
            date_of(int(objections.filed[n])),
            None if suspends < 0 else bool(suspends),
            _end(objections.decided[n]),
            _outcome(objections.outcome[n]),
        )
        place = int(objections.listing[n])
        found[place] = (*found.get(place, ()), objection)
    return found


def _repairs_of(repairs: Repairs, told: Any) -> dict[int, tuple[Repair, ...]]:
    found: dict[int, tuple[Repair, ...]] = {}
    for n in np.flatnonzero(np.isin(repairs.listing, told)).tolist():
        applied = int(repairs.applied[n])
        repair = Repair(
            None if applied == PAST else date_of(applied),
            _end(repairs.decided[n]),
            _outcome(repairs.outcome[n]),
            _end(repairs.revoked[n]),
        )
        place = int(repairs.listing[n])
        found[place] = (*found.get(place, ()), repair)
    return found


def _end(day: Any) -> date | None:
    return None if day == FUTURE else date_of(int(day))


def _outcome(place: Any) -> Outcome | None:
    return None if place < 0 else OUTCOMES[int(place)]


def _with_objections(left: Objections, kept: Any, made: list[tuple[int, Objection]]) -> Objections:
    asked = {None: -1, False: 0, True: 1}
    more = {
        "listing": [place for place, _ in made],
        "filed": [day_of(o.filed) for _, o in made],
        "decided": [end_of(o.decided) for _, o in made],
        "outcome": [-1 if o.outcome is None else OUTCOMES.index(o.outcome) for _, o in made],
        "suspends": [asked[o.suspends] for _, o in made],
    }
    return Objections(**{name: _joined(getattr(left, name)[kept], new) for name, new in more.items()})


def _with_repairs(left: Repairs, kept: Any, made: list[tuple[int, Repair]]) -> Repairs:
    more = {
        "listing": [place for place, _ in made],
        "applied": [start_of(r.applied) for _, r in made],
        "decided": [end_of(r.decided) for _, r in made],
        "revoked": [end_of(r.revoked) for _, r in made],
        "outcome": [-1 if r.outcome is None else OUTCOMES.index(r.outcome) for _, r in made],
    }
    return Repairs(**{name: _joined(getattr(left, name)[kept], new) for name, new in more.items()})


def _joined(left: Any, more: list[int]) -> Any:
    return np.concatenate([left, np.array(more, np.int64)]).astype(left.dtype)
