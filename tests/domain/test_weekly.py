"""The Sunday report leaves on Sunday at 18:00 local, never into quiet hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.clock import local_time
from bot.domain.candidate import Candidate, CandidateId
from bot.domain.sending_time import silence_of
from bot.domain.weekly import Week, monday_of, next_report_at, week_of
from tests.domain.answers import DAY, answer


def candidate(**fields: Any) -> Candidate:
    return Candidate(
        id=CandidateId("x"),
        language="fr",
        stream="benefits",
        grade="A",
        zone="Africa/Casablanca",
        consent_at=datetime(2026, 11, 1, tzinfo=UTC),
        **fields,
    )


def test_the_report_leaves_on_the_next_sunday_at_18() -> None:
    tuesday = datetime(2026, 11, 24, 10, tzinfo=UTC)
    assert next_report_at(candidate(), tuesday) == datetime(2026, 11, 29, 18, tzinfo=UTC)


def test_once_it_has_left_the_next_is_a_week_later() -> None:
    sunday = datetime(2026, 11, 29, 18, tzinfo=UTC)
    assert next_report_at(candidate(), sunday) == sunday + timedelta(days=7)


def test_f9_it_stays_at_18_by_the_wall_on_both_sides_of_the_clock_change() -> None:
    before = next_report_at(candidate(), datetime(2026, 7, 1, tzinfo=UTC))
    after = next_report_at(candidate(), datetime(2026, 11, 24, tzinfo=UTC))
    assert (before.hour, after.hour) == (17, 18)


def test_where_18_is_quiet_the_reminder_hour_serves() -> None:
    early = candidate(quiet_from=time(17), quiet_to=time(8), reminder_time=time(9))
    due = next_report_at(early, datetime(2026, 11, 24, tzinfo=UTC))
    assert due == datetime(2026, 11, 29, 9, tzinfo=UTC)


def test_where_both_are_quiet_it_waits_for_their_end() -> None:
    silent = candidate(quiet_from=time(17), quiet_to=time(10), reminder_time=time(9))
    due = next_report_at(silent, datetime(2026, 11, 24, tzinfo=UTC))
    assert due == datetime(2026, 11, 29, 10, tzinfo=UTC)


hours = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))


@given(hours, hours, hours, st.integers(0, 20_000))
def test_it_is_always_ahead_within_eight_days_and_never_in_quiet_hours(
    quiet_from: time, quiet_to: time, reminder: time, minutes: int
) -> None:
    me = candidate(quiet_from=quiet_from, quiet_to=quiet_to, reminder_time=reminder)
    now = datetime(2026, 11, 24, tzinfo=UTC) + timedelta(minutes=minutes)
    due = next_report_at(me, now)
    assert now < due <= now + timedelta(days=8)
    assert silence_of(me).after(due) == due, local_time(due, me.zone)


def test_a_week_runs_from_monday_to_sunday() -> None:
    answers = [answer(0, after=back) for back in range(-2, 7)]
    assert week_of(answers, DAY) == Week(answered=7, right=0)
    assert monday_of(date(2026, 11, 29)) == date(2026, 11, 23)
