"""The store: its tables, its transactions, its ledger, its tokens and its secret, on both databases."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from creditrules.desk import ledger, tokens
from creditrules.desk.keys import Keys, keys_for
from creditrules.desk.ledger import Anchor, Entry
from creditrules.desk.store import Store, open_store
from creditrules.desk.tables import addresses, dossiers, metadata, secret
from creditrules.desk.tables import ledger as ledger_table
from creditrules.desk.tables import tokens as token_table
from creditrules.errors import EngineError, UsageError
from tests.support.databases import BACKENDS, Databases

AT = "2026-01-05T08:00:00.000000Z"


def _write(store: Store, *kinds: str, at: str = AT) -> list[int]:
    with store.writing() as connection:
        return ledger.append(connection, [Entry(kind, "office", "试") for kind in kinds], at)


def _breaks(store: Store, anchor: Anchor | None = None) -> list[tuple[int, str]]:
    with store.reading() as connection:
        return [(b.seq, b.what) for b in ledger.breaks(connection, anchor)]


def _force(store: Store, line: str) -> None:
    """Do to the ledger what somebody with full rights on the database can do."""
    with store.writing() as connection:
        if store.is_sqlite:
            connection.execute(text("DROP TRIGGER IF EXISTS ledger_no_update"))
            connection.execute(text("DROP TRIGGER IF EXISTS ledger_no_delete"))
        else:
            connection.execute(text("ALTER TABLE ledger DISABLE TRIGGER ALL"))
        connection.execute(text(line))


def test_the_migrations_make_the_tables_the_code_speaks_of(store: Store) -> None:
    """Neither a table nor a column is known to one side alone."""
    with store.reading() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []


def test_a_store_is_opened_again_with_what_it_held(databases: Databases, tmp_path: Path) -> None:
    """Bringing a store up to date that is so already changes nothing."""
    url, key = databases.url("sqlite"), tmp_path / "k"
    first = open_store(url, key=key)
    _write(first, "one")
    first.close()

    again = open_store(url, key=key)

    with again.reading() as connection:
        assert [row["kind"] for row in ledger.rows(connection)] == ["one"]


def test_a_transaction_that_fails_keeps_nothing(store: Store) -> None:
    """What is half done is not done."""
    row = {"name": "a", "channel": "pull", "target": "", "changed_at": AT}

    def twice() -> None:
        with store.writing() as connection:
            connection.execute(insert(addresses).values(**row))
            connection.execute(insert(addresses).values(**row))

    with pytest.raises(EngineError) as caught:
        twice()

    assert caught.value.findings[0].code == "CR625"
    with store.reading() as connection:
        assert connection.execute(select(addresses)).all() == []


def test_the_ledger_refuses_to_be_changed(store: Store) -> None:
    """The database itself lets nobody change or delete an entry."""
    _write(store, "one")

    for statement in (update(ledger_table).values(kind="two"), delete(ledger_table)):
        with pytest.raises(EngineError), store.writing() as connection:
            connection.execute(statement)
    assert _breaks(store) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("UPDATE ledger SET because = '另一理由' WHERE seq = 2", [(2, "changed")]),
        ("DELETE FROM ledger WHERE seq = 2", [(2, "missing")]),
        ("DELETE FROM ledger WHERE seq = 3", [(3, "cut_off")]),
    ],
)
def test_any_change_behind_the_back_of_the_ledger_is_found(
    store: Store, line: str, expected: list[tuple[int, str]]
) -> None:
    """An entry changed, taken out or cut off at the end breaks the chain where it happened."""
    _write(store, "one", "two", "three")
    _force(store, line)

    assert _breaks(store) == expected


def test_a_cut_that_mends_the_head_is_found_by_an_anchor(store: Store) -> None:
    """Whoever cuts off the end and mends the head is caught by what was noted outside."""
    _write(store, "one", "two")
    with store.reading() as connection:
        anchor = ledger.head(connection)
        first = next(ledger.rows(connection))
    _force(store, "DELETE FROM ledger WHERE seq = 2")
    _force(store, f"UPDATE ledger_head SET seq = 1, hash = '{first['hash']}'")

    assert _breaks(store) == []
    assert _breaks(store, anchor) == [(2, "cut_off")]


def test_a_clock_set_back_does_not_turn_the_ledger(store: Store) -> None:
    """An entry is never earlier than the one before it."""
    _write(store, "one")
    _write(store, "two", at="2020-01-01T00:00:00.000000Z")

    with store.reading() as connection:
        assert [row["at"] for row in ledger.rows(connection)] == [AT, AT]


def test_many_writers_make_one_chain(store: Store) -> None:
    """Entries written at the same time follow one another; none is lost."""
    threads = [threading.Thread(target=lambda: [_write(store, "a", "b") for _ in range(5)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert _breaks(store) == []
    with store.reading() as connection:
        assert ledger.head(connection).seq == 40


def test_a_token_is_shown_once_and_kept_as_a_hash(store: Store) -> None:
    """What is stored cannot be used as a token."""
    with store.writing() as connection:
        token, principal = tokens.create(connection, "财政局", "unit", AT, "office", unit="mof")
        stored = connection.execute(select(token_table)).one()

    assert token not in {str(value) for value in stored}
    with store.reading() as connection:
        assert tokens.principal_of(connection, token) == principal
        assert tokens.principal_of(connection, stored.hash) is None


def test_a_revoked_token_opens_nothing(store: Store) -> None:
    """Revoking takes effect at once and is written down; doing it twice is refused."""
    with store.writing() as connection:
        token, principal = tokens.create(connection, "宽甸", "district", AT, "office", region="210624")
        tokens.revoke(connection, principal.id, AT, "office", "离岗")

        assert tokens.principal_of(connection, token) is None
        assert [row["kind"] for row in ledger.rows(connection)] == ["token_created", "token_revoked"]
    with pytest.raises(UsageError, match="CR627"), store.writing() as connection:
        tokens.revoke(connection, principal.id, AT, "office")


@pytest.mark.parametrize("role", ["unit", "district", "king"])
def test_a_token_says_whose_it_is(store: Store, role: str) -> None:
    """A unit's token names its unit, a district's its region, and no role is made up."""
    with pytest.raises(UsageError, match="CR626"), store.writing() as connection:
        tokens.create(connection, "x", role, AT, "office")


def test_what_is_encrypted_is_read_with_the_same_secret_and_name_alone() -> None:
    """A row cannot be read with another key or put in the place of another."""
    keys, other = Keys(b"1" * 32), Keys(b"2" * 32)
    kept = keys.encrypt("王虚构".encode(), "dossier a")

    assert keys.decrypt(kept, "dossier a").decode() == "王虚构"
    assert "王虚构".encode() not in kept
    for reader, about in ((other, "dossier a"), (keys, "dossier b")):
        with pytest.raises(UsageError, match="CR623"):
            reader.decrypt(kept, about)


def test_an_index_finds_an_identifier_however_it_is_spaced() -> None:
    """The same number gives the same index, another key another one."""
    keys = Keys(b"1" * 32)

    assert keys.index(" 21060219800101001x") == keys.index("21060219800101001X")
    assert keys.index("21060219800101001X") != Keys(b"2" * 32).index("21060219800101001X")


def test_a_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    """The file of a secret is readable by nobody else and is not made anew."""
    path = tmp_path / "secret"
    first = keys_for(path)

    assert path.stat().st_mode & 0o077 == 0
    assert keys_for(path).index("x") == first.index("x")


def test_a_secret_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fails while it is written leaves no half of a secret that nobody could use or replace."""
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", _full)
        with pytest.raises(UsageError, match="CR622"):
            keys_for(tmp_path / "secret")

    assert list(tmp_path.iterdir()) == []
    assert keys_for(tmp_path / "secret").index("x")


