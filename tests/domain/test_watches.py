"""Watches: the notice each week, the list of admitted each day (M15, P06)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from bot.domain.enrolment import Enrolment, days_of_tests, list_kind
from bot.domain.watches import LIST, NOTICE, Watch, wanted_watches
from tests.domain.people import ADMITTED, CASABLANCA, FILING, KINDS, SALMA, WRITTEN, enrolled, on

FILED = date(2026, 12, 1)


def watch(enrolment: Enrolment, name: str) -> Watch | None:
    found = wanted_watches([enrolment], KINDS, CASABLANCA)
    return next((each for each in found if each.name == name), None)


def every_firing(found: Watch, silent: frozenset[date], count: int = 100) -> list[datetime]:
    now, fired = datetime(2026, 11, 24, 12, tzinfo=UTC), []
    while len(fired) < count:
        due = found.next_after(now, SALMA, silent)
        if due is None:
            break
        fired.append(due)
        now = due
    return fired


def test_f8_the_list_is_asked_about_each_day_for_as_long_as_it_takes() -> None:
    found = watch(enrolled(on("filing", FILED)), LIST)
    assert found is not None
    fired = every_firing(found, frozenset())
    assert len(fired) == 90
    assert fired[0] == datetime(2026, 12, 2, 9, tzinfo=UTC)
    gaps = {later - earlier for earlier, later in pairwise(fired)}
    assert gaps == {timedelta(days=1)}


def test_it_ends_on_the_eve_of_the_test_and_leaves_out_other_test_days() -> None:
    mine = enrolled(on("filing", FILED), on("written", date(2026, 12, 20)))
    found = watch(mine, LIST)
    assert found is not None
    days = [
        each.date() for each in every_firing(found, days_of_tests([mine]) | {date(2026, 12, 6)})
    ]
    assert days[-1] == date(2026, 12, 19)
    assert date(2026, 12, 6) not in days
    assert len(days) == 17


def test_it_ends_when_the_candidate_has_found_the_list_or_asks_for_peace() -> None:
    filed = on("filing", FILED)
    assert watch(enrolled(filed, statuses={"milestone:admitted": "validated"}), LIST) is None
    assert watch(enrolled(filed, statuses={LIST: "validated"}), LIST) is None
    assert watch(enrolled(), LIST) is None


def test_the_notice_is_asked_about_each_week_until_a_date_is_official() -> None:
    found = watch(enrolled(), NOTICE)
    assert found is not None
    fired = every_firing(found, frozenset(), count=3)
    assert [each.date() for each in fired] == [
        date(2026, 12, 1),
        date(2026, 12, 8),
        date(2026, 12, 15),
    ]
    official = enrolled(on("filing", FILED, provenance="official"))
    assert watch(official, NOTICE) is None


def test_a_reminder_hour_inside_the_quiet_hours_still_asks_once_a_day() -> None:
    owl = replace(SALMA, reminder_time=time(23))
    found = watch(enrolled(on("filing", FILED)), LIST)
    assert found is not None
    first = found.next_after(datetime(2026, 12, 2, 12, tzinfo=UTC), owl, frozenset())
    assert first == datetime(2026, 12, 3, 8, tzinfo=UTC)
    assert found.next_after(first, owl, frozenset()) == datetime(2026, 12, 4, 8, tzinfo=UTC)


def test_the_list_is_the_kind_that_follows_the_deadline() -> None:
    assert list_kind(KINDS) == ADMITTED
    assert list_kind((FILING, WRITTEN)) is None
    assert list_kind((WRITTEN,)) is None
