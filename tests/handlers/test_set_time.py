"""The clock of a timed set: the minutes left, its end, its result and what may be reviewed."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.messages import Address
from bot.storage.tables import timers
from content.schema import LANGUAGES
from tests.handlers.timed_sets import (
    SECOND,
    TWENTY,
    one_letter,
    reload,
    running,
    settled,
    start,
    the_set,
)
from tests.lives import settle
from tests.talk import Talk, pack, texts


@pytest.fixture
def talk() -> Talk:
    return settled()


def test_the_message_shows_the_minutes_left_at_each_press(talk: Talk) -> None:
    start(talk)
    assert "Encore 20 minutes" in talk.screen.text
    talk.now += timedelta(minutes=7, seconds=30)
    talk.answer()
    assert "Encore 12 minutes" in talk.screen.text
    talk.now += timedelta(minutes=11, seconds=40)
    talk.answer()
    assert "Dernière minute" in talk.screen.text


def test_f1_an_answer_five_seconds_after_the_end_counts_and_a_later_one_does_not(
    talk: Talk,
) -> None:
    quiz = start(talk)
    assert quiz.deadline_at is not None
    first = one_letter(talk)
    talk.now = quiz.deadline_at + 5 * SECOND
    talk.press_token(first, ref=talk.screen.ref)
    assert talk.notice == "✅ Bonne réponse"
    second = one_letter(talk)
    talk.now += timedelta(microseconds=1)
    talk.press_token(second, ref=talk.screen.ref)
    assert "Le temps est écoulé" in talk.notice
    after = reload(talk, quiz)
    assert (after.outcome, after.right) == ("time_over", 1)
    assert f"{TWENTY.name.fr} : 1/20" in talk.screen.text


def test_the_end_closes_the_set_with_its_result_even_if_nobody_presses(talk: Talk) -> None:
    quiz = start(talk)
    bubble = talk.screen
    talk.answer()
    talk.answer(right=False)
    shown = len(talk.chat.bubbles)
    talk.wait(minutes=20, seconds=6)
    assert reload(talk, quiz).outcome == "time_over"
    assert len(talk.chat.bubbles) == shown, "the question's message becomes the result"
    assert f"{TWENTY.name.fr} : 1/20" in bubble.text
    assert "18 questions sans réponse" in bubble.text
    assert next(iter(bubble.buttons)) == "Revoir mes erreurs"


def test_unanswered_questions_are_no_mistakes_and_may_come_back(talk: Talk) -> None:
    quiz = start(talk)
    talk.answer(right=False)
    talk.wait(minutes=21)
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        answers = store.quizzes.answers(candidate_id)
        met = store.quizzes.history(candidate_id)
    assert [answer.item_id for answer in answers] == [quiz.items[0].item_id]
    assert sum(each.correct is None for each in met) == 19
    talk.say("/journal")
    assert pack().questions[quiz.items[0].item_id].rationale.fr in talk.screen.text


def test_my_mistakes_are_reviewed_one_by_one_with_their_verdict(talk: Talk) -> None:
    quiz = start(talk)
    for number in range(20):
        talk.answer(right=number not in {4, 11})
    talk.press("Revoir mes erreurs")
    for position, onward in ((4, "Erreur suivante"), (11, "Trier mes erreurs")):
        question = pack().questions[quiz.items[position].item_id]
        assert question.rationale.fr in talk.screen.text
        assert all(option.why.fr in talk.screen.text for option in question.options)
        talk.press(onward)
    assert "Journal d’erreurs" in talk.screen.text


def test_an_old_button_of_a_finished_set_shows_its_result(talk: Talk) -> None:
    quiz = start(talk, "set-users")
    for _ in range(15):
        talk.answer()
    for value in ("a3b", "v3", "n2", "m0"):
        talk.press_token(f"quiz:{quiz.id}:{value}", ref=talk.screen.ref)
        assert "15/15" in talk.screen.text
        assert reload(talk, quiz).right == 15


def test_the_timer_goes_with_the_set(talk: Talk) -> None:
    start(talk, "set-users")
    for _ in range(15):
        talk.answer()
    with talk.database.engine.connect() as connection:
        kinds = connection.execute(sa.select(timers.c.kind)).scalars().all()
    assert "set_end" not in kinds


@pytest.mark.parametrize(
    "gesture", ["/quiz", "/sets", "quiz::open", "quiz::extra", "sets::list", "sets::go_on"]
)
def test_who_comes_by_after_the_end_sees_the_result_first(talk: Talk, gesture: str) -> None:
    quiz = start(talk)
    talk.answer(right=False)
    talk.now += timedelta(minutes=30)
    shown = len(talk.chat.bubbles)
    if gesture.startswith("/"):
        talk.say(gesture)
    else:
        talk.press_token(gesture, ref=talk.screen.ref)
    assert reload(talk, quiz).outcome == "time_over"
    result = talk.shows("Les 20 minutes sont écoulées")
    assert result in talk.chat.bubbles[shown:]
    assert "Revoir mes erreurs" in result.buttons
    assert len(talk.chat.bubbles) >= shown + 1
    talk.say(gesture if gesture.startswith("/") else "/quiz")
    assert sum("sont écoulées" in each.text for each in talk.chat.bubbles) == 1, "once"


def test_another_set_started_after_the_end_comes_below_the_result(talk: Talk) -> None:
    start(talk)
    talk.now += timedelta(minutes=30)
    talk.press_token("sets:set-tools:start", ref=talk.screen.ref)
    assert talk.shows("20 questions sans réponse")
    assert the_set(talk).set_id == "set-tools"


def test_the_result_also_stands_where_the_set_was_played(talk: Talk) -> None:
    start(talk)
    played, page = talk.screen, Address(channel="web", chat="cookie")
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        store.conversations.open(page, "cookie", candidate_id, talk.now)
    talk.now += timedelta(minutes=30)
    talk.move_to("web", "cookie")
    talk.say("/quiz")
    assert "Quiz du jour" in talk.screen.text
    for bubble in (played, talk.chat.bubbles[-2]):
        assert "Les 20 minutes sont écoulées" in bubble.text


def test_while_nobody_has_shown_a_sign_of_life_the_end_waits(talk: Talk) -> None:
    """A lone worker fires timers while the process that takes answers is down."""
    quiz = start(talk)
    assert quiz.deadline_at is not None
    with talk.database.begin() as store:
        store.install.note_alive(None, talk.now + SECOND)
    talk.wait(minutes=25)
    assert the_set(talk).id == quiz.id
    with talk.database.begin() as store:
        store.install.note_alive(store.install.alive_at(), talk.now)
    talk.wait(minutes=5)
    assert running(talk) is None


def test_it_waits_ever_longer_up_to_an_hour(talk: Talk) -> None:
    start(talk)
    with talk.database.begin() as store:
        store.install.note_alive(None, talk.now + SECOND)
    assert len(talk.wait(days=1)) < 35
    assert running(talk) is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_screen_of_a_set_is_in_the_candidate_s_language_and_leads_on(language: str) -> None:
    talk = Talk(language=language)
    settle(talk)

    def says(key: str) -> None:
        found = texts().template(f"sets.{key}", talk.language, 15)  # type: ignore[arg-type]
        assert found.split("{")[0].strip() in talk.screen.text
        assert talk.screen.buttons

    quiz = start(talk, "set-users")
    says("left")
    talk.answer(right=False)
    talk.say("/sets")
    says("resume_or_stop")
    talk.press_token("sets::go_on", ref=talk.screen.ref)
    talk.wait(minutes=16)
    says("then_review")
    says("no_badge")
    talk.press_token(f"quiz:{quiz.id}:m0", ref=talk.screen.ref)
    assert pack().questions[quiz.items[0].item_id].rationale.in_language(language) in (
        talk.screen.text
    )
    stopped = start(talk, "set-tools")
    talk.press_token(f"sets:{stopped.id}:stop", ref=talk.screen.ref)
    says("given_up")
    says("then_another")
