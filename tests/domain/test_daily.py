"""When the daily quiz leaves, on either side of Morocco's change of clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.clock import ZoneInfo, local_day
from bot.domain.candidate import Candidate, CandidateId
from bot.domain.daily import next_quiz_at
from bot.domain.sending_time import silence_of

ZONE = "Africa/Casablanca"
AMAL = Candidate(
    id=CandidateId("a"),
    language="fr",
    stream="benefits",
    grade="B",
    zone=ZONE,
    consent_at=datetime(2026, 1, 1, tzinfo=UTC),
    quiz_time=time(8, 0),
)


def test_f9_0800_in_casablanca_is_0700z_in_july_and_0800z_since_september_2026() -> None:
    july = next_quiz_at(AMAL, datetime(2026, 6, 30, 12, tzinfo=UTC))
    november = next_quiz_at(AMAL, datetime(2026, 11, 24, 7, 58, tzinfo=UTC))
    march = next_quiz_at(AMAL, datetime(2027, 2, 28, 12, tzinfo=UTC))
    assert july == datetime(2026, 7, 1, 7, tzinfo=UTC)
    assert november == datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert march == datetime(2027, 3, 1, 8, tzinfo=UTC)


def test_f9_no_shift_is_invented_around_ramadan_2027() -> None:
    zone = ZoneInfo(ZONE)
    for day in (datetime(2027, 2, 6, 12), datetime(2027, 2, 8, 12), datetime(2027, 3, 15, 12)):
        assert day.replace(tzinfo=zone).utcoffset() == timedelta(0)


def test_t39_an_hour_in_quiet_hours_waits_for_their_end() -> None:
    owl = replace(AMAL, quiz_time=time(23, 30))
    due = next_quiz_at(owl, datetime(2026, 11, 24, 12, tzinfo=UTC))
    assert due == datetime(2026, 11, 25, 8, tzinfo=UTC)


def test_without_quiet_hours_any_minute_is_lawful() -> None:
    owl = replace(AMAL, quiz_time=time(23, 30), quiet_from=time(0), quiet_to=time(0))
    due = next_quiz_at(owl, datetime(2026, 11, 24, 12, tzinfo=UTC))
    assert due == datetime(2026, 11, 24, 23, 30, tzinfo=UTC)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
    st.times(),
    st.times(),
    st.times(),
)
def test_it_is_always_ahead_within_two_days_and_never_in_quiet_hours(
    now: datetime, hour: time, quiet_from: time, quiet_to: time
) -> None:
    someone = replace(AMAL, quiz_time=hour, quiet_from=quiet_from, quiet_to=quiet_to)
    due = next_quiz_at(someone, now)
    assert now < due <= now + timedelta(hours=50)
    assert silence_of(someone).after(due) == due


@given(st.times(), st.times(), st.times())
def test_f8_sixty_days_without_a_restart_are_sixty_quizzes(
    hour: time, quiet_from: time, quiet_to: time
) -> None:
    someone = replace(AMAL, quiz_time=hour, quiet_from=quiet_from, quiet_to=quiet_to)
    now, days = datetime(2026, 8, 20, 0, 0, tzinfo=UTC), set()
    for _ in range(60):
        now = next_quiz_at(someone, now)
        days.add(local_day(now, ZONE))
    assert len(days) == 60
