"""Which questions come: spread over topics by need, never repeated before the bank is seen."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.gain import bank_of, gains
from bot.domain.memory import Answered, remember
from bot.domain.need import topic_needs
from bot.domain.selection import select_questions
from content.schema import Question
from tests.talk import pack

DAY = date(2026, 11, 24)


def draw(
    history: list[Answered] | None = None, *, seed: int = 0, count: int = 5, day: date = DAY
) -> tuple[Question, ...]:
    return select_questions(
        pack(), stream="benefits", history=history or [], count=count, today=day, rng=Random(seed)
    )


def met(question: Question, day: date, *, right: bool = True) -> Answered:
    return Answered(item_id=question.id, correct=right, local_day=day)


def test_t3_over_200_draws_each_topic_has_its_share_within_5_points() -> None:
    counts = Counter(q.topic for seed in range(200) for q in draw(seed=seed))
    for topic, weight in pack().blueprint.streams["benefits"].items():
        assert abs(100 * counts[topic] / 1000 - weight) <= 5, (topic, counts[topic])


def test_t3_the_stream_changes_the_draw() -> None:
    def share(stream: str, topic: str) -> float:
        drawn = [
            q.topic
            for seed in range(100)
            for q in select_questions(
                pack(), stream=stream, history=[], count=5, today=DAY, rng=Random(seed)
            )
        ]
        return drawn.count(topic) / len(drawn)

    assert share("data", "tools") > share("legal", "tools") + 0.1


def test_the_same_seed_gives_the_same_questions() -> None:
    assert draw(seed=7) == draw(seed=7)


def test_nothing_comes_twice_before_everything_was_seen() -> None:
    history: list[Answered] = []
    seen: set[str] = set()
    askable = [q for q in pack().questions.values() if not q.streams or "benefits" in q.streams]
    for number in range(len(askable) // 5):
        day = DAY + timedelta(days=number)
        questions = draw(history, seed=number, day=day)
        assert not seen & {q.id for q in questions}
        seen |= {q.id for q in questions}
        history += [met(q, day) for q in questions]


def test_when_all_was_seen_old_ones_come_back_and_never_the_same_day() -> None:
    history = [met(q, DAY - timedelta(days=9)) for q in pack().questions.values()]
    again = draw(history)
    assert len(again) == 5
    today = [*history, *(met(q, DAY) for q in again)]
    assert not {q.id for q in draw(today)} & {q.id for q in again}


def test_a_missed_question_is_worth_more_than_one_of_its_concept_got_right() -> None:
    concepts: dict[str, list[Question]] = {}
    for question in pack().questions.values():
        concepts.setdefault(question.concept, []).append(question)
    first, second = next(
        pair for pair in concepts.values() if len(pair) == 2 and not any(q.streams for q in pair)
    )
    history = [met(first, DAY, right=False), met(second, DAY)]
    memory = remember(pack().questions, history, DAY + timedelta(days=20))
    found = gains(memory, bank_of(pack(), "benefits"), (first, second), (DAY.toordinal()) + 9)
    assert found[first.id] > found[second.id]


def test_what_was_shown_today_and_not_answered_is_not_asked_again_today() -> None:
    shown = draw(seed=1)
    history = [Answered(item_id=q.id, correct=None, local_day=DAY) for q in shown]
    assert not {q.id for q in draw(history, seed=1)} & {q.id for q in shown}
    tomorrow = {
        q.id for seed in range(60) for q in draw(history, seed=seed, day=DAY + timedelta(1))
    }
    assert {q.id for q in shown} <= tomorrow


def test_a_topic_that_goes_well_is_asked_less() -> None:
    state = [q for q in pack().questions.values() if q.topic == "state"][:8]
    well = topic_needs(pack(), "benefits", [met(q, DAY) for q in state])
    badly = topic_needs(pack(), "benefits", [met(q, DAY, right=False) for q in state])
    assert well["state"] < badly["state"]


@pytest.mark.parametrize("size", [0, 1, 3])
def test_a_tiny_bank_gives_what_it_has(size: int) -> None:
    few = dict(list(pack().questions.items())[:size])
    small = replace(pack(), questions=few)
    drawn = select_questions(
        small, stream="benefits", history=[], count=5, today=DAY, rng=Random(1)
    )
    assert len(drawn) == size


def test_a_retired_item_is_never_asked() -> None:
    retired = {q.id: replace(q, retired=True) for q in pack().questions.values()}
    gone = replace(pack(), questions=retired)
    assert (
        select_questions(gone, stream="benefits", history=[], count=5, today=DAY, rng=Random(1))
        == ()
    )


def test_the_first_question_is_not_a_hard_one() -> None:
    for seed in range(50):
        questions = draw(seed=seed)
        assert questions[0].difficulty == min(q.difficulty for q in questions)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 100), st.integers(1, 12))
def test_any_history_gives_distinct_questions(seed: int, known: int, count: int) -> None:
    rng = Random(seed)
    past = rng.sample(list(pack().questions.values()), known)
    history = [
        met(q, DAY - timedelta(days=rng.randint(1, 30)), right=rng.random() < 0.6) for q in past
    ]
    questions = draw(history, seed=seed, count=count)
    assert len({q.id for q in questions}) == len(questions) == count
