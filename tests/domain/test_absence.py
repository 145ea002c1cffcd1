"""When a candidate counts as having been away: the edges of seven days (T8)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.absence import Absence, absence

TODAY = date(2026, 12, 20)


def ago(*days: int) -> list[date]:
    return sorted(TODAY - timedelta(days=day) for day in days)


@pytest.mark.parametrize(("days", "is_away"), [(0, False), (1, False), (6, False), (7, True)])
def test_t8_seven_days_without_anything_done_are_an_absence(days: int, *, is_away: bool) -> None:
    found = absence(ago(days + 2, days + 1, days), TODAY)
    assert (found is not None) == is_away
    if found is not None:
        assert (found.since, found.days) == (TODAY - timedelta(days=7), 7)


@pytest.mark.parametrize(("back", "is_told"), [(0, True), (1, True), (2, False)])
def test_who_just_came_back_is_still_told(back: int, *, is_told: bool) -> None:
    found = absence(ago(20, back, 0), TODAY)
    assert (found is not None) == is_told


def test_an_earlier_absence_is_over_once_two_days_in_a_row_were_kept() -> None:
    assert absence(ago(30, 5, 4, 3, 2, 1, 0), TODAY) is None


def test_who_never_did_anything_was_not_away() -> None:
    assert absence([], TODAY) is None


def test_only_what_is_said_from_the_seventh_day_on_speaks_of_it() -> None:
    away = Absence(since=TODAY - timedelta(days=10), until=TODAY)
    assert not away.is_noticed(TODAY - timedelta(days=4))
    assert away.is_noticed(TODAY - timedelta(days=3))
