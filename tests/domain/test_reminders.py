"""Which reminders a competition's dates call for (T9, P01, T39)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.clock import ZoneInfo
from bot.domain.enrolment import Enrolment, days_of_tests
from bot.domain.reminders import Reminder, over_at, reminders_of, wanted_reminders
from bot.domain.sending_time import silence_of
from content.schema import MilestoneKind
from tests.domain.people import (
    CASABLANCA,
    FILING,
    KINDS,
    NOTICE,
    ORAL,
    SALMA,
    WRITTEN,
    enrolled,
    on,
)

FRIDAY = date(2027, 3, 12)


def marks(enrolment: Enrolment, kind: MilestoneKind) -> dict[str, str]:
    """Mark to the wall-clock time it is due."""
    found = reminders_of(SALMA, enrolment, kind, days_of_tests([enrolment]))
    return {each.mark: wall(each) for each in found}


def wall(reminder: Reminder) -> str:
    return f"{reminder.due_at.astimezone(ZoneInfo(CASABLANCA)):%m-%d %H:%M}"


def test_a_deadline_with_an_hour_has_six_reminders() -> None:
    assert marks(enrolled(on("filing", FRIDAY, time(16, 30))), FILING) == {
        "J-7": "03-05 09:00",
        "J-3": "03-09 09:00",
        "J-1": "03-11 09:00",
        "J-0": "03-12 09:00",
        "H-6": "03-12 10:30",
        "H-2": "03-12 14:30",
    }


def test_a_deadline_without_an_hour_has_four() -> None:
    assert list(marks(enrolled(on("filing", FRIDAY)), FILING)) == ["J-7", "J-3", "J-1", "J-0"]


def test_an_event_is_announced_at_the_reminder_hour() -> None:
    found = marks(enrolled(on("notice", FRIDAY, time(16, 30))), NOTICE)
    assert found == {
        "J-7": "03-05 09:00",
        "J-3": "03-09 09:00",
        "J-1": "03-11 09:00",
        "J-0": "03-12 09:00",
    }


def test_hours_in_the_night_move_to_the_evening_before_and_fall_together() -> None:
    found = marks(enrolled(on("filing", FRIDAY, time(9, 0))), FILING)
    assert found["H-2"] == "03-11 21:59"
    assert "H-6" not in found
    assert "J-0" not in found


def test_the_test_s_own_reminder_comes_before_it_starts_or_the_evening_before() -> None:
    sunday = date(2027, 3, 14)
    assert marks(enrolled(on("written", sunday, time(14))), WRITTEN)["J-0"] == "03-14 09:00"
    assert marks(enrolled(on("written", sunday, time(9))), WRITTEN)["J-0"] == "03-13 21:59"
    assert marks(enrolled(on("written", sunday)), WRITTEN)["J-0"] == "03-13 21:59"


def test_a_test_day_silences_everything_else() -> None:
    sunday = date(2027, 3, 14)
    mine = enrolled(
        on("written", sunday, time(9)),
        on("oral", sunday + timedelta(days=7)),
        on("filing", sunday, time(16, 30)),
    )
    assert marks(mine, ORAL)["J-7"] == "03-15 09:00"
    assert marks(mine, FILING)["H-2"] == "03-13 14:30"


def test_a_validated_milestone_has_no_reminder() -> None:
    mine = enrolled(on("filing", FRIDAY), statuses={"milestone:filing": "validated"})
    assert marks(mine, FILING) == {}


def test_f9_the_reminder_hour_is_the_same_on_both_sides_of_20_september_2026() -> None:
    for day, hour in ((date(2026, 9, 18), 8), (date(2026, 9, 22), 9), (date(2027, 3, 1), 9)):
        found = reminders_of(SALMA, enrolled(on("notice", day)), NOTICE, frozenset())
        assert found[-1].due_at == datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


hours = st.times().map(lambda hour: hour.replace(second=0, microsecond=0, tzinfo=None))


@given(
    day=st.dates(date(2026, 1, 1), date(2028, 1, 1)),
    hour=st.none() | hours,
    reminder_time=hours,
    quiet_from=hours,
    quiet_to=hours,
)
def test_every_reminder_is_in_time_in_order_and_outside_the_quiet_hours(
    day: date, hour: time | None, reminder_time: time, quiet_from: time, quiet_to: time
) -> None:
    someone = replace(SALMA, reminder_time=reminder_time, quiet_from=quiet_from, quiet_to=quiet_to)
    mine = enrolled(on("filing", day, hour), on("written", day + timedelta(days=20), hour))
    silence = silence_of(someone)
    for reminder in wanted_reminders(someone, [mine], KINDS):
        kind = next(each for each in KINDS if each.id == reminder.kind)
        assert reminder.due_at < over_at(kind, mine.dates[kind.id], CASABLANCA)
        assert not silence.covers(reminder.due_at)
    for kind in KINDS:
        due = [each.due_at for each in reminders_of(someone, mine, kind, frozenset())]
        assert due == sorted(set(due))
