"""Everything about one candidate: to hand over, or to delete.

Both follow the tables' own structure rather than a list, so a new table is covered the day it is
made: rows with the candidate's id, rows that hang on such rows by a foreign key, and rows about
one of the candidate's private chats (a column `chat`, `from_chat` or `to_chat`; an `event_id`
that begins with the chat's id, as the web chat's do).
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa

from bot.messages import Address
from bot.storage.dialect import insert_or_ignore
from bot.storage.tables import candidates, conversations, install, metadata

# Handed over, these would open a door: a link code's hash gives the code away.
_SECRETS = frozenset({"code_hash"})

FORGOT = "forgot"


class Privacy:
    """Hands over and deletes. `on_delete` is told that candidates may be gone."""

    def __init__(self, connection: sa.Connection, on_delete: Callable[[], None]) -> None:
        self._connection = connection
        self._on_delete = on_delete

    def everything(self, candidate_id: str) -> dict[str, list[dict[str, Any]]]:
        """All the candidate's rows, table by table, as JSON can say them."""
        chats = self._private_chats(candidate_id)
        return {
            table.name: self._export(table, conditions[0])
            for table in metadata.sorted_tables
            if (conditions := _conditions(table, candidate_id, chats))
        }

    def forget(self, candidate_id: str) -> None:
        """Delete the candidate and every row about them or their private chats.

        The database file is scrubbed once the transaction is committed (see `Database.begin`),
        and by the next tidying up, when the farewell is gone as well.
        """
        self._delete(candidate_id, self._private_chats(candidate_id))

    def forget_visitor(self, chat: Address) -> None:
        """Delete what is kept about the private chat of a person who is no candidate."""
        self._delete("", [chat])

    def is_scrub_due(self) -> bool:
        """Whether a candidate was forgotten since `note_scrubbed`."""
        due = sa.select(install.c.value).where(install.c.name == FORGOT)
        return self._connection.execute(due).first() is not None

    def note_scrubbed(self) -> None:
        """The database file was scrubbed, with nothing left to come."""
        self._connection.execute(install.delete().where(install.c.name == FORGOT))

    def _delete(self, candidate_id: str, chats: Sequence[Address]) -> None:
        self._on_delete()
        for table in reversed(metadata.sorted_tables):
            if conditions := _conditions(table, candidate_id, chats):
                self._connection.execute(table.delete().where(sa.or_(*conditions)))
        self._connection.execute(
            insert_or_ignore(self._connection, install).values(name=FORGOT, value="scrub")
        )
        self._connection.info[FORGOT] = True

    def _private_chats(self, candidate_id: str) -> list[Address]:
        """Where only this person and the coach talk: there the chat's id is the person's."""
        rows = self._connection.execute(
            sa.select(conversations.c.channel, conversations.c.chat).where(
                conversations.c.candidate_id == candidate_id,
                conversations.c.chat == conversations.c.person,
            )
        )
        return [Address(channel=row.channel, chat=row.chat) for row in rows]

    def _export(self, table: sa.Table, condition: sa.ColumnElement[bool]) -> list[dict[str, Any]]:
        rows = self._connection.execute(
            sa.select(table).where(condition).order_by(*table.primary_key.columns)
        ).mappings()
        return [
            {name: _as_json(value) for name, value in row.items() if name not in _SECRETS}
            for row in rows
        ]


def _conditions(
    table: sa.Table, candidate_id: str, chats: Sequence[Address]
) -> list[sa.ColumnElement[bool]]:
    """What marks the candidate's rows of `table`: first by owner, then by chat; empty for none."""
    owned = _owned(table, candidate_id)
    at_chats = [
        _at_chats(table, column, chats)
        for column in table.c
        if column.name in {"chat", "event_id"} or column.name.endswith("_chat")
    ]
    return at_chats if owned is None else [owned, *at_chats]


def _owned(table: sa.Table, candidate_id: str) -> sa.ColumnElement[bool] | None:
    """Rows of the candidate, by their id or by a row of theirs that these hang on."""
    if table is candidates:
        return candidates.c.id == candidate_id
    if "candidate_id" in table.c:
        return table.c.candidate_id == candidate_id
    for key in table.foreign_keys:
        parent = key.column.table
        theirs = None if parent is table else _owned(parent, candidate_id)
        if theirs is not None:
            return key.parent.in_(sa.select(key.column).where(theirs))
    return None


def _at_chats(
    table: sa.Table, column: sa.Column[Any], chats: Sequence[Address]
) -> sa.ColumnElement[bool]:
    """Rows about one of the chats; the web chat's own table names no channel."""
    prefix = column.name.removesuffix("chat").removesuffix("event_id")
    channel = table.c.get(f"{prefix}channel")
    found: list[sa.ColumnElement[bool]] = [sa.false()]
    for address in chats:
        here = column == address.chat
        if column.name == "event_id":
            here = column.startswith(f"{address.chat}:", autoescape=True)
        found.append(here if channel is None else here & (channel == address.channel))
    return sa.or_(*found)


def _as_json(value: Any) -> Any:
    """A column's value for JSON: bytes in base64; files already handed over are left out."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict) and "file" in value:
        named = {name: part for name, part in value["file"].items() if name != "data"}
        return {**value, "file": named}
    return value
