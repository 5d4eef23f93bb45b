"""The outbox and its workers, on both databases."""

from __future__ import annotations

import json
import threading
from collections import Counter
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from creditrules import load_catalogue
from creditrules.desk import dead_letters, ledger, outbox
from creditrules.desk.channels import Address, NotDelivered, register, signature
from creditrules.desk.clock import later
from creditrules.desk.desk import Desk
from creditrules.desk.messages import Message
from creditrules.desk.outbox import Retry
from creditrules.desk.store import Store
from creditrules.desk.webhook import Webhook
from creditrules.desk.worker import Worker
from creditrules.errors import UsageError
from tests.support.loading import SMALL
from tests.unit.desk.flow import ON, SetClock, desk_on, dossier, held


class Receiver:
    """A channel that keeps what it gets, by key; it can be told to fail."""

    def __init__(self) -> None:
        self.got: list[Message] = []
        self.fails: int = 0
        self.is_down: set[str] = set()
        self._lock = threading.Lock()

    def check(self, address: Address) -> str | None:
        """Find every address good."""
        return None

    def deliver(self, message: Message, address: Address) -> None:
        """Keep a message, or fail as often as told."""
        with self._lock:
            if address.name in self.is_down:
                raise NotDelivered("ConnectError")
            if self.fails:
                self.fails -= 1
                raise NotDelivered("answered 500")
            self.got.append(message)


def _reached_by(store: Store, channel: str = "webhook") -> None:
    """Give every addressee an address."""
    with store.writing() as connection:
        names = {row.address for row in connection.execute(select(outbox.outbox.c.address))}
        for name in names:
            address = Address(name, channel, "https://receiver.invalid/hook", "geheim")
            register(connection, address, store.keys, store.clock())


def _worker(desk: Desk, receiver: Receiver, retry: Retry | None = None, name: str = "w1") -> Worker:
    return Worker(desk.store, desk.catalogue, retry=retry, ways={"webhook": receiver}, name=name)


def _until_idle(worker: Worker) -> None:
    while not worker.round().is_idle:
        pass


def _states(store: Store) -> Counter[str]:
    with store.reading() as connection:
        return Counter(row.state for row in connection.execute(select(outbox.outbox)))


def test_every_message_is_delivered_once_and_names_whom_it_is_about(store: Store) -> None:
    """A quiet worker sends each message once; the message names the target in full."""
    desk, receiver = desk_on(store), Receiver()
    desk.initiate(dossier(), by="市信用办", on=ON)
    _reached_by(store)

    _until_idle(_worker(desk, receiver))

    assert _states(store) == Counter({"sent": len(receiver.got)})
    assert len({message.key for message in receiver.got}) == len(receiver.got)
    about = next(message for message in receiver.got if message.data["target"] == "wang")
    assert "王虚构" in {person["name"] for person in about.data["subjects"]}
    assert about.cloud_event()["id"] == about.key


def test_a_lift_never_overtakes_its_push(store: Store) -> None:
    """While the push to an address has not arrived, the lift about the same case waits behind it."""
    desk, receiver = desk_on(store), Receiver()
    desk.initiate(dossier(), by="市信用办", on=ON)
    _reached_by(store)
    receiver.fails = 5
    worker = _worker(desk, receiver)
    worker.round()
    desk.initiate(dossier(removed="2019-01-10"), by="市信用办", on=date(2019, 1, 11))
    _until_idle(worker)
    assert _states(store)["pending"] > 0

    store.clock = SetClock(later(store.clock(), 60))
    _until_idle(_worker(desk, receiver))

    assert set(_states(store)) == {"sent"}
    order: dict[tuple[str, str], list[str]] = {}
    for message in receiver.got:
        if message.kind in ("push", "lift"):
            order.setdefault((message.address, message.data["target"]), []).append(message.kind)
    assert set(map(tuple, order.values())) == {("push", "lift")}


def test_a_message_that_fails_is_tried_later_and_later_and_then_lies_dead(store: Store) -> None:
    """Each attempt waits twice as long; after the last a person sees the letter and sends it again."""
    desk, receiver = desk_on(store), Receiver()
    desk.initiate(dossier(), by="市信用办", on=ON)
    _reached_by(store)
    receiver.fails = 10_000
    retry = Retry(attempts=3, first=10)
    for _ in range(9):  # messages behind a dead one have their own turns
        _until_idle(_worker(desk, receiver, retry))
        store.clock = SetClock(later(store.clock(), 100))

    assert set(_states(store)) == {"dead"}
    with store.reading() as connection:
        first = dead_letters.dead(connection)[0]
    receiver.fails = 0
    dead_letters.resend(store, first.id, "市信用办")
    _until_idle(_worker(desk, receiver, retry))

    assert [message.key for message in receiver.got] == [first.key]
    with pytest.raises(UsageError, match="CR630"):
        dead_letters.resend(store, first.id, "市信用办")


