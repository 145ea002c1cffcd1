"""How much a candidate has worked on: what a link or a deletion would lose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.storage.tables import (
    draft_texts,
    drafts,
    drills,
    enrolment_dates,
    enrolment_statuses,
    enrolments,
    quiz_items,
    short_answers,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What would be lost with a candidate, as counts.

    Answered questions, short ones too; oral answers; cases marked and timed plans (`drills`);
    validated steps; entered dates.
    """

    answers: int = 0
    drafts: int = 0
    drills: int = 0
    steps: int = 0
    dates: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be lost."""
        return self == History()


class Histories:
    """Counts a candidate's work."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def of(self, candidate_id: str) -> History:
        """What the candidate has worked on so far."""
        answered, short = (
            sa.select(table.c.item_id).where(
                table.c.candidate_id == candidate_id, table.c.answered_at.is_not(None)
            )
            for table in (quiz_items, short_answers)
        )
        written = (
            sa.select(draft_texts.c.draft_id)
            .join(drafts)
            .where(drafts.c.candidate_id == candidate_id)
            .distinct()
        )
        drilled = sa.select(drills.c.id).where(
            drills.c.candidate_id == candidate_id, drills.c.ended_at.is_not(None)
        )
        validated = (
            sa.select(enrolment_statuses.c.item)
            .join(enrolments)
            .where(
                enrolments.c.candidate_id == candidate_id,
                enrolment_statuses.c.status == "validated",
            )
        )
        dated = (
            sa.select(enrolment_dates.c.kind)
            .join(enrolments)
            .where(enrolments.c.candidate_id == candidate_id)
        )
        return History(
            answers=self._count(answered) + self._count(short),
            drafts=self._count(written),
            drills=self._count(drilled),
            steps=self._count(validated),
            dates=self._count(dated),
        )

    def _count(self, query: sa.Select[Any]) -> int:
        counted = sa.select(sa.func.count()).select_from(query.subquery())
        return int(self._connection.execute(counted).scalar_one())
