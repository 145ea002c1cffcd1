"""How sure one is: asked for on wish only, and what was wrongly sure comes first (T45)."""

from __future__ import annotations

import pytest

from bot.domain.quiz import Quiz
from content.schema import LANGUAGES, Question
from tests.talk import Talk, pack


@pytest.fixture
def asked(talk: Talk) -> Talk:
    talk.join()
    talk.press_token("set:confidence:yes")
    talk.say("/quiz")
    return talk


def current(talk: Talk) -> tuple[Quiz, Question]:
    with talk.database.begin() as store:
        quiz = store.quizzes.open_of(talk.candidate_id)
    assert quiz is not None
    assert quiz.current is not None
    return quiz, pack().questions[quiz.current.item_id]


def answer(talk: Talk, *, right: bool, level: int) -> Question:
    """Answer the open question and say how sure; go on."""
    quiz, question = current(talk)
    assert quiz.current is not None
    position = quiz.current.position
    others = [letter for letter in "abcd" if letter not in question.key]
    letters = sorted(question.key) if right else [*others, *sorted(question.key)]
    for letter in letters[: len(question.key)]:
        talk.press_token(f"quiz:{quiz.id}:a{position}{letter}", ref=talk.screen.ref)
    talk.press_token(f"quiz:{quiz.id}:s{position}.{level}", ref=talk.screen.ref)
    talk.press_token(f"quiz:{quiz.id}:n{position}", ref=talk.screen.ref)
    return question


def test_it_is_off_until_wished_for(talk: Talk) -> None:
    talk.join()
    quiz, question = current(talk)
    talk.press_token(f"quiz:{quiz.id}:a0{min(question.key)}", ref=talk.screen.ref)
    assert "Sûr" not in talk.screen.buttons


def test_a_letter_is_a_tick_that_can_change_until_one_says_how_sure(asked: Talk) -> None:
    quiz, question = current(asked)
    asked.press_token(f"quiz:{quiz.id}:a0a", ref=asked.screen.ref)
    if len(question.key) == 1:
        assert "À quel point" in asked.screen.text
        asked.press_token(f"quiz:{quiz.id}:a0b", ref=asked.screen.ref)
        assert "☑ B" in asked.screen.buttons
        assert "☑ A" not in asked.screen.buttons
    with asked.database.begin() as store:
        assert store.quizzes.answers(asked.candidate_id) == []


def test_the_level_is_kept_with_the_answer_and_a_second_press_changes_nothing(
    asked: Talk,
) -> None:
    quiz, _ = current(asked)
    answer(asked, right=True, level=2)
    asked.press_token(f"quiz:{quiz.id}:s0.3")
    with asked.database.begin() as store:
        assert [each.confidence for each in store.quizzes.answers(asked.candidate_id)] == [2]


@pytest.mark.parametrize("value", ["s0.4", "s0.", "s9.1", "s0.0", "s.1"])
def test_a_forged_level_counts_for_nothing(asked: Talk, value: str) -> None:
    quiz, _ = current(asked)
    asked.press_token(f"quiz:{quiz.id}:{value}")
    with asked.database.begin() as store:
        assert store.quizzes.answers(asked.candidate_id) == []


def test_a_level_before_any_letter_asks_for_one(asked: Talk) -> None:
    quiz, _ = current(asked)
    asked.press_token(f"quiz:{quiz.id}:s0.3", ref=asked.screen.ref)
    assert "Cochez" in asked.notice


def test_sure_and_wrong_comes_first_in_the_journal_and_in_the_report(asked: Talk) -> None:
    sure = answer(asked, right=False, level=3)
    for _ in range(4):
        answer(asked, right=False, level=1)
    asked.say("/journal")
    assert "Vous en étiez sûr" in asked.screen.text
    assert sure.stem.fr[:60] in asked.screen.text
    asked.wait(days=7)
    assert "Sûr et faux : 1 réponse" in asked.shows("Votre semaine").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_streak_can_be_switched_off(language: str) -> None:
    talk = Talk(language=language)
    talk.join()
    for _ in range(5):
        talk.answer()
    talk.say("/progress")
    assert "🔥" in talk.screen.text
    talk.press_token("set:streak:no")
    talk.say("/progress")
    assert "🔥" not in talk.screen.text
