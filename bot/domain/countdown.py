"""Set time that runs whatever happens: what came in time, what is left, what is given back.

Timed sets and mock orals run by these rules (FEATURES T4, F1).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from bot.domain.sending_time import MINUTE

# T4 and F1: an answer received this long after the end still counts.
LATE = timedelta(seconds=5)
# The timer comes a moment later still, so that a press in hand is not cut off.
CLOSES_AFTER = LATE + timedelta(seconds=1)
# How long an end that lies in a gap waits at most before it is looked at again.
LONGEST_WAIT = timedelta(hours=1)


def is_in_time(received_at: datetime, deadline_at: datetime) -> bool:
    """Whether an answer received then counts."""
    return received_at <= deadline_at + LATE


def is_over(received_at: datetime, deadline_at: datetime, alive_at: datetime | None) -> bool:
    """Whether what was received then came too late.

    Not while the end lies in a gap without a sign of life (`alive_at`, None where none is given):
    that gap is about to be given back, as `downtime` says.
    """
    is_in_gap = alive_at is not None and is_in_time(alive_at, deadline_at)
    return not (is_in_time(received_at, deadline_at) or is_in_gap)


def next_look_at(deadline_at: datetime, now: datetime) -> datetime:
    """When to see whether it is over: a moment after its end.

    Past that it waits for a sign of life, each time as long again as it has waited, up to an hour.
    """
    return max(deadline_at + CLOSES_AFTER, now + min(now - deadline_at, LONGEST_WAIT))


def minutes_left(now: datetime, deadline_at: datetime) -> int:
    """Full minutes left; 0 in the last one and after it."""
    return max(0, (deadline_at - now) // MINUTE)


def minutes_used(closed_at: datetime, deadline_at: datetime, minutes: int) -> int:
    """Minutes used of `minutes`, a started one counted: time the coach was down is left out."""
    left = max(timedelta(0), deadline_at - closed_at)
    return max(1, min(minutes, ceil((minutes * MINUTE - left) / MINUTE)))


def downtime(
    started_at: datetime,
    deadline_at: datetime,
    alive_at: datetime | None,
    now: datetime,
    *,
    unnoticed: timedelta,
) -> timedelta:
    """How long nobody could answer: from the coach's last sign of life since the start to `now`.

    Signs come at intervals, so a gap of at most `unnoticed` is no downtime; and none is given
    back where the time had ended by that sign.
    """
    seen_at = max(alive_at or started_at, started_at)
    gap = now - seen_at
    return gap if gap > unnoticed and is_in_time(seen_at, deadline_at) else timedelta(0)
