"""What is due when. A timer is a row; firing it is an event like any other."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from bot.messages import Address, TimerFired
from bot.storage.dialect import upsert
from bot.storage.tables import timers

CLAIM_SECONDS = 30.0


class Timers:
    """Arms, disarms and claims timers."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def arm(self, candidate_id: str, kind: str, ref: str, due_at: datetime) -> None:
        """Set the candidate's timer (`kind`, `ref`) to `due_at`, replacing an earlier one."""
        statement = upsert(self._connection, timers).values(
            candidate_id=candidate_id,
            kind=kind,
            ref=ref,
            due_at=due_at,
            claimed_until=0.0,
            attempts=0,
        )
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["candidate_id", "kind", "ref"],
                set_={"due_at": due_at, "claimed_until": 0.0, "attempts": 0},
            )
        )

    def arm_ahead(self, candidate_id: str, kind: str, due_at: datetime, now: datetime) -> None:
        """The same for a timer without a ref, unless it is due already: that one is not lost."""
        armed = self.due_of(candidate_id, kind).get("")
        if armed is None or armed > now:
            self.arm(candidate_id, kind, "", due_at)

    def disarm(self, candidate_id: str, kind: str, ref_prefix: str = "") -> None:
        """Remove the candidate's timers of `kind` whose ref starts with `ref_prefix`."""
        self._connection.execute(
            timers.delete().where(
                timers.c.candidate_id == candidate_id,
                timers.c.kind == kind,
                timers.c.ref.startswith(ref_prefix, autoescape=True),
            )
        )

    def due_of(self, candidate_id: str, kind: str) -> dict[str, datetime]:
        """The candidate's armed timers of `kind`: ref to due instant."""
        rows = self._connection.execute(
            sa.select(timers.c.ref, timers.c.due_at).where(
                timers.c.candidate_id == candidate_id, timers.c.kind == kind
            )
        )
        return {row.ref: row.due_at for row in rows}

    def claim_due(self, now: datetime, wall: float, limit: int) -> list[TimerFired]:
        """Lease up to `limit` due timers, the longest due first.

        `wall` is the system's seconds: a lease is real time even on a test clock.
        """
        due = (
            sa.select(timers.c.id)
            .where(timers.c.due_at <= now, timers.c.claimed_until < wall)
            .order_by(timers.c.due_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = self._connection.execute(
            timers.update()
            .where(timers.c.id.in_(due))
            .values(claimed_until=wall + CLAIM_SECONDS)
            .returning(timers)
        ).mappings()
        fired = [
            TimerFired(
                id=f"{row['id']}@{row['due_at'].isoformat()}",
                address=Address(channel="timer", chat=row["candidate_id"]),
                sender=row["candidate_id"],
                at=now,
                timer_id=row["id"],
                candidate_id=row["candidate_id"],
                kind=row["kind"],
                ref=row["ref"],
                due_at=row["due_at"],
            )
            for row in rows
        ]
        return sorted(fired, key=lambda event: event.due_at)

    def done(self, event: TimerFired) -> None:
        """Remove a fired timer, unless it was armed anew meanwhile."""
        self._connection.execute(
            timers.delete().where(timers.c.id == event.timer_id, timers.c.due_at == event.due_at)
        )

    def count_failure(self, event: TimerFired) -> int:
        """A timer's turn raised: how often it did so far (0: the timer is gone)."""
        row = self._connection.execute(
            timers.update()
            .where(timers.c.id == event.timer_id, timers.c.due_at == event.due_at)
            .values(attempts=timers.c.attempts + 1)
            .returning(timers.c.attempts)
        ).first()
        return 0 if row is None else int(row.attempts)

    def put_off(self, event: TimerFired, until: float) -> None:
        """Do not fire it again before `until` (system seconds)."""
        self._connection.execute(
            timers.update().where(timers.c.id == event.timer_id).values(claimed_until=until)
        )

    def release_all(self) -> None:
        """At start on SQLite: a former process's leases are void."""
        self._connection.execute(
            timers.update().where(timers.c.claimed_until > 0).values(claimed_until=0.0)
        )
