"""Desk: the ledger: every decision, event and look-up in order, each bound to the one before by its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from attrs import field, frozen
from sqlalchemy import Connection, insert, select, update

from creditrules.desk.tables import ledger, ledger_head

START = "0" * 64
_PAGE = 1000


@frozen
class Entry:
    """One thing to be written: what happened, who did it and why, and what it is about."""

    kind: str
    by: str
    because: str = ""
    case_id: int | None = None
    push_id: int | None = None
    body: dict[str, Any] = field(factory=dict)


@frozen
class Break:
    """A place where the chain does not hold, and in which way."""

    seq: int
    what: str


@frozen
class Anchor:
    """Where the chain ended once, kept outside: only with it can a cut-off end be noticed."""

    seq: int
    hash: str


def append(connection: Connection, entries: Iterable[Entry], now: str) -> list[int]:
    """Write entries at the end of the chain, in the transaction of the connection; return their numbers.

    A clock that was set back does not make the ledger run backwards: an entry is never earlier than the
    one before it.
    """
    waiting = list(entries)
    if not waiting:
        return []
    hold(connection)
    head = connection.execute(select(ledger_head)).one()
    rows = chained(waiting, Anchor(head.seq, head.hash), max(now, head.at))
    connection.execute(insert(ledger), rows)
    last = rows[-1]
    connection.execute(update(ledger_head).values(seq=last["seq"], at=last["at"], hash=last["hash"]))
    return [row["seq"] for row in rows]


def chained(entries: Iterable[Entry], head: Anchor, at: str) -> list[dict[str, Any]]:
    """Return the rows of entries as they follow on where the chain ends, each bound to the one before."""
    seq, before, rows = head.seq, head.hash, list[dict[str, Any]]()
    for entry in entries:
        seq += 1
        row = {
            "seq": seq,
            "at": at,
            "kind": entry.kind,
            "by": entry.by,
            "because": entry.because,
            "case_id": entry.case_id,
            "push_id": entry.push_id,
            "body": _text(entry.body),
            "before": before,
        }
        before = row["hash"] = hash_of(row)
        rows.append(row)
    return rows


def hold(connection: Connection) -> None:
    """Let whoever else appends wait until this transaction has ended.

    Whoever changes rows besides the ledger holds it first: two that take the same things in the same order
    never wait for each other.
    """
    connection.execute(update(ledger_head).values(seq=ledger_head.c.seq))


def hash_of(row: dict[str, Any]) -> str:
    """Return the hash that binds a row to the one before."""
    said = {name: row[name] for name in row if name != "hash"}
    return hashlib.sha256(_text(said).encode()).hexdigest()


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def head(connection: Connection) -> Anchor:
    """Return where the chain ends now."""
    row = connection.execute(select(ledger_head)).one()
    return Anchor(row.seq, row.hash)


def breaks(connection: Connection, anchor: Anchor | None = None) -> Iterator[Break]:
    """Yield every place where the chain does not hold: a row changed, missing, added, or cut off."""
    expected, before = 1, START
    found = {} if anchor is None else {anchor.seq: anchor.hash}
    for row in rows(connection):
        if row["seq"] != expected:
            yield Break(expected, "missing")
        elif row["before"] != before:
            yield Break(row["seq"], "torn")
        if hash_of(row) != row["hash"]:
            yield Break(row["seq"], "changed")
        if found.pop(row["seq"], row["hash"]) != row["hash"]:
            yield Break(row["seq"], "not_the_anchor")
        expected, before = row["seq"] + 1, row["hash"]
    end = head(connection)
    if (end.seq, end.hash) != (expected - 1, before):
        yield Break(expected, "cut_off")
    yield from (Break(seq, "cut_off") for seq in found)


def rows(connection: Connection, after: int = 0, kinds: Sequence[str] = ()) -> Iterator[dict[str, Any]]:
    """Yield the rows of the ledger in their order, a page at a time."""
    while True:
        query = select(ledger).where(ledger.c.seq > after).order_by(ledger.c.seq).limit(_PAGE)
        if kinds:
            query = query.where(ledger.c.kind.in_(kinds))
        page = connection.execute(query).mappings().all()
        yield from (dict(row) for row in page)
        if len(page) < _PAGE:
            return
        after = page[-1]["seq"]
