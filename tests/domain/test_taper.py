"""Whoever does not answer is asked less often, then no more (T34)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.taper import days_to_next, is_push_day, stage_begun

FIRST = date(2026, 11, 24)
DAY = timedelta(days=1)


def days_of(pushes: list[date]) -> list[int]:
    return [(day - FIRST).days for day in pushes]


def test_t34_three_daily_four_every_third_day_four_weekly_then_none() -> None:
    pushes: list[date] = []
    for n in range(200):
        if is_push_day(pushes, FIRST + n * DAY):
            pushes.append(FIRST + n * DAY)
    assert days_of(pushes) == [0, 1, 2, 5, 8, 11, 14, 21, 28, 35, 42]


@pytest.mark.parametrize(
    ("unanswered", "days"),
    [(0, 1), (2, 1), (3, 3), (6, 3), (7, 7), (10, 7), (11, None), (40, None)],
)
def test_the_pace_changes_at_the_third_the_seventh_and_the_eleventh(
    unanswered: int, days: int | None
) -> None:
    assert days_to_next(unanswered) == days


@pytest.mark.parametrize(("unanswered", "days"), [(3, 3), (7, 7)])
def test_a_slow_day_is_neither_early_nor_lost_when_the_coach_was_away(
    unanswered: int, days: int
) -> None:
    pushes = [FIRST + n * DAY for n in range(unanswered)]
    last = pushes[-1]
    assert not is_push_day(pushes, last + (days - 1) * DAY)
    assert is_push_day(pushes, last + days * DAY)
    assert is_push_day(pushes, last + (days + 5) * DAY)


def test_each_change_of_pace_is_said_once() -> None:
    said = {n: stage for n in range(20) if (stage := stage_begun(n))}
    assert said == {3: "slower", 7: "rare", 11: "silent"}
