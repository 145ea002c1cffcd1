"""Today's quiz put off, and another hour proposed to who often does so (T38)."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from bot.storage.outbox import SEND_ANEW
from bot.storage.tables import outbox
from content.schema import LANGUAGES
from tests.lives import me
from tests.talk import Talk

PROPOSAL = "Vous conviendrait-il mieux"


@pytest.fixture
def talk() -> Talk:
    """A candidate whose quiz of 08:00 has just been pushed, on 25 November."""
    talk = Talk()
    talk.join(hour="08:00")
    for _ in range(5):
        talk.answer()
    talk.wait_until(at(8, day=25))
    return talk


def at(hour: int, minute: int = 0, *, day: int = 25) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def quizzes_pushed(talk: Talk) -> int:
    """How many messages have brought the daily quiz up."""
    with talk.database.engine.connect() as connection:
        rows = connection.execute(sa.select(outbox.c.dedupe_key, outbox.c.edit_ref))
        return sum(
            key is not None and ("daily_quiz" in key or "later_quiz" in key) and ref == SEND_ANEW
            for key, ref in rows
        )


def put_off(talk: Talk, days: int, *, button: str = "🌙") -> None:
    """Put so many days' quizzes off, from today's on, without doing any of them."""
    for day in range(days):
        if day:
            talk.wait_until((talk.now + timedelta(days=1)).replace(hour=8, minute=1))
        talk.press(button, bubble=talk.shows("Quiz du jour"))


def test_in_an_hour_it_comes_again_at_the_bottom_where_it_was_left(talk: Talk) -> None:
    seen = len(talk.chat.bubbles)
    talk.press("⏰ Dans 1 h", bubble=talk.screen)
    assert "revient à 09:00" in talk.screen.text
    talk.wait_until(at(8, 59))
    assert len(talk.chat.bubbles) == seen
    talk.wait_until(at(9, 1))
    assert len(talk.chat.bubbles) == seen + 1
    assert "À l’heure que vous avez choisie" in talk.screen.text
    assert "Quiz du jour · 1/5" in talk.screen.text


@pytest.mark.parametrize(
    ("answered", "said"), [(3, "encore 2 questions."), (4, "encore 1 question.")]
)
def test_brought_up_again_it_says_how_many_are_left(talk: Talk, answered: int, said: str) -> None:
    talk.press("⏰ Dans 1 h")
    talk.press("Ouvrir le quiz")
    for _ in range(answered):
        talk.answer()
    talk.wait_until(at(9, 1))
    assert talk.screen.text.startswith("Votre quiz du jour vous attend là où vous l’avez laissé")
    assert said in talk.screen.text.splitlines()[0]
    assert "cinq questions" not in talk.screen.text


def test_it_can_be_put_off_again_until_the_evening_and_never_past_the_day(talk: Talk) -> None:
    talk.press("🌙 Ce soir, 20:00")
    talk.wait_until(at(20, 1))
    talk.press("⏰ Dans 1 h")
    talk.wait_until(at(21, 1))
    assert list(talk.screen.buttons)[-1] == "⏰ Dans 30 min"
    talk.press("⏰ Dans 30 min")
    talk.wait_until(at(21, 31))
    assert set(talk.screen.buttons) <= {"A", "B", "C", "D", "Valider"}
    talk.wait_until(at(7, 59, day=26))
    assert "1/5" in talk.screen.text
    talk.wait_until(at(8, 1, day=26))
    assert "À l’heure que vous avez choisie" not in talk.screen.text


def test_done_before_the_hour_it_does_not_come_again(talk: Talk) -> None:
    talk.press("🌙")
    talk.press("Ouvrir le quiz")
    for _ in range(5):
        talk.answer()
    seen = len(talk.chat.bubbles)
    talk.wait_until(at(23))
    assert len(talk.chat.bubbles) == seen


def test_it_waits_while_the_candidate_is_active(talk: Talk) -> None:
    talk.press("⏰ Dans 1 h")
    talk.wait_until(at(8, 55))
    talk.say("/plan")
    talk.wait_until(at(9, 9))
    assert "Quiz du jour" not in talk.screen.text
    talk.wait_until(at(9, 11))
    assert "Quiz du jour" in talk.screen.text


def test_a_pause_begun_meanwhile_holds_it_back(talk: Talk) -> None:
    talk.press("⏰ Dans 1 h")
    talk.press_token("pause:1d:")
    seen = len(talk.chat.bubbles)
    talk.wait_until(at(23))
    assert len(talk.chat.bubbles) == seen


def test_a_coach_that_was_down_does_not_bring_yesterday_s_up(talk: Talk) -> None:
    talk.press("🌙")
    talk.now = at(7, 30, day=26)
    talk.say("/quiz")
    seen = len(talk.chat.bubbles)
    talk.fire_due()
    assert len(talk.chat.bubbles) == seen


def test_an_hour_that_is_no_longer_possible_says_so_and_shows_the_question(talk: Talk) -> None:
    push = talk.screen
    talk.now = at(21, 45)
    talk.press("⏰ Dans 1 h", bubble=push)
    assert "n’est plus possible" in talk.notice
    assert "1/5" in push.text


@pytest.mark.parametrize("value", ["hour", "half", "evening"])
def test_neither_a_finished_quiz_nor_one_of_another_day_is_put_off(talk: Talk, value: str) -> None:
    for _ in range(5):
        talk.answer()
    talk.press_token(f"quiz:1:{value}")
    talk.press_token(f"quiz:2:{value}")
    seen = len(talk.chat.bubbles)
    talk.wait_until(at(23))
    assert len(talk.chat.bubbles) == seen


def test_somebody_else_s_quiz_is_not_put_off(talk: Talk) -> None:
    talk.move_to("telegram", "2002")
    talk.join()
    talk.press_token("quiz:2:evening")
    with talk.database.begin() as store:
        assert store.timers.due_of(me(talk).id, "later_quiz") == {}


def test_t38_after_three_put_offs_the_hour_they_led_to_is_proposed_once(talk: Talk) -> None:
    put_off(talk, 2)
    assert PROPOSAL not in talk.screen.text
    talk.wait_until(at(8, 1, day=27))
    talk.press("🌙", bubble=talk.shows("Quiz du jour"))
    assert "Le quiz de 08:00" in talk.screen.text
    assert list(talk.screen.buttons) == ["Passer à 20:00", "Garder 08:00"]
    assert me(talk).quiz_time == time(8)


@pytest.mark.parametrize(("every", "is_proposed"), [(3, True), (4, False)])
def test_three_put_offs_count_when_they_are_among_the_last_seven_pushes(
    talk: Talk, every: int, is_proposed: bool
) -> None:
    proposed = False
    for day in range(7 if is_proposed else 30):
        talk.wait_until(at(8, 1) + timedelta(days=day))
        if day % every == 0:
            talk.press("🌙", bubble=talk.shows("Quiz du jour"))
            proposed |= PROPOSAL in talk.screen.text
        talk.wait(hours=12, minutes=30)
        talk.say("/quiz")
        talk.answer()
    assert proposed == is_proposed


def test_the_hour_of_the_answers_counts_more_than_that_of_the_put_offs(talk: Talk) -> None:
    for day in (25, 26, 27):
        talk.wait_until(at(8, 1, day=day))
        talk.press("⏰ Dans 1 h", bubble=talk.shows("Quiz du jour"))
        if day < 27:
            talk.wait_until(at(18, 40, day=day))
            talk.say("/quiz")
            talk.answer()
    assert "Passer à 18:30" in talk.screen.buttons


def test_moved_on_consent_it_comes_at_the_new_hour_once_a_day(talk: Talk) -> None:
    put_off(talk, 3)
    talk.press("Passer à 20:00")
    assert "chaque jour à 20:00" in talk.screen.text
    assert me(talk).quiz_time == time(20)
    talk.wait_until(at(20, 1, day=27))
    talk.answer()
    before = quizzes_pushed(talk)
    talk.wait_until(at(19, 59, day=28))
    assert quizzes_pushed(talk) == before
    talk.wait_until(at(20, 1, day=28))
    assert quizzes_pushed(talk) == before + 1


def test_refused_the_hour_stays_and_is_not_proposed_again(talk: Talk) -> None:
    put_off(talk, 3)
    talk.press("Garder 08:00")
    assert "Nous gardons 08:00" in talk.screen.text
    assert (me(talk).quiz_time, me(talk).refused_hour) == (time(8), time(20))
    for _ in range(40):
        talk.wait_until((talk.now + timedelta(days=1)).replace(hour=8, minute=1))
        talk.press("🌙", bubble=talk.shows("Quiz du jour"))
        assert PROPOSAL not in talk.screen.text


def test_left_unanswered_it_is_proposed_again_after_two_weeks_at_the_earliest(talk: Talk) -> None:
    put_off(talk, 3)
    proposed = [0]
    for day in range(1, 30):
        talk.wait_until((talk.now + timedelta(days=1)).replace(hour=8, minute=1))
        talk.press("🌙", bubble=talk.shows("Quiz du jour"))
        if PROPOSAL in talk.screen.text:
            proposed.append(day)
    assert proposed == [0, 14, 28]


def test_an_hour_just_chosen_in_the_settings_is_not_put_in_question(talk: Talk) -> None:
    put_off(talk, 2)
    talk.press_token("set:quiz:1230")
    for _ in range(3):
        talk.wait_until((talk.now + timedelta(days=1)).replace(hour=12, minute=31))
        talk.press("🌙", bubble=talk.shows("Quiz du jour"))
        assert PROPOSAL not in talk.screen.text


@pytest.mark.parametrize("hour", ["12:30", "1230"])
def test_an_hour_of_the_welcome_is_put_in_question_however_it_was_given(hour: str) -> None:
    """A typed hour and a pressed one are the same choice, made before any quiz came."""
    talk = Talk()
    talk.join(hour="other" if ":" in hour else hour)
    if ":" in hour:
        talk.say(hour)
    assert (me(talk).quiz_time, me(talk).hour_asked_at) == (time(12, 30), None)


@pytest.mark.parametrize(
    "token",
    ["quiz_hour:2575:move", "quiz_hour::move", "quiz_hour:2000:x", "quiz_hour:2000:move"],
)
def test_a_forged_hour_changes_nothing(talk: Talk, token: str) -> None:
    talk.press_token(token)
    assert (me(talk).quiz_time, me(talk).refused_hour) == (time(8), None)


@pytest.mark.parametrize("token", ["quiz_hour:0330:move", "quiz_hour:1230:keep"])
def test_only_the_hour_that_was_proposed_is_moved_to_or_refused(talk: Talk, token: str) -> None:
    put_off(talk, 3)
    talk.press_token(token)
    assert "écran précédent" in talk.notice
    assert (me(talk).quiz_time, me(talk).refused_hour) == (time(8), None)


def test_after_two_weeks_a_proposal_is_no_longer_taken_up(talk: Talk) -> None:
    put_off(talk, 3)
    proposal = talk.screen
    talk.wait(days=13)
    talk.press("Garder", bubble=proposal)
    assert me(talk).refused_hour == time(20)
    talk.wait(days=1)
    talk.press_token("quiz_hour:2000:move", ref=proposal.ref)
    assert me(talk).quiz_time == time(8)


def test_an_hour_that_has_become_quiet_since_is_not_moved_to(talk: Talk) -> None:
    put_off(talk, 3)
    proposal = talk.screen
    talk.press_token("set:quiet:own")
    talk.say("19:00")
    talk.say("07:00")
    talk.press("Passer à 20:00", bubble=proposal)
    assert me(talk).quiz_time == time(8)


def test_an_hour_chosen_in_the_settings_since_is_not_moved_from(talk: Talk) -> None:
    put_off(talk, 3)
    proposal = talk.screen
    talk.press_token("set:quiz:1230")
    talk.press("Passer à 20:00", bubble=proposal)
    assert me(talk).quiz_time == time(12, 30)


def test_a_second_tap_says_the_same_again(talk: Talk) -> None:
    put_off(talk, 3)
    for _ in range(2):
        talk.press_token("quiz_hour:2000:keep", ref=talk.screen.ref)
        assert "Nous gardons 08:00" in talk.screen.text
    for _ in range(2):
        talk.press_token("quiz_hour:2000:move", ref=talk.screen.ref)
        assert "chaque jour à 20:00" in talk.screen.text


def test_put_offs_are_read_oldest_first(talk: Talk) -> None:
    put_off(talk, 3)
    mine = me(talk)
    with talk.database.begin() as store:
        read = store.pushes.last_put_offs(mine.id, mine.consent_at, 7)
    assert read == [at(20, day=25), at(20, day=26), at(20, day=27)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_is_there_in_every_language(language: str) -> None:
    talk = Talk(language=language)
    talk.join(hour="08:00")
    for day in (25, 26, 27):
        talk.wait_until(at(8, 1, day=day))
        tokens = talk.screen.buttons.values()
        evening = next(token for token in tokens if token.endswith(":evening"))
        talk.press_token(evening, ref=talk.screen.ref)
    assert "quiz_hour:2000:move" in talk.screen.buttons.values()
    for value in ("keep", "move"):
        talk.press_token(f"quiz_hour:2000:{value}", ref=talk.screen.ref)
        assert "/settings" in talk.screen.text
