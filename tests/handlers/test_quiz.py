"""The daily five: pushed once a local day, resumed anywhere, each answer counted once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from bot.domain.quiz import Quiz
from bot.handlers.quiz.screens import question_screen, verdict_screen
from bot.messages import Address
from bot.render import Renderer
from bot.storage.database import Database
from bot.storage.tables import quiz_items, quizzes
from content.schema import LANGUAGES
from tests.talk import Talk, pack, texts


@pytest.fixture
def talk() -> Talk:
    """A candidate at their first question, quiz hour 20:00."""
    talk = Talk()
    talk.join()
    return talk


def open_quiz(talk: Talk) -> Quiz:
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        quiz = store.quizzes.open_of(candidate_id)
    assert quiz is not None
    return quiz


def answers(talk: Talk) -> int:
    with talk.database.engine.connect() as connection:
        query = sa.select(sa.func.count()).where(quiz_items.c.chosen.is_not(None))
        return connection.execute(query).scalar_one()


def put(talk: Talk, question_id: str) -> Quiz:
    """Make the current question this one."""
    quiz = open_quiz(talk)
    assert quiz.current is not None
    with talk.database.begin() as store:
        store.quizzes.swap(quiz.id, quiz.current.position, pack().questions[question_id])
    talk.say("/quiz")
    return open_quiz(talk)


SINGLE = next(q for q in pack().questions.values() if len(q.key) == 1)
SEVERAL = next(q for q in pack().questions.values() if len(q.key) == 2)


def test_a_whole_quiz_is_one_message_with_score_and_one_next_step(talk: Talk) -> None:
    bubbles = len(talk.chat.bubbles)
    for number in range(5):
        talk.answer(right=number != 2)
    assert len(talk.chat.bubbles) == bubbles
    assert "4/5" in talk.screen.text
    assert "journal::show" in talk.screen.buttons.values()


def test_t2_the_verdict_explains_each_option_with_a_dated_source(talk: Talk) -> None:
    quiz = put(talk, SINGLE.id)
    wrong = next(o for o in SINGLE.options if o.id not in SINGLE.key)
    talk.press(wrong.id.upper())
    text = talk.screen.text
    assert talk.notice.startswith("❌")
    for option in SINGLE.options:
        assert option.why.fr in text
    assert SINGLE.source.fr in text
    assert str(SINGLE.as_of.year) in text
    assert f"quiz:{quiz.id}:n0" in talk.screen.buttons.values()


def test_several_right_answers_toggle_then_validate_all_or_nothing(talk: Talk) -> None:
    put(talk, SEVERAL.id)
    assert "2 bonnes réponses" in talk.screen.text
    first, second = (letter.upper() for letter in sorted(SEVERAL.key))
    wrong = next(o.id.upper() for o in SEVERAL.options if o.id not in SEVERAL.key)
    talk.press(first)
    talk.press(wrong)
    talk.press(f"☑ {wrong}")
    talk.press("Valider")
    assert answers(talk) == 0
    assert talk.notice
    talk.press(second)
    talk.press("Valider")
    assert answers(talk) == 1
    assert talk.notice.startswith("✅")


def test_half_of_several_right_answers_is_wrong(talk: Talk) -> None:
    put(talk, SEVERAL.id)
    one = min(SEVERAL.key).upper()
    wrong = next(o.id.upper() for o in SEVERAL.options if o.id not in SEVERAL.key)
    for label in (one, wrong, "Valider"):
        talk.press(label)
    assert talk.notice.startswith("❌")


def test_a_doubled_press_counts_once_and_is_answered_kindly(talk: Talk) -> None:
    quiz = put(talk, SINGLE.id)
    talk.press_token(f"quiz:{quiz.id}:a0a", ref=talk.screen.ref)
    talk.press_token(f"quiz:{quiz.id}:a0b", ref=talk.screen.ref)
    assert answers(talk) == 1
    assert "A" in talk.notice
    assert f"quiz:{quiz.id}:n0" in talk.screen.buttons.values()


def test_f3_a_press_on_a_question_passed_long_ago_shows_where_the_quiz_is(talk: Talk) -> None:
    quiz = open_quiz(talk)
    for _ in range(3):
        talk.answer()
    talk.press_token(f"quiz:{quiz.id}:a0d", ref=talk.screen.ref)
    assert answers(talk) == 3
    assert "4/5" in talk.screen.text


@pytest.mark.parametrize(
    "token",
    [
        "quiz:999999:a0a",
        "quiz:0:a0a",
        "quiz:-1:a0a",
        "quiz:٣:a0a",
        "quiz:1:a9a",
        "quiz:1:a0z",
        "quiz:1:a0",
        "quiz:1:v0",
        "quiz:1:n٢",
        "quiz:99999999999999999999999:a0a",
        "quiz:1:",
        "quiz",
        "quiz:::",
        "quiz:1;drop:a0a",
    ],
)
def test_a_forged_press_counts_nothing_and_shows_the_current_question(
    talk: Talk, token: str
) -> None:
    talk.press_token(token)
    assert answers(talk) == 0
    assert {"A", "B", "C", "D"} <= set(talk.screen.buttons)
    with talk.database.begin() as store:
        assert store.faults.count() == 0


def test_somebody_else_s_quiz_cannot_be_answered(talk: Talk) -> None:
    quiz = open_quiz(talk)
    talk.move_to("telegram", "2002")
    talk.join()
    talk.press_token(f"quiz:{quiz.id}:a0a")
    assert answers(talk) == 0


def test_f4_a_restart_goes_on_at_the_same_question(tmp_path: object) -> None:
    url = f"sqlite:///{tmp_path}/coach.db"
    talk = Talk(database=Database(url))
    talk.join()
    talk.answer()
    question, tokens = talk.screen.text, talk.screen.buttons
    again = Talk(database=Database(url), first_id=1000)
    again.chats = talk.chats
    assert again.screen.buttons == tokens
    again.say("/quiz")
    assert again.screen.text == question
    again.press_token(tokens["A"], ref=again.screen.ref)
    again.press_token(tokens["B"], ref=again.screen.ref)
    assert answers(again) == 2 - (len(tokens) > 4)


def test_t58_a_quiz_begun_on_one_channel_goes_on_at_the_same_question_on_another(
    talk: Talk,
) -> None:
    talk.answer()
    page = Address(channel="web", chat="cookie")
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        store.conversations.open(page, "cookie", candidate_id, talk.now)
    question = talk.screen.text
    talk.move_to("web", "cookie")
    talk.say("/quiz")
    assert talk.screen.text == question


def test_t1_the_quiz_is_pushed_once_a_day_at_the_chosen_hour(talk: Talk) -> None:
    for _ in range(5):
        talk.answer()
    outcomes = talk.wait_until(datetime(2026, 11, 27, 12, 0, tzinfo=UTC))
    pushed = [o for o in outcomes if o.route == "timer daily_quiz" and o.rows]
    assert len(pushed) == 2
    with talk.database.engine.connect() as connection:
        made = connection.execute(sa.select(quizzes.c.created_at, quizzes.c.local_day)).all()
    assert sorted(str(day) for _, day in made) == ["2026-11-24", "2026-11-25", "2026-11-26"]
    assert {at.hour for at, day in made if day.day > 24} == {20}


def test_today_s_quiz_already_done_is_not_pushed(talk: Talk) -> None:
    for _ in range(5):
        talk.answer()
    shown = len(talk.chat.bubbles)
    talk.wait(hours=13)
    assert len(talk.chat.bubbles) == shown


def test_a_quiz_left_halfway_is_pushed_where_it_was(talk: Talk) -> None:
    talk.answer()
    talk.answer()
    talk.wait(hours=11)
    assert "3/5" in talk.screen.text


def test_an_hour_moved_later_the_same_day_brings_no_second_push(talk: Talk) -> None:
    talk.wait_until(datetime(2026, 11, 25, 20, 30, tzinfo=UTC))
    shown = len(talk.chat.bubbles)
    talk.say("/settings")
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        later = datetime(2026, 11, 25, 21, 30, tzinfo=UTC)
        store.timers.arm(candidate_id, "daily_quiz", "", later)
    talk.wait_until(datetime(2026, 11, 25, 21, 45, tzinfo=UTC))
    assert len(talk.chat.bubbles) == shown + 1


def test_f10_unanswered_quizzes_collapse_into_one(talk: Talk) -> None:
    # Four pushes: the fourth comes three days after the third (T34).
    talk.wait(days=5, hours=11)
    with talk.database.engine.connect() as connection:
        open_ones = connection.execute(
            sa.select(quizzes.c.id).where(quizzes.c.closed_at.is_(None))
        )
        (only,) = open_ones.scalars().all()
    assert f"quiz:{only}:a0a" in talk.screen.buttons.values()
    assert "1/5" in talk.screen.text
    given_way = [bubble for bubble in talk.chat.bubbles if "laissé la place" in bubble.text]
    assert len(given_way) == 3
    talk.press("Ouvrir", bubble=given_way[0])
    assert f"quiz:{only}:a0a" in talk.screen.buttons.values()


def test_a_press_on_a_quiz_that_gave_way_counts_nothing(talk: Talk) -> None:
    old = open_quiz(talk)
    talk.wait(days=1, hours=12)
    talk.press_token(f"quiz:{old.id}:a0a", ref=talk.chat.bubbles[1].ref)
    assert answers(talk) == 0
    assert talk.notice


def test_f6_a_late_tick_still_sends_once_and_says_so(talk: Talk) -> None:
    for _ in range(5):
        talk.answer()
    talk.now = datetime(2026, 11, 25, 20, 25, tzinfo=UTC)
    assert sum(bool(o.rows) for o in talk.fire_due() if o.route == "timer daily_quiz") == 1
    assert "retard" in talk.shows("Quiz du jour").text
    assert not [o for o in talk.fire_due() if o.route == "timer daily_quiz" and o.rows]


def test_after_days_down_the_quiz_comes_at_its_own_hour(talk: Talk) -> None:
    talk.now = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
    shown = len(talk.chat.bubbles)
    talk.fire_due()
    quizzes_shown = [b for b in talk.chat.bubbles[shown:] if "Quiz du jour" in b.text]
    assert quizzes_shown == []
    talk.wait_until(datetime(2026, 11, 28, 20, 1, tzinfo=UTC))
    assert "Quiz du jour" in talk.screen.text
    assert "retard" not in talk.screen.text


def test_f5_two_workers_that_fire_one_timer_send_one_quiz(tmp_path: object) -> None:
    url = f"sqlite:///{tmp_path}/coach.db"
    talk = Talk(database=Database(url))
    talk.join()
    for _ in range(5):
        talk.answer()
    other = Talk(database=Database(url))
    talk.now = other.now = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)
    with talk.database.begin() as store:
        due = [t for t in store.timers.claim_due(talk.now, 1.0, 9) if t.kind == "daily_quiz"]
    outcomes = [talk.turns.take(due[0], talk.now), other.turns.take(due[0], talk.now)]
    assert [bool(outcome.rows) for outcome in outcomes] == [True, False]


def test_while_paused_nothing_is_pushed(talk: Talk) -> None:
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        store.candidates.change(candidate_id, paused_until=talk.now + timedelta(days=9))
    shown = len(talk.chat.bubbles)
    talk.wait(days=2)
    assert not [b for b in talk.chat.bubbles[shown:] if "Quiz du jour" in b.text]


def test_an_item_that_left_the_pack_is_swapped_with_a_sentence(talk: Talk) -> None:
    quiz = open_quiz(talk)
    assert quiz.current is not None
    gone = {k: v for k, v in pack().questions.items() if k != quiz.current.item_id}
    other = Talk(database=talk.database, the_pack=replace(pack(), questions=gone), first_id=1000)
    other.say("/quiz")
    assert "retirée" in other.screen.text
    assert {"A", "B", "C", "D"} <= set(other.screen.buttons)


def test_an_empty_bank_says_so(talk: Talk) -> None:
    other = Talk(the_pack=replace(pack(), questions={}))
    other.join()
    other.say("/quiz")
    assert "pas de question" in other.screen.text


def test_extra_practice_after_today_s_quiz_and_a_second_try_at_misses(talk: Talk) -> None:
    for _ in range(5):
        talk.answer(right=False)
    talk.say("/quiz")
    assert "0/5" in talk.screen.text
    talk.press("5 de plus")
    assert "Entraînement" in talk.screen.text
    for _ in range(5):
        talk.answer()
    talk.press_token("quiz::retake")
    missed = open_quiz(talk).items
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        wrong = {a.item_id for a in store.quizzes.answers(candidate_id) if not a.correct}
    assert {item.item_id for item in missed} == wrong


def test_f11_every_question_and_verdict_fits_a_message_in_each_language() -> None:
    talk = Talk()
    talk.join()
    quiz = open_quiz(talk)
    item = quiz.items[0]
    renderer = Renderer(texts())
    me = SimpleNamespace(asks_confidence=True)
    turn = SimpleNamespace(pack=pack(), today=talk.now.date(), me=me)
    for question in pack().questions.values():
        for language in ("fr", "ar", "en"):
            for screen in (
                question_screen(turn, quiz, item, question),  # type: ignore[arg-type]
                verdict_screen(turn, quiz, replace(item, chosen="a", correct=False), question),  # type: ignore[arg-type]
            ):
                assert len(renderer.payload(screen, language)["text"]) < 4096  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
def test_t38_the_daily_push_is_worded_anew_for_seven_days(language: str) -> None:
    talk = Talk(language=language)
    talk.join()
    talk.wait(hours=10)
    openings = []
    for _ in range(16):
        talk.wait(days=1)
        openings.append(talk.screen.text.splitlines()[0])
        talk.answer()  # somebody who is here
    for first in range(len(openings) - 7):
        assert len(set(openings[first : first + 8])) == 8, openings