def test_what_a_dead_worker_took_is_due_again(store: Store) -> None:
    """A worker that took messages and never came back holds them no longer than its lease."""
    desk, receiver = desk_on(store), Receiver()
    desk.initiate(dossier(), by="市信用办", on=ON)
    _reached_by(store)
    with store.reading() as connection:
        names = [row.address for row in connection.execute(select(outbox.outbox.c.address))]
    outbox.claim(store, "dead", names, Retry(lease=60))
    _until_idle(_worker(desk, receiver))
    assert _states(store)["leased"] > 0

    store.clock = SetClock(later(store.clock(), 61))
    _until_idle(_worker(desk, receiver))

    assert set(_states(store)) == {"sent"}


@pytest.mark.parametrize("jump", [-10 * 86400, 86400])
def test_a_clock_that_jumps_stops_nothing(store: Store, jump: float) -> None:
    """Neither a clock set ahead and back nor one set back leaves a message waiting for days."""
    desk, receiver = desk_on(store), Receiver()
    now = store.clock()
    desk.initiate(dossier(), by="市信用办", on=ON)
    _reached_by(store)
    receiver.fails = 3
    store.clock = SetClock(later(now, jump))
    _until_idle(_worker(desk, receiver))

    store.clock = SetClock(later(now, 60))
    _until_idle(_worker(desk, receiver))

    assert set(_states(store)) == {"sent"}
    with store.reading() as connection:
        assert list(ledger.breaks(connection)) == []


