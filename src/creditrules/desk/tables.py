"""Desk: the tables. Times are UTC texts in ISO form, which sort; days are ISO days.

Nothing in clear identifies a natural person: dossiers are encrypted, identifiers are kept as keyed indexes,
and what pushes and the ledger say of somebody they say by the label he has in the dossier.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

# A busy gate writes more look-ups than 32 bits can count.
Big = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# One row: what shows that a secret is the one everything here was written with.
secret = Table(
    "secret",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("mark", String(64), nullable=False),
)
# The documents of every catalogue something was decided by, so that it can be decided again.
catalogues = Table(
    "catalogues",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("added_at", String(32), nullable=False),
    Column("documents", LargeBinary, nullable=False),
)
# Every dossier as it was given, encrypted.
dossiers = Table(
    "dossiers",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("added_at", String(32), nullable=False),
    Column("body", LargeBinary, nullable=False),
)
# Who is spoken of in which dossier: the index of his identifier, and his label in it.
register = Table(
    "register",
    metadata,
    Column("subject_index", String(64), nullable=False),
    Column("dossier", String(64), ForeignKey("dossiers.digest"), nullable=False),
    Column("label", String(200), nullable=False),
    Column("region", String(6)),
    # Superseded dossiers stay for the record; only the current ones are asked.
    Column("current", Boolean, nullable=False),
    UniqueConstraint("subject_index", "dossier", "label"),
)
Index("ix_register_current", register.c.subject_index, register.c.current)

cases = Table(
    "cases",
    metadata,
    Column("id", Integer, primary_key=True),
    # What makes a listing this one: a keyed index, so that the same listing never opens two cases.
    Column("key", String(64), nullable=False, unique=True),
    Column("list", String(200), nullable=False),
    Column("listing", String(200), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("subject_index", String(64), nullable=False, index=True),
    Column("region", String(6), index=True),
    Column("state", String(20), nullable=False, index=True),
    Column("status", String(20), nullable=False),
    Column("dossier", String(64), ForeignKey("dossiers.digest"), nullable=False),
    Column("catalogue", String(64), ForeignKey("catalogues.digest"), nullable=False),
    Column("decided_on", String(10), nullable=False),
    Column("decision", Big, nullable=False),
    Column("opened_at", String(32), nullable=False),
    Column("closed_at", String(32)),
)
pushes = Table(
    "pushes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False, index=True),
    # One push for each addressee, target and action of a case.
    Column("action", String(400), nullable=False),
    # The dossier in which its labels are meant: another one may call the same persons otherwise.
    Column("dossier", String(64), ForeignKey("dossiers.digest"), nullable=False),
    Column("unit", String(200), nullable=False),
    # The local body where there is one, else empty: who is written to.
    Column("local", String(200), nullable=False),
    Column("region", String(6), index=True),
    Column("target", String(200), nullable=False),
    Column("target_index", String(64), nullable=False, index=True),
    # What is asked of the unit, as JSON: measures, discretion, period, bases, remedy.
    Column("body", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("state_since", String(32), nullable=False),
    # How often it was issued: a listing that comes back pushes again.
    Column("round", Integer, nullable=False),
    Column("initiated_at", String(32), nullable=False),
    Column("respond_by", String(10)),
    Column("responded_at", String(32)),
    Column("feedback_at", String(32)),
    UniqueConstraint("case_id", "action", "target_index"),
)
Index("ix_pushes_unit_state", pushes.c.unit, pushes.c.state)

# What the office tells a unit about a push it already has; open until the unit confirms.
orders = Table(
    "orders",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("push_id", Integer, ForeignKey("pushes.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("because", String(400), nullable=False),
    Column("body", Text, nullable=False),
    Column("ordered_at", String(32), nullable=False),
    Column("confirmed_at", String(32)),
    # The listing came back before the unit confirmed: nobody waits for the answer any more.
    Column("overtaken_at", String(32)),
)
Index("ix_orders_open", orders.c.confirmed_at, orders.c.push_id)

# What is to be sent. It is written in the transaction that decides it, and sent by a worker afterwards.
outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    # The idempotency key that goes out with it: whoever receives it twice books it once.
    Column("key", String(200), nullable=False, unique=True),
    Column("address", String(200), nullable=False),
    Column("kind", String(30), nullable=False),
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    Column("push_id", Integer, ForeignKey("pushes.id")),
    Column("body", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", String(32), nullable=False),
    Column("leased_by", String(100)),
    Column("leased_until", String(32)),
    Column("last_error", Text),
    Column("added_at", String(32), nullable=False),
    Column("sent_at", String(32)),
)
# What waits is gone through in the order of its numbers, so that a long queue is as quick as a short one.
Index("ix_outbox_waiting", outbox.c.state, outbox.c.id)
Index("ix_outbox_order", outbox.c.address, outbox.c.case_id, outbox.c.state)

# How an addressee wants to be reached: `pull`, `webhook`, `spreadsheet`, `letter`, or the name of a plug-in.
addresses = Table(
    "addresses",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("channel", String(30), nullable=False),
    Column("target", String(1000), nullable=False),
    Column("secret", LargeBinary),
    Column("changed_at", String(32), nullable=False),
)
# The periods this office has set; the notice sets few, and none is guessed.
periods = Table(
    "periods",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("length", Integer, nullable=False),
    Column("unit", String(20), nullable=False),
    Column("set_at", String(32), nullable=False),
)
# Answers of units by the key each came with: the second of two changes nothing.
inbox = Table(
    "inbox",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("push_id", Integer, ForeignKey("pushes.id"), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("at", String(32), nullable=False),
    Column("outcome", Text, nullable=False),
)
# Append-only: triggers refuse to change or delete a row.
ledger = Table(
    "ledger",
    metadata,
    Column("seq", Big, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("by", String(200), nullable=False),
    Column("because", Text, nullable=False),
    Column("case_id", Integer, index=True),
    Column("push_id", Integer, index=True),
    Column("body", Text, nullable=False),
    Column("before", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
)
Index("ix_ledger_kind_seq", ledger.c.kind, ledger.c.seq)

# One row: where the chain ends. Whoever appends holds it.
ledger_head = Table(
    "ledger_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Big, nullable=False),
    Column("at", String(32), nullable=False),
    Column("hash", String(64), nullable=False),
)
# Decisions in full, encrypted; the ledger holds their digests.
decisions = Table(
    "decisions",
    metadata,
    Column("seq", Big, ForeignKey("ledger.seq"), primary_key=True, autoincrement=False),
    Column("digest", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
)
tokens = Table(
    "tokens",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    # `unit`, `district`, `clerk` or `office`; a unit's token names the unit, a district's its region.
    Column("role", String(20), nullable=False),
    Column("unit", String(200)),
    Column("region", String(6)),
    Column("created_at", String(32), nullable=False),
    Column("revoked_at", String(32)),
)
