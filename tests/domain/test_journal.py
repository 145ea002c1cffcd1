"""The journal's rules: what is listed, and when a missed question comes back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count

from bot.domain.journal import (
    CAP,
    count_causes,
    misses_of,
    next_unsorted,
    retake_order,
    retest_due,
    shorten,
)
from bot.domain.quiz import Answer
from content.schema import Localized
from tests.talk import pack

DAY = date(2026, 11, 24)
_places = count()
ITEMS = list(pack().questions)


def answer(
    item: int, *, correct: bool = False, after: int = 0, cause: str | None = None
) -> Answer:
    """An answer `after` days from DAY, each a little later than the one before."""
    place = next(_places)
    day = DAY + timedelta(days=after)
    return Answer(
        quiz_id=place,
        position=0,
        item_id=ITEMS[item],
        quiz_kind="daily",
        chosen="a",
        correct=correct,
        at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
        local_day=day,
        cause=cause,
    )


def test_only_misses_are_listed_newest_first() -> None:
    answers = [answer(0), answer(1, correct=True), answer(2)]
    misses = misses_of(answers, pack().questions)
    assert [miss.question.id for miss in misses] == [ITEMS[2], ITEMS[0]]


def test_the_deck_holds_sixty_at_most_and_those_the_newest() -> None:
    answers = [answer(number % 90) for number in range(150)]
    misses = misses_of(answers, pack().questions)
    assert len(misses) == CAP
    assert misses[0].answer == answers[-1]


def test_a_question_the_pack_dropped_is_left_out() -> None:
    assert misses_of([answer(0)], {}) == ()


def test_a_concept_missed_again_is_counted() -> None:
    misses = misses_of([answer(0), answer(0)], pack().questions)
    assert misses[0].times == 2


def test_the_newest_miss_without_a_cause_comes_first() -> None:
    misses = misses_of([answer(0), answer(1, cause="time")], pack().questions)
    assert next_unsorted(misses) is misses[1]
    assert next_unsorted(misses[:1]) is None


def test_causes_are_counted_most_frequent_first() -> None:
    causes = ("time", "misread", "misread", None)
    misses = misses_of([answer(0, cause=cause) for cause in causes], pack().questions)
    assert count_causes(misses) == [("misread", 2), ("time", 1)]


def test_t20_a_miss_returns_on_day_2_then_on_day_7_and_then_is_learnt() -> None:
    missed = [answer(0)]
    assert retest_due(missed, DAY + timedelta(days=1)) == ()
    assert retest_due(missed, DAY + timedelta(days=2)) == (ITEMS[0],)
    once = [*missed, answer(0, correct=True, after=2)]
    assert retest_due(once, DAY + timedelta(days=6)) == ()
    assert retest_due(once, DAY + timedelta(days=7)) == (ITEMS[0],)
    twice = [*once, answer(0, correct=True, after=7)]
    assert retest_due(twice, DAY + timedelta(days=60)) == ()


def test_a_new_miss_starts_the_return_anew() -> None:
    answers = [answer(0), answer(0, correct=True, after=2), answer(0, after=7)]
    assert retest_due(answers, DAY + timedelta(days=8)) == ()
    assert retest_due(answers, DAY + timedelta(days=9)) == (ITEMS[0],)


def test_what_is_due_is_retaken_first_then_the_newest_misses() -> None:
    answers = [answer(0), answer(1, after=3), answer(2, after=4)]
    order = retake_order(answers, DAY + timedelta(days=4))
    assert order == (ITEMS[0], ITEMS[2], ITEMS[1])


def test_a_question_answered_right_since_is_not_retaken_before_it_is_due() -> None:
    answers = [answer(0), answer(0, correct=True, after=1)]
    assert retake_order(answers, DAY + timedelta(days=2)) == ()


def test_a_text_is_cut_in_each_language() -> None:
    text = shorten(Localized(fr="a" * 9, ar="ب" * 3, en="c" * 6), 5)
    assert text == Localized(fr="aaaa…", ar="ببب", en="cccc…")
