"""Writes down what became of sent rows, a few at a time: one write per message would be slow."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable

from bot.errors import StorageError
from bot.storage.database import Database
from bot.storage.outbox import Mark
from bot.waiting import is_set_within

_log = logging.getLogger("coach.delivery")

FLUSH_SECONDS = 0.1
FLUSH_ROWS = 8
RETRY_SECONDS = 1.0


class Marks:
    """Collects marks and writes them every FLUSH_SECONDS or FLUSH_ROWS, whichever comes first.

    A crash in between repeats at most the messages whose mark was not yet written. `written` is
    told which marks are in the database now.
    """

    def __init__(self, database: Database, written: Callable[[list[Mark]], None]) -> None:
        self._database = database
        self._written = written
        self._marks: list[Mark] = []
        self._is_full = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to write."""
        self._task = asyncio.create_task(self._write_forever())

    def add(self, mark: Mark) -> None:
        """Write this soon."""
        self._marks.append(mark)
        if len(self._marks) >= FLUSH_ROWS:
            self._is_full.set()

    async def stop(self) -> None:
        """Write what is left."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        await self._write()

    async def _write_forever(self) -> None:
        while True:
            await is_set_within(self._is_full, FLUSH_SECONDS)
            self._is_full.clear()
            try:
                await self._write()
            except StorageError as error:
                _log.warning("cannot mark sent messages yet: %s", error)
                await asyncio.sleep(RETRY_SECONDS)

    async def _write(self) -> None:
        marks, self._marks = self._marks, []
        if not marks:
            return

        def write() -> None:
            with self._database.begin() as store:
                store.outbox.mark(marks)

        try:
            await asyncio.shield(self._database.run(write))
        except BaseException:
            # Marking twice is harmless; forgetting a mark would send its message again.
            self._marks = marks + self._marks
            raise
        self._written(marks)