@pytest.mark.parametrize("workers", [2, 8])
def test_many_workers_share_the_work(store: Store, workers: int) -> None:
    """Workers that run at once deliver everything, and nothing twice while none of them dies."""
    desk, receiver = desk_on(store), Receiver()
    desk.initiate(dossier(), by="市信用办", on=ON)
    _reached_by(store)
    threads = [
        threading.Thread(target=_until_idle, args=(_worker(desk, receiver, name=f"w{n}"),))
        for n in range(workers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    _until_idle(_worker(desk, receiver))

    assert set(_states(store)) == {"sent"}
    assert len({message.key for message in receiver.got}) == len(receiver.got)


def test_an_address_that_does_not_answer_holds_nobody_up(store: Store) -> None:
    """After the first failure the rest for it is left for later, and counts as no attempt."""
    desk, receiver = desk_on(store), Receiver()
    for n in range(3):
        desk.initiate(dossier(doc_no=f"虚税稽罚〔2018〕{n}号"), by="市信用办", on=ON)
    address = Address("district:210681", "webhook", "https://receiver.invalid/hook", "geheim")
    with store.writing() as connection:
        register(connection, address, store.keys, store.clock())
    receiver.is_down = {address.name}

    assert _worker(desk, receiver).round().failed == 1

    mine = select(outbox.outbox).where(outbox.outbox.c.address == address.name)
    with store.reading() as connection:
        found = connection.execute(mine.order_by(outbox.outbox.c.id)).all()
    assert [(row.state, row.attempts) for row in found] == [("pending", 1), ("pending", 0), ("pending", 0)]
    assert {row.next_at for row in found} == {later(store.clock(), Retry().first)}


def test_a_delivery_that_never_ends_holds_up_no_worker(store: Store) -> None:
    """A worker waits no longer than it has a message; what hangs counts as not delivered."""
    desk, never = desk_on(store), threading.Event()
    desk.initiate(dossier(), by="市信用办", on=ON)
    _reached_by(store)
    receiver = Receiver()
    receiver.deliver = lambda message, address: never.wait(60)  # type: ignore[assignment]

    done = _worker(desk, receiver, Retry(lease=0.2)).round()
    never.set()

    assert done.sent == 0
    assert done.failed >= 1
    with store.reading() as connection:
        reasons = connection.execute(select(outbox.outbox.c.last_error)).scalars()
        assert "no end after 0.1 seconds" in set(reasons)


def test_a_worker_that_is_told_to_stop_leaves_the_rest(store: Store) -> None:
    """What was taken and not tried is due again at once."""
    desk, receiver = desk_on(store), Receiver()
    desk.initiate(dossier(), by="市信用办", on=ON)
    _reached_by(store)

    _worker(desk, receiver).round(lambda: len(receiver.got) >= 3)

    assert len(receiver.got) == 3
    assert _states(store)["leased"] == 0
    _until_idle(_worker(desk, receiver))
    assert set(_states(store)) == {"sent"}


def test_what_another_has_sent_is_not_tried_again(store: Store) -> None:
    """A worker whose lease ran out does not take back what arrived by another hand."""
    desk_on(store).initiate(dossier(), by="市信用办", on=ON)
    _reached_by(store)
    with store.reading() as connection:
        names = [row.address for row in connection.execute(select(outbox.outbox.c.address))]
    rows = outbox.claim(store, "slow", names, Retry())
    outbox.sent(store, rows, "other")
    outbox.sent(store, rows, "slow")
    outbox.failed(store, rows[0], "slow", "answered 500", Retry())

    with store.reading() as connection:
        noted = [json.loads(row["body"])["message"] for row in ledger.rows(connection, kinds=["sent"])]
        assert sorted(noted) == [row.id for row in rows]
    assert _states(store)["sent"] == len(rows)


def test_a_message_is_said_by_the_catalogue_its_case_was_decided_by(store: Store) -> None:
    """A worker with another catalogue than the desk delivers all the same."""
    desk, receiver = desk_on(store), Receiver()
    desk.initiate(dossier(), by="市信用办", on=ON)
    _reached_by(store)
    other = load_catalogue(SMALL)

    _until_idle(Worker(desk.store, other, ways={"webhook": receiver}, name="w1"))

    assert set(_states(store)) == {"sent"}
    assert "重大税收违法" in receiver.got[0].data["list_name"]


def test_a_key_is_never_longer_than_a_column_holds() -> None:
    """Long names give a key of their own, and the same one again."""
    one, other = (outbox.key_of("push", 1, 2, "局" * 150, "x" * 150 + end) for end in "ab")

    assert len(one) == len(other) == 200
    assert one != other
    assert outbox.key_of("push", 1, 2, "财政部", "wang") == "push:1:2:财政部:wang"


def test_whoever_pulls_is_left_alone(store: Store) -> None:
    """Without an address a message waits to be pulled."""
    desk, receiver = desk_on(store), Receiver()
    desk.initiate(dossier(), by="市信用办", on=ON)

    assert _worker(desk, receiver).round().is_idle
    assert set(_states(store)) == {"pending"}
    assert {push.state for push in held(store)} == {"initiated"}


@pytest.mark.parametrize(
    ("address", "code"),
    [
        (Address("财政部", "fax", "12345"), "CR636"),
        (Address("财政部", "webhok", "https://x.invalid", "s"), "CR636"),
        (Address("财政部", "webhook", "http://x.invalid/", "s"), "CR637"),
        (Address("财政部", "webhook", "https://x.invalid/"), "CR637"),
    ],
)
def test_an_address_that_cannot_work_is_refused(store: Store, address: Address, code: str) -> None:
    """Messages about persons go out encrypted and signed, or not at all."""
    with pytest.raises(UsageError, match=code), store.writing() as connection:
        register(connection, address, store.keys, store.clock())


def test_a_webhook_is_signed_and_carries_its_key() -> None:
    """The receiver can check whence a message comes and whether it has had it."""
    import httpx

    seen: list[Any] = []

    def answers(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(202)

    message = Message("push:1:2:财政部:wang", "财政部", "push", "2018-12-20T01:00:00.000000Z", {"case": 1})
    address = Address("财政部", "webhook", "https://x.invalid/hook", "geheim")
    Webhook(transport=httpx.MockTransport(answers)).deliver(message, address)

    request = seen[0]
    assert request.headers["x-creditrules-signature"] == signature(request.content, "geheim")
    assert request.content == message.body()


@pytest.mark.parametrize(("status", "for_good"), [(500, False), (503, False), (429, False), (404, True)])
def test_an_answer_outside_the_two_hundreds_is_no_delivery(status: int, for_good: bool) -> None:
    """A server that is busy is asked again, one that refuses is not."""
    import httpx

    hook = Webhook(transport=httpx.MockTransport(lambda _: httpx.Response(status)))
    with pytest.raises(NotDelivered) as caught:
        hook.deliver(
            Message("k", "a", "push", "", {"case": 1}), Address("a", "webhook", "https://x.invalid", "s")
        )

    assert caught.value.for_good is for_good
