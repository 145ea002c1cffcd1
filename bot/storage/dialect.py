"""The one statement whose spelling differs between SQLite and PostgreSQL."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


def upsert(connection: sa.Connection, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that can be given ON CONFLICT."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def insert_or_ignore(connection: sa.Connection, table: sa.Table) -> sa.Insert:
    """An INSERT that does nothing when a unique key is taken."""
    return upsert(connection, table).on_conflict_do_nothing()
