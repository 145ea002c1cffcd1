"""What operators did, one row each: kept, never changed."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from bot.storage.tables import audits


class Audits:
    """Writes down operators' doings."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, at: datetime, operator: str, action: str, detail: str = "") -> None:
        """`operator` (channel:person) did `action`."""
        self._connection.execute(
            audits.insert().values(at=at, operator=operator, action=action, detail=detail[:300])
        )
