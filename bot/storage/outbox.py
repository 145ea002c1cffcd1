"""What leaves: rows committed with the state that caused them, marked by delivery."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum
from typing import Any

import sqlalchemy as sa

from bot.messages import Address
from bot.storage.dialect import insert_or_ignore, upsert_of
from bot.storage.hot import Hot
from bot.storage.shown import Shown
from bot.storage.tables import outbox

CLAIM_SECONDS = 30.0
# The name under which PostgreSQL tells other processes that rows wait.
NEWS = "coach_outbox"
# An `edit_ref` that says: a new message, whatever the slot shows now.
SEND_ANEW = ""


class Urgency(IntEnum):
    """What goes first at the platform's limit."""

    ANSWER = 0
    PUSH = 1
    BROADCAST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    """A message on its way. `payload`: what is shown, in its reader's language.

    `slot` and `revision` say which message it replaces and how new it is; `edit_ref` the message
    to rewrite (None: the one the slot shows; SEND_ANEW: a new one). `attempts` counts failures
    so far. `claimed_until` is also the claim's name: who holds the row knows it (0: nobody does).
    `is_swept`: it was left in the outbox, so newer ones may have overtaken it.
    """

    id: int = 0
    address: Address
    candidate_id: str | None
    payload: dict[str, Any] = field(repr=False)
    slot: str = ""
    revision: int = 0
    edit_ref: str | None = None
    urgency: Urgency = Urgency.ANSWER
    dedupe_key: str | None = None
    created_at: datetime
    expires_at: datetime | None = None
    attempts: int = 0
    claimed_until: float = 0.0
    is_swept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What became of a row: sent (with the channel's ref), or dead with a reason."""

    row: OutboxRow
    at: datetime
    provider_ref: str | None = None
    dead_reason: str | None = None


class Outbox:
    """Adds, marks and drops rows."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, row: OutboxRow, *, claimed_until: float) -> OutboxRow | None:
        """Keep the row (claimed, if `claimed_until` lies ahead); None: its key is taken."""
        values = _values(row) | {"claimed_until": claimed_until}
        for added in _ADD.run(self._connection, values):
            return replace(row, id=added["id"], claimed_until=claimed_until)
        return None

    def add_many(self, rows: Iterable[tuple[OutboxRow, float]]) -> None:
        """Keep rows, each with the time before which it must not leave (system seconds)."""
        values = [_values(row) | {"not_before": not_before} for row, not_before in rows]
        if values:
            self._connection.execute(insert_or_ignore(self._connection, outbox), values)

    def count_ready(self, urgency: Urgency, wall: float) -> int:
        """How many rows of that urgency could leave now."""
        query = sa.select(sa.func.count()).where(
            pending(),
            outbox.c.priority == int(urgency),
            outbox.c.not_before <= wall,
        )
        return int(self._connection.execute(query).scalar_one())

    def announce(self) -> None:
        """Tell whoever sends, at the commit, that rows wait."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(sa.select(sa.func.pg_notify(NEWS, "")))

    def mark(self, marks: Iterable[Mark]) -> None:
        """Write down what became of rows.

        A sent answer has no key that must stay taken, so its row goes; a push's row stays
        until tidied, and a dead one until an operator has seen it.
        """
        gone = []
        for mark in marks:
            row = mark.row
            if mark.dead_reason is None and row.dedupe_key is None:
                gone.append({"id_": row.id})
            else:
                self._connection.execute(
                    outbox.update()
                    .where(outbox.c.id == row.id)
                    .values(
                        sent_at=None if mark.dead_reason else mark.at,
                        provider_ref=mark.provider_ref,
                        dead_reason=mark.dead_reason,
                        payload={},
                    )
                )
            # A rewrite's message is its slot's since the turn, if no later turn said otherwise.
            ref = mark.provider_ref
            if ref and ref != row.edit_ref and row.slot and row.candidate_id:
                Shown(self._connection).settle(row.address, row.slot, ref)
        if gone:
            self._connection.execute(_FORGET, gone)

    def drop_pending(self, candidate_id: str, key_prefix: str = "", *, keep: str = "") -> None:
        """Take back pushes not yet sent (paused, validated), but those of kind `keep`."""
        key = outbox.c.dedupe_key
        wanted = key.startswith(f"{candidate_id}:{key_prefix}", autoescape=True)
        if keep:
            wanted &= ~key.startswith(f"{candidate_id}:{keep}:", autoescape=True)
        self._connection.execute(
            outbox.delete().where(
                outbox.c.candidate_id == candidate_id, outbox.c.sent_at.is_(None), wanted
            )
        )

    def drop_chat(self, channel: str, chat: str) -> None:
        """A chat is closed: nothing more goes there."""
        self._connection.execute(
            outbox.delete().where(pending(), outbox.c.channel == channel, outbox.c.chat == chat)
        )

    def tidy(self, before: datetime) -> None:
        """Drop rows sent before `before`."""
        self._connection.execute(
            outbox.delete().where(outbox.c.sent_at.is_not(None), outbox.c.sent_at < before)
        )


_ADD = Hot(
    lambda dialect: upsert_of(dialect, outbox).on_conflict_do_nothing().returning(outbox.c.id)
)


_FORGET = outbox.delete().where(outbox.c.id == sa.bindparam("id_"))


def _values(row: OutboxRow) -> dict[str, Any]:
    return {
        "dedupe_key": row.dedupe_key,
        "candidate_id": row.candidate_id,
        "channel": row.address.channel,
        "chat": row.address.chat,
        "thread": row.address.thread,
        "payload": row.payload,
        "slot": row.slot,
        "revision": row.revision,
        "edit_ref": row.edit_ref,
        "priority": int(row.urgency),
        "created_at": row.created_at,
        "expires_at": row.expires_at,
        "not_before": 0.0,
        "claimed_until": 0.0,
        "attempts": 0,
    }


def pending(rows: sa.FromClause = outbox) -> sa.ColumnElement[bool]:
    """Neither sent nor dead; spelled as the partial indexes are."""
    return sa.and_(rows.c.sent_at.is_(None), rows.c.dead_reason.is_(None))


def row_of(row: Any) -> OutboxRow:
    """A row as the outbox keeps it."""
    return OutboxRow(
        id=row["id"],
        address=Address(channel=row["channel"], chat=row["chat"], thread=row["thread"]),
        candidate_id=row["candidate_id"],
        payload=row["payload"],
        slot=row["slot"],
        revision=row["revision"],
        edit_ref=row["edit_ref"],
        urgency=Urgency(row["priority"]),
        dedupe_key=row["dedupe_key"],
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        attempts=row["attempts"],
        claimed_until=row["claimed_until"],
        is_swept=True,
    )
