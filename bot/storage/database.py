"""Transactions, and the threads they run on.

Everything that touches the database runs in plain functions on threads of its own: one for
SQLite (it has one writer anyway), eight for PostgreSQL. What waits is taken by priority: the mark
of what was sent (a crash would repeat it) before a pressed button before a due timer before a
sweep before what one person sends too fast.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Any, TypeVar

import sqlalchemy as sa

from bot.errors import StorageError
from bot.storage.engine import POSTGRES_THREADS, make_engine
from bot.storage.privacy import FORGOT
from bot.storage.unit_of_work import UnitOfWork

_log = logging.getLogger("coach.database")

T = TypeVar("T")

# PostgreSQL's own words for a server that went read-only, or a transaction it ended itself.
_NOT_OUR_FAULT = {"25006", "25P03"}
# What SQLite says when the file, and not the statement, is at fault.
_FILE_FAULTS = (
    *("disk is full", "disk i/o", "readonly", "read-only", "locked", "busy"),
    *("unable to open", "malformed", "not a database"),
)


class Priority(IntEnum):
    """What goes first when work waits for the database."""

    MARK = 0
    EVENT = 1
    TIMER = 2
    SWEEP = 3
    FLOOD = 4
    STOP = 5


class Database:
    """Opens transactions, and runs functions on the database's own threads."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._at_once = self.engine
        if not self.is_sqlite:
            self._at_once = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._work: queue.PriorityQueue[tuple[int, int, Callable[[], None] | None]] = (
            queue.PriorityQueue()
        )
        self._order = itertools.count()
        self._threads: list[threading.Thread] = []

    @contextmanager
    def begin(self, *, at_once: bool = False) -> Iterator[UnitOfWork]:
        """A transaction: committed at the end, rolled back by any exception.

        `at_once`: PostgreSQL commits each statement by itself. One that forgot a candidate is
        followed by `scrub`. Raises StorageError when the database itself refuses (disk,
        connection, lock).
        """
        try:
            with (self._at_once if at_once else self.engine).begin() as connection:
                yield UnitOfWork(connection)
                has_forgotten = connection.info.pop(FORGOT, False)
        except sa.exc.DBAPIError as error:
            if not _is_the_databases_fault(error, is_sqlite=self.is_sqlite):
                raise
            raise StorageError(_sentence(error)) from None
        if has_forgotten:
            self.scrub()

    def scrub(self) -> bool:
        """Wipe deleted words from SQLite's file and its log; False when others were busy in it.

        `secure_delete` zeroes deleted rows, but not the copies that B-trees leave behind when
        they move rows between pages, nor the log's older pages: only a rebuilt file has none.
        """
        if not self.is_sqlite:
            return True
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("VACUUM")
            busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            _log.warning("the database file could not be scrubbed now; tidying up will")
            return False
        finally:
            connection.close()
        return not busy

    async def run(
        self, function: Callable[..., T], *arguments: Any, priority: Priority = Priority.EVENT
    ) -> T:
        """Run a plain function on a database thread and await its result."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()

        def work() -> None:
            try:
                result = function(*arguments)
            except BaseException as error:
                _tell(loop, future, future.set_exception, error)
            else:
                _tell(loop, future, future.set_result, result)

        self._start_threads()
        self._work.put((int(priority), next(self._order), work))
        return await future

    def _start_threads(self) -> None:
        if self._threads:
            return
        count = 1 if self.is_sqlite else POSTGRES_THREADS
        for number in range(count):
            thread = threading.Thread(target=self._loop, name=f"database-{number}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def _loop(self) -> None:
        while (work := self._work.get()[2]) is not None:
            work()

    def is_reachable(self) -> bool:
        """Whether the database answers a query."""
        try:
            with self.engine.connect() as connection:
                connection.execute(sa.text("SELECT 1"))
        except sa.exc.SQLAlchemyError:
            return False
        return True

    def close(self) -> None:
        """Let waiting work finish, then close every connection."""
        for _ in self._threads:
            self._work.put((int(Priority.STOP), next(self._order), None))
        for thread in self._threads:
            thread.join(timeout=5)
        self._threads.clear()
        self.engine.dispose()


def _tell(
    loop: asyncio.AbstractEventLoop,
    future: asyncio.Future[Any],
    settle: Callable[[Any], None],
    value: Any,
) -> None:
    """Settle a future from a database thread, unless its owner has gone."""

    def do() -> None:
        if not future.done():
            settle(value)

    if not loop.is_closed():
        loop.call_soon_threadsafe(do)


def _is_the_databases_fault(error: sa.exc.DBAPIError, *, is_sqlite: bool) -> bool:
    """Whether trying again may help: a statement that is wrong would be tried for ever."""
    if is_sqlite:
        return any(phrase in str(error.orig).lower() for phrase in _FILE_FAULTS)
    return (
        error.connection_invalidated
        or isinstance(error, sa.exc.OperationalError | sa.exc.InterfaceError)
        or getattr(error.orig, "sqlstate", None) in _NOT_OUR_FAULT
    )


def _sentence(error: sa.exc.DBAPIError) -> str:
    """What an operator can do about it; never a statement's parameters."""
    text = str(error.orig).lower()
    if "disk is full" in text or "disk i/o" in text:
        return "the database's disk is full: free some space; nothing committed is lost"
    if "readonly" in text or "read-only" in text:
        return "the database file is read-only: make it and its folder writable"
    return f"the database does not answer ({type(error.orig).__name__})"
