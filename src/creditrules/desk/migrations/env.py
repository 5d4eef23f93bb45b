"""Desk: how Alembic finds the database: it is given the connection and transaction of the store."""

from __future__ import annotations

from alembic import context

from creditrules.desk.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
