"""Ids of events already handled: what makes a redelivered event do nothing twice."""

from __future__ import annotations

from datetime import datetime
from functools import cache

import sqlalchemy as sa

from bot.storage.dialect import upsert_of
from bot.storage.tables import inbox


class Inbox:
    """Remembers event ids."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def take(self, channel: str, event_id: str, now: datetime) -> bool:
        """Note the event; False when it was handled before."""
        values = {"channel": channel, "event_id": event_id, "at": now}
        statement = _take(self._connection.dialect.name)
        return self._connection.execute(statement, values).first() is not None

    def tidy(self, before: datetime) -> None:
        """Drop ids too old to be delivered again."""
        self._connection.execute(inbox.delete().where(inbox.c.at < before))


@cache
def _take(dialect: str) -> sa.Insert:
    # Not every driver counts the rows of an INSERT.
    return upsert_of(dialect, inbox).on_conflict_do_nothing().returning(inbox.c.event_id)
