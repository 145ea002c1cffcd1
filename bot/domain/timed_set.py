"""A timed thematic set: its clock, and what a result is worth (FEATURES T4, F1, M40, M80)."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from bot.domain.readiness import GATE_PERCENT, fewest
from bot.domain.sending_time import MINUTE

SET_TIMER = "set_end"
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
    """When to see whether the set is over: a moment after its end.

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
    """How long nobody could answer a set: from the coach's last sign of life in it to `now`.

    Signs come at intervals, so a gap of at most `unnoticed` is no downtime; and none is given
    back to a set whose time had ended by that sign.
    """
    seen_at = max(alive_at or started_at, started_at)
    gap = now - seen_at
    return gap if gap > unnoticed and is_in_time(seen_at, deadline_at) else timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetResult:
    """A set that ended: so many right of all its questions, answered or not."""

    set_id: str
    right: int
    total: int

    @property
    def has_badge(self) -> bool:
        """Whether it earns the badge: the first gate's share right (M37), of all its questions.

        A badge for merely reaching the end would promise more than it holds; one bar, the same
        as the gate's, is easy to remember.
        """
        return self.right >= right_needed(self.total)


def right_needed(total: int) -> int:
    """The fewest right answers that earn the badge."""
    return fewest(total, GATE_PERCENT)


def best_results(results: Iterable[SetResult]) -> Mapping[str, SetResult]:
    """Each set's best: the largest share right."""
    ordered = sorted(results, key=lambda each: each.right / each.total)
    return {each.set_id: each for each in ordered}


def count_badges(results: Iterable[SetResult], sets: Container[str]) -> int:
    """How many of `sets` have earned the badge."""
    return len({each.set_id for each in results if each.has_badge and each.set_id in sets})
