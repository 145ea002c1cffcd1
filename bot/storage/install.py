"""What the coach remembers about itself between two starts."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from bot.storage.dialect import insert_or_ignore, upsert
from bot.storage.tables import install

_ALIVE = "alive_at"


class Install:
    """A few named values."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> str:
        """The value, or an empty text."""
        query = sa.select(install.c.value).where(install.c.name == name)
        return self._connection.execute(query).scalar_one_or_none() or ""

    def set(self, name: str, value: str) -> None:
        """Remember the value."""
        statement = upsert(self._connection, install).values(name=name, value=value)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["name"], set_={"value": value})
        )

    def alive_at(self) -> datetime | None:
        """When a process that lets people in last said that it runs; None when none ever did."""
        said = self.get(_ALIVE)
        return datetime.fromisoformat(said) if said else None

    def note_alive(self, before: datetime | None, now: datetime) -> bool:
        """Say so now; False when another process did since `before` was read.

        So of several processes one alone has seen the gap from `before` to `now`.
        """
        if before is None:
            new = insert_or_ignore(self._connection, install).values(
                name=_ALIVE, value=now.isoformat()
            )
            return self._connection.execute(new).rowcount == 1
        changed = self._connection.execute(
            install.update()
            .where(install.c.name == _ALIVE, install.c.value == before.isoformat())
            .values(value=now.isoformat())
        )
        return changed.rowcount == 1
