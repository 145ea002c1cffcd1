"""Writes down what became of rows, a few at a time: one write per message would be slow."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.errors import said
from bot.storage.database import Database, Priority
from bot.storage.outbox import Mark, OutboxRow
from bot.waiting import is_set_within

_log = logging.getLogger("coach.delivery")

FLUSH_SECONDS = 0.1
FLUSH_ROWS = 8
RETRY_SECONDS = 1.0
# Those being written, and as many after them: with more unwritten nothing more is sent, or a crash
# while the database does not answer would repeat as much.
MOST_UNWRITTEN = 2 * FLUSH_ROWS


@dataclass(frozen=True, slots=True)
class _PutBack:
    """A row that was not sent: until when it waits (system seconds), and whether it failed."""

    row: OutboxRow
    not_before: float
    failed: bool


class Marks:
    """Collects marks and writes them every FLUSH_SECONDS or FLUSH_ROWS, whichever comes first.

    A crash in between repeats at most the messages whose mark was not yet written. `written` is
    told which marks are in the database now.
    """

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime],
        written: Callable[[list[Mark]], None],
    ) -> None:
        self._database = database
        self._now = now
        self._written = written
        self._marks: list[Mark] = []
        self._put_backs: list[_PutBack] = []
        self._is_failing = False
        self._is_full = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to write."""
        self._task = asyncio.create_task(self._write_forever())

    def add(self, mark: Mark) -> None:
        """Write this soon."""
        self._marks.append(mark)
        self._note_full()

    def skip(self, row: OutboxRow) -> None:
        """The row need not leave: a newer one says more."""
        self.add(Mark(row=row, at=self._now()))

    def put_back(self, row: OutboxRow, not_before: float, *, failed: bool) -> None:
        """The row waits in the outbox until `not_before` (system seconds)."""
        self._put_backs.append(_PutBack(row, not_before, failed))
        self._note_full()

    @property
    def unwritten(self) -> list[int]:
        """The ids of rows that are done with, which the database does not know yet."""
        return [mark.row.id for mark in self._marks]

    @property
    def has_put_backs(self) -> bool:
        """Whether rows are on their way back to the outbox."""
        return bool(self._put_backs)

    @property
    def is_behind(self) -> bool:
        """Whether so much is unwritten, or cannot be, that nothing more should be sent."""
        return self._is_failing or len(self._marks) >= MOST_UNWRITTEN

    async def stop(self) -> None:
        """Write what is left; what cannot be written will be sent once more."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        await self._could_write()

    def _note_full(self) -> None:
        if len(self._marks) + len(self._put_backs) >= FLUSH_ROWS:
            self._is_full.set()

    async def _write_forever(self) -> None:
        while True:
            await is_set_within(self._is_full, FLUSH_SECONDS)
            self._is_full.clear()
            if not await self._could_write():
                await asyncio.sleep(RETRY_SECONDS)

    async def _could_write(self) -> bool:
        try:
            await self._write()
        except Exception as error:
            # Whatever it was: whoever no longer marks must no longer send.
            _log.warning("cannot mark sent messages yet: %s", said(error))
            self._is_failing = True
            return False
        self._is_failing = False
        return True

    async def _write(self) -> None:
        marks, put_backs = list(self._marks), list(self._put_backs)
        if not marks and not put_backs:
            return

        def write() -> None:
            with self._database.begin() as store:
                store.outbox.mark(marks)
                for each in put_backs:
                    store.claims.put_back(each.row, not_before=each.not_before, failed=each.failed)

        # Only what is written is forgotten: forgetting a mark would send its message again.
        await asyncio.shield(self._database.run(write, priority=Priority.MARK))
        del self._marks[: len(marks)], self._put_backs[: len(put_backs)]
        self._written(marks)
