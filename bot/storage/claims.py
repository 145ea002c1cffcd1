"""Who may send which outbox row now: rows are claimed just before they leave.

A claim is a time until which nobody else may take the row, and that time is also its name: who
lost a claim meanwhile (frozen, cut off) cannot put back or send what another has claimed since.
"""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from bot.storage.install import Install
from bot.storage.outbox import CLAIM_SECONDS, OutboxRow, Urgency, pending, row_of
from bot.storage.tables import outbox

ROWS_OF_A_CHAT = 3
_STOPPED = "pushes_stopped"
# After so many failures (a minute and a half) a row no longer holds back those behind it.
PATIENT_ATTEMPTS = 6


_READY = (
    sa.select(outbox.c.id)
    .where(
        pending(),
        outbox.c.channel == sa.bindparam("channel_"),
        outbox.c.not_before <= sa.bindparam("wall_"),
        outbox.c.claimed_until < sa.bindparam("wall_"),
    )
    .limit(1)
)


class Claims:
    """Claims rows and gives them back."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def claim(
        self,
        channel: str,
        wall: float,
        limit: int,
        *,
        answers: bool,
        held: Collection[int] = (),
    ) -> list[OutboxRow]:
        """Lease up to `limit` of the channel's rows that may go now, oldest first by urgency.

        `answers`: those, or all others. At most ROWS_OF_A_CHAT of one chat, so that no chat
        fills the batch; none that would overtake an earlier one of its chat that waits or is in
        another's hands; and none that is `held` by who asks, however long it takes to send.
        """
        if not self._has_ready(channel, wall) or (not answers and self.are_pushes_stopped()):
            return []
        self._one_at_a_time(channel)
        answer = int(Urgency.ANSWER)
        ready = sa.and_(
            pending(),
            outbox.c.channel == channel,
            outbox.c.not_before <= wall,
            outbox.c.claimed_until < wall,
            outbox.c.priority <= answer if answers else outbox.c.priority > answer,
            outbox.c.id.not_in(held),
            ~_has_earlier_that_waits(wall, held),
        )
        rows = self._connection.execute(
            outbox.update()
            .where(outbox.c.id.in_(_first(ready, limit)))
            .values(claimed_until=wall + CLAIM_SECONDS)
            .returning(outbox)
        ).mappings()
        return sorted((row_of(row) for row in rows), key=lambda row: (row.urgency, row.id))

    def _has_ready(self, channel: str, wall: float) -> bool:
        """Whether anything may go at all: most looks find nothing, and the real one is costly."""
        return (
            self._connection.execute(_READY, {"channel_": channel, "wall_": wall}).first()
            is not None
        )

    def stop_pushes(self, *, stopped: bool) -> None:
        """Nothing leaves but answers, until it may again (T62)."""
        Install(self._connection).set(_STOPPED, "yes" if stopped else "")

    def are_pushes_stopped(self) -> bool:
        """Whether an operator stopped all pushes."""
        return bool(Install(self._connection).get(_STOPPED))

    def put_back(self, row: OutboxRow, *, not_before: float, failed: bool) -> None:
        """The row was not sent: release it until `not_before`, counting a failure if one.

        Only if it is still ours: one that somebody else has claimed since is left to them.
        """
        self._connection.execute(
            outbox.update()
            .where(outbox.c.id == row.id, outbox.c.claimed_until == row.claimed_until)
            .values(
                claimed_until=0.0,
                not_before=not_before,
                attempts=outbox.c.attempts + (1 if failed else 0),
            )
        )

    def still_wanted(self, row: OutboxRow) -> bool:
        """Whether the row still waits, in our hands: the last look before sending a push."""
        found = self._connection.execute(
            sa.select(outbox.c.id).where(
                outbox.c.id == row.id,
                pending(),
                outbox.c.claimed_until == row.claimed_until,
            )
        ).first()
        return found is not None

    def release(self, channel: str) -> None:
        """Whoever sent on this channel no longer does: their claims are void."""
        self._connection.execute(
            outbox.update()
            .where(pending(), outbox.c.channel == channel, outbox.c.claimed_until > 0)
            .values(claimed_until=0.0)
        )

    def release_all(self) -> None:
        """At start on SQLite: a former process's claims are void."""
        self._connection.execute(
            outbox.update().where(pending(), outbox.c.claimed_until > 0).values(claimed_until=0.0)
        )

    def chats_waiting(self, channel: str, wall: float) -> set[str]:
        """The chats that have answers left in the outbox, in nobody's hands."""
        rows = self._connection.execute(
            sa.select(outbox.c.chat)
            .distinct()
            .where(
                pending(),
                outbox.c.channel == channel,
                outbox.c.priority == int(Urgency.ANSWER),
                outbox.c.claimed_until < wall,
            )
        )
        return {row.chat for row in rows}

    def _one_at_a_time(self, channel: str) -> None:
        """Two claims at once could each take a row of one chat, and break its order."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(
                sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(f"claim:{channel}")))
            )


def _first(ready: sa.ColumnElement[bool], limit: int) -> sa.Select[tuple[int]]:
    """The ids of the most urgent ready rows, not too many of one chat.

    Only the front is ranked: a window over all that waits would cost more the more waits.
    """
    front = (
        sa.select(outbox.c.id, outbox.c.chat, outbox.c.priority)
        .where(ready)
        .order_by(outbox.c.priority, outbox.c.id)
        .limit(limit * ROWS_OF_A_CHAT)
        .subquery()
    )
    order = (front.c.priority, front.c.id)
    place = sa.func.row_number().over(partition_by=front.c.chat, order_by=order)
    ranked = sa.select(front, place.label("place")).subquery()
    return (
        sa.select(ranked.c.id)
        .where(ranked.c.place <= ROWS_OF_A_CHAT)
        .order_by(ranked.c.priority, ranked.c.id)
        .limit(limit)
    )


def _has_earlier_that_waits(wall: float, held: Collection[int]) -> sa.ColumnElement[bool]:
    earlier = outbox.alias()
    return sa.exists().where(
        pending(earlier),
        earlier.c.channel == outbox.c.channel,
        earlier.c.chat == outbox.c.chat,
        earlier.c.id < outbox.c.id,
        earlier.c.id.not_in(held),
        earlier.c.priority <= outbox.c.priority,
        earlier.c.attempts < PATIENT_ATTEMPTS,
        sa.or_(earlier.c.not_before > wall, earlier.c.claimed_until >= wall),
    )
