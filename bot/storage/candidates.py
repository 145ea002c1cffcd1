"""Candidates and their settings."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.candidate import (
    DEFAULT_QUIET_FROM,
    DEFAULT_QUIET_TO,
    DEFAULT_QUIZ_TIME,
    DEFAULT_REMINDER_TIME,
    Candidate,
    CandidateId,
)
from bot.messages import Address
from bot.storage.conversations import IS_AT, Conversation, conversation_of, place
from bot.storage.hot import Hot
from bot.storage.tables import candidates, conversations
from content.schema import Language

_GET = sa.select(candidates).where(candidates.c.id == sa.bindparam("id_"))
_LOCK = _GET.with_for_update()
# Every turn of a person begins with it: one statement, since each costs more than its rows.
_AT = Hot(
    lambda _dialect: (
        sa.select(conversations, *candidates.c)
        .join(candidates, candidates.c.id == conversations.c.candidate_id)
        .where(IS_AT)
        .with_for_update(of=(candidates, conversations))
    )
)
_ACTIVE = Hot(
    lambda _dialect: (
        candidates.update().where(candidates.c.id == sa.bindparam("id_")).returning(candidates)
    )
)
_NAMES = tuple(column.name for column in candidates.c)


class Candidates:
    """Finds, creates and changes candidates."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        # As this transaction knows them: nobody else changes a candidate meanwhile.
        self._known: dict[str, Candidate] = {}

    def forget_known(self) -> None:
        """Somebody deleted candidates: look again."""
        self._known.clear()

    def create(
        self, *, language: Language, stream: str, grade: str, zone: str, now: datetime
    ) -> Candidate:
        """A new candidate who just consented, with the default settings."""
        candidate = Candidate(
            id=CandidateId(secrets.token_hex(8)),
            language=language,
            stream=stream,
            grade=grade,
            zone=zone,
            consent_at=now,
            active_at=now,
        )
        self._connection.execute(
            candidates.insert().values(
                id=candidate.id,
                language=language,
                stream=stream,
                grade=grade,
                zone=zone,
                consent_at=now,
                active_at=now,
                quiz_time=DEFAULT_QUIZ_TIME,
                reminder_time=DEFAULT_REMINDER_TIME,
                quiet_from=DEFAULT_QUIET_FROM,
                quiet_to=DEFAULT_QUIET_TO,
                push_to="",
                keep_voice=False,
            )
        )
        return candidate

    def get(self, candidate_id: str, *, lock: bool = False) -> Candidate | None:
        """The candidate, locked against other turns when `lock` (a row lock on PostgreSQL)."""
        if not lock and candidate_id in self._known:
            return self._known[candidate_id]
        query = _LOCK if lock else _GET
        row = self._connection.execute(query, {"id_": candidate_id}).mappings().first()
        return None if row is None else self._note(row)

    def at(self, address: Address, person: str) -> tuple[Conversation, Candidate] | None:
        """Who talks there and where they stand.

        Both are locked, the candidate first: who waited for a turn sees where it left them.
        """
        for row in _AT.run(self._connection, place(address, person)):
            return conversation_of(row), self._note({name: row[name] for name in _NAMES})
        return None

    def of(self, ids: Collection[str]) -> list[Candidate]:
        """Those of the candidates who are still there."""
        rows = self._connection.execute(sa.select(candidates).where(candidates.c.id.in_(ids)))
        return [self._note(row) for row in rows.mappings()]

    def change(self, candidate_id: str, **settings: Any) -> Candidate:
        """Set some of the candidate's fields and give the candidate as it now is."""
        statement = candidates.update().where(candidates.c.id == candidate_id).values(**settings)
        row = self._connection.execute(statement.returning(candidates)).mappings().first()
        if row is None:
            raise LookupError(candidate_id)
        return self._note(row)

    def note_active(self, candidate_id: str, now: datetime) -> None:
        """The candidate was here just now."""
        for row in _ACTIVE.run(self._connection, {"id_": candidate_id, "active_at": now}):
            self._note(row)

    def all_ids(self) -> list[CandidateId]:
        """Every candidate's id: for rare whole-table work only (a change of zone data)."""
        return [
            CandidateId(row.id) for row in self._connection.execute(sa.select(candidates.c.id))
        ]

    def _note(self, row: Any) -> Candidate:
        known = Candidate(**{**row, "id": CandidateId(row["id"])})
        self._known[known.id] = known
        return known
