"""The journal's rules: what is listed, and when a missed question comes back."""

from __future__ import annotations

from bot.domain.journal import (
    CAP,
    count_causes,
    misses_of,
    next_unsorted,
    shorten,
)
from content.schema import Localized
from tests.domain.answers import ITEMS, answer
from tests.talk import pack


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
    assert misses[0].is_repeated


def test_another_question_on_the_same_concept_repeats_the_error() -> None:
    questions = pack().questions
    first = questions[ITEMS[0]]
    alike = next(q.id for q in questions.values() if q.concept == first.concept and q != first)
    misses = misses_of([answer(0), answer(ITEMS.index(alike))], questions)
    assert [miss.times for miss in misses] == [2, 2]


def test_the_newest_miss_without_a_cause_comes_first() -> None:
    misses = misses_of([answer(0), answer(1, cause="time")], pack().questions)
    assert next_unsorted(misses) is misses[1]
    assert next_unsorted(misses[:1]) is None


def test_causes_are_counted_most_frequent_first() -> None:
    causes = ("time", "misread", "misread", None)
    misses = misses_of([answer(0, cause=cause) for cause in causes], pack().questions)
    assert count_causes(misses) == [("misread", 2), ("time", 1)]


def test_a_text_is_cut_in_each_language() -> None:
    text = shorten(Localized(fr="a" * 9, ar="ب" * 3, en="c" * 6), 5)
    assert text == Localized(fr="aaaa…", ar="ببب", en="cccc…")
