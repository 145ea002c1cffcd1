"""Messages to many: one row with a cursor over an audience that was fixed when it was written."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from bot.storage.tables import broadcast_targets, broadcasts, candidates, conversations

Stage = Literal["draft", "sending", "done", "cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """`language`: its readers', empty for all; `size`: how many; `position`: how many so far."""

    id: int
    operator: str
    text: str
    language: str
    size: int
    position: int
    stage: Stage


class Broadcasts:
    """Writes broadcasts and walks through their audience."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def draft(
        self, operator: str, text: str, language: str, channels: Collection[str], now: datetime
    ) -> Broadcast:
        """A new broadcast and its audience: who can be reached and has not paused, now."""
        values = {"operator": operator, "text": text, "language": language}
        number = self._connection.execute(
            broadcasts.insert()
            .values(**values, created_at=now, size=0, position=0, stage="draft")
            .returning(broadcasts.c.id)
        ).scalar_one()
        place = sa.func.row_number().over(order_by=candidates.c.id)
        audience = sa.select(sa.literal(number), place, candidates.c.id).where(
            *_reachable(language, channels, now)
        )
        names = ["broadcast_id", "position", "candidate_id"]
        self._connection.execute(broadcast_targets.insert().from_select(names, audience))
        made = Broadcast(id=number, **values, size=0, position=0, stage="draft")
        made = replace(made, size=self.count(made))
        self._set(number, size=made.size)
        return made

    def get(self, number: int, operator: str) -> Broadcast | None:
        """The operator's broadcast of that id."""
        query = sa.select(broadcasts).where(
            broadcasts.c.id == number, broadcasts.c.operator == operator
        )
        row = self._connection.execute(query.with_for_update()).mappings().first()
        return None if row is None else _broadcast(row)

    def count(self, broadcast: Broadcast) -> int:
        """How many of its audience are still there."""
        mine = broadcast_targets.c.broadcast_id == broadcast.id
        query = sa.select(sa.func.count()).select_from(broadcast_targets).where(mine)
        return int(self._connection.execute(query).scalar_one())

    def set_stage(self, number: int, stage: Stage) -> None:
        """It is sent from now on, or never."""
        self._set(number, stage=stage)

    def going(self) -> list[Broadcast]:
        """Those that are being sent."""
        query = sa.select(broadcasts).where(broadcasts.c.stage == "sending")
        rows = self._connection.execute(query.order_by(broadcasts.c.id)).mappings()
        return [_broadcast(row) for row in rows]

    def next_to_expand(self) -> Broadcast | None:
        """The oldest that is being sent, unless another process is at it."""
        query = (
            sa.select(broadcasts)
            .where(broadcasts.c.stage == "sending")
            .order_by(broadcasts.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = self._connection.execute(query).mappings().first()
        return None if row is None else _broadcast(row)

    def targets(self, broadcast: Broadcast, limit: int) -> list[str]:
        """The next candidates of its audience; those who left since are not among them."""
        rows = self._connection.execute(
            sa.select(broadcast_targets.c.candidate_id).where(
                broadcast_targets.c.broadcast_id == broadcast.id,
                broadcast_targets.c.position > broadcast.position,
                broadcast_targets.c.position <= broadcast.position + limit,
            )
        )
        return [row.candidate_id for row in rows]

    def advance(self, broadcast: Broadcast, count: int) -> None:
        """So many more of the audience have their row in the outbox; the end is noted."""
        position = min(broadcast.position + count, broadcast.size)
        stage = "done" if position >= broadcast.size else broadcast.stage
        self._set(broadcast.id, position=position, stage=stage)

    def _set(self, number: int, **values: Any) -> None:
        self._connection.execute(
            broadcasts.update().where(broadcasts.c.id == number).values(**values)
        )


def _reachable(
    language: str, channels: Collection[str], now: datetime
) -> list[sa.ColumnElement[bool]]:
    door = sa.exists().where(
        conversations.c.candidate_id == candidates.c.id,
        conversations.c.blocked_at.is_(None),
        conversations.c.channel.in_(channels),
    )
    unpaused = sa.or_(candidates.c.paused_until.is_(None), candidates.c.paused_until <= now)
    wanted = [candidates.c.language == language] if language else []
    return [candidates.c.onboarded_at.is_not(None), unpaused, door, *wanted]


def _broadcast(row: Any) -> Broadcast:
    return Broadcast(**{name: row[name] for name in Broadcast.__dataclass_fields__})
