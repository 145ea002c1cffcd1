"""What answers say about a candidate: guesses, traces, and what stays unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from bot.domain.forecast import FEWEST, forecast
from bot.domain.gain import bank_of, gains
from bot.domain.memory import GUESS, Answered, Memory, remember
from content.schema import Pack, Question
from tests.talk import pack

DAY = date(2026, 11, 24)
EXAM = DAY + timedelta(days=40)


def some(number: int = 0) -> Question:
    return [q for q in pack().questions.values() if not q.streams and len(q.key) == 1][number]


def after(*answers: tuple[Question, int, bool]) -> Memory:
    memory = Memory(EXAM)
    for question, day, correct in answers:
        memory.note(question, DAY.toordinal() + day, correct=correct)
    return memory


def test_a_right_answer_speaks_for_knowing_and_a_wrong_one_against() -> None:
    question = some()
    before = Memory(EXAM).prior(question)
    assert after((question, 0, True)).items[question.id].known > before
    assert after((question, 0, False)).items[question.id].known < before


def test_a_right_answer_that_is_harder_to_guess_says_more() -> None:
    one = some()
    two = replace(one, key=frozenset("ab"))
    assert GUESS[2] == pytest.approx(1 / 6)
    assert after((two, 0, True)).items[two.id].known > after((one, 0, True)).items[one.id].known


def test_what_was_met_fades_and_each_return_adds_less() -> None:
    question, day = some(), DAY.toordinal()
    once, twice = after((question, 0, False)), after((question, 0, False), (question, 5, False))
    chances = [once.chance_right(question, day + later) for later in (1, 10, 100)]
    assert chances == sorted(chances, reverse=True)
    assert twice.items[question.id].traces > once.items[question.id].traces
    bank = bank_of(pack(), "benefits", DAY)
    new, met_once, met_twice = (
        gains(memory, bank, (question,), day + 20)[question.id]
        for memory in (Memory(EXAM), once, twice)
    )
    assert met_twice < met_once
    assert met_twice < new


def test_what_returns_says_nothing_about_the_person() -> None:
    question = some()
    once = after((question, 0, True))
    again = after((question, 0, True), (question, 1, True), (question, 2, False))
    assert (once.level, dict(once.topics)) == (again.level, dict(again.topics))


def test_the_authors_difficulty_is_not_worth() -> None:
    easy, hard = replace(some(), difficulty=1), replace(some(), difficulty=3)
    bank, memory = bank_of(pack(), "benefits", DAY), Memory(EXAM)
    assert list(gains(memory, bank, (easy,), DAY.toordinal()).values()) == list(
        gains(memory, bank, (hard,), DAY.toordinal()).values()
    )


def answers(count: int, share: float, the_pack: Pack | None = None) -> list[Answered]:
    rng = Random(4)
    askable = list(bank_of(the_pack or pack(), "benefits", DAY).questions)
    return [
        Answered(item_id=q.id, correct=rng.random() < share, local_day=DAY)
        for q in rng.sample(askable, count)
    ]


def test_a_forecast_waits_for_15_first_meetings() -> None:
    def made(count: int) -> bool:
        history = answers(count, 0.5)
        found = forecast(pack(), stream="benefits", history=history, exam_day=EXAM)
        return found is not None

    assert not made(FEWEST - 1)
    assert made(FEWEST)


def test_t13_a_topic_without_answers_is_unknown_never_0() -> None:
    history = [
        Answered(item_id=q.id, correct=True, local_day=DAY)
        for q in bank_of(pack(), "benefits", DAY).questions
        if q.topic != "tools"
    ]
    found = forecast(pack(), stream="benefits", history=history, exam_day=EXAM)
    assert found is not None
    assert found.topics["tools"] is None
    assert found.topics["benefits"] is not None


def test_more_right_answers_forecast_a_higher_mark_in_a_narrower_range() -> None:
    few, poor, good = (
        forecast(pack(), stream="benefits", history=history, exam_day=EXAM)
        for history in (answers(20, 0.5), answers(60, 0.3), answers(60, 0.9))
    )
    assert few is not None
    assert poor is not None
    assert good is not None
    assert 0 <= poor.low < poor.expected < good.expected < good.high <= 1
    assert few.high - few.low > poor.high - poor.low


def test_an_answer_to_a_question_that_left_the_pack_counts_for_nothing() -> None:
    gone = [Answered(item_id="gone-001", correct=True, local_day=DAY)]
    assert remember(pack().questions, gone, EXAM).first_meetings == 0
