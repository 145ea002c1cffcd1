"""Mock orals: their clock, and what they came to. Their answers are drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.mock import Asked, Mock, Outcome
from bot.domain.mock_marks import Result
from bot.storage.draft_reading import DraftReading
from bot.storage.tables import drafts, mocks

_COUNTED: tuple[Outcome, ...] = ("finished", "time_over")


class Mocks:
    """Starts, finds and closes mock orals; every look-up names the owner."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def start(
        self, candidate_id: str, plan: Sequence[Asked], now: datetime, deadline_at: datetime
    ) -> Mock:
        """A new mock, its clock running."""
        values = {"started_at": now, "resumed_at": now, "deadline_at": deadline_at}
        row = self._connection.execute(
            mocks.insert()
            .values(candidate_id=candidate_id, plan=[asdict(each) for each in plan], **values)
            .returning(mocks)
        ).one()
        return _mock(row, ())

    def get(self, mock_id: int, candidate_id: str) -> Mock | None:
        """The candidate's mock of that id."""
        return self._first(candidate_id, mocks.c.id == mock_id)

    def open_of(self, candidate_id: str) -> Mock | None:
        """The candidate's mock that is not over; there is one at most."""
        return self._first(candidate_id, mocks.c.ended_at.is_(None))

    def met(self, candidate_id: str) -> dict[str, int]:
        """Prompt or follow-up id to the latest mock it was asked in."""
        rows = self._connection.execute(
            sa.select(drafts.c.prompt_id, sa.func.max(drafts.c.mock_id).label("latest"))
            .where(drafts.c.candidate_id == candidate_id, drafts.c.mock_id.is_not(None))
            .group_by(drafts.c.prompt_id)
        )
        return {row.prompt_id: row.latest for row in rows}

    def results(self, candidate_id: str) -> list[tuple[Result, ...]]:
        """What each mock that counts came to, the oldest first."""
        rows = self._connection.execute(
            sa.select(mocks.c.results)
            .where(mocks.c.candidate_id == candidate_id, mocks.c.outcome.in_(_COUNTED))
            .order_by(mocks.c.id)
        ).scalars()
        return [_results(each) for each in rows]

    def pause(self, mock: Mock, now: datetime) -> None:
        """Its clock stands still."""
        self._change(mock, paused_at=now)

    def resume(self, mock: Mock, now: datetime, deadline_at: datetime) -> None:
        """Its clock runs again, to a new end."""
        self._change(mock, paused_at=None, resumed_at=now, deadline_at=deadline_at)

    def close(
        self, mock: Mock, outcome: Outcome, results: Sequence[Result], now: datetime
    ) -> None:
        """It is over."""
        kept = [asdict(each) for each in results]
        self._change(mock, ended_at=now, outcome=outcome, results=kept)

    def _change(self, mock: Mock, **values: Any) -> None:
        self._connection.execute(
            mocks.update()
            .where(mocks.c.id == mock.id, mocks.c.ended_at.is_(None))
            .values(**values)
        )

    def _first(self, candidate_id: str, condition: sa.ColumnElement[bool]) -> Mock | None:
        row = self._connection.execute(
            sa.select(mocks).where(mocks.c.candidate_id == candidate_id, condition)
        ).first()
        if row is None:
            return None
        answers = DraftReading(self._connection).of_mock(row.id, candidate_id)
        return _mock(row, answers)


def _mock(row: Any, answers: Sequence[Any]) -> Mock:
    return Mock(
        id=row.id,
        started_at=row.started_at,
        resumed_at=row.resumed_at,
        deadline_at=row.deadline_at,
        paused_at=row.paused_at,
        ended_at=row.ended_at,
        outcome=row.outcome,
        plan=tuple(Asked(**each) for each in row.plan),
        results=_results(row.results),
        answers=tuple(answers),
    )


def _results(kept: Any) -> tuple[Result, ...]:
    return tuple(Result(**each) for each in kept or ())
