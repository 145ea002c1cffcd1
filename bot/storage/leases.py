"""Leases: who alone may do something, until when by the database's own clock."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.dialect import upsert
from bot.storage.tables import leases


class Leases:
    """Takes and gives back leases.

    To be used in `Database.begin(at_once=True)`: a transaction left open by a process that is
    frozen in between would keep the row locked.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def take(self, name: str, holder: str, seconds: float) -> bool:
        """Take or renew the lease for so many seconds; False when another holds it."""
        now = self._now()
        values = {"holder": holder, "until": now + seconds}
        insert = upsert(self._connection, leases).values(name=name, **values)
        statement = insert.on_conflict_do_update(
            index_elements=["name"],
            set_=values,
            where=sa.or_(leases.c.holder == holder, leases.c.until < now),
        )
        found = self._connection.execute(statement.returning(leases.c.holder)).first()
        return found is not None

    def release(self, name: str, holder: str) -> None:
        """Give it back, if it is ours."""
        self._connection.execute(
            leases.delete().where(leases.c.name == name, leases.c.holder == holder)
        )

    def release_all(self) -> None:
        """At start on SQLite: a former process's leases are void."""
        self._connection.execute(leases.delete())

    def _now(self) -> sa.ColumnElement[float]:
        """The database's clock, in seconds since the epoch."""
        if self._connection.dialect.name == "postgresql":
            return sa.cast(sa.extract("epoch", sa.func.clock_timestamp()), sa.Float)
        return (sa.func.julianday("now") - 2440587.5) * 86400.0
