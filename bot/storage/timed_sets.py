"""What timed sets ended with, and the time given back to those that run."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.domain.timed_set import CLOSES_AFTER, SET_TIMER, SetResult, downtime
from bot.storage.candidates import Candidates
from bot.storage.tables import quiz_items, quizzes
from bot.storage.timers import Timers

_RUNS = sa.and_(quizzes.c.kind == "set", quizzes.c.closed_at.is_(None))
_ENDED = ("finished", "time_over")


class TimedSets:
    """Reads results and moves deadlines; the sets themselves are quizzes."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def results(self, candidate_id: str) -> list[SetResult]:
        """Every set the candidate brought to its end, the oldest first; none that was given up."""
        right = sa.func.sum(sa.case((quiz_items.c.correct.is_(True), 1), else_=0))
        rows = self._connection.execute(
            sa.select(quizzes.c.set_id, right.label("right"), sa.func.count().label("total"))
            .join(quiz_items, quiz_items.c.quiz_id == quizzes.c.id)
            .where(quizzes.c.candidate_id == candidate_id, quizzes.c.kind == "set")
            .where(quizzes.c.outcome.in_(_ENDED))
            .group_by(quizzes.c.id, quizzes.c.set_id)
            .order_by(quizzes.c.id)
        )
        return [SetResult(set_id=row.set_id, right=row.right, total=row.total) for row in rows]

    def any_runs(self) -> bool:
        """Whether anybody's set runs."""
        return self._connection.execute(sa.select(sa.exists().where(_RUNS))).scalar_one()

    def give_back(self, alive_at: datetime | None, now: datetime, unnoticed: timedelta) -> int:
        """Move the end of every set that ran while the coach was down; how many were moved.

        `alive_at` and `unnoticed` as in `downtime`. Each owner is locked first, as in a turn, and
        the set read again under that lock.
        """
        owners = self._connection.execute(
            sa.select(quizzes.c.candidate_id).where(_RUNS).order_by(quizzes.c.candidate_id)
        ).scalars()
        return sum(self._give_back(each, alive_at, now, unnoticed) for each in owners.all())

    def _give_back(
        self, owner: str, alive_at: datetime | None, now: datetime, unnoticed: timedelta
    ) -> bool:
        Candidates(self._connection).get(owner, lock=True)
        mine = sa.and_(_RUNS, quizzes.c.candidate_id == owner)
        row = self._connection.execute(sa.select(quizzes).where(mine)).first()
        if row is None:
            return False
        lost = downtime(row.created_at, row.deadline_at, alive_at, now, unnoticed=unnoticed)
        if not lost:
            return False
        deadline_at = row.deadline_at + lost
        self._connection.execute(quizzes.update().where(mine).values(deadline_at=deadline_at))
        Timers(self._connection).arm(owner, SET_TIMER, str(row.id), deadline_at + CLOSES_AFTER)
        return True
