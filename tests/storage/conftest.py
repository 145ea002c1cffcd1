"""A PostgreSQL database of each test's own, on the server that COACH_TEST_POSTGRES names."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from bot.settings import read_settings
from bot.storage.database import Database
from bot.storage.migrate import migrate
from tests.conftest import missing

SERVER = os.environ.get("COACH_TEST_POSTGRES", "")


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
