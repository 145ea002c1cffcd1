"""The Sunday report: honest, warm, on time, silent where it should be."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from datetime import time as hour

import pytest

from bot.domain.enrolment import MilestoneDate
from content.schema import LANGUAGES
from tests.talk import START, Talk

SUNDAY = datetime(2026, 11, 29, 18, 0, tzinfo=UTC)
HEADINGS = {"fr": "Votre semaine", "ar": "أسبوعك", "en": "Your week"}


def reports(talk: Talk) -> list[str]:
    return [b.text for b in talk.chat.bubbles if HEADINGS[talk.language] in b.text]


def start(language: str = "fr", *, right: bool = True) -> Talk:
    talk = Talk(language=language)
    talk.join()
    for _ in range(5):
        talk.answer(right=right)
    return talk


def test_t30_it_comes_on_sunday_at_18_with_what_was_done() -> None:
    talk = start()
    talk.wait_until(SUNDAY - timedelta(minutes=1))
    assert reports(talk) == []
    talk.wait_until(SUNDAY)
    (report,) = reports(talk)
    assert "5 réponses, 100 % justes" in report.replace("\xa0", " ")
    assert "À travailler" in report


def test_misses_without_a_cause_are_proposed_for_sorting() -> None:
    talk = start(right=False)
    talk.wait_until(SUNDAY)
    assert "triez vos erreurs" in reports(talk)[0]
    assert "journal::show" in talk.shows("Votre semaine").buttons.values()


def test_it_comes_every_week_while_there_is_something_to_tell() -> None:
    talk = start()
    talk.wait_until(SUNDAY + timedelta(days=14))
    assert len(reports(talk)) == 3
    assert "rien à rattraper" in reports(talk)[1]


def test_after_three_silent_weeks_it_stays_silent() -> None:
    talk = start()
    talk.wait_until(SUNDAY + timedelta(days=60))
    assert len(reports(talk)) == 3


def test_while_paused_it_is_skipped_and_comes_back_later() -> None:
    talk = start()
    me = talk.candidate_id
    with talk.database.begin() as store:
        store.candidates.change(me, paused_until=SUNDAY + timedelta(days=1))
    talk.wait_until(SUNDAY + timedelta(days=6))
    assert reports(talk) == []
    talk.wait_until(SUNDAY + timedelta(days=7))
    assert len(reports(talk)) == 1


def test_a_day_late_it_is_dropped_to_the_next_week() -> None:
    talk = start()
    talk.now = SUNDAY + timedelta(hours=25)
    talk.fire_due()
    assert reports(talk) == []
    talk.wait_until(SUNDAY + timedelta(days=7))
    assert len(reports(talk)) == 1


def test_f6_an_hour_late_it_still_tells_of_its_own_week() -> None:
    talk = start()
    talk.now = SUNDAY + timedelta(hours=3)
    talk.fire_due()
    assert "5 réponses" in reports(talk)[0]


def test_it_waits_until_the_candidate_has_been_still_for_a_while() -> None:
    talk = start()
    talk.wait_until(SUNDAY - timedelta(minutes=5))
    talk.say("/menu")
    talk.wait_until(SUNDAY)
    assert reports(talk) == []
    talk.wait_until(SUNDAY + timedelta(minutes=11))
    assert len(reports(talk)) == 1


def test_on_a_test_day_it_waits_for_the_next_and_tells_of_the_week_before() -> None:
    talk = start()
    me = talk.candidate_id
    with talk.database.begin() as store:
        enrolment = store.enrolments.ensure_default(me, "x", START)
        known = MilestoneDate(kind="written", day=SUNDAY.date(), entered_on=date(2026, 11, 24))
        store.enrolments.set_date(enrolment, known)
    talk.wait_until(SUNDAY + timedelta(hours=5))
    assert reports(talk) == []
    talk.wait_until(SUNDAY + timedelta(days=1))
    assert "5 réponses" in reports(talk)[0]


def test_quiet_hours_set_since_it_was_armed_are_kept() -> None:
    talk = start()
    me = talk.candidate_id
    with talk.database.begin() as store:
        store.candidates.change(me, quiet_from=hour(17), quiet_to=hour(9))
    talk.wait_until(SUNDAY + timedelta(hours=2))
    assert reports(talk) == []
    talk.wait_until(SUNDAY + timedelta(hours=15))
    assert len(reports(talk)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_400_characters(language: str) -> None:
    talk = start(language, right=False)
    for _ in range(3):
        talk.press_token("quiz::extra")
        for _ in range(5):
            talk.answer(right=False)
    talk.wait_until(SUNDAY)
    (report,) = reports(talk)
    assert len(report) <= 400
