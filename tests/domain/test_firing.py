"""A timer fires: sent, put off, or dropped (F6, T9, T35)."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from bot.domain.firing import PutOff, Speak, judge_firing
from bot.domain.sending_time import GRACE, Silence

NIGHT = Silence(zone="Africa/Casablanca", quiet_from=time(22), quiet_to=time(8))
NINE = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
CLOSING = datetime(2026, 12, 2, 16, 30, tzinfo=UTC)


def fired(
    late: timedelta, *, is_deadline: bool = True, active: timedelta | None = None
) -> Speak | PutOff | None:
    now = NINE + late
    return judge_firing(
        NINE,
        now,
        NIGHT,
        due_at=NINE,
        over_at=CLOSING,
        is_deadline=is_deadline,
        active_at=now - active if active is not None else None,
    )


def test_f6_ten_minutes_late_is_still_sent_and_says_so() -> None:
    assert fired(timedelta(minutes=10)) == Speak(is_late=True, is_over=False)
    assert fired(timedelta(seconds=20)) == Speak(is_late=False, is_over=False)


def test_a_day_late_it_is_dropped() -> None:
    assert fired(timedelta(hours=23, minutes=59)) == Speak(is_late=True, is_over=False)
    assert fired(timedelta(hours=25)) is None


def test_it_waits_fifteen_minutes_after_the_candidate_s_last_activity() -> None:
    verdict = fired(timedelta(0), active=timedelta(minutes=5))
    assert verdict == PutOff(until=NINE - timedelta(minutes=5) + GRACE)


def test_late_into_the_night_it_waits_for_the_morning() -> None:
    assert fired(timedelta(hours=14)) == PutOff(until=datetime(2026, 12, 2, 8, tzinfo=UTC))


def test_after_the_deadline_it_only_says_that_it_has_passed() -> None:
    planned, now = CLOSING - timedelta(hours=2), CLOSING + timedelta(hours=1)
    for is_deadline, expected in ((True, Speak(is_late=True, is_over=True)), (False, None)):
        verdict = judge_firing(
            planned,
            now,
            NIGHT,
            due_at=planned,
            over_at=CLOSING,
            is_deadline=is_deadline,
            active_at=None,
        )
        assert verdict == expected


def test_when_the_deadline_falls_in_the_night_that_has_begun_the_morning_tells() -> None:
    now = datetime(2026, 12, 1, 23, 0, tzinfo=UTC)
    midnight = datetime(2026, 12, 2, 0, 0, tzinfo=UTC)
    verdict = judge_firing(
        NINE, now, NIGHT, due_at=NINE, over_at=midnight, is_deadline=True, active_at=None
    )
    assert verdict == PutOff(until=datetime(2026, 12, 2, 8, tzinfo=UTC))


def test_one_put_off_for_a_moment_is_not_called_late_but_one_put_off_for_a_night_is() -> None:
    for put_off, is_late in ((timedelta(minutes=15), False), (timedelta(hours=23), True)):
        now = NINE + put_off
        verdict = judge_firing(
            NINE, now, NIGHT, due_at=now, over_at=CLOSING, is_deadline=True, active_at=None
        )
        assert verdict == Speak(is_late=is_late, is_over=False)
