"""How the coach is doing, in numbers: for /status and /metrics. Nothing about anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.storage.outbox import Urgency, pending
from bot.storage.tables import candidates, faults, outbox, timers


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait, and since when the oldest does."""

    count: int = 0
    since: datetime | None = None

    def seconds(self, now: datetime) -> float:
        """How long the oldest has waited."""
        return max(0.0, (now - self.since).total_seconds()) if self.since else 0.0


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that will not be sent, and why."""

    id: int
    at: datetime
    reason: str


class Health:
    """Counts."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def outbox(self) -> dict[Urgency, Waiting]:
        """What waits to leave."""
        rows = self._connection.execute(
            sa.select(outbox.c.priority, sa.func.count(), sa.func.min(outbox.c.created_at))
            .where(pending())
            .group_by(outbox.c.priority)
        )
        found = {Urgency(row[0]): Waiting(row[1], row[2]) for row in rows}
        return {urgency: found.get(urgency, Waiting()) for urgency in Urgency}

    def due(self, now: datetime) -> Waiting:
        """Timers that should have fired."""
        row = self._connection.execute(
            sa.select(sa.func.count(), sa.func.min(timers.c.due_at)).where(timers.c.due_at <= now)
        ).one()
        return Waiting(row[0], row[1])

    def dead_letters(self, limit: int) -> list[DeadLetter]:
        """The newest messages that will not be sent."""
        rows = self._connection.execute(
            sa.select(outbox.c.id, outbox.c.created_at, outbox.c.dead_reason)
            .where(outbox.c.dead_reason.is_not(None))
            .order_by(outbox.c.id.desc())
            .limit(limit)
        )
        return [DeadLetter(*row) for row in rows]

    def count_dead(self) -> int:
        """How many messages will not be sent."""
        return self._count(outbox, outbox.c.dead_reason.is_not(None))

    def count_faults(self) -> int:
        """How many events or timers raised."""
        return self._count(faults, sa.true())

    def faults(self, limit: int) -> list[tuple[datetime, str, str]]:
        """The newest: when, of what, and the last line of the traceback."""
        rows = self._connection.execute(
            sa.select(faults.c.at, faults.c.route, faults.c.trace)
            .order_by(faults.c.id.desc())
            .limit(limit)
        )
        return [(row.at, row.route, row.trace.strip().rpartition("\n")[2]) for row in rows]

    def count_candidates(self) -> int:
        """How many candidates there are."""
        return self._count(candidates, sa.true())

    def _count(self, table: sa.Table, condition: sa.ColumnElement[bool]) -> int:
        query = sa.select(sa.func.count()).select_from(table).where(condition)
        return int(self._connection.execute(query).scalar_one())
