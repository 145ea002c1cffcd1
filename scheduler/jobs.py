"""The handful of jobs that make the coach act by itself; late if need be, never twice at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from importlib import metadata

from bot.broadcasting import expand
from bot.clock import wall_seconds
from bot.domain.candidate import CandidateId
from bot.domain.standing import standing_timers
from bot.messages import Incoming, TimerFired
from bot.render import Renderer
from bot.storage.database import Database, Priority
from content.schema import MilestoneKind

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
        results = await asyncio.gather(*map(take, due), return_exceptions=True)
        # Those whose turn could not be taken are claimed again when their claim lapses.
        if failed := [each for each in results if isinstance(each, Exception)]:
            _log.warning("%d timers wait: %s", len(failed), failed[0])
        fired += len(due)
        if len(due) < TIMERS_AT_ONCE:
            return fired


async def expand_broadcasts(
    database: Database,
    renderer: Renderer,
    channels: Mapping[str, bool],
    now: Callable[[], datetime],
) -> None:
    """Bring what is being broadcast into the outbox, a few hundred at a time."""

    def forward() -> int:
        with database.begin() as store:
            return expand(store, renderer, channels, now())

    while await database.run(forward, priority=Priority.SWEEP):
        pass


async def tidy_up(database: Database, now: Callable[[], datetime]) -> None:
    """Drop what is too old to matter: event ids, sent pushes, links, mere visitors' chats."""
    await database.run(_tidy, database, now(), priority=Priority.SWEEP)


async def follow_zone_data(
    database: Database, kinds: tuple[MilestoneKind, ...], now: Callable[[], datetime]
) -> int:
    """Compute every timer anew if the zone data is not that of the last start; for how many.

    A wish such as "08:00 in Casablanca" is kept as an instant, and Morocco has changed its clock
    by decree before: new data moves the instant.
    """
    version = metadata.version("tzdata")
    ids = await database.run(_candidates_to_rearm, database, version)
    for candidate_id in ids:
        await database.run(_rearm, database, candidate_id, kinds, now(), priority=Priority.SWEEP)
    if ids:
        _log.info("zone data %s: timers of %d candidates computed anew", version, len(ids))
    await database.run(_note_zone_data, database, version)
    return len(ids)


def _candidates_to_rearm(database: Database, version: str) -> list[CandidateId]:
    with database.begin() as store:
        known = store.install.get("tzdata")
        return [] if known in {"", version} else store.candidates.all_ids()


def _rearm(
    database: Database, candidate_id: CandidateId, kinds: tuple[MilestoneKind, ...], now: datetime
) -> None:
    with database.begin() as store:
        me = store.candidates.get(candidate_id, lock=True)
        if me is None or me.onboarded_at is None:
            return
        test_days = store.enrolments.test_days(me.id)
        for kind, due_at in standing_timers(me, now, test_days).items():
            store.timers.arm_ahead(me.id, kind, due_at, now)
        store.enrolments.rearm(me, kinds, now)


def _note_zone_data(database: Database, version: str) -> None:
    with database.begin() as store:
        store.install.set("tzdata", version)


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
