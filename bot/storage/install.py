"""What the coach remembers about itself between two starts."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.dialect import upsert
from bot.storage.tables import install


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
