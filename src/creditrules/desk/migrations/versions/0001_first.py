"""The first tables of the desk; the ledger can only grow."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_REFUSE = {
    "sqlite": (
        "CREATE TRIGGER ledger_no_{verb} BEFORE {VERB} ON ledger "
        "BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END"
    ),
    "postgresql": (
        "CREATE TRIGGER ledger_no_{verb} BEFORE {VERB} ON ledger "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_only_grows()"
    ),
}
_FUNCTION = """
CREATE FUNCTION ledger_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the ledger only grows'; END $$
"""


def upgrade() -> None:
    """Make everything."""
    op.create_table(
        "addresses",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("target", sa.String(length=1000), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("changed_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_addresses"),
    )
    op.create_table(
        "periods",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("set_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_periods"),
    )
    op.create_table(
        "catalogues",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.String(length=32), nullable=False),
        sa.Column("documents", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_catalogues"),
    )
    op.create_table(
        "dossiers",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.String(length=32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_dossiers"),
    )
    op.create_table(
        "ledger",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("push_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_ledger"),
        sa.UniqueConstraint("hash", name="uq_ledger_hash"),
    )
    op.create_index("ix_ledger_case_id", "ledger", ["case_id"], unique=False)
    op.create_index("ix_ledger_kind_seq", "ledger", ["kind", "seq"], unique=False)
    op.create_index("ix_ledger_push_id", "ledger", ["push_id"], unique=False)
    op.create_table(
        "ledger_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", BIG, nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_head"),
    )
    op.create_table(
        "tokens",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=True),
        sa.Column("region", sa.String(length=6), nullable=True),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("revoked_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.UniqueConstraint("hash", name="uq_tokens_hash"),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("list", sa.String(length=200), nullable=False),
        sa.Column("listing", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("subject_index", sa.String(length=64), nullable=False),
        sa.Column("region", sa.String(length=6), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("dossier", sa.String(length=64), nullable=False),
        sa.Column("catalogue", sa.String(length=64), nullable=False),
        sa.Column("decided_on", sa.String(length=10), nullable=False),
        sa.Column("decision", BIG, nullable=False),
        sa.Column("opened_at", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["catalogue"], ["catalogues.digest"], name="fk_cases_catalogue_catalogues"),
        sa.ForeignKeyConstraint(["dossier"], ["dossiers.digest"], name="fk_cases_dossier_dossiers"),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.UniqueConstraint("key", name="uq_cases_key"),
    )
    op.create_index("ix_cases_region", "cases", ["region"], unique=False)
    op.create_index("ix_cases_state", "cases", ["state"], unique=False)
    op.create_index("ix_cases_subject_index", "cases", ["subject_index"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["ledger.seq"], name="fk_decisions_seq_ledger"),
        sa.PrimaryKeyConstraint("seq", name="pk_decisions"),
    )
    op.create_table(
        "register",
        sa.Column("subject_index", sa.String(length=64), nullable=False),
        sa.Column("dossier", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("region", sa.String(length=6), nullable=True),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["dossier"], ["dossiers.digest"], name="fk_register_dossier_dossiers"),
        sa.UniqueConstraint(
            "subject_index", "dossier", "label", name="uq_register_subject_index_dossier_label"
        ),
    )
    op.create_index("ix_register_current", "register", ["subject_index", "current"], unique=False)
    op.create_table(
        "pushes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=400), nullable=False),
        sa.Column("dossier", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("local", sa.String(length=200), nullable=False),
        sa.Column("region", sa.String(length=6), nullable=True),
        sa.Column("target", sa.String(length=200), nullable=False),
        sa.Column("target_index", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.String(length=32), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("initiated_at", sa.String(length=32), nullable=False),
        sa.Column("respond_by", sa.String(length=10), nullable=True),
        sa.Column("responded_at", sa.String(length=32), nullable=True),
        sa.Column("feedback_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_pushes_case_id_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_pushes"),
        sa.ForeignKeyConstraint(["dossier"], ["dossiers.digest"], name="fk_pushes_dossier_dossiers"),
        sa.UniqueConstraint(
            "case_id", "action", "target_index", name="uq_pushes_case_id_action_target_index"
        ),
    )
    op.create_index("ix_pushes_case_id", "pushes", ["case_id"], unique=False)
    op.create_index("ix_pushes_region", "pushes", ["region"], unique=False)
    op.create_index("ix_pushes_target_index", "pushes", ["target_index"], unique=False)
    op.create_index("ix_pushes_unit_state", "pushes", ["unit", "state"], unique=False)
    op.create_table(
        "inbox",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("push_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["push_id"], ["pushes.id"], name="fk_inbox_push_id_pushes"),
        sa.PrimaryKeyConstraint("key", name="pk_inbox"),
    )
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("push_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("because", sa.String(length=400), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("ordered_at", sa.String(length=32), nullable=False),
        sa.Column("confirmed_at", sa.String(length=32), nullable=True),
        sa.Column("overtaken_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["push_id"], ["pushes.id"], name="fk_orders_push_id_pushes"),
        sa.PrimaryKeyConstraint("id", name="pk_orders"),
    )
    op.create_index("ix_orders_open", "orders", ["confirmed_at", "push_id"], unique=False)
    op.create_index("ix_orders_push_id", "orders", ["push_id"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("push_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.String(length=32), nullable=False),
        sa.Column("leased_by", sa.String(length=100), nullable=True),
        sa.Column("leased_until", sa.String(length=32), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("added_at", sa.String(length=32), nullable=False),
        sa.Column("sent_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_outbox_case_id_cases"),
        sa.ForeignKeyConstraint(["push_id"], ["pushes.id"], name="fk_outbox_push_id_pushes"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_order", "outbox", ["address", "case_id", "state"], unique=False)
    op.create_index("ix_outbox_waiting", "outbox", ["state", "id"], unique=False)

    op.execute(f"INSERT INTO ledger_head (id, seq, at, hash) VALUES (1, 0, '', '{'0' * 64}')")
    dialect = op.get_bind().dialect.name
    if dialect == "postgresql":
        op.execute(_FUNCTION)
    for verb in ("update", "delete"):
        op.execute(_REFUSE[dialect].format(verb=verb, VERB=verb.upper()))
