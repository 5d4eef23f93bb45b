"""Entries written together, and statements given straight to the driver: the same as the usual way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, select, update

from creditrules.desk import ledger, tokens
from creditrules.desk.direct import Direct
from creditrules.desk.grouped import GroupedLedger
from creditrules.desk.ledger import Entry
from creditrules.desk.store import Store
from creditrules.desk.tables import ledger_head
from creditrules.errors import EngineError


def _rows(store: Store) -> list[dict[str, object]]:
    with store.reading() as connection:
        assert list(ledger.breaks(connection)) == []
        return list(ledger.rows(connection))


def test_many_at_once_are_written_once_each_in_a_whole_chain(store: Store) -> None:
    """Each gets the number of its own entry, whoever wrote for it."""
    grouped = GroupedLedger(Direct(store))
    with ThreadPoolExecutor(16) as pool:
        numbers = list(pool.map(lambda n: grouped.write(Entry("asked", str(n))), range(200)))

    by_number = {row["seq"]: row["by"] for row in _rows(store)}
    assert len(set(numbers)) == 200
    assert [by_number[number] for number in numbers] == [str(n) for n in range(200)]


def test_two_services_and_the_desk_write_one_chain(store: Store) -> None:
    """Groups of several processes and the transactions of the desk follow on each other."""
    first, second = GroupedLedger(Direct(store)), GroupedLedger(Direct(store))

    def alone(n: int) -> int:
        with store.writing() as connection:
            return ledger.append(connection, [Entry("alone", str(n))], store.clock())[0]

    ways = (lambda n: first.write(Entry("a", str(n))), lambda n: second.write(Entry("b", str(n))), alone)
    with ThreadPoolExecutor(9) as pool:
        numbers = list(pool.map(lambda n: ways[n % 3](n), range(90)))

    assert sorted(numbers) == list(range(1, 91))
    assert len(_rows(store)) == 90


def test_an_entry_is_the_same_whichever_way_it_was_written(store: Store) -> None:
    """Its fields, its hash, and what it says."""
    entry = Entry("asked", "窗口", "用途", None, None, {"数": [1, None, "x"]})
    GroupedLedger(Direct(store)).write(entry)
    with store.writing() as connection:
        ledger.append(connection, [entry], store.clock())
    first, second = _rows(store)
    same = ("kind", "by", "because", "case_id", "push_id", "body")

    assert [first[name] for name in same] == [second[name] for name in same]
    assert second["before"] == first["hash"]


def test_whoever_waits_hears_of_a_failure_and_nothing_is_kept(store: Store) -> None:
    """CR625 for each; the next group is written when the database is back."""
    grouped, whole = GroupedLedger(Direct(store)), store.engine
    broken = whole.url.set(database="/nowhere/at/all" if store.is_sqlite else "no_such_database")
    store.engine = create_engine(broken)

    def write(n: int) -> str:
        try:
            return str(grouped.write(Entry("asked", str(n))))
        except EngineError as error:
            return error.findings[0].code

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(write, range(8)))
    store.engine = whole

    assert set(told) == {"CR625"}
    assert _rows(store) == []
    assert grouped.write(Entry("asked", "x")) == 1


@pytest.mark.parametrize("entries", [1, 3])
def test_an_entry_the_database_refuses_is_no_entry(store: Store, entries: int) -> None:
    """What fails in the middle of a transaction is told, nothing of it is kept, and nobody is locked out."""
    direct = Direct(store)
    direct.append([Entry("asked", "a"), Entry("asked", "b")])
    with store.writing() as connection:
        connection.execute(update(ledger_head).values(seq=1))

    with pytest.raises(EngineError, match="CR625"):
        direct.append([Entry("asked", "c")] * entries)
    with store.writing() as connection:
        connection.execute(update(ledger_head).values(seq=2))

    assert direct.append([Entry("asked", "d")]) == [3]
    assert [row["by"] for row in _rows(store)] == ["a", "b", "d"]


def test_a_connection_that_went_bad_while_nobody_used_it_is_replaced(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is tried before it is relied on."""
    if store.is_sqlite:
        pytest.skip("it has no connections of its own there")
    direct = Direct(store)
    assert direct.rows(tokens.BY_HASH, {"hash": "x"}) == []
    direct._free[0][0].close()
    monkeypatch.setattr("creditrules.desk.direct._IDLE", -1.0)

    assert direct.rows(tokens.BY_HASH, {"hash": "x"}) == []
    direct.close()
    assert direct._free == []


def test_a_token_is_found_the_same_way_by_both(store: Store) -> None:
    """A valid one by its fields, a revoked one by nobody."""
    with store.writing() as connection:
        given, made = tokens.create(connection, "窗口", "unit", store.clock(), "t", unit="财政部")
        _, gone = tokens.create(connection, "旧", "clerk", store.clock(), "t")
        tokens.revoke(connection, gone.id, store.clock(), "t")
    [row] = Direct(store).rows(tokens.BY_HASH, {"hash": tokens.hash_of(given)})
    with store.reading() as connection:
        found = tokens.principal_of(connection, given)
        revoked = connection.execute(
            select(tokens.tokens.c.hash).where(tokens.tokens.c.id == gone.id)
        ).scalar()

    assert tokens.Principal(*row) == made == found
    assert list(Direct(store).rows(tokens.BY_HASH, {"hash": revoked})) == []
