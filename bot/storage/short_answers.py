"""Short written answers: what was asked, what was answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.short_answer import Attempt
from bot.storage.tables import short_answers
from content.schema import ShortAnswer


class ShortAnswers:
    """Asks and records; every look-up names the owner."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def ask(self, candidate_id: str, item: ShortAnswer, now: datetime) -> Attempt:
        """The question as put to the candidate now; one asked before and left open goes."""
        self._connection.execute(short_answers.delete().where(_waiting(candidate_id)))
        row = {
            "candidate_id": candidate_id,
            "item_id": item.id,
            "item_revision": item.revision,
            "asked_at": now,
        }
        number = self._connection.execute(
            short_answers.insert().returning(short_answers.c.id), row
        ).scalar_one()
        return Attempt(id=number, item_id=item.id, asked_at=now, text=None, right=None)

    def open_of(self, candidate_id: str) -> Attempt | None:
        """The question that still waits for the candidate's answer."""
        row = self._connection.execute(
            sa.select(short_answers).where(_waiting(candidate_id))
        ).first()
        return None if row is None else _attempt(row)

    def get(self, attempt_id: int, candidate_id: str) -> Attempt | None:
        """The candidate's attempt of that id."""
        row = self._connection.execute(
            sa.select(short_answers).where(
                short_answers.c.id == attempt_id, short_answers.c.candidate_id == candidate_id
            )
        ).first()
        return None if row is None else _attempt(row)

    def answer(self, attempt: Attempt, text: str, *, right: bool, now: datetime) -> None:
        """Record the answer; one given before stands."""
        self._connection.execute(
            short_answers.update()
            .where(short_answers.c.id == attempt.id, short_answers.c.answered_at.is_(None))
            .values(text=text, is_right=right, answered_at=now)
        )

    def claim(self, attempt: Attempt) -> None:
        """The candidate said it in other words: the answer counts as right."""
        self._connection.execute(
            short_answers.update().where(short_answers.c.id == attempt.id).values(is_right=True)
        )

    def last_right(self, candidate_id: str) -> dict[str, bool]:
        """Each item answered and whether its last answer was right, the longest ago first."""
        rows = self._connection.execute(
            sa.select(short_answers.c.item_id, short_answers.c.is_right)
            .where(
                short_answers.c.candidate_id == candidate_id,
                short_answers.c.answered_at.is_not(None),
            )
            .order_by(short_answers.c.answered_at, short_answers.c.id)
        )
        found: dict[str, bool] = {}
        for row in rows:
            found.pop(row.item_id, None)
            found[row.item_id] = row.is_right
        return found


def _waiting(candidate_id: str) -> sa.ColumnElement[bool]:
    """The candidate's one question without an answer."""
    return sa.and_(
        short_answers.c.candidate_id == candidate_id, short_answers.c.answered_at.is_(None)
    )


def _attempt(row: Any) -> Attempt:
    return Attempt(
        id=row.id, item_id=row.item_id, asked_at=row.asked_at, text=row.text, right=row.is_right
    )
