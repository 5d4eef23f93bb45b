"""Desk: tokens of units, district offices and clerks: made and revoked by command, kept as hashes only."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from typing import Any

from attrs import frozen
from sqlalchemy import Connection, bindparam, insert, select, update

from creditrules.desk.ledger import Entry, append
from creditrules.desk.tables import tokens
from creditrules.errors import Finding, Span, UsageError

ROLES = ("unit", "district", "clerk", "office")
_PREFIX = "crt_"


@frozen
class Principal:
    """Whoever a token stands for: what it is called, and what it may see."""

    id: str
    name: str
    role: str
    unit: str | None = None
    region: str | None = None

    @property
    def sees_everything(self) -> bool:
        """Whether it belongs to the office that runs the desk."""
        return self.role == "office"


def create(
    connection: Connection,
    name: str,
    role: str,
    now: str,
    by: str,
    *,
    unit: str | None = None,
    region: str | None = None,
) -> tuple[str, Principal]:
    """Make a token; it is shown this once and cannot be read back.

    Raises:
        UsageError: CR626, a unit's token names no unit, a district's no region, or there is no such role.
    """
    # An empty name would be that of every push without a local body.
    missing = {"unit": not unit, "district": not region}.get(role, role not in ROLES)
    if missing or not name.strip():
        raise UsageError([Finding("CR626", Span("desk"), {"role": role, "known": ", ".join(ROLES)})])
    token, number = _PREFIX + secrets.token_urlsafe(32), secrets.token_hex(6)
    row = {"id": number, "name": name, "role": role, "unit": unit, "region": region, "created_at": now}
    connection.execute(insert(tokens).values(**row, hash=hash_of(token)))
    append(connection, [Entry("token_created", by, body={"token": number, "name": name, "role": role})], now)
    return token, Principal(number, name, role, unit, region)


def revoke(connection: Connection, number: str, now: str, by: str, because: str = "") -> None:
    """Take a token back at once.

    Raises:
        UsageError: CR627, there is no such token, or it is revoked already.
    """
    found = connection.execute(
        update(tokens).where(tokens.c.id == number, tokens.c.revoked_at.is_(None)).values(revoked_at=now)
    )
    if not found.rowcount:
        raise UsageError([Finding("CR627", Span("desk"), {"token": number})])
    append(connection, [Entry("token_revoked", by, because, body={"token": number})], now)


# Whom a token that is not revoked stands for, in the order of the fields of `Principal`.
BY_HASH = select(tokens.c.id, tokens.c.name, tokens.c.role, tokens.c.unit, tokens.c.region).where(
    tokens.c.hash == bindparam("hash"), tokens.c.revoked_at.is_(None)
)


def principal_of(connection: Connection, token: str) -> Principal | None:
    """Return whom a token stands for, None when it is unknown or revoked."""
    row = connection.execute(BY_HASH, {"hash": hash_of(token)}).first()
    return None if row is None else Principal(*row)


def listed(connection: Connection) -> Iterator[dict[str, Any]]:
    """Yield every token ever made, without anything it could be used by."""
    for row in connection.execute(select(tokens).order_by(tokens.c.created_at, tokens.c.id)).mappings():
        yield {name: value for name, value in row.items() if name != "hash"}


def hash_of(token: str) -> str:
    """Return what is kept of a token: it is random and long, so a plain hash of it cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()
