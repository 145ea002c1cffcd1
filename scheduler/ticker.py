"""APScheduler runs the jobs at intervals, in memory; nothing per candidate lives in it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.errors import StorageError
from bot.render import Renderer
from bot.storage.database import Database
from content.schema import MilestoneKind
from scheduler.jobs import Take, expand_broadcasts, fire_due_timers, follow_zone_data, tidy_up

_log = logging.getLogger("coach.jobs")

# Often: a test clock may run hundreds of times faster.
TIMER_SECONDS = 0.25
EXPAND_SECONDS = 1
TIDY_SECONDS = 3600
# A job cut short does no harm: what it began is rolled back or done, and done again by the next.
STOP_SECONDS = 1.0


class Ticker:
    """Runs the jobs until stopped, and at start looks once whether zone data has changed."""

    def __init__(
        self,
        *,
        database: Database,
        take: Take,
        now: Callable[[], datetime],
        kinds: tuple[MilestoneKind, ...],
        renderer: Renderer,
        channels: Mapping[str, bool],
    ) -> None:
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._under_way: set[asyncio.Future[object]] = set()
        # A late run still runs, once; the zone is UTC so that no system zone data is read.
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        for seconds, job, arguments in (
            (TIMER_SECONDS, fire_due_timers, (database, take, now)),
            (EXPAND_SECONDS, expand_broadcasts, (database, renderer, channels, now)),
            (TIDY_SECONDS, tidy_up, (database, now)),
        ):
            self._scheduler.add_job(
                self._patiently,
                "interval",
                args=(job, *arguments),
                seconds=seconds,
                id=job.__name__,
            )
        self._scheduler.add_job(self._patiently, args=(follow_zone_data, database, kinds, now))

    def start(self) -> None:
        """Begin ticking."""
        self._scheduler.start()

    async def stop(self) -> None:
        """No more ticks; those under way end, or are cut short after STOP_SECONDS.

        APScheduler's own shutdown would cancel them at once and log each with a traceback.
        """
        if not self._scheduler.running:
            return
        self._scheduler.pause()
        # A job that was due this moment begins, so that nothing is cancelled before it can say so.
        await asyncio.sleep(0)
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=STOP_SECONDS)
        self._scheduler.shutdown(wait=False)

    async def _patiently(self, job: Callable[..., Awaitable[object]], *arguments: object) -> None:
        """Run the job; a database that does not answer is said in a line: the next tick tries."""
        under_way = asyncio.ensure_future(job(*arguments))
        self._under_way.add(under_way)
        try:
            await under_way
        except StorageError as error:
            _log.warning("%s waits: %s", job.__name__, error)
        except asyncio.CancelledError:
            # Only a stop cancels, and APScheduler would log it as a fault.
            _log.info("%s was cut short", job.__name__)
        finally:
            self._under_way.discard(under_way)
