"""What is said about odd dates: past, far, weekend, out of order, clashing (P04, P09, P22)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.date_checks import clashes, doubts, refusal
from bot.domain.date_words import is_official_link
from bot.domain.day_text import TypedDay
from bot.domain.enrolment import MilestoneDate
from content.schema import MilestoneKind
from tests.domain.people import FILING, KINDS, NOTICE, WRITTEN, enrolled, on

TODAY = date(2026, 11, 24)
SUNDAY = date(2027, 3, 14)


def keys(kind: MilestoneKind, typed: TypedDay, *others: MilestoneDate) -> list[str]:
    return [note.key for note in doubts(KINDS, kind, typed, others, TODAY)]


def test_a_deadline_or_test_cannot_be_past_but_a_notice_may_have_appeared() -> None:
    yesterday = TODAY - timedelta(days=1)
    for kind in (FILING, WRITTEN):
        refused = refusal(kind, yesterday, TODAY)
        assert refused is not None
        assert refused.key == "dates.refused_past"
        assert refusal(kind, TODAY, TODAY) is None
    assert refusal(NOTICE, yesterday, TODAY) is None
    assert refusal(NOTICE, TODAY - timedelta(days=121), TODAY) is not None


def test_over_two_years_away_is_refused() -> None:
    refused = refusal(WRITTEN, TODAY + timedelta(days=731), TODAY)
    assert refused is not None
    assert refused.key == "dates.refused_far"


def test_a_sunday_test_and_a_weekday_deadline_raise_no_doubt() -> None:
    assert keys(WRITTEN, TypedDay(day=SUNDAY)) == []
    assert keys(FILING, TypedDay(day=SUNDAY - timedelta(days=23))) == []


def test_p22_weekdays_are_checked() -> None:
    monday = SUNDAY + timedelta(days=1)
    assert keys(WRITTEN, TypedDay(day=monday)) == ["dates.doubt_not_sunday"]
    assert keys(FILING, TypedDay(day=SUNDAY)) == ["dates.doubt_weekend"]
    assert keys(NOTICE, TypedDay(day=monday, weekday=6)) == ["dates.doubt_weekday"]
    assert keys(NOTICE, TypedDay(day=monday, weekday=0)) == []


def test_p04_a_deadline_under_five_days_away_is_flagged() -> None:
    assert "dates.short_notice" in keys(FILING, TypedDay(day=TODAY + timedelta(days=4)))
    assert "dates.short_notice" not in keys(FILING, TypedDay(day=TODAY + timedelta(days=6)))


def test_a_deadline_after_the_test_is_out_of_order() -> None:
    late = TypedDay(day=SUNDAY + timedelta(days=2))
    assert keys(FILING, late, on("written", SUNDAY)) == ["dates.doubt_order"]


@pytest.mark.parametrize(
    ("mine", "theirs", "clash"),
    [
        (on("written", SUNDAY), on("written", SUNDAY), True),
        (on("written", SUNDAY), on("oral", SUNDAY + timedelta(days=1)), True),
        (on("written", SUNDAY), on("written", SUNDAY + timedelta(days=2)), False),
        (on("written", SUNDAY), on("filing", SUNDAY), True),
        (on("filing", SUNDAY), on("filing", SUNDAY + timedelta(days=1)), False),
        (on("notice", SUNDAY), on("notice", SUNDAY), False),
        (on("written", TODAY - timedelta(days=1)), on("written", TODAY), False),
    ],
)
def test_t29_a_clash_reads_the_same_from_both_sides(
    mine: MilestoneDate, theirs: MilestoneDate, *, clash: bool
) -> None:
    one, two = enrolled(mine, number=1), enrolled(theirs, number=2)
    both = [one, two]
    assert [each.other.id for each in clashes(one, both, KINDS, TODAY)] == [2] * clash
    assert [each.other.id for each in clashes(two, both, KINDS, TODAY)] == [1] * clash


@pytest.mark.parametrize(
    ("source", "is_official"),
    [
        ("https://www.emploi-public.ma/fr/concours/12", True),
        ("emploi-public.ma", True),
        ("avis n° 12, drh.sante.gov.ma", True),
        ("HTTPS://DRH.JUSTICE.GOV.MA", True),
        ("vu à la préfecture", False),
        ("https://wadifa.example/gov.ma", False),
        ("https://gov.ma.example.com/avis", False),
        ("https://drh.gov.ma@evil.example/avis", False),
        ("https://fake-emploi-public.ma", False),
        ("drh.sante.gov.ma et https://bit.ly/x", False),
    ],
)
def test_p16_only_links_to_official_sites_count_as_verified(
    source: str, *, is_official: bool
) -> None:
    assert is_official_link(source) is is_official
