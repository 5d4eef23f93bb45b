"""Gate: what a service counts, as Prometheus reads it. Nothing here is about a person or names a unit."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy import func, select

from creditrules.desk.clock import seconds_between
from creditrules.desk.outbox import DEAD, WAITING
from creditrules.desk.store import Store
from creditrules.desk.tables import ledger_head, orders, outbox

# Processes of one service add up what they count in files of this folder.
SHARED = "PROMETHEUS_MULTIPROC_DIR"
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Metrics:
    """What one process counts."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "creditrules_requests", "Requests.", ["operation", "status"], registry=self._registry
        )
        self.seconds = Histogram(
            "creditrules_request_seconds",
            "How long a request took.",
            ["operation"],
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self.verdicts = Counter(
            "creditrules_verdicts", "Answers of the gate.", ["verdict"], registry=self._registry
        )
        self.refused = Counter("creditrules_refused", "Requests refused.", ["code"], registry=self._registry)
        self.under_way = Gauge(
            "creditrules_requests_under_way",
            "Requests that are being served.",
            registry=self._registry,
            multiprocess_mode="livesum",
        )

    def text(self) -> bytes:
        """Return everything that is counted, of all processes, and where the desk stands."""
        registry = CollectorRegistry()
        if os.environ.get(SHARED):
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        else:
            registry.register(_Of(self._registry))
        registry.register(_Desk(self._store))
        return generate_latest(registry)


class _Of(Collector):
    """Everything another registry holds."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._inner = registry

    def collect(self) -> Iterable[Any]:
        return self._inner.collect()


class _Desk(Collector):
    """Where the desk stands: what waits, what was given up, which order has waited longest."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def describe(self) -> Iterable[Any]:
        return ()

    def collect(self) -> Iterator[Any]:
        now = self._store.clock()
        waiting = orders.c.confirmed_at.is_(None) & orders.c.overtaken_at.is_(None)
        waits = outbox.c.state.in_(WAITING)
        with self._store.reading() as connection:
            depth: dict[str, int] = dict(
                connection.execute(
                    select(outbox.c.state, func.count())
                    .where(outbox.c.state.in_((*WAITING, DEAD)))
                    .group_by(outbox.c.state)
                ).all()
            )
            oldest = connection.execute(select(func.min(outbox.c.added_at)).where(waits)).scalar()
            ordered, first = connection.execute(
                select(func.count(), func.min(orders.c.ordered_at)).where(waiting)
            ).one()
            entries = connection.execute(select(ledger_head.c.seq)).scalar()
        yield _gauge("outbox_messages", "Messages that wait.", sum(depth.values()) - depth.get(DEAD, 0))
        yield _gauge("dead_letters", "Messages that were given up.", depth.get(DEAD, 0))
        yield _gauge("oldest_message_seconds", "How long the oldest message has waited.", _age(oldest, now))
        yield _gauge("open_orders", "Orders nobody has confirmed.", ordered)
        yield _gauge("oldest_open_order_seconds", "How long the oldest of them has waited.", _age(first, now))
        yield _gauge("ledger_entries", "Entries of the ledger.", entries or 0)


def _gauge(name: str, about: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"creditrules_{name}", about, value)


def _age(since: str | None, now: str) -> float:
    return 0.0 if since is None else max(0.0, seconds_between(since, now))
