"""Faults: an office with its units: a small catalogue, invented firms, a store and a receiver."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from stdnum.cn import ric, uscc

from creditrules import load_catalogue
from creditrules.desk.channels import Address, register
from creditrules.desk.chart import CHART, OF_UNIT, PushEvent, PushState
from creditrules.desk.store import Store, open_store
from creditrules.desk.tables import orders, outbox, pushes
from creditrules.model.catalogue import Catalogue
from tests.faults.nursery import KILLED, Nursery
from tests.faults.receiver import SECRET, Receiver
from tests.support.loading import SMALL

ON = date(2018, 12, 20)
RETRY = {"attempts": 200, "first": 0.05, "longest": 0.2, "lease": 0.5}

MORE = """\
memorandum: other
doc_no: 虚构〔2017〕1号
title: {zh: 虚构备忘录, en: Invented memorandum}
in_force: {since: 2017-01-01}
lists: [税务黑名单]
covers: {enterprise: [self, legal_representative]}
measures:
  - {n: 1, does: 不予采购, effect: prohibit, discretion: must, matters: [government_procurement],
     reaches: [enterprise], units: [公安部, 国务院], checked: {state: verified, source: s1}}
  - {n: 2, does: 加强监管, effect: heighten_supervision, units: [国务院, 公安部],
     checked: {state: verified, source: s1}}
  - {n: 3, does: 阻止出境, effect: exit_control, discretion: may, reaches: [natural_person],
     when: {tax.arrears_unsecured: true}, units: [公安部], checked: {state: verified, source: s1}}
