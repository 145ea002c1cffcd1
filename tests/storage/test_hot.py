"""Statements run past SQLAlchemy's machinery fail as its own do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from bot.storage.database import Database
from bot.storage.hot import Hot
from bot.storage.tables import inbox


def test_what_fails_at_a_later_row_is_a_databases_error_too(database: Database) -> None:
    """The first row comes with the statement, the others when they are fetched."""
    values = iter((1,))
    hot = Hot(lambda _dialect: sa.select(sa.func.one_more().label("it")).select_from(inbox))
    with database.begin() as store:
        for number in range(2):
            store.inbox.take("web", str(number), datetime(2026, 11, 24, tzinfo=UTC))
        driver: Any = store.connection.connection.driver_connection
        driver.create_function("one_more", 0, lambda: next(values))
        with pytest.raises(sa.exc.OperationalError):
            hot.run(store.connection, {})
