"""The engine and the threads that talk to it.

Everything that touches the database runs in plain functions on threads of its own: one for
SQLite (it has one writer anyway), eight for PostgreSQL. What waits is taken by priority: a
pressed button before a due timer before a sweep before what one person sends too fast.
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
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from bot.errors import StorageError
from bot.storage.privacy import FORGOT
from bot.storage.unit_of_work import UnitOfWork

_log = logging.getLogger("coach.database")

T = TypeVar("T")

POSTGRES_THREADS = 8
# What PostgreSQL and the network are allowed (seconds unless said). A process that is frozen or
# cut off must not hold a lock longer than a lease lasts, nor one of ours wait for it for ever.
POSTGRES_OPTIONS: dict[str, Any] = {
    "connect_timeout": 3,
    "keepalives": 1,
    "keepalives_idle": 3,
    "keepalives_interval": 1,
    "keepalives_count": 4,
    "tcp_user_timeout": 6000,  # milliseconds
    "options": "-c idle_in_transaction_session_timeout=8s -c lock_timeout=8s "
    "-c statement_timeout=20s",
}
# PostgreSQL's own words for a server that went read-only, or a transaction it ended itself.
_NOT_OUR_FAULT = {"25006", "25P03"}
# What SQLite says when the file, and not the statement, is at fault.
_FILE_FAULTS = (
    *("disk is full", "disk i/o", "readonly", "read-only", "locked", "busy"),
    *("unable to open", "malformed", "not a database"),
)


class Priority(IntEnum):
    """What goes first when work waits for the database."""

    EVENT = 0
    TIMER = 1
    SWEEP = 2
    FLOOD = 3
    STOP = 4


class Database:
    """Opens transactions, and runs functions on the database's own threads."""

    def __init__(self, url: str) -> None:
        self.engine = _make_engine(url)
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


def _make_engine(url: str) -> sa.Engine:
    if not url.startswith("sqlite"):
        return sa.create_engine(
            url,
            hide_parameters=True,
            pool_size=POSTGRES_THREADS,
            max_overflow=2,
            pool_pre_ping=True,
            connect_args=POSTGRES_OPTIONS,
        )
    if (file := sa.make_url(url).database) and file != ":memory:":
        try:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                f"DATABASE_URL names a folder that cannot be made ({error.strerror}): "
                "choose one the coach may write to"
            ) from error
    options: dict[str, Any] = {
        "hide_parameters": True,
        "connect_args": {"check_same_thread": False, "timeout": 10},
    }
    if url in {"sqlite://", "sqlite:///:memory:"}:
        options["poolclass"] = StaticPool
    engine = sa.create_engine(url, **options)
    sa.event.listen(engine, "connect", _set_up_sqlite)
    sa.event.listen(engine, "begin", _begin_immediate)
    return engine


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    """WAL and full integrity; `secure_delete` so that /forget leaves no trace in the file."""
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "busy_timeout=10000",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
