"""Today's quiz a little later, and the hour that suits better (T38)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import local_day
from bot.domain.later import better_hour, later_times
from bot.domain.sending_time import silence_of
from tests.domain.people import SALMA

MORNING = replace(SALMA, quiz_time=time(8, 0))


def at(hour: int, minute: int = 0, *, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def test_in_the_morning_it_waits_an_hour_or_until_the_evening() -> None:
    assert later_times(MORNING, at(8)) == {"hour": at(9), "evening": at(20)}


def test_in_the_evening_only_what_ends_before_the_quiet_hours_is_offered() -> None:
    assert later_times(MORNING, at(20)) == {"hour": at(21)}
    assert later_times(MORNING, at(21)) == {"half": at(21, 30)}
    assert later_times(MORNING, at(21, 30)) == {}


def test_the_evening_is_not_offered_when_an_hour_leads_as_far() -> None:
    assert later_times(MORNING, at(19)) == {"hour": at(20)}


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)))
def test_it_is_never_put_off_into_quiet_hours_nor_past_the_day(now: datetime) -> None:
    owl = replace(SALMA, quiet_from=time(2), quiet_to=time(9))
    for someone in (SALMA, owl):
        for until in later_times(someone, now).values():
            assert now < until
            assert local_day(until, someone.zone) == local_day(now, someone.zone)
            assert not silence_of(someone).covers(until)


def evenings(*hours: tuple[int, int]) -> list[datetime]:
    return [at(hour, minute, day=20 + n) for n, (hour, minute) in enumerate(hours)]


def test_the_hour_is_the_middle_of_when_the_answers_came_to_the_half_hour() -> None:
    answered = evenings((20, 20), (19, 0), (20, 40))
    later_that_day = [instant + timedelta(minutes=9) for instant in answered]
    both = sorted(answered + later_that_day)
    assert better_hour(MORNING, both, evenings((9, 0))) == time(20, 30)


def test_with_few_days_of_answers_it_is_where_the_put_offs_led() -> None:
    assert better_hour(MORNING, evenings((8, 5)), evenings((9, 0), (9, 5), (20, 0))) == time(9, 0)


def test_an_hour_in_the_night_becomes_the_nearest_that_is_not_quiet() -> None:
    assert better_hour(MORNING, [], evenings((23, 40), (23, 50))) == time(21, 30)
    owl = replace(MORNING, quiet_from=time(2), quiet_to=time(9))
    assert better_hour(owl, [], evenings((23, 30), (0, 30), (0, 40))) == time(0, 30)


@pytest.mark.parametrize(
    "someone", [replace(MORNING, refused_hour=time(20, 0)), replace(MORNING, quiz_time=time(20))]
)
def test_neither_a_refused_hour_nor_the_present_one_is_proposed(someone: object) -> None:
    assert better_hour(someone, [], evenings((20, 0), (20, 5))) is None  # type: ignore[arg-type]


def test_without_anything_to_go_by_nothing_is_proposed() -> None:
    assert better_hour(MORNING, [], []) is None
