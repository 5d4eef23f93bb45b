"""What tests of the desk share: an invented dossier, a clock that is set by hand, and short ways to ask."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from sqlalchemy import select

from creditrules.desk.answers import Answer, Booked, answer
from creditrules.desk.chart import PushEvent
from creditrules.desk.desk import Desk
from creditrules.desk.store import Store
from creditrules.desk.tables import cases, orders, outbox, pushes
from creditrules.desk.tokens import Principal

ON = date(2018, 12, 20)
OFFICE = Principal("0", "市信用办", "office")
LISTING: dict[str, Any] = {
    "id": "L1",
    "list": "tax-major-violations",
    "authority": "虚构市税务局稽查局",
    "doc_no": "虚税稽罚〔2018〕1号",
    "conduct": {"since": "2016-03-01", "until": "2016-12-31"},
    "determined": "2018-06-12",
    "served": "2018-06-15",
    "aggregated": "2018-06-20",
    "published": "2018-06-20",
    "until": "2020-06-20",
    "findings_complete": True,
}


def dossier(**changed: Any) -> dict[str, Any]:
    """Return an invented firm with its legal representative, and one listing with changes."""
    return {
        "subjects": [
            {
                "id": "firm",
                "kind": "enterprise",
                "name": "丹东丰源虚构贸易有限公司",
                "code": "91210681MA0XUGUA2T",
                "facts": {"tax.arrears_unsecured": True},
                "listings": [{**LISTING, **changed}],
            },
            {
                "id": "wang",
                "kind": "natural_person",
                "name": "王虚构",
                "id_number": "21068119751103001X",
                "roles": [{"in": "firm", "role": "legal_representative", "since": "2016-01-01"}],
            },
        ]
    }


class SetClock:
    """A clock that stands where it is set."""

    def __init__(self, at: str = "2018-12-20T01:00:00.000000Z") -> None:
        self.at = at

    def __call__(self) -> str:
        """Return where it stands."""
        return self.at


def desk_on(store: Store) -> Desk:
    """Return a desk on a store, with a clock set by hand."""
    store.clock = SetClock()
    return Desk(store)


def held(store: Store) -> list[Any]:
    """Return the pushes."""
    with store.reading() as connection:
        return list(connection.execute(select(pushes).order_by(pushes.c.id)))


def case(store: Store) -> Any:
    """Return the one case."""
    with store.reading() as connection:
        return connection.execute(select(cases)).one()


def open_orders(store: Store) -> list[Any]:
    """Return the orders nobody has confirmed."""
    query = select(orders).where(orders.c.confirmed_at.is_(None), orders.c.overtaken_at.is_(None))
    with store.reading() as connection:
        return list(connection.execute(query.order_by(orders.c.id)))


def posted(store: Store) -> Counter[str]:
    """Return how many messages of each kind were put into the outbox."""
    with store.reading() as connection:
        return Counter(row.kind for row in connection.execute(select(outbox)))


def unit_of(push: Any) -> Principal:
    """Return the unit a push was made to."""
    return Principal("1", push.local or push.unit, "unit", push.local or push.unit)


def says(store: Store, push: Any, event: PushEvent, key: str | None = None, **details: Any) -> Booked:
    """Answer a push as its unit."""
    given = Answer(push.id, event, key or f"{event}-{push.id}", details)
    return answer(store, given, unit_of(push))
