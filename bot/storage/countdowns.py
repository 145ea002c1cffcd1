"""Whose time runs, timed sets and mock orals alike, and the time given back to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.domain.countdown import CLOSES_AFTER, downtime
from bot.domain.mock import MOCK_TIMER, next_moment
from bot.domain.timed_set import SET_TIMER
from bot.storage.candidates import Candidates
from bot.storage.tables import mocks, quizzes
from bot.storage.timers import Timers


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """What runs against a clock: where it is kept, since when, and when its timer is due."""

    table: sa.Table
    runs: sa.ColumnElement[bool]
    since: sa.Column[Any]
    timer: str
    due_at: Callable[[datetime, datetime], datetime]

    def of(self, owner: str) -> sa.ColumnElement[bool]:
        """What the owner has running."""
        return sa.and_(self.runs, self.table.c.candidate_id == owner)


_KINDS = (
    _Kind(
        table=quizzes,
        runs=sa.and_(quizzes.c.kind == "set", quizzes.c.closed_at.is_(None)),
        since=quizzes.c.created_at,
        timer=SET_TIMER,
        due_at=lambda deadline_at, _now: deadline_at + CLOSES_AFTER,
    ),
    _Kind(
        table=mocks,
        runs=sa.and_(mocks.c.ended_at.is_(None), mocks.c.paused_at.is_(None)),
        since=mocks.c.resumed_at,
        timer=MOCK_TIMER,
        due_at=next_moment,
    ),
)


class Countdowns:
    """Finds what runs, and moves its end."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def any_runs(self) -> bool:
        """Whether anybody's time runs."""
        runs = sa.or_(*(sa.exists().where(kind.runs) for kind in _KINDS))
        return self._connection.execute(sa.select(runs)).scalar_one()

    def ends_at(self, candidate_id: str) -> datetime | None:
        """When the last of what the candidate has running ends; None when nothing runs."""
        ends = sa.union_all(
            *(
                sa.select(kind.table.c.deadline_at.label("at")).where(kind.of(candidate_id))
                for kind in _KINDS
            )
        )
        last = sa.select(sa.func.max(ends.subquery().c.at))
        found: datetime | None = self._connection.execute(last).scalar_one()
        return found

    def give_back(self, alive_at: datetime | None, now: datetime, unnoticed: timedelta) -> int:
        """Move the end of all that ran while the coach was down; how many were moved.

        `alive_at` and `unnoticed` as in `downtime`. Each owner is locked first, as in a turn, and
        what runs is read again under that lock.
        """
        owners = sa.union(
            *(sa.select(kind.table.c.candidate_id).where(kind.runs) for kind in _KINDS)
        )
        found = sorted(self._connection.execute(owners).scalars())
        return sum(self._give_back(each, alive_at, now, unnoticed) for each in found)

    def _give_back(
        self, owner: str, alive_at: datetime | None, now: datetime, unnoticed: timedelta
    ) -> int:
        Candidates(self._connection).get(owner, lock=True)
        moved = 0
        for kind in _KINDS:
            query = sa.select(kind.table.c.id, kind.table.c.deadline_at, kind.since.label("since"))
            row = self._connection.execute(query.where(kind.of(owner))).first()
            if row is None:
                continue
            lost = downtime(row.since, row.deadline_at, alive_at, now, unnoticed=unnoticed)
            if lost:
                self._move(kind, owner, row.id, row.deadline_at + lost, now)
                moved += 1
        return moved

    def _move(
        self, kind: _Kind, owner: str, row_id: int, deadline_at: datetime, now: datetime
    ) -> None:
        self._connection.execute(
            kind.table.update().where(kind.of(owner)).values(deadline_at=deadline_at)
        )
        due_at = kind.due_at(deadline_at, now)
        Timers(self._connection).arm(owner, kind.timer, str(row_id), due_at)
