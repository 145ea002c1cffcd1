"""Brings a database to this code's schema, once, whoever starts first."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from bot.errors import StorageError
from bot.storage.database import Database

# Any number: it names this lock among PostgreSQL's advisory ones.
_LOCK = 1_965_023


def migrate(database: Database, target: str = "head") -> None:
    """Run the missing migrations (StorageError when the database is newer, or refuses)."""
    try:
        with database.engine.begin() as connection:
            if not database.is_sqlite:
                # A large table may take its time, and who waits for it as long.
                for limit in ("statement_timeout", "lock_timeout"):
                    connection.execute(sa.text(f"SET LOCAL {limit} = 0"))
                connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            command.upgrade(alembic_config(connection), target)
    except CommandError as error:
        raise StorageError(
            f"the database was made by a newer version of the coach ({error}): update the coach"
        ) from error
    except sa.exc.OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise StorageError(
            f"DATABASE_URL names a database that cannot be opened ({reason}): check the path or "
            "the server, and that the coach may write there"
        ) from error


def alembic_config(connection: sa.Connection) -> Config:
    """Alembic pointed at our migrations and at this connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
