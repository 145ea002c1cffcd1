"""The streak with mercy: planned days kept in a row, some forgiven (FEATURES T37)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.clock import local_day
from bot.domain.weekly import WEEK, monday_of

# T37, "one free grace a week early, fewer later": one missed day is forgiven in each of the first
# four weeks (Monday to Sunday), while the habit forms, then one in each two weeks.
_EARLY = 4 * WEEK
_LATER_SPAN = 2 * WEEK
# The night belongs to the day before: who begins at 23:50 keeps the day.
_NIGHT = timedelta(hours=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Streak:
    """`days` kept in a row; `is_forgiven`: the present grace is spent on a day of the row."""

    days: int
    is_forgiven: bool


def keeps(day: date, done_at: datetime, zone: str) -> bool:
    """Whether what was planned for `day` and done then keeps that day."""
    return local_day(done_at - _NIGHT, zone) <= day


def streak_of(planned: Mapping[date, bool], today: date, begun_day: date) -> Streak:
    """The row of kept days that ends today or at the last planned day before.

    `planned` tells each day a daily quiz was planned for whether it was done. Other days (a
    pause, a stop of the coach, one on which it came by less often) count neither way, and today
    is not missed before it is over. `begun_day`: when the candidate began.
    """
    days = 0
    forgiven: set[date] = set()
    spent: set[date] = set()
    for day in sorted(planned, reverse=True):
        if day > today or (day == today and not planned[day]):
            continue
        if planned[day]:
            days += 1
            spent = forgiven.copy()
        elif _span_of(day, begun_day) not in forgiven:
            forgiven.add(_span_of(day, begun_day))
        else:
            break
    # A forgiven day counts as used only once a kept day lies before it.
    return Streak(days=days, is_forgiven=days > 0 and _span_of(today, begun_day) in spent)


def _span_of(day: date, begun_day: date) -> date:
    """The Monday on which the week, or later the two weeks, began that share one grace."""
    early_until, monday = monday_of(begun_day) + _EARLY, monday_of(day)
    if monday < early_until:
        return monday
    return monday - (monday - early_until) % _LATER_SPAN
