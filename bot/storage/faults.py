"""Events whose handler raised: for the operator, with the traceback and no word of a candidate."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from bot.storage.tables import faults


class Faults:
    """Records and lists faults."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, at: datetime, channel: str, event_id: str, route: str, trace: str) -> None:
        """Keep a fault; the trace's end, where the cause stands."""
        self._connection.execute(
            faults.insert().values(
                at=at, channel=channel, event_id=event_id, route=route, trace=trace[-8000:]
            )
        )

    def count(self) -> int:
        """How many faults are on record."""
        return int(
            self._connection.execute(sa.select(sa.func.count()).select_from(faults)).scalar_one()
        )
