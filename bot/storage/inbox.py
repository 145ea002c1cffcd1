"""Ids of events already handled: what makes a redelivered event do nothing twice."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from bot.storage.dialect import insert_or_ignore
from bot.storage.tables import inbox


class Inbox:
    """Remembers event ids."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def take(self, channel: str, event_id: str, now: datetime) -> bool:
        """Note the event; False when it was handled before."""
        statement = insert_or_ignore(self._connection, inbox).values(
            channel=channel, event_id=event_id, at=now
        )
        # Not every driver counts the rows of an INSERT.
        taken = self._connection.execute(statement.returning(inbox.c.event_id)).first()
        return taken is not None

    def tidy(self, before: datetime) -> None:
        """Drop ids too old to be delivered again."""
        self._connection.execute(inbox.delete().where(inbox.c.at < before))
