"""Lives to test with: a candidate without the welcome's taps, a row of theirs in every table."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa

from bot.domain.candidate import Candidate
from bot.storage.tables import Instant, broadcasts, metadata
from tests.talk import Talk

# Tables that hold nothing about a person; a new table is either here or carries its owner.
IMPERSONAL = frozenset(
    {"deep_links", "leases", "competitions", "competition_dates", "install"}
    | {"broadcasts", "audits"}
)
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def settle(talk: Talk, **settings: Any) -> Candidate:
    """Make the person at the keyboard a candidate whose welcome is over."""
    with talk.database.begin() as store:
        made = store.candidates.create(
            language=talk.language,  # type: ignore[arg-type]
            stream="benefits",
            grade="B",
            zone="Africa/Casablanca",
            now=talk.now,
        )
        store.conversations.open(talk.who, talk.who.chat, made.id, talk.now)
        return store.candidates.change(made.id, **{"onboarded_at": talk.now, **settings})


def me(talk: Talk) -> Candidate:
    """The candidate at the keyboard, as kept now."""
    mine = talk.candidate_id
    with talk.database.begin() as store:
        found = store.candidates.get(mine)
    assert found is not None
    return found


def fill_every_table(connection: sa.Connection, candidate_id: str, chat: str, words: str) -> None:
    """Give the candidate, who talks to the coach at `chat`, one row in each personal table."""
    parents: dict[str, Any] = {"candidates": candidate_id, "broadcasts": _broadcast(connection)}
    for table in metadata.sorted_tables:
        if table.name in IMPERSONAL:
            continue
        values = {
            column.name: _value(column, parents, chat, words)
            for column in table.columns
            if not _counts_itself(column)
        }
        result = connection.execute(table.insert().values(values))
        parents.setdefault(table.name, (result.inserted_primary_key or [None])[0])


def _broadcast(connection: sa.Connection) -> int:
    """A broadcast of an operator's, about nobody."""
    values = {"operator": "web:x", "text": "", "language": "", "stage": "done", "created_at": AT}
    made = connection.execute(broadcasts.insert().values(**values, size=1, position=1))
    return int((made.inserted_primary_key or [0])[0])


def _counts_itself(column: sa.Column[Any]) -> bool:
    return bool(column.primary_key and column.autoincrement is True)


def _value(column: sa.Column[Any], parents: dict[str, Any], chat: str, words: str) -> Any:
    for key in column.foreign_keys:
        return parents.get(key.column.table.name)
    if column.name == "id" and column.table.name == "candidates":
        return parents["candidates"]
    if column.name == "chat" or column.name.endswith(("_chat", "person")):
        return chat
    if column.name.endswith("channel"):
        return "web"
    if column.name == "event_id":
        return f"{chat}:{words}"
    return _by_type(column.type, words)


def _by_type(kind: sa.types.TypeEngine[Any], words: str) -> Any:
    if isinstance(kind, sa.String):
        return words if kind.length is None or kind.length >= len(words) else "x"
    if isinstance(kind, sa.LargeBinary):
        return words.encode()
    if isinstance(kind, sa.JSON):
        return {"text": words}
    if isinstance(kind, sa.Boolean):
        return False
    if isinstance(kind, sa.Integer | sa.Float):
        return 1
    if isinstance(kind, Instant):
        return AT
    return date(2026, 11, 24) if isinstance(kind, sa.Date) else time(9)
