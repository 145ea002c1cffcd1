"""What a candidate has worked on: how much, which a link or a deletion would lose, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.storage.tables import (
    draft_texts,
    drafts,
    drills,
    enrolment_dates,
    enrolment_statuses,
    enrolments,
    mocks,
    quiz_items,
    short_answers,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What would be lost with a candidate, as counts.

    Answered questions, short ones too; oral answers; mock orals that count; cases marked and timed
    plans (`drills`); validated steps; entered dates.
    """

    answers: int = 0
    drafts: int = 0
    mocks: int = 0
    drills: int = 0
    steps: int = 0
    dates: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be lost."""
        return self == History()


class Histories:
    """Counts and dates a candidate's work."""

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
        held = sa.select(mocks.c.id).where(
            mocks.c.candidate_id == candidate_id, mocks.c.outcome.in_(("finished", "time_over"))
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
            mocks=self._count(held),
            drills=self._count(drilled),
            steps=self._count(validated),
            dates=self._count(dated),
        )

    def active_at(self, candidate_id: str, since: datetime) -> list[datetime]:
        """Each time from `since` on that the candidate answered or validated a step, in any order.

        The last time before `since` is there too, if any.
        """
        sources = (
            (quiz_items.c.answered_at, quiz_items.c.candidate_id == candidate_id),
            (short_answers.c.answered_at, short_answers.c.candidate_id == candidate_id),
            (drills.c.ended_at, drills.c.candidate_id == candidate_id),
            (drafts.c.finished_at, drafts.c.candidate_id == candidate_id),
            (
                enrolment_statuses.c.changed_at,
                enrolment_statuses.c.enrolment_id.in_(
                    sa.select(enrolments.c.id).where(enrolments.c.candidate_id == candidate_id)
                )
                & (enrolment_statuses.c.status == "validated"),
            ),
        )
        done = sa.union_all(
            *(sa.select(column.label("at")).where(mine) for column, mine in sources)
        )
        at = done.subquery().c.at
        last = self._connection.execute(sa.select(sa.func.max(at)).where(at < since)).scalar()
        later = self._connection.execute(sa.select(at).where(at >= since)).scalars()
        return [*([last] if last else []), *later]

    def _count(self, query: sa.Select[Any]) -> int:
        counted = sa.select(sa.func.count()).select_from(query.subquery())
        return int(self._connection.execute(counted).scalar_one())
