"""The few statements of every press, run past SQLAlchemy's machinery where that is what costs.

Between two presses other work cools its code: running a statement then takes SQLAlchemy 0.13 ms,
of which SQLite's own part is 0.04 (docs/operations.md). On PostgreSQL the network costs more, and
a lost connection needs SQLAlchemy's care: there it runs them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

Processor = Callable[[Any], Any] | None
Row = Mapping[str, Any]


def run_raw(connection: sa.Connection, sql: str, values: Sequence[Any] = ()) -> list[Any]:
    """All rows of SQL run on SQLite's driver; its errors come as SQLAlchemy's, without values."""
    driver: Any = connection.connection.driver_connection
    try:
        found: list[Any] = driver.execute(sql, values).fetchall()
    except sqlite3.Error as error:
        raise sa.exc.DBAPIError.instance(
            sql, None, error, sqlite3.Error, hide_parameters=True, dialect=connection.dialect
        ) from error
    return found


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement for SQLite: its text, and how each value goes in and comes out."""

    sql: str
    constants: dict[str, Any]
    binds: tuple[tuple[str, Processor], ...]
    columns: tuple[tuple[str, Processor], ...]

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        """What is bound, in the order of the text."""
        known = {**self.constants, **given}
        return [known[name] if to is None else to(known[name]) for name, to in self.binds]

    def row(self, found: Sequence[Any]) -> Row:
        """What SQLite found, as the columns' types say."""
        return {
            name: value if read is None else read(value)
            for (name, read), value in zip(self.columns, found, strict=True)
        }


class Hot:
    """A statement built once for each dialect, and compiled once for SQLite.

    `build` gives a SELECT, or a change RETURNING something; each run binds the same names.
    """

    def __init__(self, build: Callable[[str], Any]) -> None:
        self._build = build
        self._built: dict[str, Any] = {}
        self._compiled: _Compiled | None = None

    def run(self, connection: sa.Connection, values: Mapping[str, Any]) -> Sequence[Row]:
        """The rows found, or changed, by column name."""
        dialect = connection.dialect
        if dialect.name not in self._built:
            self._built[dialect.name] = self._build(dialect.name)
        statement = self._built[dialect.name]
        if dialect.name != "sqlite":
            return [dict(row) for row in connection.execute(statement, values).mappings()]
        if self._compiled is None:
            self._compiled = _compile(statement, dialect, list(values))
        ready = self._compiled
        found = run_raw(connection, ready.sql, ready.values(values))
        return [ready.row(each) for each in found]


def _compile(statement: Any, dialect: sa.Dialect, names: list[str]) -> _Compiled:
    compiled = statement.compile(dialect=dialect, column_keys=names)
    found = (
        statement.column_descriptions
        if isinstance(statement, sa.Select)
        else statement.returning_column_descriptions
    )
    return _Compiled(
        sql=str(compiled),
        constants=compiled.construct_params(dict.fromkeys(names)),
        binds=tuple(
            (name, compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
            for name in compiled.positiontup
        ),
        columns=tuple(
            (each["name"], each["type"].dialect_impl(dialect).result_processor(dialect, None))
            for each in found
        ),
    )
