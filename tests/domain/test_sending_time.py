"""`sending_time`: the precedence of DESIGN 1.7, held for every wish, zone and quiet window."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.clock import ZoneInfo, at_local_time
from bot.domain.sending_time import GRACE, Silence, sending_time

CASABLANCA = "Africa/Casablanca"
ZONES = (CASABLANCA, "Europe/Paris", "America/New_York", "Asia/Kolkata")

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
instants = st.integers(0, 2 * 365 * 24 * 60).map(lambda m: FIRST + timedelta(minutes=m))
hours = st.times().map(lambda hour: hour.replace(second=0, microsecond=0))
silences = st.builds(
    Silence,
    zone=st.sampled_from(ZONES),
    quiet_from=hours,
    quiet_to=hours,
    test_days=st.frozensets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=5),
)
spans = st.integers(-600, 20_000).map(lambda minutes: timedelta(minutes=minutes))
activities = st.none() | st.integers(0, 40).map(lambda minutes: timedelta(minutes=minutes))


def night(*test_days: date) -> Silence:
    """The default quiet hours."""
    return Silence(
        zone=CASABLANCA, quiet_from=time(22), quiet_to=time(8), test_days=frozenset(test_days)
    )


def local(day: date, hour: time) -> datetime:
    """An instant by Moroccan clocks."""
    return at_local_time(day, hour, CASABLANCA)


@given(wish=instants, silence=silences, until=spans, active=activities, is_deadline=st.booleans())
def test_what_is_sent_is_before_the_deadline_and_outside_silence(
    wish: datetime,
    silence: Silence,
    until: timedelta,
    active: timedelta | None,
    is_deadline: bool,
) -> None:
    deadline = wish + until
    sent = sending_time(
        wish,
        silence,
        deadline=deadline,
        is_deadline=is_deadline,
        active_at=wish - active if active is not None else None,
    )
    if sent is not None:
        assert sent < deadline
        assert not silence.covers(sent)


@given(wish=instants, silence=silences, is_deadline=st.booleans())
def test_without_a_deadline_nothing_is_dropped(
    wish: datetime, silence: Silence, is_deadline: bool
) -> None:
    assert sending_time(wish, silence, is_deadline=is_deadline) is not None


@given(wish=instants, silence=silences)
def test_a_wish_outside_silence_is_kept_to_the_minute(wish: datetime, silence: Silence) -> None:
    if not silence.covers(wish):
        assert sending_time(wish, silence) == wish
        assert sending_time(wish, silence, is_deadline=True) == wish


@given(wish=instants, silence=silences)
def test_silence_moves_a_deadline_reminder_earlier_and_all_others_later(
    wish: datetime, silence: Silence
) -> None:
    earlier = sending_time(wish, silence, is_deadline=True)
    later = sending_time(wish, silence)
    assert earlier is not None
    assert later is not None
    assert earlier <= wish <= later


@given(wish=instants, silence=silences, late=st.integers(0, 5_000))
def test_nothing_is_sent_before_the_present(wish: datetime, silence: Silence, late: int) -> None:
    now = wish + timedelta(minutes=late)
    for is_deadline in (False, True):
        sent = sending_time(wish, silence, is_deadline=is_deadline, not_before=now)
        assert sent is not None
        assert sent >= now


@given(wish=instants, silence=silences, active=st.integers(0, 60))
def test_grace_is_kept_where_only_the_wish_stands_against_it(
    wish: datetime, silence: Silence, active: int
) -> None:
    active_at = wish - timedelta(minutes=active)
    sent = sending_time(wish, silence, active_at=active_at)
    assert sent is not None
    assert sent >= active_at + GRACE


@given(wish=instants, zone=st.sampled_from(ZONES), hour=hours)
def test_equal_quiet_hours_mean_none(wish: datetime, zone: str, hour: time) -> None:
    silence = Silence(zone=zone, quiet_from=hour, quiet_to=hour)
    assert sending_time(wish, silence) == wish


@given(wish=instants, quiet_from=hours, quiet_to=hours)
def test_a_later_push_leaves_at_the_quiet_hours_end(
    wish: datetime, quiet_from: time, quiet_to: time
) -> None:
    silence = Silence(zone="Asia/Kolkata", quiet_from=quiet_from, quiet_to=quiet_to)
    sent = sending_time(wish, silence)
    assert sent is not None
    if silence.covers(wish):
        assert sent.astimezone(ZoneInfo("Asia/Kolkata")).time() == quiet_to


def test_a_quiz_wished_at_23_00_leaves_at_the_end_of_the_quiet_hours() -> None:
    wish = local(date(2026, 12, 1), time(23))
    assert sending_time(wish, night()) == local(date(2026, 12, 2), time(8))


def test_two_hours_before_a_nine_o_clock_deadline_is_moved_to_the_evening() -> None:
    deadline = local(date(2026, 12, 2), time(9))
    wish = deadline - timedelta(hours=2)
    sent = sending_time(wish, night(), deadline=deadline, is_deadline=True)
    assert sent == local(date(2026, 12, 1), time(21, 59))


def test_when_the_evening_is_over_the_reminder_goes_at_the_end_of_the_quiet_hours() -> None:
    deadline = local(date(2026, 12, 2), time(9))
    now = local(date(2026, 12, 1), time(23))
    sent = sending_time(now, night(), deadline=deadline, is_deadline=True, not_before=now)
    assert sent == local(date(2026, 12, 2), time(8))


def test_there_is_no_lawful_time_when_the_deadline_falls_in_tonight_s_quiet_hours() -> None:
    now = local(date(2026, 12, 1), time(23))
    deadline = local(date(2026, 12, 1), time(23, 59))
    assert sending_time(now, night(), deadline=deadline, is_deadline=True, not_before=now) is None


def test_on_a_test_day_a_deadline_reminder_goes_the_day_before_and_a_quiz_the_day_after() -> None:
    sunday = date(2026, 12, 6)
    wish = local(sunday, time(9))
    assert sending_time(wish, night(sunday), is_deadline=True) == local(date(2026, 12, 5), time(9))
    assert sending_time(wish, night(sunday)) == local(date(2026, 12, 7), time(9))


def test_a_push_that_is_worthless_tomorrow_is_dropped_on_a_test_day() -> None:
    sunday = date(2026, 12, 6)
    midnight = local(date(2026, 12, 7), time(0))
    wish = local(sunday, time(20))
    assert sending_time(wish, night(sunday), deadline=midnight) is None


def test_grace_waits_fifteen_minutes_but_never_past_the_deadline() -> None:
    wish = local(date(2026, 12, 1), time(14))
    active_at = wish - timedelta(minutes=5)
    assert sending_time(wish, night(), active_at=active_at) == active_at + GRACE
    deadline = wish + timedelta(minutes=8)
    sent = sending_time(wish, night(), active_at=active_at, deadline=deadline, is_deadline=True)
    assert sent == wish


def test_f9_an_hour_is_the_wall_clock_s_on_both_sides_of_20_september_2026() -> None:
    eight = time(8)
    assert local(date(2026, 7, 1), eight) == datetime(2026, 7, 1, 7, 0, tzinfo=UTC)
    assert local(date(2026, 9, 19), eight) == datetime(2026, 9, 19, 7, 0, tzinfo=UTC)
    assert local(date(2026, 9, 20), eight) == datetime(2026, 9, 20, 8, 0, tzinfo=UTC)
    assert local(date(2026, 11, 24), eight) == datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    assert local(date(2027, 3, 1), eight) == datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
