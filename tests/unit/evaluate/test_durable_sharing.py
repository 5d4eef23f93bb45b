"""One durable engine may be used by many threads, after a fork, from a signal handler, and for ever."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import durable_rules_engine as core
import pytest

from creditrules.errors import EngineError
from creditrules.evaluate import durable
from creditrules.evaluate.candidates import Candidates
from creditrules.evaluate.durable import DurableEngine
from creditrules.model.condition import All, Not, Op, Some, Test
from creditrules.model.rulebook import Rulebook
from tests.support.guards import ON, candidates_of, meaning, rulebook_of

ENGINE = DurableEngine()
GUARDS = (
    Test("b", Op.IS, True),
    Not(Test("n", Op.LESS_THAN, 4)),
    Some((Test("w", Op.IN, ("a", "b", "c")), Test("d", Op.AT_MOST, ON))),
    All((Test("b", Op.IS, False), Test("n", Op.MORE_THAN, 2))),
)


def _case(number: int) -> tuple[Rulebook, Candidates]:
    rulebook = RULEBOOKS[number % len(RULEBOOKS)]
    rows = (
        {"b": bool(n & 1), "n": n % 7 or None, "w": "abcd"[n % 4], "d": ON if n % 3 else None}
        for n in range(number, number + 4)
    )
    return rulebook, candidates_of(rulebook, *rows)


RULEBOOKS = (rulebook_of(*GUARDS), rulebook_of(*GUARDS[::-1]), rulebook_of(*(GUARDS * 20)))


def test_eight_threads_get_the_answers_of_one() -> None:
    """Sixteen hundred rounds in eight threads lose no hit, double none, and mix up no two callers."""
    started = threading.Barrier(8)

    def work(thread: int) -> list[int]:
        started.wait()
        cases = ((n, *_case(n * 8 + thread)) for n in range(200))
        return [n for n, rulebook, made in cases if ENGINE.hits(rulebook, made) != meaning(rulebook, made)]

    with ThreadPoolExecutor(8) as pool:
        wrong = list(pool.map(work, range(8)))

    assert wrong == [[]] * 8


def test_a_child_process_makes_hosts_of_its_own() -> None:
    """After a fork nothing of the parent is used, even when a thread that is gone held the shelf."""
    rulebook, made = _case(3)
    ENGINE.hits(rulebook, made)
    mine = durable._shelf
    locked, done = threading.Event(), threading.Event()

    def hold() -> None:
        with mine._lock:
            locked.set()
            done.wait(20)

    holder = threading.Thread(target=hold)
    holder.start()
    locked.wait(20)
    child = os.fork()
    if child == 0:
        signal.alarm(20)
        fine = durable._shelf is not mine and ENGINE.hits(rulebook, made) == meaning(rulebook, made)
        os._exit(0 if fine else 1)
    _, status = os.waitpid(child, 0)
    done.set()
    holder.join()

    assert os.waitstatus_to_exitcode(status) == 0
    assert ENGINE.hits(rulebook, made) == meaning(rulebook, made)


def test_a_signal_handler_may_decide_in_the_middle_of_a_round(monkeypatch: pytest.MonkeyPatch) -> None:
    """A call from within a call has its own session: both answers are right."""
    rulebook, made = _case(5)
    original = core.complete_and_start_action
    inner: list[Any] = []

    def interrupted(handle: int, session: int) -> Any:
        if not inner:
            inner.append(None)
            inner.append(ENGINE.hits(rulebook, made))
        return original(handle, session)

    monkeypatch.setattr(core, "complete_and_start_action", interrupted)
    outer = ENGINE.hits(rulebook, made)

    assert outer == inner[1] == meaning(rulebook, made)


def test_a_rulebook_without_a_key_is_never_mistaken_for_another() -> None:
    """Hand-made rulebooks that share the empty key are compiled each time."""
    from attrs import evolve

    one, other = (evolve(rulebook_of(c), key="") for c in (GUARDS[0], Not(GUARDS[0])))

    assert ENGINE.hits(one, candidates_of(one, {"b": True})) == [(0, 0, 2)]
    assert ENGINE.hits(other, candidates_of(other, {"b": True})) == []


def test_twenty_thousand_rounds_grow_no_memory() -> None:
    """What is asserted is retracted, so a long-lived process stays as small as it was."""
    rulebook, made = _case(1)
    for _ in range(500):
        ENGINE.hits(rulebook, made)
    before = _resident()
    for _ in range(5_000):
        ENGINE.hits(rulebook, made)

    assert _resident() - before < 2 * 1024 * 1024


def test_rulebooks_that_come_and_go_grow_no_memory() -> None:
    """Three hundred rulebooks, each used once, leave no rulesets behind."""
    for _ in range(60):
        _use_once()
    before = _resident()
    for _ in range(300):
        _use_once()

    # Leaked, they would take more than 20 MiB.
    assert _resident() - before < 4 * 1024 * 1024


def _use_once() -> None:
    rulebook = rulebook_of(*GUARDS)
    ENGINE.hits(rulebook, candidates_of(rulebook, {"b": True}))


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


Ask = Callable[[], Any]
FAULTS: dict[str, tuple[str, Callable[[Ask], Any]]] = {
    "not handled": ("assert_fact", lambda ask: (1, ask()[1])),
    "observed": ("assert_fact", lambda ask: (2, ask()[1])),
    "deferred": ("assert_fact", lambda ask: (3, ask()[1])),
    "nothing fires": ("start_action_for_state", lambda _: None),
    "the rest is lost": ("complete_and_start_action", lambda _: None),
    "one fires for ever": ("complete_and_start_action", lambda _: '{"0":{"m":{}}}'),
    "not retracted": ("retract_fact", lambda ask: (1, ask()[1])),
}


@pytest.mark.parametrize(("name", "fault"), FAULTS.values(), ids=FAULTS.keys())
def test_a_round_that_goes_wrong_is_an_error_and_its_host_is_gone(
    name: str, fault: Callable[[Ask], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every answer but the expected one raises, and the next call starts with a host of its own."""
    rulebook, made = _case(9)
    ENGINE.hits(rulebook, made)
    original = getattr(core, name)
    with monkeypatch.context() as broken:
        broken.setattr(core, name, lambda *given: fault(lambda: original(*given)))
        with pytest.raises(EngineError) as caught:
            ENGINE.hits(rulebook, made)

    assert [f.code for f in caught.value.findings] == ["CR505"]
    assert not [host for host in durable._shelf._idle if host.plan.rulebook is rulebook]
    assert ENGINE.hits(rulebook, made) == meaning(rulebook, made)


