"""A timer whose turn raised: it tries again, further and further apart, then somebody looks."""

from __future__ import annotations

from datetime import datetime

from bot.clock import wall_seconds
from bot.domain.standing import standing_timers
from bot.messages import TimerFired
from bot.storage.unit_of_work import UnitOfWork

# Seconds until the next try, after each failure but the last: 26 minutes in all.
BACK_OFF = (20.0, 60.0, 300.0, 1200.0)


def put_off(store: UnitOfWork, event: TimerFired, now: datetime, trace: str) -> None:
    """Try again later; after the last try keep the traceback, and see that life goes on.

    A timer everyone has is armed for its next time, which its own turn would have done: one bad
    evening must not be the last (FEATURES F8).
    """
    failures = store.timers.count_failure(event)
    if failures == 0:
        return
    if failures <= len(BACK_OFF):
        store.timers.put_off(event, wall_seconds() + BACK_OFF[failures - 1])
        return
    store.timers.done(event)
    store.faults.add(now, event.address.channel, event.id, f"timer {event.kind}", trace)
    me = store.candidates.get(event.candidate_id, lock=True)
    if me is not None and me.onboarded_at is not None:
        days = store.enrolments.test_days(me.id)
        due_at = standing_timers(me, now, days).get(event.kind)
        if due_at is not None:
            store.timers.arm(me.id, event.kind, event.ref, due_at)
