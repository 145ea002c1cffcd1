"""Questions that candidates reported, and what the operator decided."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import sqlalchemy as sa

from bot.domain.item_report import Decision, ItemReport, Reason, Tally, hidden_items
from bot.storage.dialect import insert_or_ignore
from bot.storage.tables import item_reports, quiz_items
from content.schema import Question


class Reports:
    """Records reports and decisions."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, candidate_id: str, question: Question, reason: Reason, now: datetime) -> bool:
        """Record a report; False when the candidate reported this revision before."""
        result = self._connection.execute(
            insert_or_ignore(self._connection, item_reports).values(
                candidate_id=candidate_id,
                item_id=question.id,
                item_revision=question.revision,
                reason=reason,
                at=now,
            )
        )
        return result.rowcount == 1

    def of_item(self, question: Question) -> list[ItemReport]:
        """The reports of the question's revision, the oldest first."""
        rows = self._connection.execute(
            sa.select(item_reports).where(_about(question)).order_by(item_reports.c.id)
        )
        return [
            ItemReport(
                candidate_id=row.candidate_id,
                item_id=row.item_id,
                item_revision=row.item_revision,
                reason=row.reason,
                decision=row.decision,
                note=row.note or "",
            )
            for row in rows
        ]

    def decide(
        self, question: Question, decision: Decision, note: str, now: datetime
    ) -> list[str]:
        """Close the open reports with a note; the candidates who wait for the answer."""
        mine = sa.and_(_about(question), item_reports.c.decision.is_(None))
        waiting = self._connection.execute(
            sa.select(item_reports.c.candidate_id).where(mine).order_by(item_reports.c.id)
        )
        ids = [row.candidate_id for row in waiting]
        self._connection.execute(
            item_reports.update().where(mine).values(decision=decision, note=note, decided_at=now)
        )
        return ids

    def tallies(self) -> list[Tally]:
        """All reported questions, the most open reports first."""
        is_open = sa.case((item_reports.c.decision.is_(None), 1), else_=0)
        rows = self._connection.execute(
            sa.select(
                item_reports.c.item_id,
                item_reports.c.item_revision,
                sa.func.sum(is_open).label("open"),
                # "withdrawn" comes after "kept": a question once withdrawn stays so.
                sa.func.max(item_reports.c.decision).label("decision"),
            )
            .group_by(item_reports.c.item_id, item_reports.c.item_revision)
            .order_by(sa.desc("open"), item_reports.c.item_id)
        )
        return [
            Tally(
                item_id=row.item_id,
                item_revision=row.item_revision,
                open=row.open,
                decision=row.decision,
            )
            for row in rows
        ]

    def hidden(self) -> frozenset[tuple[str, int]]:
        """The questions (id and revision) not to ask."""
        return hidden_items(self.tallies())

    def answers_given(self, question: Question) -> Counter[str]:
        """How often each option (or set of options) of the question's revision was chosen."""
        rows = self._connection.execute(
            sa.select(quiz_items.c.chosen, sa.func.count().label("times"))
            .where(
                quiz_items.c.item_id == question.id,
                quiz_items.c.item_revision == question.revision,
                quiz_items.c.chosen.is_not(None),
            )
            .group_by(quiz_items.c.chosen)
        )
        return Counter({row.chosen: row.times for row in rows})


def _about(question: Question) -> sa.ColumnElement[bool]:
    return sa.and_(
        item_reports.c.item_id == question.id,
        item_reports.c.item_revision == question.revision,
    )
