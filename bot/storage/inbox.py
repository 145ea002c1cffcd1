"""Ids of events already handled: what makes a redelivered event do nothing twice."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from bot.storage.dialect import upsert_of
from bot.storage.hot import Hot
from bot.storage.tables import inbox


class Inbox:
    """Remembers event ids."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def take(self, channel: str, event_id: str, now: datetime) -> bool:
        """Note the event; False when it was handled before."""
        values = {"channel": channel, "event_id": event_id, "at": now}
        return bool(_TAKE.run(self._connection, values))

    def tidy(self, before: datetime) -> None:
        """Drop ids too old to be delivered again."""
        self._connection.execute(inbox.delete().where(inbox.c.at < before))


_TAKE = Hot(
    lambda dialect: upsert_of(dialect, inbox).on_conflict_do_nothing().returning(inbox.c.event_id)
)
