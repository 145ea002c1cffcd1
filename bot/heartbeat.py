"""A sign of life while timed sets or mock orals run: time nobody could answer is given back.

Only processes that let people in beat: a lone worker cannot take an answer. One rule serves a
restart, a kill and a machine that slept: whoever beats after a gap credits it, in the transaction
that ends the gap, so it is credited once or, if that transaction is lost, by the next beat.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.storage.database import Database
from bot.waiting import is_set_within

_log = logging.getLogger("coach.heartbeat")

BEAT_SECONDS = 1.0
# A gap of three beats may be a busy machine, and while another process beats there is none.
MISSED_BEATS = 3


class Heartbeat:
    """Beats from `start` to `stop`, by the coach's clock."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._unnoticed = timedelta(seconds=BEAT_SECONDS * MISSED_BEATS * clock.speed)
        self._stop = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Give back what a former process's end took, before anybody is let in; then beat on."""
        await self._beat()
        self._task = asyncio.create_task(self._beat_on())

    async def stop(self) -> None:
        """No more beats."""
        self._stop.set()
        if self._task is not None:
            await self._task

    async def _beat_on(self) -> None:
        while not await is_set_within(self._stop, BEAT_SECONDS):
            try:
                await self._beat()
            except Exception as error:  # whatever it was: without beats no set would end
                _log.warning("no sign of life: %s: %s", type(error).__name__, error)

    async def _beat(self) -> None:
        now = self._clock.now()
        count = await self._database.run(beat, self._database, now, self._unnoticed)
        if count:
            _log.info(
                "the coach was away: its time was given back to %d timed sets and orals", count
            )


def beat(database: Database, now: datetime, unnoticed: timedelta) -> int:
    """Say that the coach runs, and credit the gap before; how many it was credited to.

    Nothing is written while none runs. `unnoticed`: see `downtime`. A sign of life never goes
    back: of two hosts whose clocks differ, the one behind says nothing, or each beat of the other
    would seem to end a gap. So the host ahead gives its lead once, when it starts; by its clock a
    set ends so much earlier.
    """
    with database.begin() as store:
        if not store.countdowns.any_runs():
            return 0
        alive_at = store.install.alive_at()
        is_behind = alive_at is not None and now <= alive_at
        if is_behind or not store.install.note_alive(alive_at, now):
            return 0
        return store.countdowns.give_back(alive_at, now, unnoticed)
