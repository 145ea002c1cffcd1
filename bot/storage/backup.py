"""A SQLite file that can be trusted: checked at start, copied while in use, the copy checked."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.errors import StorageError
from bot.storage.database import Database


def check_integrity(database: Database) -> None:
    """Read the whole file once (StorageError when it is damaged; nothing for PostgreSQL).

    It costs about two seconds a gigabyte, and finds damage while the last backup is still good.
    """
    file = _file_of(database)
    if file is None or not file.is_file():
        return  # what is no file is told by who opens it
    with closing(sqlite3.connect(file)) as connection:
        _check(connection, file)


def back_up(database: Database, target: Path) -> Path:
    """Copy the database to `target` while others write to it; the copy is checked, then named.

    One step on a WAL file: the copy is the state of one moment, and nobody waits for it. Raises
    StorageError, also for PostgreSQL, whose own tools do it better.
    """
    source = _file_of(database)
    if source is None:
        raise StorageError("the database is PostgreSQL: use pg_dump or your server's own backups")
    if not source.exists():
        raise StorageError(f"there is no database at {source}: check DATABASE_URL and the folder")
    if target.exists():
        raise StorageError(f"{target} is there already: choose another name")
    unfinished = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)
        with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(unfinished)) as copy:
            one.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            _check(copy, unfinished)
        return unfinished.rename(target)
    except (OSError, sqlite3.Error) as error:
        unfinished.unlink(missing_ok=True)
        reason = f"no backup was made ({error}): check the folder and its space"
        raise StorageError(reason) from error


def _check(connection: sqlite3.Connection, file: Path) -> None:
    try:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
        orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        found, orphans = [str(error)], []
    if found != ["ok"] or orphans:
        reason = found[0] if found != ["ok"] else f"{len(orphans)} rows point nowhere"
        raise StorageError(
            f"the database file {file} is damaged ({reason}): restore the last backup, "
            "as docs/operations.md says"
        )


def _file_of(database: Database) -> Path | None:
    name = database.engine.url.database
    is_file = database.is_sqlite and name and name != ":memory:"
    return Path(name) if is_file and name else None
