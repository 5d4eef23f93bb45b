"""Testing: the bench on the workload: a loop by hand, our engines, the peers, ten times the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from attrs import evolve

from creditrules.evaluate.engines import engine_named, met_of
from creditrules.evaluate.protocol import expand
from creditrules.model.dossier import Dossier
from creditrules.model.rulebook import Rulebook
from creditrules.testing.bench import Contestant, Section, Told, contest, made, present
from creditrules.testing.peers.flat import work_facts, work_problem, work_rows
from creditrules.testing.peers.known import peer_named
from creditrules.testing.plain_loop import PlainLoop, as_dict
from creditrules.testing.timing import measure
from creditrules.testing.workload import ON, WorkRule, rules, subjects
from creditrules.testing.workload_model import catalogue_of, dossier_of, rows_of

LOOP = "loop"
TENFOLD = 10


def bench_workload(
    number: int, peers: Iterable[str], *, seconds: float = 2.0, told: Told = lambda done, of: None
) -> Section:
    """Measure the workload for so many subjects.

    Raises:
        EngineError: CR598, somebody answers something else.
    """
    measures, people = rules(), list(subjects(number))
    by_hand = [as_dict(subject) for subject in people]
    loop = PlainLoop(measures)
    installed, absent = present(peers)
    contestants = [
        _limit(by_hand),
        Contestant(LOOP, loop.rows, by_hand, lambda subject: sorted(loop.rows(subject), key=repr)),
        *_ours(measures, [dossier_of(subject) for subject in people]),
        *(_peer(name, measures, by_hand) for name in installed),
    ]
    found = contest(
        "workload",
        contestants,
        lambda subject: sorted(loop.rows(subject), key=repr),
        by_hand,
        than=LOOP,
        size={"lists": len({r.list for r in measures}), "measures": len(measures), "subjects": number},
        seconds=seconds,
        told=told,
        absent=absent,
    )
    return evolve(found, extra=_tenfold(number, seconds))


def _limit(inputs: Sequence[dict[str, Any]]) -> Contestant:
    """What no program can do without: look at each entry of a subject once."""

    def look(subject: dict[str, Any]) -> None:
        _ = subject["kind"], subject["field"], subject["exempt"]
        for listing in subject["listings"]:
            _ = listing["list"], listing["since"], listing["until"], listing["repaired"], listing["amount"]
        for role, person in subject["people"]:
            _ = role, person

    return Contestant("limit", look, inputs, does="nothing")


def _ours(measures: Sequence[WorkRule], dossiers: Sequence[Dossier]) -> list[Contestant]:
    book, load = made(lambda: catalogue_of(measures).rulebook(on=ON))
    return [_engine(name, book, dossiers, load) for name in ("indexed", "durable", "checked")]


def _engine(name: str, book: Rulebook, dossiers: Sequence[Dossier], load: float) -> Contestant:
    engine = engine_named(name)
    return Contestant(
        name,
        lambda dossier: met_of(engine, book, dossier),
        dossiers,
        lambda dossier: sorted(rows_of(book, dossier, expand(met_of(engine, book, dossier))), key=repr),
        load=load,
    )


def _peer(name: str, measures: Sequence[WorkRule], inputs: Sequence[dict[str, Any]]) -> Contestant:
    peer, load = made(lambda: peer_named(name)(work_problem(measures)))

    def ask(subject: dict[str, Any]) -> object:
        return work_rows(subject, measures, peer.answer(work_facts(subject)))

    return Contestant(
        name,
        ask,
        inputs,
        lambda subject: sorted(work_rows(subject, measures, peer.answer(work_facts(subject))), key=repr),
        "conditions",
        peer.version,
        load,
    )


def _tenfold(number: int, seconds: float) -> dict[str, float]:
    """Return how many times longer our engines take with ten times the lists, on average."""
    found: dict[str, float] = {}
    for name in ("indexed", "durable"):
        engine = engine_named(name)
        pairs = []
        for lists in (50, 50 * TENFOLD):
            book = catalogue_of(rules(lists=lists)).rulebook(on=ON)
            seen = [dossier_of(subject) for subject in subjects(number, lists=lists)]
            pairs.append((partial(met_of, engine, book), seen))
        one, ten = measure(pairs, passes=3, seconds=seconds * 5)
        found[name] = ten.mean / one.mean
    return found
