"""What happens beside a timed set: quizzes, pushes, another channel, a restart, export."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.messages import Address
from bot.storage.database import Database
from bot.storage.tables import quiz_items, quizzes, timers
from tests.handlers.timed_sets import (
    SECOND,
    settled,
    start,
    the_set,
)
from tests.lives import settle
from tests.talk import START, Talk, pack


@pytest.fixture
def talk() -> Talk:
    return settled()


def test_quiz_leads_back_to_a_set_that_runs(talk: Talk) -> None:
    start(talk)
    talk.answer()
    for gesture in ("/quiz", "a"):
        talk.say(gesture)
        assert "2/20" in talk.screen.text
        assert "/sets" in talk.screen.text
    for token in ("quiz::extra", "quiz::retake", "quiz:sheet-amo:sheet"):
        talk.press_token(token)
        assert "2/20" in talk.screen.text


def test_t35_the_day_s_quiz_and_the_report_come_once_the_set_is_over() -> None:
    talk = Talk(now=datetime(2026, 11, 24, 19, 30, tzinfo=UTC))
    talk.join()
    candidate_id = talk.candidate_id
    talk.now += timedelta(minutes=25)
    with talk.database.begin() as store:
        for kind in ("daily_quiz", "weekly_report"):
            store.timers.arm(candidate_id, kind, "", talk.now + timedelta(minutes=16))
    start(talk)
    talk.answer()
    shown = len(talk.chat.bubbles)
    talk.wait(minutes=20)
    assert len(talk.chat.bubbles) == shown
    talk.wait(minutes=20)
    assert talk.shows("Votre semaine") in talk.chat.bubbles[shown:]
    assert talk.shows("Quiz du jour") in talk.chat.bubbles[shown:]


def test_the_day_s_quiz_does_not_replace_a_set_that_waits_for_its_time(talk: Talk) -> None:
    """A lone worker pushes while the process that takes answers is down past the set's end."""
    quiz = start(talk)
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        store.install.note_alive(None, talk.now + SECOND)
        store.timers.arm(candidate_id, "daily_quiz", "", talk.now + timedelta(minutes=50))
    talk.wait(minutes=60)
    assert talk.shows("Quiz du jour")
    assert the_set(talk) == quiz


def test_t58_a_set_goes_on_at_the_same_question_on_another_channel(talk: Talk) -> None:
    start(talk)
    talk.answer()
    question, left = talk.screen.text, talk.screen
    page = Address(channel="web", chat="cookie")
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        store.conversations.open(page, "cookie", candidate_id, talk.now)
    talk.move_to("web", "cookie")
    talk.say("/sets")
    talk.press("▶ Reprendre")
    assert talk.screen.text == question
    talk.wait(minutes=21)
    for bubble in (talk.screen, left):
        assert "sans réponse" in bubble.text, "the result stands wherever the set was played"


def test_f4_a_restart_goes_on_at_the_same_question_with_the_time_that_is_left(
    tmp_path: object,
) -> None:
    url = f"sqlite:///{tmp_path}/coach.db"
    talk = Talk(database=Database(url))
    settle(talk)
    start(talk)
    talk.answer()
    again = Talk(database=Database(url), now=START + timedelta(minutes=5), first_id=9000)
    again.chats = talk.chats
    again.say("/quiz")
    assert "2/20" in again.screen.text
    assert "Encore 15 minutes" in again.screen.text


def test_a_question_that_left_the_pack_is_swapped_for_one_of_the_set_s_topics(talk: Talk) -> None:
    quiz = start(talk)
    assert quiz.current is not None
    gone = {k: v for k, v in pack().questions.items() if k != quiz.current.item_id}
    other = Talk(database=talk.database, the_pack=replace(pack(), questions=gone), first_id=7000)
    other.say("/quiz")
    assert "retirée" in other.screen.text
    swapped = the_set(talk).current
    assert swapped is not None
    assert pack().questions[swapped.item_id].topic == "social-protection"
    assert [i.item_id for i in the_set(talk).items].count(swapped.item_id) == 1


def test_a_set_that_left_the_pack_is_closed_and_stands_in_nobody_s_way(talk: Talk) -> None:
    quiz = start(talk)
    fewer = {key: each for key, each in pack().sets.items() if key != "set-amo"}
    other = Talk(database=talk.database, the_pack=replace(pack(), sets=fewer), first_id=7000)
    other.press_token(f"quiz:{quiz.id}:a0a")
    other.say("/sets")
    other.press_token("sets:set-tools:start")
    assert the_set(talk).set_id == "set-tools"
    with talk.database.begin() as store:
        assert store.faults.count() == 0


def test_pause_export_and_forget_are_whole_while_a_set_runs(talk: Talk) -> None:
    quiz = start(talk)
    talk.say("/pause")
    talk.press_token("pause:1d:")
    talk.say("/mydata")
    assert talk.screen.file is not None
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        kept = json.loads(json.dumps(store.privacy.everything(candidate_id)))
    (row,) = [each for each in kept["quizzes"] if each["id"] == quiz.id]
    assert row["set_id"] == "set-amo"
    assert row["deadline_at"].startswith("2026-11-24T10:20")
    assert "set_end" in {timer["kind"] for timer in kept["timers"]}
    with talk.database.begin() as store:
        store.privacy.forget(candidate_id)
    with talk.database.engine.connect() as connection:
        for table in (quizzes, quiz_items, timers):
            assert connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() == 0


def test_t6_a_set_s_answers_feed_the_first_gate_and_progress_counts_badges(talk: Talk) -> None:
    start(talk)
    for _ in range(20):
        talk.answer()
    talk.say("/progress")
    assert "100 % sur 20 des 40 réponses de fiches et de séries" in talk.screen.text
    assert "Séries thématiques : 1/6" in talk.screen.text


def test_the_library_and_the_day_s_end_lead_to_the_sets(talk: Talk) -> None:
    talk.say("/library")
    talk.press("⏱ Séries")
    assert "Séries thématiques" in talk.screen.text
    talk.say("/quiz")
    for _ in range(5):
        talk.answer()
    talk.say("/quiz")
    talk.press("⏱ Séries")
    assert "Séries thématiques" in talk.screen.text
