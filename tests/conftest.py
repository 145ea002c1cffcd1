"""Fixtures every test may use; time zones come from the pinned data in tests too."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
import sqlalchemy as sa

import bot.clock  # noqa: F401 - empties the zone path before any test makes a zone
from bot.settings import read_settings
from bot.storage.database import Database
from bot.storage.migrate import migrate
from tests.databases import database_at
from tests.talk import Talk

# The same examples in every run: a test that fails once fails again.
hypothesis.settings.register_profile("same", derandomize=True)
hypothesis.settings.load_profile("same")

REQUIRE_ALL = bool(os.environ.get("COACH_TEST_REQUIRE_ALL"))
# Each test makes a database of its own there.
SERVER = os.environ.get("COACH_TEST_POSTGRES", "")


@pytest.fixture
def talk() -> Talk:
    """A fresh coach in memory, and a person about to write to it on Telegram."""
    return Talk()


@pytest.fixture
def joined(talk: Talk) -> Talk:
    """That coach, and a candidate past the welcome."""
    talk.join()
    return talk


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """A file with the coach's tables: its thread and the test each have a connection."""
    return database_at(f"sqlite:///{tmp_path}/coach.db")


def missing(what: str) -> None:
    """Skip a test for want of `what`; in CI, where nothing may be skipped, fail instead."""
    if REQUIRE_ALL:
        pytest.fail(f"{what} is missing, and every test is required here")
    pytest.skip(f"needs {what}")


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """The address of a new, empty database; it goes with the test."""
    if not SERVER:
        missing("a PostgreSQL server (COACH_TEST_POSTGRES)")
    name = f"coach_{uuid.uuid4().hex[:12]}"
    admin = sa.create_engine(
        SERVER.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    given = SERVER.rsplit("/", 1)[0] + f"/{name}"
    yield read_settings(DATABASE_URL=given, COACH_SECRET="x" * 32).database_url
    with admin.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def postgres(postgres_url: str) -> Iterator[Database]:
    """A new database with the coach's tables."""
    made = Database(postgres_url)
    migrate(made)
    yield made
    made.close()
