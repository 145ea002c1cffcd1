"""The one statement whose spelling differs between SQLite and PostgreSQL."""

from __future__ import annotations

from functools import cache

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


def upsert(connection: sa.Connection, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that can be given ON CONFLICT."""
    return upsert_of(connection.dialect.name, table)


def upsert_of(dialect: str, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    """The same for the dialect of that name: for statements built once (CONTRIBUTING)."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def insert_or_ignore(connection: sa.Connection, table: sa.Table) -> sa.Insert:
    """An INSERT that does nothing when a unique key is taken."""
    return _insert_or_ignore(connection.dialect.name, table)


@cache
def _insert_or_ignore(dialect: str, table: sa.Table) -> sa.Insert:
    return upsert_of(dialect, table).on_conflict_do_nothing()
