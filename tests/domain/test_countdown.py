"""Set time at its edges: the end, what is left, what is given back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.countdown import (
    downtime,
    is_in_time,
    is_over,
    minutes_left,
    minutes_used,
    next_look_at,
)

START = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
END = START + timedelta(minutes=20)
SECOND = timedelta(seconds=1)
TICK = timedelta(microseconds=1)
BEATS = timedelta(seconds=3)


def test_f1_an_answer_received_five_seconds_after_the_end_counts_and_not_a_moment_later() -> None:
    assert is_in_time(END + 5 * SECOND, END)
    assert not is_in_time(END + 5 * SECOND + TICK, END)


@pytest.mark.parametrize(
    ("seen", "over"), [(None, True), (END + 6 * SECOND, True), (END + 5 * SECOND, False)]
)
def test_a_set_is_not_over_while_its_end_lies_in_a_gap(seen: datetime | None, over: bool) -> None:
    """The same edge as for what is given back: see `downtime`."""
    assert is_over(END + timedelta(hours=1), END, seen) == over
    assert not is_over(END + 5 * SECOND, END, seen)


@pytest.mark.parametrize(
    ("after_the_end", "next_after"),
    [(-60, 6), (0, 6), (5, 10), (6, 12), (90, 180), (3600, 7200), (9000, 12600)],
)
def test_the_end_is_looked_at_again_after_twice_the_time_and_at_most_an_hour_later(
    after_the_end: int, next_after: int
) -> None:
    assert next_look_at(END, END + after_the_end * SECOND) == END + next_after * SECOND


@pytest.mark.parametrize(
    ("before_the_end", "minutes"),
    [(20 * 60, 20), (20 * 60 - 1, 19), (60, 1), (59, 0), (0, 0), (-4, 0)],
)
def test_the_time_left_is_in_full_minutes(before_the_end: int, minutes: int) -> None:
    assert minutes_left(END - before_the_end * SECOND, END) == minutes


@pytest.mark.parametrize(("after_the_start", "minutes"), [(1, 1), (60, 1), (61, 2), (1203, 20)])
def test_a_started_minute_is_used_and_never_more_than_there_are(
    after_the_start: int, minutes: int
) -> None:
    assert minutes_used(START + after_the_start * SECOND, END, 20) == minutes


def test_time_given_back_is_not_time_used() -> None:
    away = timedelta(minutes=30)
    assert minutes_used(START + timedelta(minutes=5) + away, END + away, 20) == 5


def lost(alive_at: datetime | None, now: datetime, *, started_at: datetime = START) -> timedelta:
    return downtime(started_at, END, alive_at, now, unnoticed=BEATS)


def test_the_gap_since_the_last_sign_of_life_is_lost_time() -> None:
    alive_at = START + timedelta(minutes=3)
    assert lost(alive_at, alive_at + timedelta(hours=2)) == timedelta(hours=2)


def test_a_gap_of_a_few_beats_is_none() -> None:
    alive_at = START + timedelta(minutes=3)
    assert lost(alive_at, alive_at + BEATS) == timedelta(0)
    assert lost(alive_at, alive_at + BEATS + TICK) == BEATS + TICK


def test_a_set_begun_after_the_last_sign_lost_what_followed_its_start() -> None:
    yesterday = START - timedelta(days=1)
    for alive_at in (yesterday, None):
        assert lost(alive_at, START + SECOND) == timedelta(0)
        assert lost(alive_at, START + timedelta(minutes=9)) == timedelta(minutes=9)


def test_a_set_whose_time_was_over_before_the_gap_gets_nothing_back() -> None:
    assert lost(END + 5 * SECOND, END + timedelta(hours=1)) > timedelta(0)
    assert lost(END + 6 * SECOND, END + timedelta(hours=1)) == timedelta(0)


def test_a_clock_set_back_gives_nothing() -> None:
    assert lost(START + timedelta(minutes=9), START) == timedelta(0)
