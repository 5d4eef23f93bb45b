"""Testing: the bench on a real catalogue: our engines, and peers on candidates made for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from creditrules.decide.decide import decide
from creditrules.evaluate.candidates import Candidates, candidates
from creditrules.evaluate.engines import engine_named, met_of
from creditrules.evaluate.protocol import expand
from creditrules.evaluate.reference import ReferenceEngine
from creditrules.model.catalogue import Catalogue
from creditrules.model.dossier import Dossier
from creditrules.model.rulebook import Rulebook
from creditrules.testing.bench import Contestant, Section, Told, contest, made, present
from creditrules.testing.dossiers_for import dossiers_for
from creditrules.testing.peers.flat import FlatRulebook
from creditrules.testing.peers.known import peer_named

# One of the dates on which the shipped memoranda and the records of the notice of 2018 all count.
ON = date(2018, 12, 20)
THAN = "indexed"


def bench_shipped(
    catalogue: Catalogue,
    number: int,
    peers: Iterable[str],
    *,
    seconds: float = 2.0,
    told: Told = lambda done, of: None,
) -> Section:
    """Measure a catalogue for so many invented dossiers.

    Raises:
        EngineError: CR598, somebody answers something else.
    """
    book, load = made(lambda: catalogue.rulebook(on=ON))
    seen = list(dossiers_for(book, number))
    reference = ReferenceEngine()
    installed, absent = present(peers)
    rows = [candidates(book, dossier) for dossier in seen]
    flat = FlatRulebook(book)
    contestants = [
        *(_engine(name, book, seen, load) for name in ("indexed", "durable", "checked", "reference")),
        *(_decision(name, book, seen, load) for name in ("indexed", "checked")),
        *(_peer(name, flat, rows, book) for name in installed),
    ]
    size = {"rules": len(book.rules), "guards": len(book.guards), "subjects": number}
    return contest(
        "shipped",
        contestants,
        lambda dossier: expand(met_of(reference, book, dossier)),
        seen,
        than=THAN,
        size=size,
        seconds=seconds,
        told=told,
        absent=absent,
    )


def _engine(name: str, book: Rulebook, dossiers: list[Dossier], load: float) -> Contestant:
    engine = engine_named(name)

    def ask(dossier: Dossier) -> Any:
        return met_of(engine, book, dossier)

    return Contestant(name, ask, dossiers, lambda d: expand(ask(d)), load=load)


def _decision(name: str, book: Rulebook, dossiers: list[Dossier], load: float) -> Contestant:
    def ask(dossier: Dossier) -> Any:
        return decide(book, dossier, engine=name).actions

    return Contestant(f"decide_{name}", ask, dossiers, does="decision", load=load)


def _peer(name: str, flat: FlatRulebook, rows: list[Candidates], book: Rulebook) -> Contestant:
    peer, load = made(lambda: peer_named(name)(flat.problem))
    facts = [(flat.facts(made_), made_) for made_ in rows]

    def ask(given: tuple[Any, Candidates]) -> Any:
        return peer.answer(given[0])

    def answer(given: tuple[Any, Candidates]) -> Any:
        hits, candidates_ = flat.hits(peer.answer(given[0])), given[1]
        return sorted(
            (rule, candidates_.of[row].seen.number, candidates_.of[row].role_number, truth)
            for guard, row, truth in hits
            for rule in book.guards[guard].rules
        )

    return Contestant(name, ask, facts, answer, "conditions", peer.version, load)
