"""Who talks where: one conversation is an address and a person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.conversation import State, dump, load
from bot.domain.candidate import CandidateId
from bot.messages import Address
from bot.storage.hot import Hot
from bot.storage.tables import conversations


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A candidate's presence at an address; `blocked_at`: the person shut the door there."""

    address: Address
    person: str
    candidate_id: CandidateId
    state: State
    used_at: datetime
    blocked_at: datetime | None


IS_AT = sa.and_(
    *(
        conversations.c[name] == sa.bindparam(f"{name}_")
        for name in ("channel", "chat", "thread", "person")
    )
)
_FIND = sa.select(conversations).where(IS_AT)
_TOUCH = Hot(
    lambda _dialect: conversations.update().where(IS_AT).returning(conversations.c.person)
)


class Conversations:
    """Finds and changes conversations."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def find(self, address: Address, person: str) -> Conversation | None:
        """The conversation of `person` at `address`, if they are a candidate."""
        row = self._connection.execute(_FIND, place(address, person)).mappings().first()
        return None if row is None else conversation_of(row)

    def of_candidate(self, candidate_id: str) -> list[Conversation]:
        """A candidate's conversations, the last used first."""
        rows = self._connection.execute(
            sa.select(conversations)
            .where(conversations.c.candidate_id == candidate_id)
            .order_by(conversations.c.used_at.desc())
        ).mappings()
        return [conversation_of(row) for row in rows]

    def of_candidates(self, ids: Collection[str]) -> dict[str, list[Conversation]]:
        """The conversations of many candidates, each one's last used first."""
        rows = self._connection.execute(
            sa.select(conversations)
            .where(conversations.c.candidate_id.in_(ids))
            .order_by(conversations.c.used_at.desc())
        ).mappings()
        found: dict[str, list[Conversation]] = {}
        for row in rows:
            found.setdefault(row["candidate_id"], []).append(conversation_of(row))
        return found

    def open(self, address: Address, person: str, candidate_id: str, now: datetime) -> None:
        """Make (or hand over) the conversation to this candidate."""
        self.close(address, person)
        self._connection.execute(
            conversations.insert().values(
                channel=address.channel,
                chat=address.chat,
                thread=address.thread,
                person=person,
                candidate_id=candidate_id,
                used_at=now,
            )
        )

    def hand_over(self, from_candidate: str, to_candidate: str) -> None:
        """All conversations of one candidate become another's; nobody owns their next text."""
        self._connection.execute(
            conversations.update()
            .where(conversations.c.candidate_id == from_candidate)
            .values(candidate_id=to_candidate, state=None, payload=None)
        )

    def close(self, address: Address, person: str) -> None:
        """Forget that this person talks here."""
        self._connection.execute(conversations.delete().where(IS_AT), place(address, person))

    def touch(self, address: Address, person: str, now: datetime) -> None:
        """The person was here just now (and so has not blocked the coach)."""
        _TOUCH.run(
            self._connection, {**place(address, person), "used_at": now, "blocked_at": None}
        )

    def set_state(self, address: Address, person: str, state: State) -> None:
        """Say who owns the next free text."""
        self._connection.execute(
            conversations.update().where(IS_AT).values(state=dump(state)), place(address, person)
        )

    def set_payload(self, address: Address, person: str, payload: str) -> None:
        """Keep what a /start link asked for until the welcome is over."""
        self._connection.execute(
            conversations.update().where(IS_AT).values(payload=payload), place(address, person)
        )

    def take_payload(self, address: Address, person: str) -> str:
        """What the /start link asked for, once; empty when nothing."""
        query = sa.select(conversations.c.payload).where(IS_AT)
        payload = self._connection.execute(query, place(address, person)).scalar_one_or_none()
        if payload:
            self.set_payload(address, person, "")
        return payload or ""

    def block(self, channel: str, chat: str, now: datetime | None) -> list[CandidateId]:
        """Note that a chat is shut (`now`) or open again (None); whose chat it is."""
        here = (conversations.c.channel == channel) & (conversations.c.chat == chat)
        self._connection.execute(conversations.update().where(here).values(blocked_at=now))
        rows = self._connection.execute(sa.select(conversations.c.candidate_id).where(here))
        return [CandidateId(row.candidate_id) for row in rows]

    def move(self, channel: str, old_chat: str, new_chat: str) -> None:
        """Follow a group that got a new id."""
        self._connection.execute(
            conversations.update()
            .where(conversations.c.channel == channel, conversations.c.chat == old_chat)
            .values(chat=new_chat)
        )


def place(address: Address, person: str) -> dict[str, str]:
    """What IS_AT is bound to."""
    return {
        "channel_": address.channel,
        "chat_": address.chat,
        "thread_": address.thread,
        "person_": person,
    }


def conversation_of(row: Any) -> Conversation:
    """The conversation in a row of its columns' names."""
    return Conversation(
        address=Address(channel=row["channel"], chat=row["chat"], thread=row["thread"]),
        person=row["person"],
        candidate_id=CandidateId(row["candidate_id"]),
        state=load(row["state"]),
        used_at=row["used_at"],
        blocked_at=row["blocked_at"],
    )
