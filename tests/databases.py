"""Databases to test with: the coach's tables, and nothing in them."""

from __future__ import annotations

from functools import cache

from bot.storage.database import Database
from bot.storage.tables import metadata


def fresh_database() -> Database:
    """A database in memory with all its tables."""
    database = Database("sqlite://")
    # Copied: to make the tables anew takes thirty times as long, and most tests have some.
    with _ready().engine.connect() as source, database.engine.connect() as target:
        assert source.connection.driver_connection is not None
        source.connection.driver_connection.backup(target.connection.driver_connection)
    return database


def database_at(url: str) -> Database:
    """The database at `url`, with all its tables."""
    database = Database(url)
    metadata.create_all(database.engine)
    return database


@cache
def _ready() -> Database:
    return database_at("sqlite://")
