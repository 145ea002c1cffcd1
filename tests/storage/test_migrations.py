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
from tests.lives import fill_every_table


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


def test_what_was_pushed_before_pushes_were_counted_counts_once(database: Database) -> None:
    with database.engine.begin() as connection:
        command.upgrade(alembic_config(connection), "0003")
        connection.exec_driver_sql(
            "INSERT INTO candidates (id, language, stream, grade, zone, quiz_time, reminder_time,"
            " quiet_from, quiet_to, push_to, keep_voice, consent_at) VALUES ('a', 'fr',"
            " 's', 'B', 'Africa/Casablanca', '08:00:00', '09:00:00', '22:00:00', '08:00:00', '',"
            " 0, '2026-01-01 10:00:00')"
        )
        connection.exec_driver_sql(
            "INSERT INTO quizzes (candidate_id, kind, local_day, created_at, pushed_at) VALUES"
            " ('a', 'daily', '2026-11-23', '2026-11-23 08:00:00', '2026-11-23 08:00:00'),"
            " ('a', 'daily', '2026-11-24', '2026-11-24 08:00:00', NULL)"
        )
    migrate(database)
    with database.engine.begin() as connection:
        pushes = connection.exec_driver_sql("SELECT pushes FROM quizzes ORDER BY id").scalars()
        assert list(pushes) == [1, 0]


def test_going_back_before_mock_orals_keeps_answers_given_in_them(database: Database) -> None:
    migrate(database)
    with database.engine.begin() as connection:
        fill_every_table(connection, "0123456789abcdef", "c0ffee", "mes mots")
        connection.exec_driver_sql("UPDATE timers SET kind = 'mock_clock'")
        connection.exec_driver_sql(
            "INSERT INTO drafts"
            " (candidate_id, frame, prompt_id, part, created_at, banked, mock_id)"
            " VALUES ('0123456789abcdef', 'prep', 'open', -1, '2026-11-24 10:00:00', 0, 1)"
        )
        command.downgrade(alembic_config(connection), "0009")
    with database.engine.begin() as connection:
        drafts = connection.exec_driver_sql("SELECT prompt_id FROM drafts").scalars()
        assert list(drafts) == ["mes mots"], "finished ones stay, with their texts"
        assert connection.exec_driver_sql("SELECT text FROM draft_texts").scalar() == "mes mots"
        assert connection.exec_driver_sql("SELECT count(*) FROM timers").scalar() == 0


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


def test_a_candidate_s_history_is_read_in_order_from_its_index_alone(database: Database) -> None:
    """Migration 0007: read before each quiz, it needs neither the table nor a sort."""
    migrate(database)
    asked: list[str] = []
    sa.event.listen(
        database.engine, "before_cursor_execute", lambda *said: asked.append(str(said[2]))
    )
    with database.begin() as store:
        store.quizzes.history("a")
    query = next(each for each in asked if each.startswith("SELECT"))
    with database.engine.begin() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", ("a",)).all()
    assert [row[-1] for row in plan] == [
        "SEARCH quiz_items USING COVERING INDEX ix_quiz_items_history (candidate_id=?)"
    ]
