"""Which quizzes the coach brought up by itself, when, and which were put off."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from bot.domain.candidate import Candidate
from bot.storage.tables import quizzes


class Pushes:
    """Notes and counts pushes of quizzes: they are columns of the quiz that was pushed."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def count(self, candidate_id: str) -> int:
        """How often the coach has brought a quiz up by itself."""
        count: int = self._connection.execute(
            sa.select(sa.func.coalesce(sa.func.sum(quizzes.c.pushes), 0)).where(
                quizzes.c.candidate_id == candidate_id
            )
        ).scalar_one()
        return count

    def note(self, quiz_id: int, now: datetime) -> None:
        """The coach brought the quiz up by itself."""
        self._connection.execute(
            quizzes.update()
            .where(quizzes.c.id == quiz_id)
            .values(pushed_at=now, pushes=quizzes.c.pushes + 1)
        )

    def unanswered_days(self, candidate: Candidate) -> list[date]:
        """The days of the daily quizzes pushed since any sign of life, oldest first."""
        rows = self._connection.execute(
            sa.select(quizzes.c.local_day)
            .where(
                quizzes.c.candidate_id == candidate.id,
                quizzes.c.kind == "daily",
                quizzes.c.pushed_at > (candidate.active_at or candidate.consent_at),
            )
            .order_by(quizzes.c.local_day)
        )
        return list(rows.scalars())

    def put_off(self, quiz_id: int, until: datetime) -> None:
        """The candidate wants the quiz later."""
        self._connection.execute(
            quizzes.update().where(quizzes.c.id == quiz_id).values(put_off_until=until)
        )

    def last_put_offs(self, candidate_id: str, since: datetime, count: int) -> list[datetime]:
        """Until when the quizzes put off were, among the last `count` pushed after `since`.

        Oldest first.
        """
        rows = self._connection.execute(
            sa.select(quizzes.c.put_off_until)
            .where(quizzes.c.candidate_id == candidate_id, quizzes.c.pushed_at > since)
            .order_by(quizzes.c.id.desc())
            .limit(count)
        )
        return [until for until in reversed(rows.scalars().all()) if until is not None]
