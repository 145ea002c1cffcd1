"""What an accepted proposal changes on the other screens."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.quiz import Quiz
from tests.handlers.calendar import competition
from tests.handlers.reviews import NEXT_SUNDAY, miss_one_topic, press, proposals, reviewed, screen
from tests.talk import Talk, pack


def quiz_of_today(talk: Talk) -> Quiz:
    mine = talk.candidate_id
    with talk.database.begin() as store:
        found = store.quizzes.daily_of(mine, talk.now.date())
    assert found is not None
    return found


def test_three_questions_a_day_are_asked_said_and_kept_until_undone() -> None:
    talk = reviewed()
    press(talk, "questions", "yes")
    talk.wait(hours=3)
    assert len(quiz_of_today(talk).items) == 3
    pushed = next(b for b in reversed(talk.chat.bubbles) if "1/3" in b.text)
    assert "trois questions" in pushed.text
    for _ in range(3):
        talk.answer()
    assert "Quiz terminé : 3/3" in talk.screen.text
    talk.say("/help")
    assert "Chaque jour, trois questions" in talk.screen.text
    press(talk, "questions", "undo")
    talk.wait(days=1)
    assert len(quiz_of_today(talk).items) == 5


def test_a_topic_accepted_fills_extra_practice_for_a_week_and_stands_in_the_plan() -> None:
    talk = reviewed()
    press(talk, "focus", "yes")
    topic = pack().head.topics[0]
    talk.say("/plan")
    assert f"Entraînement de la semaine : {topic.name.fr}" in talk.screen.text
    assert extra_topics(talk) == {topic.id}
    talk.now += timedelta(days=6)
    assert extra_topics(talk) == {topic.id}, "the seventh day is one of seven"
    talk.now += timedelta(days=1)
    talk.say("/plan")
    assert "Entraînement de la semaine" not in talk.screen.text
    assert extra_topics(talk) != {topic.id}


@pytest.mark.parametrize("days", [0, 1])
def test_the_next_sunday_can_propose_the_same_topic_again(days: int) -> None:
    talk = reviewed()
    talk.now += timedelta(days=days)
    press(talk, "focus", "yes")
    talk.wait_until(NEXT_SUNDAY + timedelta(days=14, hours=-6))
    miss_one_topic(talk)
    talk.wait_until(NEXT_SUNDAY + timedelta(days=14))
    assert proposals(talk)["focus"].is_open(talk.now)


def extra_topics(talk: Talk) -> set[str]:
    mine = talk.candidate_id
    with talk.database.begin() as store:
        while (old := store.quizzes.open_of(mine)) is not None:
            store.quizzes.close(old.id, "replaced", talk.now)
    talk.press_token("quiz::extra")
    with talk.database.begin() as store:
        quiz = store.quizzes.open_of(mine)
    assert quiz is not None
    return {pack().questions[item.item_id].topic for item in quiz.items}


def test_a_plan_accepted_days_later_starts_on_that_day() -> None:
    talk = reviewed()
    talk.now += timedelta(days=3)
    press(talk, "replan", "yes")
    assert competition(talk).planned_from == talk.now.date()
    assert "depuis le mercredi 16 décembre 2026" in screen(talk).text


def test_a_new_plan_is_seen_in_the_plan() -> None:
    talk = reviewed()
    talk.say("/plan")
    before = talk.screen.text
    press(talk, "replan", "yes")
    talk.say("/plan")
    assert "Votre plan de 6 semaines commence dans 7 jours" in talk.screen.text
    press(talk, "replan", "undo")
    talk.say("/plan")
    assert talk.screen.text == before
