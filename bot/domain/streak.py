"""The streak with mercy: planned days kept in a row, one forgiven a week (FEATURES T37)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.weekly import monday_of

# Missed days forgiven in a week (Monday to Sunday).
GRACES_A_WEEK = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Streak:
    """`days` kept in a row; `is_forgiven`: this week's grace is spent on a day of the row."""

    days: int
    is_forgiven: bool


def streak_of(planned: Mapping[date, bool], today: date) -> Streak:
    """The row of kept days that ends today or at the last planned day before.

    `planned` tells each day a daily quiz was planned for whether it was done. Other days (a
    pause, a stop of the coach) count neither way, and today is not missed before it is over.
    """
    days = 0
    forgiven: Counter[date] = Counter()
    spent: Counter[date] = Counter()
    for day in sorted(planned, reverse=True):
        if day > today or (day == today and not planned[day]):
            continue
        if planned[day]:
            days += 1
            spent = forgiven.copy()
        elif forgiven[monday_of(day)] < GRACES_A_WEEK:
            forgiven[monday_of(day)] += 1
        else:
            break
    # A forgiven day counts as used only once a kept day lies before it.
    return Streak(days=days, is_forgiven=days > 0 and spent[monday_of(today)] > 0)
