"""Quizzes and the answers given: the candidate's whole history of questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.memory import Answered
from bot.domain.quiz import Answer, Quiz, QuizItem, QuizKind, QuizOutcome
from bot.domain.streak import keeps
from bot.storage.quiz_statements import ANSWER, GET, ITEM, ITEM_NAMES
from bot.storage.tables import quiz_items, quizzes
from content.schema import Question


class Quizzes:
    """Creates, finds and marks quizzes; every look-up names the owner."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def create(
        self,
        candidate_id: str,
        kind: QuizKind,
        day: date,
        questions: Sequence[Question],
        now: datetime,
        *,
        set_id: str | None = None,
        deadline_at: datetime | None = None,
    ) -> Quiz:
        """A new quiz of these questions; for a timed set, which one and when its time ends."""
        row = {
            "candidate_id": candidate_id,
            "kind": kind,
            "local_day": day,
            "created_at": now,
            "pushed_at": None,
            "pushes": 0,
            "closed_at": None,
            "outcome": None,
            "set_id": set_id,
            "deadline_at": deadline_at,
        }
        quiz_id = self._connection.execute(
            quizzes.insert().returning(quizzes.c.id), row
        ).scalar_one()
        items = tuple(
            QuizItem(position=position, item_id=each.id, item_revision=each.revision)
            for position, each in enumerate(questions)
        )
        common = {"quiz_id": quiz_id, "candidate_id": candidate_id, "local_day": day}
        self._connection.execute(
            quiz_items.insert(), [common | _fresh_row(item) for item in items]
        )
        return _quiz({"id": quiz_id, **row}, items)

    def get(self, quiz_id: int, candidate_id: str) -> Quiz | None:
        """The candidate's quiz of that id."""
        rows = GET.run(self._connection, {"id_": quiz_id, "owner_": candidate_id})
        if not rows:
            return None
        items = tuple(
            QuizItem(**{name: row[name] for name in ITEM_NAMES})
            for row in rows
            if row["position"] is not None
        )
        return _quiz(rows[0], items)

    def open_of(self, candidate_id: str) -> Quiz | None:
        """The candidate's newest quiz that can go on; a timed set is none."""
        return self._load(_open(candidate_id, quizzes.c.kind != "set"))

    def running_set(self, candidate_id: str) -> Quiz | None:
        """The candidate's timed set that runs; there is one at most."""
        return self._load(_open(candidate_id, quizzes.c.kind == "set"))

    def daily_of(self, candidate_id: str, day: date) -> Quiz | None:
        """The candidate's daily quiz of `day`."""
        return self._load(
            sa.and_(
                quizzes.c.candidate_id == candidate_id,
                quizzes.c.kind == "daily",
                quizzes.c.local_day == day,
            )
        )

    def daily_days(self, candidate_id: str, zone: str) -> dict[date, bool]:
        """Each day a daily quiz was planned for, and whether that day was kept."""
        rows = self._connection.execute(
            sa.select(quizzes.c.local_day, quizzes.c.outcome, quizzes.c.closed_at).where(
                quizzes.c.candidate_id == candidate_id, quizzes.c.kind == "daily"
            )
        )
        return {
            row.local_day: row.outcome == "finished" and keeps(row.local_day, row.closed_at, zone)
            for row in rows
        }

    def tick(self, quiz_id: int, position: int, ticked: str) -> None:
        """Note the options ticked so far."""
        self._connection.execute(
            quiz_items.update().where(_at(quiz_id, position)).values(ticked=ticked)
        )

    def answer(
        self,
        quiz_id: int,
        position: int,
        *,
        chosen: str,
        correct: bool,
        now: datetime,
        day: date,
        confidence: int | None = None,
    ) -> bool:
        """Record the answer; False when there was one already, which stands."""
        changed = ANSWER.run(
            self._connection,
            {
                "quiz_": quiz_id,
                "position_": position,
                "chosen": chosen,
                "correct": correct,
                "confidence": confidence,
                "answered_at": now,
                "local_day": day,
            },
        )
        return bool(changed)

    def swap(self, quiz_id: int, position: int, question: Question) -> None:
        """Put another question in place of one this process does not know."""
        self._connection.execute(
            quiz_items.update()
            .where(_at(quiz_id, position), quiz_items.c.chosen.is_(None))
            .values(item_id=question.id, item_revision=question.revision, ticked="")
        )

    def close(self, quiz_id: int, outcome: QuizOutcome, now: datetime) -> None:
        """The quiz is over."""
        self._connection.execute(
            quizzes.update()
            .where(quizzes.c.id == quiz_id, quizzes.c.closed_at.is_(None))
            .values(closed_at=now, outcome=outcome)
        )

    def history(self, candidate_id: str) -> list[Answered]:
        """Every question met, answered or not, the oldest first."""
        rows = self._connection.execute(
            sa.select(quiz_items.c.item_id, quiz_items.c.correct, quiz_items.c.local_day)
            .where(quiz_items.c.candidate_id == candidate_id)
            .order_by(quiz_items.c.quiz_id, quiz_items.c.position)
        )
        return list(map(Answered._make, rows.all()))

    def answers(self, candidate_id: str) -> list[Answer]:
        """Every answer given, the oldest first."""
        rows = self._connection.execute(
            sa.select(quiz_items, quizzes.c.kind)
            .join(quizzes, quizzes.c.id == quiz_items.c.quiz_id)
            .where(quiz_items.c.candidate_id == candidate_id, quiz_items.c.chosen.is_not(None))
            .order_by(quiz_items.c.answered_at, quiz_items.c.quiz_id, quiz_items.c.position)
        )
        return [
            Answer(
                quiz_id=row.quiz_id,
                position=row.position,
                item_id=row.item_id,
                quiz_kind=row.kind,
                chosen=row.chosen,
                correct=row.correct,
                at=row.answered_at,
                local_day=row.local_day,
                cause=row.cause,
                confidence=row.confidence,
            )
            for row in rows
        ]

    def set_cause(self, candidate_id: str, quiz_id: int, position: int, cause: str) -> bool:
        """Say why a question was missed; False when it is not the candidate's miss."""
        result = self._connection.execute(
            quiz_items.update()
            .where(
                _at(quiz_id, position),
                quiz_items.c.candidate_id == candidate_id,
                quiz_items.c.correct.is_(False),
            )
            .values(cause=cause)
        )
        return result.rowcount == 1

    def _load(self, condition: sa.ColumnElement[bool]) -> Quiz | None:
        row = (
            self._connection.execute(
                sa.select(quizzes).where(condition).order_by(quizzes.c.id.desc()).limit(1)
            )
            .mappings()
            .first()
        )
        return None if row is None else _quiz(row, self._items(row["id"]))

    def _items(self, quiz_id: int) -> tuple[QuizItem, ...]:
        rows = self._connection.execute(
            sa.select(*ITEM).where(quiz_items.c.quiz_id == quiz_id).order_by(quiz_items.c.position)
        ).mappings()
        return tuple(QuizItem(**row) for row in rows)


def _open(candidate_id: str, kind: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    mine = quizzes.c.candidate_id == candidate_id
    return sa.and_(mine, quizzes.c.closed_at.is_(None), kind)


def _fresh_row(item: QuizItem) -> dict[str, Any]:
    return {
        "position": item.position,
        "item_id": item.item_id,
        "item_revision": item.item_revision,
        "ticked": "",
    }


def _at(quiz_id: int, position: int) -> sa.ColumnElement[bool]:
    return sa.and_(quiz_items.c.quiz_id == quiz_id, quiz_items.c.position == position)


def _quiz(row: Any, items: tuple[QuizItem, ...]) -> Quiz:
    outcome: QuizOutcome | None = row["outcome"]
    return Quiz(
        id=row["id"],
        kind=row["kind"],
        local_day=row["local_day"],
        created_at=row["created_at"],
        pushed_at=row["pushed_at"],
        closed_at=row["closed_at"],
        outcome=outcome,
        items=items,
        set_id=row["set_id"],
        deadline_at=row["deadline_at"],
    )
