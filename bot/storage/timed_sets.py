"""What timed sets ended with."""

from __future__ import annotations

import sqlalchemy as sa

from bot.domain.timed_set import SetResult
from bot.storage.tables import quiz_items, quizzes

_ENDED = ("finished", "time_over")


class TimedSets:
    """Reads results; the sets themselves are quizzes."""

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