def test_a_single_round_whose_last_rules_are_lost_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hit that is lost is noticed in the round in which it is, not in the next."""
    rulebook = rulebook_of(GUARDS[0], GUARDS[1])
    made = candidates_of(rulebook, {"b": True, "n": 5})
    monkeypatch.setattr(core, "complete_and_start_action", lambda *_: None)

    with pytest.raises(EngineError) as caught:
        ENGINE.hits(rulebook, made)

    assert [f.code for f in caught.value.findings] == ["CR505"]


def test_a_rule_that_fires_twice_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hit that is doubled is noticed, even where fewer rules fire than could."""
    rulebook = rulebook_of(GUARDS[0], GUARDS[1])
    answers = iter(['{"0":{"m":{}}}'])
    original = core.complete_and_start_action
    monkeypatch.setattr(
        core, "complete_and_start_action", lambda *given: next(answers, None) or original(*given)
    )

    with pytest.raises(EngineError) as caught:
        ENGINE.hits(rulebook, candidates_of(rulebook, {"b": True, "n": 0}))

    assert [f.code for f in caught.value.findings] == ["CR505"]


def test_what_is_wholly_known_is_asked_about_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is unknown, only what is true fires: one call a hit, and one for the last rule."""
    rulebook = rulebook_of(*GUARDS)
    asked: list[int] = []
    original = core.complete_and_start_action
    monkeypatch.setattr(core, "complete_and_start_action", lambda *given: asked.append(1) or original(*given))
    hits = ENGINE.hits(
        rulebook, candidates_of(rulebook, {"b": True, "n": 5, "w": "a", "d": ON.replace(2019)})
    )

    assert len(hits) == 3
    assert len(asked) == len(hits) + 1


def test_callers_wait_for_one_another_at_the_shelf() -> None:
    """Nobody takes, gives back or compiles while another does."""
    rulebook, made = _case(2)
    shelf = durable._Shelf()
    with shelf._lock:
        other = threading.Thread(
            target=lambda: shelf.give_back(shelf.take(shelf.plan(rulebook, made.fields)))
        )
        other.start()
        other.join(0.2)
        waited = other.is_alive() and not shelf._plans
    other.join(20)

    assert waited
    assert len(shelf._idle) == 1


@pytest.mark.parametrize("problem", [KeyboardInterrupt(), SystemExit(3), MemoryError(), RuntimeError("ours")])
def test_what_is_raised_in_a_round_reaches_the_caller(
    problem: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No exception is swallowed, whatever its kind, and the host it met is not used again."""
    rulebook, made = _case(12)

    def fail(*_: Any) -> None:
        raise problem

    with monkeypatch.context() as broken:
        broken.setattr(core, "retract_fact", fail)
        with pytest.raises(type(problem)) as caught:
            ENGINE.hits(rulebook, made)

    assert caught.value is problem
    assert ENGINE.hits(rulebook, made) == meaning(rulebook, made)
