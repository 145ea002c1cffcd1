"""How a database is opened: what PostgreSQL and its network are allowed, and SQLite's pragmas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from bot.errors import StorageError
from bot.storage.hot import run_raw

POSTGRES_THREADS = 8
# What PostgreSQL and the network are allowed (seconds unless said). A process that is frozen or
# cut off must not hold a lock longer than a lease lasts, nor one of ours wait for it for ever.
POSTGRES_OPTIONS: dict[str, Any] = {
    "connect_timeout": 3,
    "keepalives": 1,
    "keepalives_idle": 3,
    "keepalives_interval": 1,
    "keepalives_count": 4,
    "tcp_user_timeout": 6000,  # milliseconds
    "options": "-c idle_in_transaction_session_timeout=8s -c lock_timeout=8s "
    "-c statement_timeout=20s",
}


def make_engine(url: str) -> sa.Engine:
    """The engine for that address (StorageError when SQLite's folder cannot be made)."""
    if not url.startswith("sqlite"):
        return sa.create_engine(
            url,
            hide_parameters=True,
            pool_size=POSTGRES_THREADS,
            max_overflow=2,
            pool_pre_ping=True,
            connect_args=POSTGRES_OPTIONS,
        )
    if (file := sa.make_url(url).database) and file != ":memory:":
        try:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                f"DATABASE_URL names a folder that cannot be made ({error.strerror}): "
                "choose one the coach may write to"
            ) from error
    options: dict[str, Any] = {
        "hide_parameters": True,
        "connect_args": {"check_same_thread": False, "timeout": 10},
    }
    if url in {"sqlite://", "sqlite:///:memory:"}:
        options["poolclass"] = StaticPool
    engine = sa.create_engine(url, **options)
    sa.event.listen(engine, "connect", _set_up_sqlite)
    sa.event.listen(engine, "begin", _begin_immediate)
    return engine


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    """WAL and full integrity; `secure_delete` so that /forget leaves no trace in the file."""
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "busy_timeout=10000",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: sa.Connection) -> None:
    run_raw(connection, "BEGIN IMMEDIATE")
