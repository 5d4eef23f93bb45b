"""The laws of the desk hold whatever comes in which order: dossiers, days, answers, failures, repetitions.

A run ends with the end of every listing: then nothing may be outstanding.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import event, select

from creditrules.desk import dead_letters
from creditrules.desk.answers import Answer, answer, reply
from creditrules.desk.channels import Address, NotDelivered, register
from creditrules.desk.chart import PushEvent
from creditrules.desk.clock import later
from creditrules.desk.desk import Desk
from creditrules.desk.messages import Message
from creditrules.desk.outbox import Retry
from creditrules.desk.store import open_store
from creditrules.desk.tables import addresses, cases, orders, outbox, pushes
from creditrules.desk.tokens import Principal
from creditrules.desk.worker import Worker
from creditrules.errors import UsageError
from creditrules.model.procedure import Term
from tests.faults import invariants
from tests.faults.receiver import Arrival
from tests.faults.world import answer_of, dossier, small_catalogue

OFFICE = Principal("0", "市信用办", "office")
DAY = 86_400
# What may have become of a firm when its dossier comes again; most of it can be taken back.
CHANGES: tuple[dict[str, Any], ...] = (
    {},
    {"until": "2021-06-20"},
    {"arrears": False},
    {"labels": "x"},
    {"removed": "2019-01-10"},
    {"objections": [{"filed": "2018-12-21", "suspends": True}]},
    {"repairs": [{"applied": "2018-12-01", "decided": "2018-12-19", "outcome": "granted"}]},
)


class Unit:
    """Every unit at once: books what arrives, or does not answer, as it is told."""

    def __init__(self) -> None:
        self.fates: list[str] = []
        self.forged = 0
        self.arrivals: list[Arrival] = []
        self.booked: dict[str, Arrival] = {}

    def check(self, address: Address) -> str | None:
        """Find every address good."""
        return None

    def deliver(self, message: Message, address: Address) -> None:
        """Book a message; its fate may be that nobody hears of it."""
        fate = self.fates.pop() if self.fates else "ok"
        if fate != "500":
            arrival = Arrival(message.key, message.address, message.body())
            self.arrivals.append(arrival)
            self.booked.setdefault(message.key, arrival)
        if fate != "ok":
            raise NotDelivered(fate)


class DeskMachine(RuleBasedStateMachine):
    """An office with three firms, and everything that may happen to them."""

    source: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="creditrules-desk-"))
        self.store = open_store(str(self.folder / "desk.db"), clock=lambda: self.at)
        event.listen(self.store.engine, "connect", _in_haste)
        self.store.engine.dispose()
        self.at = "2018-12-20T01:00:00.000000Z"
        self.today = date(2018, 12, 20)
        self.desk = Desk(self.store, self.source, parameters={"feedback-deadline": Term(working_days=2)})
        self.unit = Unit()
        retry = Retry(attempts=3, first=1.0, longest=8.0, lease=30.0)
        self.worker = Worker(self.store, self.desk.catalogue, retry=retry, ways={"unit": self.unit}, name="w")
        self.last: dict[int, dict[str, Any]] = {}
        self.answered = 0

    def _rows(self, query: Any) -> list[Any]:
        with self.store.reading() as connection:
            return list(connection.execute(query))

    def _ordered(self) -> list[Any]:
        return self._rows(select(orders).order_by(orders.c.id))

    @rule(number=st.integers(1, 3), change=st.sampled_from(CHANGES))
    def initiate(self, number: int, change: dict[str, Any]) -> None:
        """A dossier comes, for the first time or as it is now."""
        self.last[number] = dossier(number, **change)
        self.desk.initiate(self.last[number], by="市信用办", on=self.today)
        with self.store.writing() as connection:
            known = set(connection.execute(select(addresses.c.name)).scalars())
            for name in set(connection.execute(select(outbox.c.address)).scalars()) - known:
                register(connection, Address(name, "pull"), self.store.keys, self.at)
            # The channel is in nobody's installation; the worker is given it.
            connection.execute(addresses.update().values(channel="unit"))

    @precondition(lambda self: self.last)
    @rule(chance=st.randoms(use_true_random=False))
    def initiate_again(self, chance: random.Random) -> None:
        """What was settled is settled: the same dossier on the same day does nothing."""
        number = chance.choice(sorted(self.last))
        self.desk.initiate(self.last[number], by="市信用办", on=self.today)

        assert not self.desk.initiate(self.last[number], by="市信用办", on=self.today).changed

    @rule(days=st.sampled_from([0, 1, 30, 400]))
    def redecide(self, days: int) -> None:
        """Some days later every open case is decided again; twice is once."""
        self.today += timedelta(days=days)
        self.desk.redecide(by="夜间", on=self.today)

        assert self.desk.redecide(by="夜间", on=self.today) == {}

    @precondition(lambda self: self._rows(select(pushes.c.id)))
    @rule(chance=st.randoms(use_true_random=False), again=st.booleans())
    def answers(self, chance: random.Random, again: bool) -> None:
        """A unit answers something that may be answered now, and sends it once more."""
        held = self._rows(select(pushes).order_by(pushes.c.id))
        open_ = {o.push_id: o for o in self._ordered() if not o.confirmed_at and not o.overtaken_at}
        push = chance.choice(held)
        self._say(push, answer_of(push, open_.get(push.id), chance), again)

    @precondition(lambda self: self._ordered())
    @rule(chance=st.randoms(use_true_random=False))
    def confirms_late(self, chance: random.Random) -> None:
        """A unit confirms an order, open or long past."""
        order = chance.choice(self._ordered())
        [push] = self._rows(select(pushes).where(pushes.c.id == order.push_id))
        self._say(push, answer_of(push, order, chance), False)

    def _say(self, push: Any, said: dict[str, Any], again: bool) -> None:
        self.answered += 1
        given = Answer(push.id, PushEvent(said["event"]), f"k{self.answered}", said["details"])
        unit = Principal("1", said["unit"], "unit", said["unit"])
        try:
            booked = answer(self.store, given, unit)
        except UsageError as error:
            if error.findings[0].code != "CR621":
                raise
            return
        assert not booked.again
        if again:
            assert answer(self.store, given, unit).again

    @precondition(lambda self: self._rows(select(pushes).where(pushes.c.state == "asked")))
    @rule()
    def reply(self) -> None:
        """The office answers a question."""
        [push, *_] = self._rows(select(pushes).where(pushes.c.state == "asked").order_by(pushes.c.id))
        reply(self.store, push.id, "查补税款未结清", OFFICE)

    @rule(fates=st.lists(st.sampled_from(["ok", "ok", "500", "late"]), max_size=8))
    def work(self, fates: list[str]) -> None:
        """A worker makes a round, with what units make of it."""
        self.unit.fates = fates
        self.worker.round()
        self.unit.fates = []

    @rule(seconds=st.sampled_from([1, 10, 100, DAY, -3 * DAY]))
    def time_passes(self, seconds: int) -> None:
        """The clock goes on, or is put back."""
        self.at = later(self.at, seconds)

    @rule()
    def resend(self) -> None:
        """A person lets what was given up be tried again."""
        with self.store.reading() as connection:
            found = dead_letters.dead(connection)
        for row in found[:2]:
            dead_letters.resend(self.store, row.id, "市信用办")

    @rule()
    def remind(self) -> None:
        """Whoever owes an answer is reminded; on one day once."""
        self.desk.remind(by="市信用办", on=self.today)

        assert self.desk.remind(by="市信用办", on=self.today) == 0

    @invariant()
    def everything_is_whole(self) -> None:
        """The ledger holds, states follow the chart, everything said is posted, nothing is booked twice."""
        invariants.whole(self.store)
        invariants.settled(self.store, self.desk.catalogue)
        invariants.arrived(self.store, self.unit)

    def teardown(self) -> None:
        """End every listing: everything is lifted, delivered, confirmed, and closed."""
        try:
            self._end()
        finally:
            self.store.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def _end(self) -> None:
        self.today = max(self.today, date(2019, 1, 11))
        for number in self.last:
            self.initiate(number, {"removed": "2019-01-10"})
        self.desk.redecide(by="夜间", on=self.today)
        for _ in range(60):
            self.at = later(self.at, 100)
            while not self.worker.round().is_idle:
                pass
            self.resend()
        invariants.whole(self.store)
        invariants.known_to_units(self.store, self.unit)
        for order in self._ordered():
            if not order.confirmed_at and not order.overtaken_at:
                [push] = self._rows(select(pushes).where(pushes.c.id == order.push_id))
                self._say(push, answer_of(push, order, random.Random(order.id)), True)
        assert {case.state for case in self._rows(select(cases))} <= {"closed"}
        assert {push.state for push in self._rows(select(pushes))} <= {"lifted", "withdrawn"}
        invariants.whole(self.store)


def _in_haste(connection: Any, record: Any) -> None:
    """Nobody pulls the plug of the machine here."""
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture
def machine(tmp_path: Path) -> type[DeskMachine]:
    """The machine with its catalogue."""
    return type("Machine", (DeskMachine,), {"source": small_catalogue(tmp_path / "small")})


def _run(machine: type[DeskMachine], examples: int, steps: int) -> None:
    health = (HealthCheck.too_slow, HealthCheck.data_too_large)
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=health,
    )
    run_state_machine_as_test(machine, settings=chosen)


def test_the_desk_keeps_its_laws_whatever_comes(machine: type[DeskMachine]) -> None:
    """Short random histories."""
    _run(machine, 6, 12)


@pytest.mark.slow
def test_the_desk_keeps_its_laws_for_long(machine: type[DeskMachine]) -> None:
    """Long random histories, many of them."""
    _run(machine, 150, 40)
