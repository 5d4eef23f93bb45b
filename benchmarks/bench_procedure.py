"""A dossier of two hundred events: a decision with its procedure, and how the time grows with events."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median
from time import process_time
from typing import Any

from benchmarks.measuring import Result, median_of
from creditrules import decide, load_catalogue, proceed, read_dossier
from creditrules.model.catalogue import Catalogue
from creditrules.model.dossier import Dossier

ON = date(2019, 12, 20)
EVENTS = 200
TARGET = 10e-3
# How much slower ten times the events may be than linear growth would have it.
GROWTH = 15.0
_START = date(2018, 12, 6)
_ROUND = (
    *("rectification_order", "rectification_report", "rectification_failure", "interview_held"),
    *("penalty_decision", "publication", "push", "response", "record_entry", "commitment_given"),
    *("training", "credit_report", "rectification_confirmation", "withdrawal"),
)


def results() -> list[Result]:
    """Measure a decision with procedure on one listing with many events, and ten times as many."""
    catalogue = load_catalogue()
    rulebook = catalogue.rulebook(on=ON)
    dossier = dossier_of(catalogue, EVENTS)
    duties = len(proceed(rulebook, dossier).duties)

    def whole() -> None:
        decide(rulebook, dossier)
        proceed(rulebook, dossier)

    growth = times_slower(catalogue)
    return [
        Result(f"decide and proceed, {EVENTS} events", median_of(whole), TARGET, note=f"{duties} duties"),
        Result("proceed alone", median_of(lambda: proceed(rulebook, dossier))),
        Result("proceed on ten times the events, times slower", growth, GROWTH, unit="×"),
    ]


def times_slower(catalogue: Catalogue) -> float:
    """Return how many times longer ten times the events take, in time of the processor."""
    rulebook = catalogue.rulebook(on=ON)
    seconds = []
    for events in (EVENTS, EVENTS * 10):
        dossier = dossier_of(catalogue, events)
        runs = []
        for _ in range(7):
            start = process_time()
            proceed(rulebook, dossier)
            runs.append(process_time() - start)
        seconds.append(median(runs))
    return seconds[1] / seconds[0]


def dossier_of(catalogue: Catalogue, number: int) -> Dossier:
    """Return a dossier of one enterprise, one listing and a number of events spread over a year."""
    events: list[dict[str, Any]] = [
        {"kind": "determination", "on": _START, "by": "虚构税务局"},
        {"kind": "service", "on": _START},
        {"kind": "aggregation", "on": _START},
    ]
    span = (ON - _START).days
    for n in range(number - len(events)):
        day = _START + timedelta(days=1 + n * span // number)
        event = {"kind": _ROUND[n % len(_ROUND)], "on": day}
        if event["kind"] == "rectification_order":
            event["until"] = day + timedelta(days=20)
        events.append(event)
    listing = {"id": "L1", "list": "tax-major-violations", "until": "2021-12-06", "events": events}
    firm = {
        "id": "fengyuan",
        "kind": "enterprise",
        "name": "丹东丰源虚构贸易有限公司",
        "region": "210681",
        "listings": [listing],
    }
    return read_dossier({"subjects": [firm]}, catalogue)
