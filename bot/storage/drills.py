"""Cases marked by the candidate and plans written against the clock."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.drills import Drill, DrillKind
from bot.storage.tables import drills


class Drills:
    """Starts, finds and closes drills; every look-up names the owner."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def start(self, candidate_id: str, kind: DrillKind, item_id: str, now: datetime) -> Drill:
        """A new drill; one of its kind that was left open goes."""
        self._connection.execute(
            drills.delete().where(
                drills.c.candidate_id == candidate_id,
                drills.c.kind == kind,
                drills.c.ended_at.is_(None),
            )
        )
        values = {"kind": kind, "item_id": item_id, "started_at": now}
        number = self._connection.execute(
            drills.insert()
            .values(candidate_id=candidate_id, ticked=[], text="", **values)
            .returning(drills.c.id)
        ).scalar_one()
        return Drill(id=number, kind=kind, item_id=item_id, started_at=now)

    def get(self, drill_id: int, candidate_id: str) -> Drill | None:
        """The candidate's drill of that id."""
        found = self._load(drills.c.id == drill_id, drills.c.candidate_id == candidate_id)
        return found[0] if found else None

    def of_candidate(self, candidate_id: str) -> tuple[Drill, ...]:
        """All the candidate's drills, the oldest first."""
        return self._load(drills.c.candidate_id == candidate_id)

    def tick(self, drill: Drill, boxes: Iterable[int]) -> None:
        """These boxes of the grid are met."""
        self._change(drill, ticked=sorted(boxes))

    def write(self, drill: Drill, pieces: Mapping[str, str]) -> None:
        """The plan so far, message by message."""
        self._change(drill, text=json.dumps(pieces, ensure_ascii=False))

    def close(self, drill: Drill, *, passed: bool, now: datetime) -> None:
        """It is over; a result given before stands."""
        self._change(drill, passed=passed, ended_at=now)

    def _change(self, drill: Drill, **values: Any) -> None:
        self._connection.execute(
            drills.update()
            .where(drills.c.id == drill.id, drills.c.ended_at.is_(None))
            .values(**values)
        )

    def _load(self, *conditions: sa.ColumnElement[bool]) -> tuple[Drill, ...]:
        rows = self._connection.execute(sa.select(drills).where(*conditions).order_by(drills.c.id))
        return tuple(
            Drill(
                id=row.id,
                kind=row.kind,
                item_id=row.item_id,
                started_at=row.started_at,
                ended_at=row.ended_at,
                ticked=frozenset(row.ticked),
                pieces=json.loads(row.text) if row.text else {},
                passed=row.passed,
            )
            for row in rows
        )
