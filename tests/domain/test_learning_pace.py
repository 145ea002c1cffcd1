"""How fast one learns is heard from what returns and from new questions of a known concept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

import pytest

from bot.domain.forecast import forecast
from bot.domain.learning_pace import likeliest, suppose
from bot.domain.memory import LEARNS, Answered
from tests.talk import pack

DAY = date(2026, 11, 24)
EXAM = DAY + timedelta(days=30)
FIRST = [q.id for q in pack().questions.values() if not q.streams and len(q.key) == 1][:100]


def lived(first: Callable[[int], bool], returned: Callable[[int], bool]) -> list[Answered]:
    """A hundred questions met and, three days later, met again."""
    later = DAY + timedelta(days=3)
    return [Answered(item, first(n), DAY) for n, item in enumerate(FIRST)] + [
        Answered(item, returned(n), later) for n, item in enumerate(FIRST)
    ]


def by_chance(seed: int) -> Callable[[int], bool]:
    rng = Random(seed)
    return lambda _: rng.random() < 0.25


def learns(history: list[Answered]) -> float:
    return likeliest(suppose(pack().questions, history, EXAM)).learning.learns


def test_beliefs_sum_to_one_and_nothing_answered_leaves_them_as_they_were() -> None:
    nothing = suppose(pack().questions, [], EXAM)
    something = suppose(pack().questions, lived(by_chance(1), by_chance(2)), EXAM)
    for each in (nothing, something):
        assert sum(one.belief for one in each) == pytest.approx(1)
    assert likeliest(nothing).learning.learns == LEARNS


def test_whoever_still_guesses_what_returns_learns_slowly_and_whoever_knows_it_fast() -> None:
    slow = lived(by_chance(1), by_chance(2))
    fast = lived(by_chance(1), lambda n: n % 20 != 0)
    assert learns(slow) < LEARNS <= learns(fast)


def test_what_is_supposed_once_serves_the_forecast_as_well() -> None:
    history = lived(by_chance(1), by_chance(2))
    supposed = suppose(pack().questions, history, EXAM)
    known, anew = (
        forecast(pack(), stream="benefits", history=history, exam_day=EXAM, supposed=each)
        for each in (supposed, ())
    )
    assert known == anew


def test_a_guesser_is_not_credited_with_explanations_that_left_nothing() -> None:
    """The mark of clicking by chance is a quarter; a good reader of the same first answers has
    more."""

    def expected(history: list[Answered]) -> float:
        found = forecast(pack(), stream="benefits", history=history, exam_day=EXAM)
        assert found is not None
        return found.expected

    guesser = expected(lived(by_chance(1), by_chance(2)))
    reader = expected(lived(by_chance(1), lambda n: n % 20 != 0))
    assert guesser < 0.36
    assert reader > guesser + 0.05
