"""The web chat's transcript: what each page shows, in order, and what changed since it looked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from bot.storage.tables import conversations, web_log

KEPT_ROWS = 200

Side = Literal["me", "coach"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """A message of a chat. `seq` is its place and its ref; `revision` grows with every change.

    `side`: whose message it is; `key`: what made it, unique in the chat.
    """

    seq: int
    revision: int
    side: Side
    payload: dict[str, Any] = field(repr=False)
    key: str
    at: datetime


class WebLog:
    """Writes, rewrites and reads back a chat's messages."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def write(
        self, chat: str, *, side: Side, key: str, payload: dict[str, Any], now: datetime
    ) -> int:
        """Add a message at the bottom, once for each `key`; its seq. Old rows make room."""
        self._lock(chat)
        here = web_log.c.chat == chat
        known = self._connection.execute(
            sa.select(web_log.c.seq).where(here, web_log.c.key == key)
        ).scalar()
        if known is not None:
            return int(known)
        seq, revision = self._next(chat, now)
        self._connection.execute(
            web_log.insert().values(
                chat=chat,
                seq=seq,
                revision=revision,
                side=side,
                payload=payload,
                key=key,
                at=now,
            )
        )
        self._connection.execute(web_log.delete().where(here, web_log.c.seq <= seq - KEPT_ROWS))
        return seq

    def rewrite(self, chat: str, seq: int, *, side: Side, payload: dict[str, Any]) -> bool:
        """Change a message of that side; False when there is none (any more).

        One that already reads so keeps its revision.
        """
        self._lock(chat)
        row = self.find(chat, seq)
        if row is None or row.side != side:
            return False
        if row.payload != payload:
            self._connection.execute(
                web_log.update()
                .where(web_log.c.chat == chat, web_log.c.seq == seq)
                .values(payload=payload, revision=self.latest(chat) + 1)
            )
        return True

    def find(self, chat: str, seq: int) -> LogRow | None:
        """The chat's message `seq`."""
        row = (
            self._connection.execute(
                sa.select(web_log).where(web_log.c.chat == chat, web_log.c.seq == seq)
            )
            .mappings()
            .first()
        )
        return None if row is None else _row(row)

    def latest(self, chat: str) -> int:
        """The newest revision; 0 when the chat is empty."""
        newest = sa.select(sa.func.max(web_log.c.revision)).where(web_log.c.chat == chat)
        return self._connection.execute(newest).scalar() or 0

    def first(self, chat: str) -> int:
        """The oldest message still kept; 0 when the chat is empty."""
        oldest = sa.select(sa.func.min(web_log.c.seq)).where(web_log.c.chat == chat)
        return self._connection.execute(oldest).scalar() or 0

    def since(self, chat: str, revision: int) -> list[LogRow]:
        """What was written or rewritten after `revision`, in that order."""
        rows = self._connection.execute(
            sa.select(web_log)
            .where(web_log.c.chat == chat, web_log.c.revision > revision)
            .order_by(web_log.c.revision)
        ).mappings()
        return [_row(row) for row in rows]

    def tidy(self, before: datetime) -> None:
        """Drop the transcripts of visitors who are no candidates and were last here `before`."""
        owned = sa.select(conversations.c.chat).where(conversations.c.channel == "web")
        recent = sa.select(web_log.c.chat).where(web_log.c.at >= before)
        self._connection.execute(
            web_log.delete().where(web_log.c.chat.not_in(owned), web_log.c.chat.not_in(recent))
        )

    def _next(self, chat: str, now: datetime) -> tuple[int, int]:
        """The seq and the revision of a new message."""
        start = int(now.timestamp() * 1000) - 1
        last = self._connection.execute(
            sa.select(sa.func.max(web_log.c.seq), sa.func.max(web_log.c.revision)).where(
                web_log.c.chat == chat
            )
        ).one()
        return (last[0] or start) + 1, (last[1] or start) + 1

    def _lock(self, chat: str) -> None:
        """One writer a chat until the transaction ends: revisions appear in their order.

        SQLite has one writer anyway.
        """
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(
                sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(f"web_log:{chat}")))
            )


def _row(row: Any) -> LogRow:
    return LogRow(**{name: row[name] for name in LogRow.__dataclass_fields__})