"""


def small_catalogue(folder: Path) -> Path:
    """Write a catalogue with a handful of measures into a folder."""
    shutil.copytree(SMALL, folder)
    (folder / "memoranda" / "other.yaml").write_text(MORE, "utf-8")
    return folder


def dossier(number: int = 1, arrears: bool = True, labels: str = "", **listing: Any) -> dict[str, Any]:
    """Return an invented firm with its representative; `labels` are put behind their labels."""
    body = f"91210681MA{number:07d}"
    born = f"210681{1960 + number % 40}0101{number % 1000:03d}"
    firm, person = f"firm{labels}", f"person{labels}"
    return {
        "subjects": [
            {
                "id": firm,
                "kind": "enterprise",
                "name": f"丹东虚构{number}有限公司",
                "code": body + uscc.calc_check_digit(body),
                "region": "210600",
                "facts": {"tax.arrears_unsecured": arrears},
                "listings": [
                    {
                        "id": "L1",
                        "list": "tax-major",
                        "authority": "虚构市税务局",
                        "doc_no": f"虚税〔2018〕{number}号",
                        "conduct": {"since": "2017-03-01", "until": "2017-12-31"},
                        "determined": "2018-06-12",
                        "served": "2018-06-15",
                        "aggregated": "2018-06-20",
                        "published": "2018-06-20",
                        "until": "2020-06-20",
                        "findings_complete": True,
                        **listing,
                    }
                ],
            },
            {
                "id": person,
                "kind": "natural_person",
                "name": f"王虚构{number}",
                "id_number": born + ric.calc_check_digit(born + "0"),
                "roles": [{"in": firm, "role": "legal_representative", "since": "2016-01-01"}],
            },
        ]
    }


class World:
    """One store with everything around it, as a test uses it."""

    def __init__(self, url: str, folder: Path, nursery: Nursery, catalogue: Path) -> None:
        self.where: dict[str, Any] = {"url": url, "key": str(folder / "secret")}
        self.folder = folder
        self.nursery = nursery
        self.catalogue: Catalogue = load_catalogue(catalogue)
        self.store: Store = open_store(url, key=folder / "secret")
        self.receiver = Receiver()

    def close(self) -> None:
        """Give everything back."""
        self.receiver.close()
        self.store.close()

    def done(self, what: str, **job: Any) -> int:
        """Do a job in a process of its own; return how it ended."""
        return self.nursery.done(what, **self.where, **job)

    def start(self, what: str, **job: Any) -> int:
        """Begin a job in a process of its own."""
        return self.nursery.start(what, **self.where, **job)

    def initiated(self, *dossiers: dict[str, Any], on: date = ON) -> None:
        """Initiate dossiers, and let everybody be reached by the receiver."""
        for each in dossiers:
            assert self.done("initiate", dossier=each, on=on.isoformat()) == 0, self.nursery.said()
        self.reach()

    def reach(self) -> None:
        """Let the receiver be the webhook of every addressee there is."""
        with self.store.writing() as connection:
            for name in set(connection.execute(select(outbox.c.address)).scalars()):
                address = Address(name, "webhook", self.receiver.url(name), SECRET)
                register(connection, address, self.store.keys, self.store.clock())

    def worked(self, workers: int = 1, **more: Any) -> None:
        """Let workers deliver until nothing waits."""
        pids = [self.start("work", retry=RETRY, jitter=n, **more) for n in range(workers)]
        ended = [self.nursery.wait(pid) for pid in pids]
        assert ended == [0] * workers, self.nursery.said()

    def held(self) -> list[Any]:
        """Return the pushes."""
        with self.store.reading() as connection:
            return list(connection.execute(select(pushes).order_by(pushes.c.id)))

    def possible(self, chance: random.Random, most: int) -> list[dict[str, Any]]:
        """Return answers that units may give now, some of them chosen by chance; orders first."""
        with self.store.reading() as connection:
            waiting = orders.c.confirmed_at.is_(None) & orders.c.overtaken_at.is_(None)
            ordered = {o.push_id: o for o in connection.execute(select(orders).where(waiting))}
        held = self.held()
        return [
            answer_of(push, ordered.get(push.id), chance)
            for push in chance.sample(held, min(most, len(held)))
            if set(CHART[PushState(push.state)]) & OF_UNIT
        ]

    def confirmations(self) -> list[dict[str, Any]]:
        """Return the confirmation of every lift that is ordered."""
        by_id = {push.id: push for push in self.held()}
        with self.store.reading() as connection:
            waiting = orders.c.confirmed_at.is_(None) & orders.c.overtaken_at.is_(None)
            found = connection.execute(select(orders).where(waiting, orders.c.kind == "lift")).all()
        return [answer_of(by_id[order.push_id], order, random.Random(0)) for order in found]


def answer_of(push: Any, order: Any, chance: random.Random) -> dict[str, Any]:
    """Return an answer a unit may give to a push."""
    unit = push.local or push.unit
    if order is not None:
        event, details = f"confirm_{order.kind}", {"order": order.id}
    else:
        may = sorted(set(CHART[PushState(push.state)]) & OF_UNIT - {PushEvent.CONFIRM_CHANGE})
        event = chance.choice(may).value if may else "receive"
        details = DETAILS.get(event, {})
    key = f"{push.id}-{push.round}-{event}-{chance.randrange(10**9)}"
    return {"push": push.id, "unit": unit, "event": event, "key": key, "details": details}


DETAILS: dict[str, dict[str, Any]] = {
    "return": {"reason": "不属本单位职责"},
    "not_applicable": {"reason": "无此业务"},
    "ask": {"facts": ["tax.arrears_unsecured"]},
    "implement": {"matter": "政府采购", "document": "虚采〔2019〕1号", "date": "2019-01-05"},
}


def killed(statuses: Iterable[int | None]) -> int:
    """Count who was killed; nobody may have failed otherwise."""
    found = list(statuses)
    assert set(found) <= {0, KILLED}, found
    return found.count(KILLED)


def until(is_so: Callable[[], bool], world: World, *pids: int) -> None:
    """Wait until something is so, while processes run."""
    for _ in range(1000):
        if is_so():
            return
        assert [world.nursery.wait(pid, 0.02) for pid in pids] == [None] * len(pids), world.nursery.said()
    raise AssertionError("it never came so far")
