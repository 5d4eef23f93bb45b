"""A load on the service: requests leave at their times, whether earlier ones are answered or not.

A latency counts from the time a request was to leave, so that a stall is seen by every request it delays.
A rate of 0 asks as fast as it goes, over a few connections, each waiting for its answer.
It runs as a program of its own: `python -m benchmarks.gate_load ADDRESS RATE SECONDS SUBJECTS TOKEN…`.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections import Counter
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

from benchmarks.gate_register import code_of, id_number_of

MATTERS = (
    "government_procurement.supplier",
    "government_procurement",
    "securities",
    "land",
    "company_office",
    "finance",
    "tax",
    "honours.award",
    "fiscal.project_fund",
    "licence",
)
_UNKNOWN = 0.05
_AT_ONCE = 8


class Load:
    """Some requests a second for some seconds, over as many connections as it takes."""

    def __init__(self, address: str, rate: float, seconds: float, subjects: int, tokens: list[str]) -> None:
        parts = urlsplit(address)
        self.host, self.port = parts.hostname or "", parts.port or 80
        self.rate, self.count, self.subjects, self.tokens = rate, int(rate * seconds), subjects, tokens
        self.seconds = seconds
        self.latencies: list[float] = []
        self.began: list[float] = []  # at which second each of them was to leave
        self.statuses: Counter[str] = Counter()
        self._free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self._chance = random.Random(7)

    async def run(self) -> None:
        """Send everything and wait for the last answer."""
        self._start = start = perf_counter() + 0.1
        if not self.rate:
            await asyncio.gather(*(self._again_and_again(n) for n in range(_AT_ONCE)))
            return
        sent = []
        for n in range(self.count):
            due = start + n / self.rate
            wait = due - perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            sent.append(asyncio.create_task(self._one(self._request(n), due)))
        await asyncio.gather(*sent)

    async def _again_and_again(self, n: int) -> None:
        while (now := perf_counter()) < self._start + self.seconds:
            await self._one(self._request(n), now)
            n += _AT_ONCE

    async def _one(self, request: bytes, due: float) -> None:
        try:
            reader, writer = await self._connection()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
            await reader.readexactly(length)
            self._free.append((reader, writer))
            self.statuses[head.split(b" ", 2)[1].decode()] += 1
        except (OSError, asyncio.IncompleteReadError) as error:
            self.statuses[type(error).__name__] += 1
        self.latencies.append(perf_counter() - due)
        self.began.append(due - self._start)

    async def _connection(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Return a connection; one that the service has closed, idle for long, serves nobody."""
        while self._free:
            reader, writer = self._free.pop()
            if not reader.at_eof():
                return reader, writer
        return await asyncio.open_connection(self.host, self.port)

    def _request(self, n: int) -> bytes:
        who = self._chance.randrange(int(self.subjects / 2 * (1 + _UNKNOWN)))
        number = code_of(who) if self._chance.random() < 0.6 else id_number_of(who)
        asked = {
            "matter": self._chance.choice(MATTERS),
            "applicant": number,
            "on": "2018-12-20",
            "purpose": f"load {n}",
        }
        body = json.dumps(asked).encode()
        lines = (
            "POST /v1/checks HTTP/1.1",
            f"host: {self.host}",
            "content-type: application/json",
            f"authorization: Bearer {self.tokens[n % len(self.tokens)]}",
            f"content-length: {len(body)}",
        )
        return "\r\n".join((*lines, "", "")).encode() + body

    def told(self) -> dict[str, Any]:
        """Return what came of it: quantiles in seconds, and how often each status was answered."""
        times = sorted(self.latencies)
        quantiles = {
            name: times[min(len(times) - 1, int(len(times) * q))]
            for name, q in (("p50", 0.5), ("p99", 0.99), ("p999", 0.999), ("worst", 1.0))
        }
        seconds: dict[int, list[float]] = {}
        for began, latency in zip(self.began, self.latencies, strict=True):
            seconds.setdefault(int(began), []).append(latency)
        # What somebody else's burst does to a second is not the service's: the second in the middle shows it.
        each = sorted(sorted(some)[len(some) * 99 // 100] for some in seconds.values())
        told = {"p99_of_seconds": each[len(each) // 2], "count": len(times)}
        return {**quantiles, **told, "statuses": dict(self.statuses)}


def main(arguments: list[str]) -> None:
    """Send the load and print what came of it as JSON."""
    address, rate, seconds, subjects, *tokens = arguments
    load = Load(address, float(rate), float(seconds), int(subjects), tokens)
    asyncio.run(load.run())
    print(json.dumps(load.told()))


if __name__ == "__main__":
    main(sys.argv[1:])