def _full(handle: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_store_belongs_to_one_secret(databases: Databases, tmp_path: Path, backend: str) -> None:
    """With another one it is not opened: the same listing would be another case, and pushed again."""
    url = databases.url(backend)
    keys_for(tmp_path / "other")
    open_store(url, key=tmp_path / "k").close()

    with pytest.raises(UsageError, match="CR623") as caught:
        open_store(url, key=tmp_path / "other")
    assert "@" not in str(caught.value)
    with pytest.raises(UsageError, match="CR622"):
        open_store(url, key=tmp_path / "lost")
    assert not (tmp_path / "lost").exists()
    open_store(url, key=tmp_path / "k").close()


def test_a_store_without_a_mark_belongs_to_the_secret_that_opens_it(
    databases: Databases, tmp_path: Path
) -> None:
    """What was made before stores were marked is marked by its own secret and by no other."""
    url = databases.url("sqlite")
    keys_for(tmp_path / "other")
    store = open_store(url, key=tmp_path / "k")
    with store.writing() as connection:
        connection.execute(delete(secret))
        body = store.keys.encrypt(b"x", "d" * 64)
        connection.execute(insert(dossiers).values(digest="d" * 64, added_at=AT, body=body))
    store.close()

    with pytest.raises(UsageError, match="CR623"):
        open_store(url, key=tmp_path / "other")
    open_store(url, key=tmp_path / "k").close()
    with pytest.raises(UsageError, match="CR623"):
        open_store(url, key=tmp_path / "other")


def test_what_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    """A folder, a file of another kind or a missing folder is told, and no secret is put beside it."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "letter.db").write_text("Dear Sir")
    (tmp_path / "shut").write_bytes(b"")
    for name in ("folder", "letter.db", "none/desk.db", ""):
        with pytest.raises(UsageError, match="CR624"):
            open_store(name and str(tmp_path / name))

    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "letter.db", "shut"]
    assert (tmp_path / "letter.db").read_text() == "Dear Sir"
    open_store(str(tmp_path / "shut"), key=tmp_path / "k").close()  # as `mktemp` leaves one


def test_many_who_start_at_once_have_one_secret(tmp_path: Path) -> None:
    """Whoever comes second reads what the first has made, and never the half of it."""
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda: found.append(keys_for(tmp_path / "secret").index("x")))
        for _ in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 16
    assert len(set(found)) == 1


def test_a_ledger_that_grows_while_it_is_looked_at_is_whole(store: Store) -> None:
    """Whoever reads sees one state, and takes no entry that came meanwhile for a break."""
    _write(store, "one", "two")
    with store.reading() as connection:
        found = ledger.breaks(connection)
        first = next(ledger.rows(connection))
        _write(store, "three")

        assert list(found) == []
        assert first["seq"] == 1
        assert ledger.head(connection).seq == 2


def test_a_bad_secret_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A secret that is too short is refused wherever it comes from."""
    (tmp_path / "short").write_text("abc")
    with pytest.raises(UsageError, match="CR622"):
        keys_for(tmp_path / "short")
    monkeypatch.setenv("CREDITRULES_KEY", "secret")
    with pytest.raises(UsageError, match="CR622"):
        keys_for(tmp_path / "new")


@pytest.mark.parametrize("url", ["mysql://host/desk", "oracle://x", "sqlite:////nowhere/at/all/desk.db"])
def test_a_database_that_cannot_be_used_is_told(url: str, tmp_path: Path) -> None:
    """No traceback, and no guess at another database."""
    with pytest.raises((UsageError, EngineError)) as caught:
        open_store(url, key=tmp_path / "k")

    assert caught.value.findings[0].code in ("CR624", "CR625")


def test_an_error_of_the_database_keeps_its_values_to_itself(store: Store) -> None:
    """A message about a statement names no person that stood in it."""
    with pytest.raises(EngineError) as caught, store.writing() as connection:
        connection.execute(text("INSERT INTO nothing VALUES (:name)"), {"name": "王虚构"})

    assert "王虚构" not in str(caught.value)
    assert isinstance(caught.value.__cause__, DBAPIError)
