"""Answering a timed set: a toast and the next question; doubled, forged and late presses."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.handlers.timed_sets import (
    one_letter,
    reload,
    settled,
    start,
)
from tests.lives import settle
from tests.talk import Talk


@pytest.fixture
def talk() -> Talk:
    return settled()


def test_an_answer_leads_straight_to_the_next_question_with_a_toast(talk: Talk) -> None:
    start(talk)
    talk.press_token(one_letter(talk), ref=talk.screen.ref)
    assert talk.notice == "✅ Bonne réponse"
    assert "2/20" in talk.screen.text
    wrong = one_letter(talk)
    wrong = wrong[:-1] + next(letter for letter in "abcd" if letter != wrong[-1])
    talk.press_token(wrong, ref=talk.screen.ref)
    assert talk.notice.startswith("❌")
    assert "3/20" in talk.screen.text
    assert "À retenir" not in talk.screen.text


def test_t45_how_sure_one_is_is_not_asked_against_the_clock(talk: Talk) -> None:
    talk.press_token("set:confidence:yes")
    start(talk)
    talk.press_token(one_letter(talk), ref=talk.screen.ref)
    assert "2/20" in talk.screen.text


def test_a_doubled_press_counts_once_and_the_set_stays_where_it_is(talk: Talk) -> None:
    quiz = start(talk)
    token = one_letter(talk)
    talk.press_token(token, ref=talk.screen.ref)
    talk.press_token(token, ref=talk.screen.ref)
    assert talk.notice.startswith("Déjà noté")
    assert "2/20" in talk.screen.text
    assert sum(item.is_answered for item in reload(talk, quiz).items) == 1


@pytest.mark.parametrize("value", ["hour", "half", "evening"])
def test_a_set_cannot_be_put_off(talk: Talk, value: str) -> None:
    quiz = start(talk)
    talk.press_token(f"quiz:{quiz.id}:{value}")
    assert "série est en cours" in talk.screen.text
    assert reload(talk, quiz) == quiz
    talk.now += timedelta(minutes=30)
    talk.press_token(f"quiz:{quiz.id}:{value}")
    assert "Le temps est écoulé" in talk.notice
    assert "Les 20 minutes sont écoulées" in talk.screen.text


@pytest.mark.parametrize(
    "token",
    [
        "quiz:1:a7a",
        "quiz:1:a0z",
        "quiz:1:m0",
        "quiz:1:m٣",
        "quiz:1:s0.3",
        "quiz:1:",
        "sets:1:stop9",
        "sets:999:stop",
        "sets:nobody:start",
        "sets:nobody:show",
        "sets::::",
        "sets:٣:stop",
    ],
)
def test_a_forged_press_changes_nothing(talk: Talk, token: str) -> None:
    quiz = start(talk)
    talk.press_token(token)
    assert reload(talk, quiz) == quiz
    assert talk.screen.buttons
    with talk.database.begin() as store:
        assert store.faults.count() == 0


def test_nobody_stops_or_answers_somebody_else_s_set(talk: Talk) -> None:
    quiz = start(talk)
    talk.move_to("telegram", "2002")
    settle(talk)
    for value in ("a0a", "n0", "m0"):
        talk.press_token(f"quiz:{quiz.id}:{value}")
    talk.press_token(f"sets:{quiz.id}:stop")
    talk.move_to("telegram", "1001")
    assert reload(talk, quiz) == quiz
