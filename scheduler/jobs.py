"""The handful of jobs that make the coach act by itself; late if need be, never twice at once."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.clock import wall_seconds
from bot.delivery import Delivery
from bot.messages import Incoming, TimerFired
from bot.storage.database import Database, Priority

_log = logging.getLogger("coach.jobs")

TIMERS_AT_ONCE = 50
# Telegram keeps undelivered updates a day; ids are kept well beyond that.
KEEP_IDS = timedelta(days=8)
KEEP_LINKS = timedelta(days=30)

Take = Callable[[Incoming], Awaitable[object]]


async def fire_due_timers(database: Database, take: Take, now: Callable[[], datetime]) -> int:
    """Take the turn of every timer that is due; how many fired. Each is its own transaction."""
    fired = 0
    while True:
        due = await database.run(_claim, database, now(), priority=Priority.TIMER)
        for timer in due:
            await take(timer)
        fired += len(due)
        if len(due) < TIMERS_AT_ONCE:
            return fired


async def sweep_outbox(delivery: Delivery) -> None:
    """Send what waits in the outbox."""
    await delivery.sweep()


async def tidy_up(database: Database, now: Callable[[], datetime]) -> None:
    """Drop what is too old to matter: event ids, sent pushes, links, mere visitors' chats."""
    await database.run(_tidy, database, now(), priority=Priority.SWEEP)


def _claim(database: Database, now: datetime) -> list[TimerFired]:
    with database.begin() as store:
        return store.timers.claim_due(now, wall_seconds(), TIMERS_AT_ONCE)


def _tidy(database: Database, now: datetime) -> None:
    with database.begin() as store:
        store.inbox.tidy(now - KEEP_IDS)
        store.outbox.tidy(now - KEEP_IDS)
        store.start_links.tidy(now - KEEP_LINKS)
        store.links.tidy(now)
        store.web_log.tidy(now - KEEP_IDS)
        is_scrub_due = store.privacy.is_scrub_due()
    if is_scrub_due and database.scrub():
        with database.begin() as store:
            store.privacy.note_scrubbed()
