"""What /start links ask for, kept by a short reference so that it outlives the welcome."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from bot.storage.dialect import insert_or_ignore
from bot.storage.tables import deep_links


class StartLinks:
    """Keeps and finds payloads; no row says who opened the link."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def keep(self, ref: str, payload: str, now: datetime) -> None:
        """Remember the payload by `ref`."""
        self._connection.execute(
            insert_or_ignore(self._connection, deep_links).values(ref=ref, payload=payload, at=now)
        )

    def find(self, ref: str) -> str:
        """The payload, or an empty text when `ref` is unknown (or forged)."""
        query = sa.select(deep_links.c.payload).where(deep_links.c.ref == ref)
        return self._connection.execute(query).scalar_one_or_none() or ""

    def tidy(self, before: datetime) -> None:
        """Drop old ones."""
        self._connection.execute(deep_links.delete().where(deep_links.c.at < before))
