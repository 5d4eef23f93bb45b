"""Whoever is killed at any step, nothing is lost, nothing is booked twice, and every lift arrives."""

from __future__ import annotations

import random
from datetime import date

import pytest

from tests.faults import invariants
from tests.faults.nursery import KILLED
from tests.faults.world import RETRY, World, dossier, killed

LATER = date(2019, 1, 11)


def _seed(number: int) -> random.Random:
    print(f"seed {number}")  # shown with a failure, which it repeats
    return random.Random(number)


def _killed_workers(world: World, times: int, chance: random.Random) -> None:
    """Kill workers between pushes and lifts until so many were killed, half at a step, half at a moment."""
    fell = number = 0
    while fell < times:
        number += 1
        world.initiated(dossier(number))
        if number % 3 == 0:
            world.initiated(dossier(number - 1, removed="2019-01-10"), on=LATER)
        victims = [_victim(world, chance) for _ in range(1 + number % 2)]
        for pid, moment in victims:
            if moment is not None and world.nursery.wait(pid, moment) is None:
                world.nursery.kill(pid)
        fell += killed([world.nursery.wait(pid) for pid, _ in victims])
        invariants.whole(world.store)
        invariants.arrived(world.store, world.receiver)
    world.worked(2)
    invariants.all_well(world.store, world.catalogue, world.receiver)


def _victim(world: World, chance: random.Random) -> tuple[int, float | None]:
    """Start a worker that will die: at a step, or, so many seconds from now, at whatever it does then."""
    if chance.random() < 0.5:
        return world.start("work", retry=RETRY, die=chance.randrange(1, 90)), None
    return world.start("work", retry=RETRY), chance.uniform(0.0, 0.2)


def _killed_writers(world: World, times: int, chance: random.Random) -> None:
    """Kill whoever initiates or answers, until so many were; whoever is killed does it again."""
    fell = number = 0
    while fell < times:
        number += 1
        jobs = [
            ("initiate", {"dossier": dossier(number), "on": "2018-12-20"}),
            ("answers", {"said": world.possible(chance, 4)}),
            ("initiate", {"dossier": _changed(number, chance), "on": LATER.isoformat()}),
            ("redecide", {"on": "2019-02-01"}),
        ]
        for what, job in jobs:
            ended = world.done(what, die=chance.randrange(1, 60), **job)
            fell += killed([ended])
            invariants.whole(world.store)
            if ended == KILLED:
                assert world.done(what, **job) == 0, world.nursery.said()
    assert world.done("answers", said=world.confirmations()) == 0
    world.reach()
    world.worked()
    invariants.all_well(world.store, world.catalogue, world.receiver)


def _changed(number: int, chance: random.Random) -> dict[str, object]:
    """Return what becomes of a firm: removed, paid, listed for longer, or called otherwise."""
    changes = [{"removed": "2019-01-10"}, {"until": "2021-06-20"}, {"arrears": False}, {"labels": "x"}]
    return dossier(number, **chance.choice(changes))  # type: ignore[arg-type]


def test_a_worker_that_is_killed_loses_nothing_and_sends_nothing_twice(world: World) -> None:
    """Five workers are killed on each database, alone and in pairs, at chosen steps and moments."""
    _killed_workers(world, 5, _seed(71))


def test_whoever_initiates_or_answers_may_be_killed_and_does_it_again(world: World) -> None:
    """Five processes are killed on each database between the statements of what they write."""
    _killed_writers(world, 5, _seed(72))


@pytest.mark.slow
def test_a_hundred_workers_are_killed(world: World) -> None:
    """The same a hundred times on each database."""
    _killed_workers(world, 100, _seed(73))


@pytest.mark.slow
def test_a_hundred_who_write_are_killed(world: World) -> None:
    """The same a hundred times on each database."""
    _killed_writers(world, 100, _seed(74))
