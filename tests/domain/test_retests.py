"""When a missed question comes back: the edges of days 2 and 7 (T20)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from bot.domain.journal import CAP
from bot.domain.quiz import Answer
from bot.domain.retests import retake_order, retests_of
from tests.domain.answers import DAY, ITEMS, answer


def after(days: int) -> date:
    return DAY + timedelta(days=days)


def due(answers: Sequence[Answer], days: int) -> list[str]:
    return [each.item_id for each in retests_of(answers) if each.due_day <= after(days)]


MISSED = answer(0)
ONCE_RIGHT = answer(0, correct=True, after=2)


@pytest.mark.parametrize(("day", "is_due"), [(0, False), (1, False), (2, True), (6, True)])
def test_t20_the_first_return_is_due_from_day_2(day: int, *, is_due: bool) -> None:
    assert bool(due([MISSED], day)) == is_due


@pytest.mark.parametrize(("day", "is_due"), [(2, False), (6, False), (7, True), (90, True)])
def test_t20_the_second_return_is_due_from_day_7(day: int, *, is_due: bool) -> None:
    assert bool(due([MISSED, ONCE_RIGHT], day)) == is_due


def test_right_both_times_it_is_learnt() -> None:
    assert retests_of([MISSED, ONCE_RIGHT, answer(0, correct=True, after=7)]) == ()


def test_a_right_answer_before_its_day_is_practice_and_takes_no_return_away() -> None:
    early = [MISSED, answer(0, correct=True, after=0), answer(0, correct=True, after=1)]
    assert due(early, 1) == []
    assert due(early, 2) == [ITEMS[0]]
    twice_on_day_2 = [MISSED, ONCE_RIGHT, ONCE_RIGHT]
    assert due(twice_on_day_2, 6) == []
    assert due(twice_on_day_2, 7) == [ITEMS[0]]


def test_a_late_first_return_keeps_two_days_before_the_second() -> None:
    late = [MISSED, answer(0, correct=True, after=20)]
    assert due(late, 21) == []
    assert due(late, 22) == [ITEMS[0]]


def test_a_new_miss_starts_the_returns_anew() -> None:
    answers = [MISSED, ONCE_RIGHT, answer(0, after=7)]
    assert due(answers, 8) == []
    assert due(answers, 9) == [ITEMS[0]]


def test_the_deck_holds_sixty_at_most_and_those_the_newest() -> None:
    answers = [answer(number) for number in range(CAP + 10)]
    waiting = [each.item_id for each in retests_of(answers)]
    assert sorted(waiting) == sorted(ITEMS[10 : CAP + 10])
    assert len(retake_order(answers, after(30))) == CAP


def test_what_is_due_is_retaken_first_then_the_newest_misses() -> None:
    answers = [answer(0), answer(1, after=3), answer(2, after=4)]
    assert retake_order(answers, after(4)) == (ITEMS[0], ITEMS[2], ITEMS[1])


def test_a_question_answered_right_since_is_not_retaken_before_it_is_due() -> None:
    answers = [MISSED, answer(0, correct=True, after=1)]
    assert retake_order(answers, after(1)) == ()
    assert retake_order(answers, after(2)) == (ITEMS[0],)
