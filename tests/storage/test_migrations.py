"""Migrations make exactly the tables the code uses, and can be undone."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from bot.errors import StorageError
from bot.storage.database import Database
from bot.storage.migrate import alembic_config, migrate
from bot.storage.tables import metadata


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(f"sqlite:///{tmp_path}/var/coach.db")


def test_migrations_lead_to_the_tables_of_the_code(database: Database) -> None:
    migrate(database)
    with database.engine.begin() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []


def test_running_them_again_changes_nothing(database: Database) -> None:
    migrate(database)
    migrate(database)


def test_they_can_be_undone(database: Database) -> None:
    migrate(database)
    with database.engine.begin() as connection:
        command.downgrade(alembic_config(connection), "base")
    assert set(sa.inspect(database.engine).get_table_names()) <= {"alembic_version"}


def test_a_database_of_a_newer_coach_is_refused_with_the_mend(database: Database) -> None:
    migrate(database)
    with database.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError, match="update the coach"):
        migrate(database)


def test_sqlite_runs_with_wal_foreign_keys_and_secure_delete(database: Database) -> None:
    with database.engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "foreign_keys", "secure_delete", "busy_timeout")
        }
    assert found == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 10000,
    }
