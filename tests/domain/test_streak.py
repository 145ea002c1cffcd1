"""The streak is merciful and honest (T37)."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.streak import Streak
from bot.domain.streak import streak_of as streak_since

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
plans = st.dictionaries(
    st.integers(0, 60).map(lambda back: MONDAY + timedelta(days=6 - back)), st.booleans()
)


def streak_of(planned: dict[date, bool], today: date, begun: date = MONDAY) -> Streak:
    """The streak of somebody who began in the first week, if not said otherwise."""
    return streak_since(planned, today, begun)


def kept(*days: int, missed: tuple[int, ...] = ()) -> dict[date, bool]:
    """Days counted from the Monday, kept or missed."""
    return {MONDAY + day * DAY: True for day in days} | {MONDAY + d * DAY: False for d in missed}


def test_days_kept_in_a_row_count() -> None:
    assert streak_of(kept(0, 1, 2), MONDAY + 2 * DAY) == Streak(days=3, is_forgiven=False)


def test_today_is_not_missed_before_it_is_over() -> None:
    assert streak_of(kept(0, 1, missed=(2,)), MONDAY + 2 * DAY).days == 2


def test_one_missed_day_a_week_is_forgiven() -> None:
    assert streak_of(kept(0, 2, missed=(1,)), MONDAY + 2 * DAY) == Streak(days=2, is_forgiven=True)


def test_after_four_weeks_one_missed_day_in_two_weeks_is_forgiven() -> None:
    early = kept(*range(28), missed=(3, 10, 17, 24))
    assert streak_of(early, MONDAY + 27 * DAY).days == 24
    later = kept(*range(56), missed=(30, 44))
    assert streak_of(later, MONDAY + 55 * DAY).days == 54
    next_week = kept(*range(56), missed=(30, 38))
    assert streak_of(next_week, MONDAY + 55 * DAY).days == 24  # 31 to 55, 38 forgiven


def test_a_grace_spent_last_week_is_still_said_in_a_span_of_two_weeks() -> None:
    planned = kept(*range(40), missed=(30,))
    assert streak_of(planned, MONDAY + 39 * DAY).is_forgiven
    assert not streak_of(planned | kept(42), MONDAY + 42 * DAY).is_forgiven


def test_two_missed_days_in_a_week_begin_a_new_row() -> None:
    assert streak_of(kept(0, 3, missed=(1, 2)), MONDAY + 3 * DAY).days == 1


def test_each_week_forgives_anew() -> None:
    planned = kept(*range(14)) | kept(missed=(3, 9))
    assert streak_of(planned, MONDAY + 13 * DAY).days == 12


def test_days_without_a_plan_count_neither_way() -> None:
    assert streak_of(kept(0, 9), MONDAY + 9 * DAY).days == 2


def test_without_history_there_is_no_streak() -> None:
    assert streak_of({}, MONDAY) == Streak(days=0, is_forgiven=False)


begun_days = st.integers(0, 90).map(lambda back: MONDAY - timedelta(days=back))


@given(plans, begun_days)
def test_a_streak_never_counts_more_than_the_days_kept(
    planned: dict[date, bool], begun: date
) -> None:
    assert 0 <= streak_of(planned, MONDAY + 6 * DAY, begun).days <= sum(planned.values())


@given(plans, st.integers(0, 60), begun_days)
def test_keeping_one_more_day_never_shortens_it(
    planned: dict[date, bool], back: int, begun: date
) -> None:
    today = MONDAY + 6 * DAY
    more = planned | {today - back * DAY: True}
    assert streak_of(more, today, begun).days >= streak_of(planned, today, begun).days


@given(plans)
def test_todays_open_quiz_never_costs_anything(planned: dict[date, bool]) -> None:
    today = MONDAY + 7 * DAY
    assert streak_of(planned | {today: False}, today).days == streak_of(planned, today).days


@given(plans, st.integers(0, 8))
def test_two_missed_days_in_one_week_always_end_the_row(
    planned: dict[date, bool], weeks_back: int
) -> None:
    monday = MONDAY - weeks_back * 7 * DAY
    broken = planned | {monday + DAY: False, monday + 2 * DAY: False}
    later = sum(done for day, done in broken.items() if day > monday + DAY)
    assert streak_of(broken, MONDAY + 6 * DAY).days <= later
